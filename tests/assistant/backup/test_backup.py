"""A backup holds what was committed before it began, and comes back as a whole or not at all."""

import hashlib
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from assistant.backup import restoring
from assistant.backup.making import make_backup
from assistant.backup.restoring import BEFORE, restore_backup
from assistant.database.schema import VERSION_TABLE, newest
from assistant.feedback.store import FeedbackStore, Verdict
from assistant.publication.publisher import Publisher
from assistant.settings import Settings
from corpus.errors import InputError, SettingsError

KEY = "q" * 43 + "=\n"


def _settings(folder: Path) -> Settings:
    folder.mkdir(exist_ok=True)
    return Settings(
        index=folder / "index", feedback=folder / "feedback.sqlite3", calibration=folder / "calibration.json"
    )


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    """Five verdicts, a calibration, a key, a library that somebody has begun."""
    settings = _settings(tmp_path / "office")
    with FeedbackStore(settings.feedback) as store:
        for number in range(5):
            store.judge(f"{number:032}", Verdict.WRONG, comment="改了，见“第三条”\n")
    settings.calibration_file.write_text("{}")
    settings.keys.write_text(KEY)
    settings.keys.chmod(0o600)
    (settings.library_folder / "questions").mkdir(parents=True)
    (settings.library_folder / "questions" / "saved.jsonl").write_text("{}\n")
    return settings


@pytest.fixture
def saved(office: Settings, tmp_path: Path) -> Path:
    file = tmp_path / "office.tar.gz"
    make_backup(office, file, with_keys=True)
    return file


def _rows(settings: Settings) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(str(settings.feedback))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return connection.execute("SELECT * FROM policyqa_feedback ORDER BY number").fetchall()


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_restored_elsewhere_is_what_was_there(office: Settings, saved: Path, tmp_path: Path) -> None:
    other = _settings(tmp_path / "other")
    restored = restore_backup(other, saved)
    assert _rows(other) == _rows(office)
    assert (other.calibration_file.read_text(), other.keys.read_text()) == ("{}", KEY)
    assert (other.library_folder / "questions" / "saved.jsonl").read_text() == "{}\n"
    assert restored.contents.rows["state"]["policyqa_feedback"] == 5
    assert restored.before == ()
    assert other.keys.stat().st_mode & 0o077 == 0
    assert Path(str(other.feedback)).stat().st_mode & 0o077 == 0
    with FeedbackStore(other.feedback) as store:  # new rows go on behind the restored ones
        store.judge("9" * 32, Verdict.HELPFUL)
    assert [row[0] for row in _rows(other)] == [1, 2, 3, 4, 5, 6]


def test_keys_come_along_only_where_asked_for(office: Settings, tmp_path: Path) -> None:
    file = tmp_path / "without.tar.gz"
    make_backup(office, file)
    with tarfile.open(file) as archive:
        assert "keys" not in archive.getnames()
    assert KEY.strip().encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_what_was_committed_before_a_backup_began_is_in_it_whatever_is_written_meanwhile(
    office: Settings, tmp_path: Path
) -> None:
    stop, written = Event(), list[str]()

    def write() -> None:
        with FeedbackStore(office.feedback) as store:
            while not stop.is_set():
                store.judge(f"{len(written):031}w", Verdict.HELPFUL)
                written.append(f"{len(written):031}w")

    writer = Thread(target=write)
    writer.start()
    lost = []
    try:
        for number in range(3):
            while len(written) < 5 * (number + 1):
                assert writer.is_alive()
            before = set(written)
            make_backup(office, tmp_path / f"{number}.tar.gz")
            lost.append(before)
    finally:
        stop.set()
        writer.join()
    for number, before in enumerate(lost):
        other = _settings(tmp_path / f"other{number}")
        restore_backup(other, tmp_path / f"{number}.tar.gz")
        kept = {str(row[2]) for row in _rows(other)}
        assert before - kept == set()
        assert kept <= set(written) | {f"{one:032}" for one in range(5)}


def test_a_published_library_comes_back_with_the_version_in_service(library: Settings, tmp_path: Path) -> None:
    manifest = Publisher(library).publish().manifest
    contents = make_backup(library, tmp_path / "library.tar.gz")
    assert (contents.generation, contents.index_version) == (1, manifest.index_version)
    other = Settings(index=tmp_path / "other" / "index", feedback=None)
    restore_backup(other, tmp_path / "library.tar.gz")
    assert Publisher(other).switching.generations.check(Publisher(other).generations.find(1)[0]) == manifest
    assert not Publisher(other).publish().is_new


@pytest.mark.parametrize("occupied", ["feedback", "library", "calibration", "keys"])
def test_nothing_that_is_there_is_replaced_unasked(saved: Path, tmp_path: Path, occupied: str) -> None:
    other = _settings(tmp_path / "other")
    if occupied == "feedback":
        with FeedbackStore(other.feedback) as store:
            store.judge("m" * 32, Verdict.WRONG)
    elif occupied == "library":
        (other.library_folder / "documents").mkdir(parents=True)
    else:
        (other.calibration_file if occupied == "calibration" else other.keys).write_text("mine")
    before = _tree(tmp_path / "other")
    with pytest.raises(InputError, match="add --replace"):
        restore_backup(other, saved)
    after = _tree(tmp_path / "other")
    assert {name: data for name, data in after.items() if "-" not in name} == {
        name: data
        for name, data in before.items()
        if "-" not in name  # SQLite's log, folded
    }
    restored = restore_backup(other, saved, replace=True)
    assert len(_rows(other)) == 5
    assert [one for one in restored.before if one.exists()]
    assert all(one.name.endswith(BEFORE) for one in restored.before)


