"""What image and bundle are installed from agrees with what the package asks for; read without a network."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WITHOUT = {"torch", "sentence-transformers"}
OFFERED = ["postgresql", "oidc", "mcp"]
LOCKS = {"requirements.lock": OFFERED, "requirements-milvus.lock": [*OFFERED, "milvus"]}


def _text(lock: str) -> str:
    return (ROOT / "deploy" / lock).read_text(encoding="utf-8")


def _locked(lock: str) -> dict[str, Requirement]:
    lines = (Requirement(line.rstrip(" \\")) for line in _text(lock).splitlines() if re.match(r"[a-z]", line))
    return {canonicalize_name(one.name): one for one in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_but_two_is_locked_to_a_version_that_will_do(lock: str) -> None:
    locked = _locked(lock)
    extras = (one for extra in LOCKS[lock] for one in PROJECT["optional-dependencies"][extra])
    for requirement in map(Requirement, (*PROJECT["dependencies"], *extras)):
        name = canonicalize_name(requirement.name)
        assert (name in locked) is (name not in WITHOUT), f"{name}; run: python deploy/make-lock"
        if name in locked:
            (exact,) = locked[name].specifier
            assert exact.operator == "=="
            assert requirement.specifier.contains(exact.version, prereleases=True), "run: python deploy/make-lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_nothing_comes_with_torch(lock: str) -> None:
    heavy = r"torch|sentence-transformers|transformers|nvidia|triton"
    assert [name for name in _locked(lock) if re.match(heavy, name)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_file_is_sealed_and_no_address_is_named(lock: str) -> None:
    text = _text(lock)
    hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})(?: \\)?$", text, re.MULTILINE)
    assert hashes
    assert text.count("--hash=") == len(hashes)
    for block in re.split(r"\n(?=[a-z])", text)[1:]:
        assert "--hash=sha256:" in block
    assert "://" not in text
    assert "index-url" not in text


def test_there_is_a_file_of_the_lock_for_every_python_of_the_package() -> None:
    """By the markers: on Linux, of each Python from 3.11, every dependency is asked for."""
    for name, one in _locked("requirements.lock").items():
        if name in {canonicalize_name(Requirement(each).name) for each in PROJECT["dependencies"]}:
            for python in ("3.11.9", "3.12.9", "3.13.9"):
                here = {"python_full_version": python, "python_version": python[:4], "sys_platform": "linux"}
                assert one.marker is None or one.marker.evaluate({**here, "platform_machine": "x86_64"})
