from pathlib import Path

import pytest

from assistant.settings import Settings
from corpus.errors import SettingsError


def test_other_variables_and_empty_values_change_nothing() -> None:
    assert Settings.from_environment({"HOME": "x", "POLICYQA_LIMIT": ""}) == Settings()


def test_values_are_read_by_kind() -> None:
    settings = Settings.from_environment(
        {"POLICYQA_INDEX": "/tmp/i", "POLICYQA_THRESHOLD": "0.7", "POLICYQA_LIMIT": "3", "POLICYQA_ENCODER": "folder"}
    )
    assert (settings.index, settings.threshold, settings.limit, settings.encoder) == (Path("/tmp/i"), 0.7, 3, "folder")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("folder/feedback.sqlite3", Path("folder/feedback.sqlite3")),
        ("postgresql+psycopg://user:secret@host/database", "postgresql+psycopg://user:secret@host/database"),
        ("postgresql:/user:secret@host/database", "postgresql:/user:secret@host/database"),
        ("on", Path.home() / ".local/share/policyqa/feedback.sqlite3"),
        ("True", Path.home() / ".local/share/policyqa/feedback.sqlite3"),
        ("1", Path.home() / ".local/share/policyqa/feedback.sqlite3"),
        ("off", None),
        ("0", None),
        ("OFF", None),
        ("false", None),
        (" off\n", None),
    ],
)
def test_feedback_is_a_file_a_url_or_off(value: str, read: Path | str | None) -> None:
    assert Settings.from_environment({"POLICYQA_FEEDBACK": value}).feedback == read


def test_a_password_is_not_printed_with_the_settings() -> None:
    assert "secret" not in repr(Settings(feedback="postgresql+psycopg://user:secret@host/database"))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("POLICYQA_LIMT", "3", "no setting POLICYQA_LIMT.*POLICYQA_LIMIT"),
        ("POLICYQA_LIMIT", "three", "POLICYQA_LIMIT is 'three'; give a whole number"),
        ("POLICYQA_LIMIT", "0", "from 1 to"),
        ("POLICYQA_LIMIT", "1000", "at most POLICYQA_MAX_LIMIT"),
        ("POLICYQA_FEEDBACK_DAYS", "-1", "POLICYQA_FEEDBACK_DAYS is -1"),
        ("POLICYQA_FEEDBACK_DAYS", "99999", "from 0 to 36500"),
        ("POLICYQA_THRESHOLD", "2", "from 0 to 1"),
        ("POLICYQA_THRESHOLD", "nan", "from 0 to 1"),
        ("POLICYQA_THRESHOLD", "half", "give a number"),
        ("POLICYQA_PLAIN", "perhaps", "give on or off"),
        ("POLICYQA_MAX_BODY", "0", "from 1 to"),
        ("POLICYQA_ALLOWED_HOSTS", "example.com,http://x", "POLICYQA_ALLOWED_HOSTS is 'http://x'; give host names"),
        ("POLICYQA_TRUSTED_PROXIES", "10.0.0.0/8 proxy", "POLICYQA_TRUSTED_PROXIES is 'proxy'; give IP addresses"),
        ("POLICYQA_CORS_ORIGINS", "www.example.com", "give origins such as https://"),
        ("POLICYQA_CORS_ORIGINS", "https://www.example.com/", "give origins such as https://"),
    ],
)
def test_what_is_unknown_or_out_of_range_is_refused_by_name(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Settings.from_environment({name: value})


@pytest.mark.parametrize("listed", ["a.cn,*.b.cn", "a.cn *.b.cn", " a.cn , *.b.cn "])
def test_lists_are_separated_by_commas_or_spaces(listed: str) -> None:
    assert Settings.from_environment({"POLICYQA_ALLOWED_HOSTS": listed}).allowed_hosts == ("a.cn", "*.b.cn")


def test_without_a_home_folder_the_settings_to_give_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home(_path: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", no_home)
    with pytest.raises(SettingsError, match=r"POLICYQA_INDEX.*or set HOME"):
        Settings()


def test_documents_are_those_of_the_folder_named_else_of_the_library_else_the_shipped(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index")
    assert (settings.library_folder, settings.documents) == (tmp_path / "library", None)
    (tmp_path / "library" / "documents").mkdir(parents=True)
    assert settings.documents == tmp_path / "library" / "documents"
    assert Settings(index=tmp_path / "index", library=tmp_path / "other").documents is None
    assert Settings(index=tmp_path / "index", corpus=tmp_path / "mine").documents == tmp_path / "mine"


def test_the_home_folder_is_written_out() -> None:
    settings = Settings(
        index=Path("~/i"),
        corpus=Path("~/c"),
        library=Path("~/l"),
        feedback=Path("~/f"),
        encoder="~/e",
        second_encoder="~/s",
    )
    home = Path.home()
    assert settings.library == home / "l"
    assert (settings.index, settings.corpus, settings.feedback) == (home / "i", home / "c", home / "f")
    assert (settings.encoder, settings.second_encoder) == (str(home / "e"), str(home / "s"))


def test_where_notes_go_is_told_to_nobody() -> None:
    secret, url = "correct horse battery", "https://agent:hidden@office.test/notes"
    settings = Settings.from_environment({"POLICYQA_NOTE_URL": url, "POLICYQA_NOTE_SECRET": secret})
    assert (settings.note_url, settings.note_secret) == (url, secret)
    assert not any(word in repr(settings) for word in ("hidden", "horse"))


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("ftp://hidden.test", "x" * 16),
        ("office.test", "x" * 16),
        ("https://a b", "x" * 16),
        ("https://office.test", ""),
    ],
)
def test_an_address_for_notes_is_http_and_has_a_secret(url: str, secret: str) -> None:
    with pytest.raises(SettingsError, match="POLICYQA_NOTE_") as caught:
        Settings.from_environment({"POLICYQA_NOTE_URL": url, "POLICYQA_NOTE_SECRET": secret})
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["", "milvus:19530", "tcp://host:19530", "http:///none", "https:/host", "milvus.sqlite", "x://y.db"]
)
def test_milvus_is_asked_for_with_its_address_which_no_error_repeats(url: str) -> None:
    given = {"POLICYQA_ENGINE": "milvus", "POLICYQA_MILVUS_URL": f"{url} "}
    with pytest.raises(SettingsError, match="POLICYQA_MILVUS_URL") as caught:
        Settings.from_environment(given)
    assert not url or url not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://host:19530", "https://user:hidden@host/db", "folder/milvus.db", "/data/湖 岸.db"]
)
def test_an_address_of_milvus_is_kept_out_of_sight(url: str) -> None:
    settings = Settings.from_environment(
        {"POLICYQA_ENGINE": "Milvus", "POLICYQA_MILVUS_URL": url, "POLICYQA_MILVUS_TOKEN": "root:hidden"}
    )
    assert (settings.engine, settings.milvus_url, settings.milvus_token) == ("milvus", url, "root:hidden")
    assert "hidden" not in repr(settings)


def test_an_engine_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="embedded or milvus"):
        Settings.from_environment({"POLICYQA_ENGINE": "qdrant"})