def test_a_backup_never_writes_over_a_file(office: Settings, saved: Path) -> None:
    data = saved.read_bytes()
    with pytest.raises(InputError, match="choose another name"):
        make_backup(office, saved)
    assert saved.read_bytes() == data
    with pytest.raises(InputError, match="choose another place"):
        make_backup(office, saved.parent / "none" / "x.tar.gz")


def _altered(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with tarfile.open(file) as archive:
        held = {one.name: opened.read() for one in archive if (opened := archive.extractfile(one))}
    change(held)
    with tarfile.open(file, "w:gz") as archive:
        for name, data in held.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def _sealed(held: dict[str, bytes], name: str, data: bytes) -> None:
    """Put a file in, and into the manifest too."""
    held[name] = data
    manifest = json.loads(held["manifest.json"])
    manifest["files"][name] = (len(data), hashlib.sha256(data).hexdigest())
    held["manifest.json"] = json.dumps(manifest).encode()


ROWS = "database/state/policyqa_feedback.jsonl"


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held.update({ROWS: held[ROWS][:-1] + b" "}),
        lambda held: held.pop(ROWS),
        lambda held: held.update({"library/more": b"x"}),
        lambda held: _sealed(held, "../escaped", b"x"),
        lambda held: _sealed(held, "library/../../escaped", b"x"),
        lambda held: _sealed(held, "/tmp/escaped", b"x"),
        lambda held: _sealed(held, "elsewhere", b"x"),
        lambda held: _sealed(held, ROWS, held[ROWS].rpartition(b'{"number"')[0]),
        lambda held: _sealed(held, ROWS, b"not json\n"),
        lambda held: _sealed(held, "database/state/policyqa_none.jsonl", b"{}\n"),
        lambda held: held.update({"manifest.json": held["manifest.json"].replace(b'"format": 1', b'"format": 2')}),
        lambda held: held.pop("manifest.json"),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(
    saved: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    _altered(saved, change)
    other = _settings(tmp_path / "other")
    with pytest.raises(InputError, match="nothing was changed"):
        restore_backup(other, saved)
    assert _tree(tmp_path / "other") == {}
    assert not list(tmp_path.rglob("escaped"))


@pytest.mark.parametrize("kept", [0, 10, 0.5, 0.9])
def test_a_backup_that_is_cut_off_changes_nothing(saved: Path, tmp_path: Path, kept: float) -> None:
    data = saved.read_bytes()
    saved.write_bytes(data[: int(len(data) * kept) if kept < 1 else int(kept)])
    with pytest.raises(InputError, match="no whole backup; nothing was changed"):
        restore_backup(_settings(tmp_path / "other"), saved)
    assert _tree(tmp_path / "other") == {}
    with pytest.raises(InputError, match="no file"):
        restore_backup(_settings(tmp_path / "other"), tmp_path / "none.tar.gz")


@pytest.mark.parametrize("step", range(8))
def test_a_restore_that_fails_on_the_way_changes_nothing(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    other = _settings(tmp_path / "other")
    with FeedbackStore(other.feedback) as store:
        store.judge("m" * 32, Verdict.WRONG)
    other.calibration_file.write_text("mine")
    before, done, rename = _tree(tmp_path / "other"), [0], restoring._rename

    def failing(*of: object) -> None:
        done[0] += 1
        if done[0] > step:
            raise OSError(28, "No space left on device")
        rename(*of)  # type: ignore[arg-type]

    monkeypatch.setattr(restoring, "_rename", failing)
    if step < 6:  # two make way, four come
        with pytest.raises(InputError, match="nothing was changed"):
            restore_backup(other, saved, replace=True)
        assert _tree(tmp_path / "other") == before
    else:
        restore_backup(other, saved, replace=True)
        assert len(_rows(other)) == 5


def test_a_backup_of_an_older_program_is_upgraded_and_of_a_newer_one_refused(saved: Path, tmp_path: Path) -> None:
    def of_revision(revision: str) -> Callable[[dict[str, bytes]], None]:
        def change(held: dict[str, bytes]) -> None:
            manifest = json.loads(held["manifest.json"])
            manifest["revisions"]["state"] = revision
            for name in [name for name in manifest["rows"]["state"] if name != "policyqa_feedback"]:
                del manifest["rows"]["state"][name], manifest["files"][f"database/state/{name}.jsonl"]
                del held[f"database/state/{name}.jsonl"]
            held["manifest.json"] = json.dumps(manifest).encode()

        return change

    _altered(saved, of_revision("9999"))
    with pytest.raises(InputError, match="upgrade policyqa first"):
        restore_backup(_settings(tmp_path / "other"), saved)
    assert _tree(tmp_path / "other") == {}
    _altered(saved, of_revision("0002"))
    other = _settings(tmp_path / "other")
    restore_backup(other, saved)
    assert len(_rows(other)) == 5
    with closing(sqlite3.connect(str(other.feedback))) as connection:
        assert connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall() == [(newest(),)]


def test_two_databases_come_back_into_two(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    settings = Settings(index=folder / "index", feedback=folder / "answers.sqlite3", database=folder / "state.sqlite3")
    with FeedbackStore(settings.feedback) as store:
        store.judge("m" * 32, Verdict.WRONG)
    contents = make_backup(settings, tmp_path / "two.tar.gz")
    assert contents.rows["feedback"]["policyqa_feedback"] == 1
    assert contents.rows["state"]["policyqa_feedback"] == 0
    with pytest.raises(SettingsError, match=r"2 database\(s\), and 1 are set here"):
        restore_backup(_settings(tmp_path / "one"), tmp_path / "two.tar.gz")
    other = Settings(index=tmp_path / "i", feedback=tmp_path / "a.sqlite3", database=tmp_path / "s.sqlite3")
    restore_backup(other, tmp_path / "two.tar.gz")
    assert len(_rows(other)) == 1
