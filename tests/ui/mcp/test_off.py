"""Off, as it is unless a setting says otherwise: no path, no import, no connection. On without the SDK: words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from assistant.feedback.store import FeedbackStore
from assistant.mcp import extra
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import SettingsError
from index.store import save_index
from tests.ui.running import running_site

# A site put together as `policyqa serve` does, off and then on, in a process that tells what it imports and calls.
SITE = """
import asyncio, json, sys
from dataclasses import replace
called = []
sys.addaudithook(lambda event, given: called.append(str(given[1])) if event == "socket.connect" else None)
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.feedback.store import FeedbackStore
from ui.running import opened_site, prepare
import ui.cli.app, ui.workers

OURS = ("assistant.mcp.server", "assistant.mcp.endpoint", "assistant.mcp.tools", "assistant.mcp.stdio")

async def run(settings):
    prepare(assistant, settings)
    async with opened_site(assistant, settings, FeedbackStore(None), "127.0.0.1") as site:
        import httpx
        transport = httpx.ASGITransport(site)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
            status = (await client.post("/mcp", json=message, headers={"accept": "application/json"})).status_code
    names = [name for name in sys.modules if name.split(".")[0] in ("mcp", "mcp_types") or name in OURS]
    return status, sorted(names)[:3], called

settings = Settings.from_environment()
assistant = Assistant.open(settings)
print(json.dumps([asyncio.run(run(one)) for one in (settings, replace(settings, mcp=True))]))
"""


@pytest.fixture(scope="module")
def folder(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("mcp-off")
    save_index(assistant.index, found / "index")
    return found


def test_nothing_of_it_is_imported_opened_or_called_unless_it_is_on(folder: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLICYQA_")}
    own = {"INDEX": folder / "index", "FEEDBACK": folder / "feedback.sqlite3", "CONFIG": "off"}
    done = subprocess.run(
        [sys.executable, "-c", SITE],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[3],
        env=kept | {f"POLICYQA_{name}": str(value) for name, value in own.items()},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    off, on = json.loads(done.stdout.splitlines()[-1])
    assert off == [404, [], []]
    assert on == [200, ["assistant.mcp.endpoint", "assistant.mcp.server", "assistant.mcp.tools"], []]


def test_switched_off_the_path_is_none_that_there_is(assistant: Assistant) -> None:
    with running_site(assistant, feedback=FeedbackStore(None)) as address:
        response = httpx.post(f"{address}/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})
    assert response.status_code == 404
    assert response.json()["type"] == "urn:policyqa:problem:no-such-path"


def test_it_is_off_by_default() -> None:
    assert not Settings.from_environment({}).mcp
    assert Settings.from_environment({"POLICYQA_MCP": "on"}).mcp


def test_switched_on_without_the_sdk_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    extra.require_sdk("POLICYQA_MCP")
    monkeypatch.setattr(extra, "find_spec", lambda _name: None)
    with pytest.raises(SettingsError, match=r'POLICYQA_MCP 需要.*pip install "policyqa\[mcp\]"'):
        extra.require_sdk("POLICYQA_MCP")
