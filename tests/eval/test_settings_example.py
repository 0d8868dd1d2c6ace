"""The policyqa.toml to begin with is the table of the documentation, and says the defaults that hold."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from assistant.configuration.example import EXAMPLE
from assistant.settings import Settings
from eval.settings_example import TABLE, example

WRITTEN = EXAMPLE.read_text(encoding="utf-8")


def test_it_is_the_table_of_the_documentation() -> None:
    assert example(TABLE.read_text(encoding="utf-8")) == WRITTEN, "run: python -m eval.settings_example"


def test_as_it_stands_it_sets_nothing() -> None:
    assert tomllib.loads(WRITTEN) == {}


def test_with_every_line_switched_on_it_is_the_defaults(tmp_path: Path) -> None:
    everything = re.sub(r"^#(?=\w)", "", WRITTEN, flags=re.MULTILINE)
    assert set(tomllib.loads(everything)) == {field.name for field in fields(Settings)}
    file = tmp_path / "policyqa.toml"
    file.write_text(everything, encoding="utf-8")
    assert Settings.from_environment({"POLICYQA_CONFIG": str(file)}) == Settings()
