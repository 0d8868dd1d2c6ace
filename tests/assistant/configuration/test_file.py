"""policyqa.toml: where it is looked for, what it may hold, and that what is wrong in it is told by file and line."""

import os
from pathlib import Path

import pytest

from assistant.configuration.file import settings_file
from assistant.settings import Settings
from corpus.errors import SettingsError


def _settings(file: Path, text: str, **environment: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return Settings.from_environment({"POLICYQA_CONFIG": str(file)} | environment)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "policyqa.toml"


def test_every_kind_is_read_as_toml_writes_it(file: Path) -> None:
    settings = _settings(
        file,
        'limit = 7\nthreshold = 0.4\nplain = false\nfeedback = false\noperator = "政务局"\n'
        'allowed_hosts = ["a.cn", "*.b.cn"]\nroot_path = "/policy/"\nkeep_alive = "80"\n',
    )
    assert (settings.limit, settings.threshold, settings.plain, settings.feedback) == (7, 0.4, False, None)
    assert (settings.allowed_hosts, settings.root_path) == (("a.cn", "*.b.cn"), "/policy")
    assert (settings.operator, settings.keep_alive) == ("政务局", 80)


def test_the_environment_wins_and_an_empty_value_is_none(file: Path) -> None:
    text = 'limit = 7\nmax_queue = 9\noperator = ""\n'
    settings = _settings(file, text, POLICYQA_LIMIT="8", POLICYQA_MAX_QUEUE=" ")
    assert (settings.limit, settings.max_queue, settings.operator) == (8, 9, None)


def test_relative_paths_start_at_the_folder_of_the_file(file: Path) -> None:
    settings = _settings(
        file, 'index = "data/index"\nlibrary = "/srv/library"\nkey_file = "~/key"\nfeedback = "f.db"\n'
    )
    assert (settings.index, settings.library) == (file.parent / "data/index", Path("/srv/library"))
    assert (settings.key_file, settings.feedback) == (Path.home() / "key", file.parent / "f.db")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\nlimt = 3\n", r"policyqa.toml:2：.*did you mean limit\?.*known are: index"),
        ('[server]\nport = "1"\n', r"policyqa.toml:1：.*no setting server"),
        ('"limit.x" = 3\n', r"policyqa.toml:1：.*no setting limit.x"),
        ('# x\n\nlimit = "three"\n', r"policyqa.toml:3：POLICYQA_LIMIT.*is 'three'; give a whole number"),
        ("threshold = 2\n", r"policyqa.toml:1：.*from 0 to 1"),
        ("limit = true\n", r"policyqa.toml:1：.*give a whole number"),
        ("limit = 2.5\n", r"policyqa.toml:1：.*give a whole number"),
        ("plain = 1\n", r"policyqa.toml:1：.*give true or false"),
        ("index = 5\n", r"policyqa.toml:1：.*give text in quotes"),
        ("operator = 2026-01-01\n", r"policyqa.toml:1：.*give text in quotes"),
        ('allowed_hosts = ["a b"]\n', r"policyqa.toml:1：.*give a list"),
        ("allowed_hosts = [1]\n", r"policyqa.toml:1：.*give a list"),
        ("limit = 500\n", r"policyqa.toml:1：.*at most POLICYQA_MAX_LIMIT"),
        ('note_url = "ftp://hidden.test"\n', r"policyqa.toml:1：.*NOTE_URL is no http"),
        ("limit = \n", r"policyqa.toml.*line 1.*--example"),
        ("limit = 1\nlimit = 2\n", r"policyqa.toml.*--example"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_line(file: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as caught:
        _settings(file, text)
    assert "hidden" not in str(caught.value)


def test_a_file_that_is_no_text_is_refused(file: Path) -> None:
    file.write_bytes("operator = '政务局'".encode("gb18030"))
    with pytest.raises(SettingsError, match="UTF-8"):
        Settings.from_environment({"POLICYQA_CONFIG": str(file)})


def test_the_file_named_counts_else_the_first_that_is_there(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    etc, places = tmp_path / "etc.toml", (Path("policyqa.toml"), tmp_path / "etc.toml")
    assert settings_file({}, places) is None
    etc.touch()
    assert settings_file({}, places) == etc
    file.touch()
    assert settings_file({}, places) == file
    assert settings_file({"POLICYQA_CONFIG": str(etc)}, places) == etc
    assert settings_file({"POLICYQA_CONFIG": "off"}, places) is None
    with pytest.raises(SettingsError, match=r"no file .*none\.toml, named by POLICYQA_CONFIG"):
        settings_file({"POLICYQA_CONFIG": "none.toml"}, places)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners of files here")
def test_somebody_elses_file_in_the_working_folder_decides_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.touch()
    monkeypatch.chdir(file.parent)
    other = 4711 if os.geteuid() == 0 else 0
    if os.geteuid() == 0:
        os.chown(file, other, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 4712)
    with pytest.raises(SettingsError, match="belongs to another user"):
        settings_file({}, (Path("policyqa.toml"),))
    assert settings_file({"POLICYQA_CONFIG": "policyqa.toml"}) == file
