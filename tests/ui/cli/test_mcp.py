"""`policyqa mcp`: started by the SDK's own client, from an empty folder to an orderly end."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from assistant.audit.audit import Audit
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.switches.state import Channel
from assistant.switches.switchboard import Switchboard
from index.store import save_index
from tests.assistant.mcp.calling import HOSTILE, READS, lasting, with_client, words
from tests.ui.cli.test_app import ROOT

MCP = ["-c", "from ui.cli.app import main; main()", "mcp"]
WITHOUT = """
import sys
sys.modules["mcp"] = None  # as if it were not installed
from importlib import util
found = util.find_spec
util.find_spec = lambda name, *rest: None if name.split(".")[0] in ("mcp", "mcp_types") else found(name, *rest)
from ui.cli.app import main
main()
"""


@pytest.fixture(scope="module")
def folder(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("mcp-cli")
    save_index(assistant.index, found / "index")
    return found


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLICYQA_")}
    given = {"INDEX": folder / "index", "FEEDBACK": folder / "feedback.sqlite3", "CONFIG": "off"}
    return kept | {f"POLICYQA_{name}": str(value) for name, value in given.items()} | {"PYTHONPATH": str(ROOT)}


def command(folder: Path) -> StdioServerParameters:
    return StdioServerParameters(command=sys.executable, args=MCP, env=environment(folder))


async def _everything(client: Client) -> tuple[tuple[str, ...], list[Any]]:
    """Names of the tools, and what each gives, which the client has held against its output schema."""
    names = tuple(tool.name for tool in (await client.list_tools()).tools)
    hits = await client.call_tool("search", {"query": "首贷"})
    clause = await client.call_tool("clause", {"id": hits.structured_content["hits"][0]["clause_id"]})
    documents = await client.call_tool("documents", {})
    read = await client.read_resource("policyqa://clause/" + clause.structured_content["id"])
    assert json.loads(read.contents[0].text) == clause.structured_content  # type: ignore[union-attr]
    assert len(documents.structured_content["documents"]) == 2
    answers = [(await client.call_tool("ask", {"question": one})).structured_content for one in HOSTILE]
    return names, answers


def test_tools_work_and_what_is_switched_off_is_off_at_the_next_question(folder: Path, assistant: Assistant) -> None:
    switchboard = Switchboard(Audit.open(Settings(index=folder / "index", feedback=folder / "feedback.sqlite3")))

    async def work(client: Client) -> tuple[tuple[str, ...], list[Any], list[Any]]:
        names, answers = await _everything(client)
        switched = []
        for off in (True, False):
            switchboard.answers({Channel.API}, off=off, by="test", reason="test")
            switched.append(await client.call_tool("ask", {"question": "怎么申请首贷"}))
        return names, answers, switched

    names, answers, (off, on) = with_client(command(folder), work)
    assert names == READS
    plain = [json.loads(json.dumps(assistant.ask(one).to_dict())) for one in HOSTILE]
    assert [lasting(one) for one in answers] == [lasting(one) for one in plain]
    assert off.is_error
    assert "运维人员暂停了" in words(off)
    assert on.structured_content["status"] == "answered"


def _sent(process: subprocess.Popen[str], *messages: str) -> dict[Any, dict[str, Any]]:
    """What comes back for these messages, by id: a line for each that has one."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("".join(f"{one}\n" for one in messages))
    process.stdin.flush()
    lines = [json.loads(process.stdout.readline()) for one in messages if '"id"' in one]
    return {one["id"]: one for one in lines}


def _interruptible() -> None:
    """A shell lets what it starts in the background ignore Ctrl+C, and so everything started from there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_index_is_built_first_nothing_but_the_protocol_is_on_the_output_and_both_ends_are_orderly(
    tmp_path: Path,
) -> None:
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    for building, end in ((True, None), (False, signal.SIGINT)):
        with subprocess.Popen(
            [sys.executable, *MCP],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment(tmp_path),
            preexec_fn=_interruptible,  # noqa: PLW1509  (no thread runs here)
        ) as process:
            answers = _sent(
                process,
                json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}),
                "not json",
                json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}),
                json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}),
            )
            if end:
                process.send_signal(end)
            rest, said = process.communicate()
        assert answers[1]["result"]["serverInfo"]["name"] == "policyqa"
        assert [tool["name"] for tool in answers[2]["result"]["tools"]] == list(READS)
        assert rest == ""
        assert ("还没有索引，正在建立" in said) is building
        assert "Traceback" not in said
        assert (process.returncode == 0) is (end is None)
    assert not (tmp_path / "feedback.sqlite3").exists()


def test_without_the_sdk_it_says_what_to_install(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, "mcp"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(folder),
        check=False,
    )
    assert done.returncode == 2
    assert 'pip install "policyqa[mcp]"' in done.stderr
    assert not done.stdout
