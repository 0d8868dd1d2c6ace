"""Probes: questions as people ask them, and talks, each with what a right answer holds and a wrong one does not.

`python -m eval.probes` asks them all and lists what fails; `--kind district` only those of a kind, `--id` only one.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings
from eval.probes.probe import Probe, read_probes
from eval.probes.report import as_text, to_table
from eval.probes.run import HERE, ProbeResult, assistants, good_turns, passed, run

PROBES, CONVERSATIONS = HERE / "probes.jsonl", HERE / "conversations.jsonl"

app = typer.Typer(add_completion=False, help=__doc__)


@app.command()
def main(
    files: Annotated[list[Path] | None, typer.Argument(help="其他文件 · other files of probes")] = None,
    kind: Annotated[str, typer.Option(help="只问这一类 · only this kind")] = "",
    id_: Annotated[str, typer.Option("--id", help="只问这一个 · only this probe")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="给程序 · for programs")] = False,
    at_least: Annotated[float, typer.Option(help="通过少于此即退出码 1 · exit code 1 below this share")] = 0.0,
) -> None:
    """问遍探针，列出没有通过的 · ask every probe and list what fails."""
    wanted = {path: _wanted(read_probes(path), kind, id_) for path in files or (PROBES, CONVERSATIONS)}
    ready = assistants(Settings.from_environment())
    asked = {path: run(probes, ready) for path, probes in wanted.items() if probes}
    if as_json:
        print(
            json.dumps({path.stem: to_table(results) for path, results in asked.items()}, ensure_ascii=False, indent=1)
        )
    else:
        print("\n\n".join(as_text(path.stem, results) for path, results in asked.items()))
    if not asked or any(_counted(path, results) < at_least for path, results in asked.items()):
        raise typer.Exit(1)


def _wanted(probes: Sequence[Probe], kind: str, id_: str) -> list[Probe]:
    return [probe for probe in probes if probe.kind == (kind or probe.kind) and probe.id == (id_ or probe.id)]


def _counted(path: Path, results: Sequence[ProbeResult]) -> float:
    """Of conversations turns are counted, of all others whole probes."""
    return (good_turns if path == CONVERSATIONS else passed)(results).value


if __name__ == "__main__":
    app()
