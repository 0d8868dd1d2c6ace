"""What is installed: every resource comes along, and every dependency says what it is for."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)


def test_every_resource_is_packaged() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    data = PROJECT["tool"]["setuptools"]["package-data"]
    packaged = {
        str(path.relative_to(ROOT))
        for package, patterns in data.items()
        for pattern in patterns
        for path in (ROOT / package).glob(pattern)
    }
    resources = {path for path in listed if path.partition("/")[0] in data and (ROOT / path).exists()}
    assert {path for path in resources if not path.endswith(".py")} <= packaged


@pytest.mark.parametrize(
    "requirement",
    [
        *PROJECT["project"]["dependencies"],
        *(one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra),
    ],
)
def test_every_dependency_says_what_it_is_for(requirement: str) -> None:
    lines = [line for line in PYPROJECT.splitlines() if f'"{requirement}"' in line]
    assert lines
    assert all(re.search(r"#\s+\S{2}", line) for line in lines)
