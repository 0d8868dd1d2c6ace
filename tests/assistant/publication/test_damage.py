"""What somebody deletes, cuts off or alters in the folder is told, and the next publication mends it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore
from assistant.publication import audit
from assistant.publication.generations import Generations
from assistant.publication.publisher import Publisher
from assistant.publication.removal import Removal
from assistant.publication.results import QUESTIONS, kept_results
from assistant.publication.running import RUNNING, Presence, Server, servers
from assistant.publication.switching import Switching
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import DocumentError, InputError, StoreError
from corpus.library.library import Library
from corpus.library.place import DOCUMENTS, generations_folder
from corpus.library.preview import Upload
from index import building, generation, store
from index.identity import identity
from tests.assistant.publication.shelf import MARKET, fee, publish, published, put


def _twice(settings: Settings) -> Generations:
    publish(settings)
    put(settings, "market", MARKET.format(fee=8))
    publish(settings)
    return Generations(generations_folder(settings.library_folder))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "notes.txt").write_text("x")


def _link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parent / "nowhere")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "gone": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:20]),
    "a folder": _folder,
    "a link to nothing": _link,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_pointer_is_told_and_mended(library: Settings, damage: str) -> None:
    generations = _twice(library)
    Switching(library.library_folder).rollback()
    DAMAGE[damage](generations.folder / "CURRENT")
    with pytest.raises(StoreError, match="CURRENT"):  # and not the shipped documents
        Assistant.open(library)
    with pytest.raises(InputError, match="in service already"):
        Switching(library.library_folder).rollback(1)
    assert (published(library), generations.names()) == (1, ["0001", "0002"])
    assert publish(library) == 3


def test_without_the_record_nothing_that_was_published_is_lost(library: Settings) -> None:
    generations = _twice(library)
    Switching(library.library_folder).rollback()
    (library.library_folder / audit.AUDIT).unlink()
    for _ in range(2):
        assert Switching(library.library_folder).rollback(2).pointer.number == 2
        assert Switching(library.library_folder).rollback(1).pointer.number == 1
    assert generations.names() == ["0001", "0002"]
    (library.library_folder / audit.AUDIT).unlink()
    (generations.folder / "CURRENT").write_text("?")
    put(library, "market", MARKET.format(fee=9))
    assert publish(library) == 3


def test_a_record_that_is_cut_off_takes_further_lines(tmp_path: Path) -> None:
    audit.record(tmp_path, "publish", generation=1, reason="一\u2028二")
    file = tmp_path / audit.AUDIT
    file.write_bytes(file.read_bytes() + '{"event": "publ版'.encode()[:-1])
    audit.record(tmp_path, "rollback", generation=7)
    file.write_bytes(file.read_bytes() + b"7\n[]\n")
    told = [(one["event"], one["generation"]) for one in audit.events(tmp_path)]
    assert told == [("publish", 1), ("rollback", 7)]
    assert audit.events(tmp_path)[0]["reason"] == "一\u2028二"


def test_nothing_is_switched_that_cannot_be_written_down(library: Settings) -> None:
    publish(library)
    put(library, "market", MARKET.format(fee=8))
    (library.library_folder / audit.AUDIT).unlink()
    (library.library_folder / audit.AUDIT).mkdir()
    with pytest.raises(StoreError, match="has not changed"):
        publish(library)
    assert published(library) == 1


def test_a_switch_that_could_not_be_written_down_is_told_and_written_later(
    library: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    publish(library)
    put(library, "market", MARKET.format(fee=8))
    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", full)
        with pytest.raises(StoreError, match="Generation 2 is in service, and the audit record"):
            Publisher(library).publish(by="甲", force="来文急")
    assert published(library) == 2
    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", _first_only(audit.record, full))  # what was missing is written down first
        with pytest.raises(StoreError, match="Generation 1 is in service"):
            Switching(library.library_folder).rollback(by="乙")
    with Switching(library.library_folder).alone():
        pass
    told = [(one["event"], one["generation"], one.get("reason")) for one in audit.events(library.library_folder)]
    assert told == [("publish", 1, None), ("publish", 2, "来文急"), ("rollback", 1, None)]


def _first_only(call: Callable[..., None], then: Callable[..., None]) -> Callable[..., None]:
    calls = iter([call])

    def record(*args: object, **named: object) -> None:
        next(calls, then)(*args, **named)

    return record


@pytest.mark.parametrize("content", [None, b"{", b"{}", b"\xff"])
def test_an_index_without_its_manifest_is_told(library: Settings, content: bytes | None) -> None:
    generations = _twice(library)
    manifest = generations.folder / "0001/index/manifest.json"
    manifest.unlink() if content is None else manifest.write_bytes(content)
    with pytest.raises(StoreError, match=r"index.manifest\.json"):
        Switching(library.library_folder).rollback()
    assert published(library) == 2


def test_a_generation_that_lost_its_manifest_is_left_by_publishing_or_going_back(library: Settings) -> None:
    generations = _twice(library)
    (generations.folder / "0002/manifest.json").unlink()
    with pytest.raises(StoreError, match=r"manifest\.json"):
        Assistant.open(library)
    assert Switching(library.library_folder).rollback().pointer.number == 1
    put(library, "market", MARKET.format(fee=9))
    shutil.rmtree(generations.folder / "0001")
    with pytest.raises(StoreError):
        Assistant.open(library)
    publish(library)
    assert "9元" in fee(library)


def test_stray_files_among_the_generations_are_left_alone(library: Settings) -> None:
    generations = _twice(library)
    (generations.folder / "0009").write_text("x")
    (generations.folder / "notes").mkdir()
    put(library, "market", MARKET.format(fee=9))
    assert publish(library) == 3


def test_results_that_cannot_be_read_are_asked_again(tmp_path: Path) -> None:
    (tmp_path / QUESTIONS).write_bytes(b"\xff\xfe{")
    assert kept_results(tmp_path) == ()


@pytest.mark.parametrize("said", ["{}", "[]", "null", '{"ready": null}', '{"ready": [], "other": 1}'])
def test_a_server_that_says_what_nobody_understands_is_passed_over(tmp_path: Path, said: str) -> None:
    presence = Presence(tmp_path)
    presence.tell(Server(7, "0001"))
    assert servers(tmp_path) == [Server(7, "0001")]
    next((tmp_path / RUNNING).glob("*.json")).write_text(said)
    assert servers(tmp_path) == []
    presence.leave()
    assert list((tmp_path / RUNNING).iterdir()) == []


def test_links_out_of_the_library_are_not_published(library: Settings, tmp_path: Path) -> None:
    publish(library)
    home = library.library_folder / DOCUMENTS
    (tmp_path / "secret.txt").write_text("曲靖市保密办法\n第一条 不得外传。\n", encoding="utf-8")
    (home / "secret.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(DocumentError, match=r"^secret\.txt:1: .*link out"):
        publish(library)
    (home / "secret.txt").unlink()
    (home / "elsewhere").symlink_to(tmp_path)
    with pytest.raises(DocumentError, match=r"elsewhere:1: .*link to a folder"):
        publish(library)
    assert (published(library), [path.name for path in generations_folder(library.library_folder).glob(".*")]) == (
        1,
        [],
    )


def test_a_change_of_a_file_that_lies_elsewhere_is_told_by_its_id(library: Settings) -> None:
    text = library.library_folder / DOCUMENTS / "old" / "deep" / "tea.house.txt"
    text.parent.mkdir(parents=True)
    text.write_text("曲靖市茶馆办法\n第一条 茶馆晚上十点关门。\n", encoding="utf-8")
    publish(library)
    text.with_name("tea.house.toml").write_text("expires = 2020-01-01\n", encoding="utf-8")
    assert Publisher(library).publish().manifest.changed == ("tea.house",)


def test_replacing_takes_the_place_of_one_that_lies_elsewhere(library: Settings) -> None:
    shelf = Library(library.library_folder)
    home = library.library_folder / DOCUMENTS
    (home / "market").rename(home / "trade")
    shelf.add([Upload("market.txt", MARKET.format(fee=3).encode())], replace=True)
    assert [one.document.id for one in shelf.load().documents] == ["ferry", "market"]
    assert shelf.load().failures == ()
    (home / "market" / "other.txt").write_text(MARKET.format(fee=4), encoding="utf-8")
    with pytest.raises(DocumentError, match="move them out"):
        shelf.add([Upload("market.txt", MARKET.format(fee=3).encode())], replace=True)
    shelf.remove("market")
    assert [one.document.id for one in shelf.load().documents] == ["ferry", "other"]


def test_a_lost_index_is_built_again_and_documents_that_were_altered_are_not(library: Settings) -> None:
    generations = _twice(library)
    shutil.rmtree(generations.folder / "0002/index")
    with pytest.raises(StoreError, match="policyqa index"):
        Assistant.open(library)
    assert Publisher(library).rebuild().manifest.number == 3
    assert "8元" in fee(library)
    (generations.folder / "0003/documents/market/market.txt").write_text(MARKET.format(fee=1), encoding="utf-8")
    with pytest.raises(StoreError, match=r"market\.txt"):
        Publisher(library).rebuild()
    publish(library)
    assert "8元" in fee(library)


def test_what_another_program_has_built_is_told_and_left_by_publishing(
    library: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(library)
    for module in (building, generation, store):  # the program is upgraded
        monkeypatch.setattr(module, "identity", lambda *args: replace(identity(*args), words="another"))
    with pytest.raises(StoreError, match=r"another .*policyqa index"):
        Assistant.open(library)
    assert Removal(library, FeedbackStore(None), Publisher(library)).remove("ferry").found == 0
    assert "5元" in fee(library)
    assert Switching(library.library_folder).rollback(with_removed=True).pointer.number == 1
    assert publish(library) == 3
    assert "5元" in fee(library)
