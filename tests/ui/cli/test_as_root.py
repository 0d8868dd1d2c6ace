"""A command of root on another user's data says what comes of it, and goes on."""

import os
from pathlib import Path

import pytest

from ui.cli.as_root import warn_as_root


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of a service whose user is not root."""
    for name in ("index", "feedback", "library"):
        monkeypatch.setenv(f"POLICYQA_{name.upper()}", str(tmp_path / "data" / name))
    (tmp_path / "data").mkdir()
    if os.geteuid() == 0:
        os.chown(tmp_path / "data", 12345, 12345)
    return tmp_path / "data"


def test_root_is_warned_where_the_data_is_anothers(
    service: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    warn_as_root()
    said = capsys.readouterr().err
    assert f"Running as root, while {service} belongs to" in said
    assert said.startswith("正以 root 运行")
    assert list(service.iterdir()) == []


def test_nobody_else_is(service: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: service.stat().st_uid)
    warn_as_root()
    monkeypatch.delattr(os, "geteuid")  # as on Windows
    warn_as_root()
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("service")
def test_settings_that_are_wrong_are_left_to_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("POLICYQA_THRESHOLD", "much")
    warn_as_root()
    assert capsys.readouterr().err == ""
