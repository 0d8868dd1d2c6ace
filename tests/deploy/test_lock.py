"""What image and bundle are installed from agrees with what the package asks for; read without a network."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "deploy" / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WITHOUT = {"torch", "sentence-transformers"}
LOCKED = {
    canonicalize_name(one.name): one
    for one in (Requirement(line.rstrip(" \\")) for line in LOCK.splitlines() if re.match(r"[a-z]", line))
}


@pytest.mark.parametrize("wanted", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["postgresql"]])
def test_every_dependency_but_two_is_locked_to_a_version_that_will_do(wanted: str) -> None:
    requirement = Requirement(wanted)
    name = canonicalize_name(requirement.name)
    assert (name in LOCKED) is (name not in WITHOUT), "run: python deploy/make-lock"
    if name in LOCKED:
        (exact,) = LOCKED[name].specifier
        assert exact.operator == "=="
        assert requirement.specifier.contains(exact.version, prereleases=True), "run: python deploy/make-lock"


def test_nothing_comes_with_torch() -> None:
    assert {
        name for name in LOCKED if re.match(r"torch|sentence-transformers|transformers|nvidia|triton", name)
    } == set()


def test_every_file_is_sealed_and_no_address_is_named() -> None:
    assert LOCKED
    hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})(?: \\)?$", LOCK, re.MULTILINE)
    assert LOCK.count("--hash=") == len(hashes)
    for block in re.split(r"\n(?=[a-z])", LOCK)[1:]:
        assert "--hash=sha256:" in block
    assert "://" not in LOCK
    assert "index-url" not in LOCK


def test_there_is_a_file_of_the_lock_for_every_python_of_the_package() -> None:
    """By the markers: on Linux, of each Python from 3.11, every dependency is asked for."""
    for name, one in LOCKED.items():
        if name in {canonicalize_name(Requirement(each).name) for each in PROJECT["dependencies"]}:
            for python in ("3.11.9", "3.12.9", "3.13.9"):
                here = {"python_full_version": python, "python_version": python[:4], "sys_platform": "linux"}
                assert one.marker is None or one.marker.evaluate({**here, "platform_machine": "x86_64"})
