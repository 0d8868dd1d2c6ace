"""Secrets may lie in files of their own, and are shown to nobody."""

import json
from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus.errors import SettingsError

SECRET, URL = "correct horse battery", "postgresql+psycopg://user:hidden@db.test:5432/city?password=hidden"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "note"
    file.write_text(f"{SECRET}\n")
    return file


def test_a_secret_is_read_from_the_file_that_is_named(tmp_path: Path, secret: Path) -> None:
    (tmp_path / "database").write_text(URL)
    named = {"POLICYQA_NOTE_URL": "https://office.test/notes", "POLICYQA_NOTE_SECRET_FILE": str(secret)}
    settings = Settings.from_environment(named | {"POLICYQA_DATABASE_FILE": str(tmp_path / "database")})
    assert (settings.note_secret, settings.database) == (SECRET, URL)
    (tmp_path / "policyqa.toml").write_text('note_url = "https://office.test"\nnote_secret_file = "note"\n')
    assert Settings.from_environment({"POLICYQA_CONFIG": str(tmp_path / "policyqa.toml")}).note_secret == SECRET


def test_the_environment_wins_over_a_secret_of_the_file_by_either_name(tmp_path: Path, secret: Path) -> None:
    file = tmp_path / "policyqa.toml"
    file.write_text(f'note_url = "https://office.test"\nnote_secret = "{"x" * 16}"\n')
    environment = {"POLICYQA_CONFIG": str(file), "POLICYQA_NOTE_SECRET_FILE": str(secret)}
    assert Settings.from_environment(environment).note_secret == SECRET
    file.write_text('note_url = "https://office.test"\nnote_secret_file = "note"\n')
    environment = {"POLICYQA_CONFIG": str(file), "POLICYQA_NOTE_SECRET": "y" * 16}
    assert Settings.from_environment(environment).note_secret == "y" * 16


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"POLICYQA_NOTE_SECRET": "x" * 16, "POLICYQA_NOTE_SECRET_FILE": "/dev/null"}, "Only one of POLICYQA_NOTE"),
        ({"POLICYQA_NOTE_SECRET_FILE": "/none/such"}, "POLICYQA_NOTE_SECRET_FILE cannot be read"),
        ({"POLICYQA_NOTE_SECRET_FILE": "/"}, "cannot be read"),
        ({"POLICYQA_NOTE_SECRET_FILE": "/dev/null"}, "is empty"),
        ({"POLICYQA_LIMIT_FILE": "/dev/null"}, "no setting POLICYQA_LIMIT_FILE"),
    ],
)
def test_a_file_that_gives_no_secret_is_told(environment: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Settings.from_environment(environment)


def test_no_secret_is_shown(secret: Path) -> None:
    _, found = Settings.explained(
        {
            "POLICYQA_NOTE_URL": "https://agent:hidden@office.test/hidden",
            "POLICYQA_NOTE_SECRET_FILE": str(secret),
            "POLICYQA_DATABASE": URL,
            "POLICYQA_FEEDBACK": "postgresql:/user:hidden@db.test/city",
            "POLICYQA_LIMIT": "9",
        }
    )
    shown = {one.name: one for one in found}
    assert not any(word in json.dumps([str(one) for one in found]) for word in ("hidden", "horse"))
    assert shown["POLICYQA_DATABASE"].value == "postgresql+psycopg://db.test:5432/***"
    assert shown["POLICYQA_NOTE_SECRET"].value == "***"
    assert shown["POLICYQA_NOTE_SECRET"].place == f"POLICYQA_NOTE_SECRET_FILE → {secret}"
    assert (shown["POLICYQA_LIMIT"].value, shown["POLICYQA_LIMIT"].place) == ("9", "POLICYQA_LIMIT")
    assert shown["POLICYQA_GATE"].place == "默认 default"
    assert shown["POLICYQA_LIBRARY"].value.endswith("/library")
    assert {one.name.removeprefix("POLICYQA_").lower() for one in found} == set(Settings.__dataclass_fields__)
