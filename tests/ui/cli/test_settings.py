import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.configuration.example import EXAMPLE
from ui.cli.app import app


def test_settings_are_printed_with_the_place_that_they_come_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "policyqa.toml"
    file.write_text('# ours\noperator = "政务局"\nlimit = 4\n', encoding="utf-8")
    monkeypatch.setenv("POLICYQA_CONFIG", str(file))
    monkeypatch.setenv("POLICYQA_LIMIT", "6")
    printed = CliRunner().invoke(app, ["settings"]).output
    assert printed.startswith(f"# 设置文件 file: {file}\n")
    assert f"{file}:2" in next(line for line in printed.splitlines() if line.startswith("POLICYQA_OPERATOR"))
    found = json.loads(CliRunner().invoke(app, ["settings", "--json"]).output)
    named = {one["name"]: (one["value"], one["place"]) for one in found["settings"]}
    assert (named["POLICYQA_OPERATOR"], named["POLICYQA_LIMIT"]) == (("政务局", f"{file}:2"), ("6", "POLICYQA_LIMIT"))


def test_the_example_is_printed_as_it_is() -> None:
    assert CliRunner().invoke(app, ["settings", "--example"]).output == EXAMPLE.read_text(encoding="utf-8")
