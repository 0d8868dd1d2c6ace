"""`policyqa accounts` and `policyqa keys`: passwords from standard input, secrets shown once, JSON."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.access.keys import Keys
from assistant.access.roles import Role
from assistant.database.database import Database
from corpus.errors import InputError, NotFoundError
from tests.people import PASSWORD
from ui.cli.app import app


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICYQA_DATABASE", str(tmp_path / "access.sqlite3"))
    return tmp_path / "access.sqlite3"


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed)


def listed(what: str) -> list[dict[str, object]]:
    return list(json.loads(run(what, "list", "--json").stdout))


def test_an_account_is_made_changed_and_removed() -> None:
    assert "没有账号" in run("accounts", "list").stdout
    assert run("accounts", "create", "Ada", "--role", "admin", typed=PASSWORD + "\n").exit_code == 0
    assert run("accounts", "create", "li", typed=PASSWORD + "\r\n").exit_code == 0
    assert [(one["name"], one["role"], one["locked"]) for one in listed("accounts")] == [
        ("ada", "admin", False),
        ("li", "agent", False),
    ]
    assert run("accounts", "lock", "li").exit_code == 0
    assert "已锁定" in run("accounts", "list").stdout
    assert run("accounts", "lock", "li", "--off").exit_code == 0
    assert run("accounts", "password", "li", typed="another four unrelated words\n").exit_code == 0
    assert run("accounts", "remove", "li").exit_code == 0
    assert [one["name"] for one in listed("accounts")] == ["ada"]


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (("accounts", "create", "li"), "", "至少 12"),
        (("accounts", "create", "li"), "short\n", "至少 12"),
        (("accounts", "create", "li", "--role", "boss"), PASSWORD, "角色请选"),
        (("accounts", "create", "a/b"), PASSWORD, "账号名请写"),
        (("accounts", "password", "nobody"), PASSWORD, "没有账号"),
        (("accounts", "remove", "nobody"), "", "没有账号"),
        (("keys", "create", "--role", "boss"), "", "角色请选"),
        (("keys", "create", "--role", "agent", "--days", "0"), "", "有效天数"),
        (("keys", "revoke", "nobody"), "", "没有可以作废的密钥"),
    ],
)
def test_what_cannot_be_is_said(arguments: tuple[str, ...], typed: str, words: str) -> None:
    done = run(*arguments, typed=typed)
    assert isinstance(done.exception, InputError | NotFoundError)
    assert words in str(done.exception)


def test_no_command_takes_a_password_as_an_argument() -> None:
    assert run("accounts", "create", "li", "--password", PASSWORD).exit_code == 2
    assert run("accounts", "create", "li", PASSWORD).exit_code == 2
    assert listed("accounts") == []


def test_a_key_is_shown_once_and_revoked(file: Path) -> None:
    made = run("keys", "create", "--role", "editor", "--note", "工单", "--days", "30")
    sent = made.stdout.strip()
    assert "保存" in made.stderr
    keys = Keys(Database(file))
    found = keys.find(sent)
    assert found
    assert (found.role, found.note) == (Role.EDITOR, "工单")
    assert sent[17:] not in run("keys", "list").stdout + json.dumps(listed("keys"))
    assert run("keys", "revoke", found.id).exit_code == 0
    assert keys.find(sent) is None
    assert "已作废" in run("keys", "list").stdout
    as_json = json.loads(run("keys", "create", "--role", "public", "--json").stdout)
    assert keys.find(as_json["key"])
