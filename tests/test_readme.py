"""What the README says can be found in the code, and the other way round."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from assistant.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    rows = dict(re.findall(rf"\| `({PREFIX}\w+)` \| (.*?) \|", README))
    assert set(rows) == {PREFIX + field.name.upper() for field in fields(Settings)}
    for field in fields(Settings):
        if isinstance(field.default, bool):
            assert rows[PREFIX + field.name.upper()] == f"`{'on' if field.default else 'off'}`"
        elif isinstance(field.default, int | float):
            assert rows[PREFIX + field.name.upper()] == f"`{field.default}`"


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets


def test_every_dependency_has_its_line() -> None:
    block = PYPROJECT.partition("dependencies = [")[2].partition("[project.scripts]")[0]
    names = set(re.findall(r'"([A-Za-z][\w-]*)', block))
    assert names <= set(re.findall(r"`([A-Za-z][\w-]*)`", README))


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:corpus|index|assistant|eval|ui|docs)/[\w./-]+)`", README)))
)
def test_every_file_of_the_readme_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_resource_is_packaged() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    data = PYPROJECT.partition("[tool.setuptools.package-data]")[2].partition("[tool.ruff]")[0]
    patterns = [
        f"{package}/{pattern}"
        for package, listed in re.findall(r"^(\w+) = \[(.*)\]", data, re.MULTILINE)
        for pattern in re.findall(r'"([^"]+)"', listed)
    ]
    packaged = {str(path.relative_to(ROOT)) for pattern in patterns for path in ROOT.glob(pattern)}
    resources = [path for path in tracked if path.partition("/")[0] in ("corpus", "index", "assistant", "eval", "ui")]
    assert {path for path in resources if not path.endswith(".py")} <= packaged


def test_the_command_of_the_readme_answers_help() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from ui.cli.app import main; main()", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(re.findall(r"`policyqa ([a-z]+)`", README)) <= set(re.findall(r"^  (\w+)", done.stdout, re.MULTILINE))
