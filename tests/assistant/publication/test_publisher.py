"""What a publication puts in service, keeps, refuses and writes down."""

import threading
from pathlib import Path

import pytest

from assistant.publication import audit
from assistant.publication.generations import Generations
from assistant.publication.publisher import Publisher
from assistant.publication.switching import Switching
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import DocumentError, InputError, NotFoundError, StoreError
from corpus.library.place import generations_folder
from tests.assistant.publication.shelf import MARKET, fee, publish, published, put


def test_nothing_is_in_service_before_it_is_published(library: Settings) -> None:
    assert library.documents is None
    done = Publisher(library).publish(by="云泽市政务办")
    assert (done.manifest.number, done.manifest.added, done.manifest.parent) == (1, ("ferry", "market"), None)
    assert "5元" in fee(library)


def test_a_change_is_told_and_served_only_when_it_is_published(library: Settings) -> None:
    publish(library)
    put(library, "market", MARKET.format(fee=8))
    assert "5元" in fee(library)
    manifest = Publisher(library).publish().manifest
    assert (manifest.added, manifest.changed, manifest.removed, manifest.parent) == ((), ("market",), (), 1)
    assert "8元" in fee(library)


def test_nothing_new_makes_no_generation(library: Settings) -> None:
    publish(library)
    done = Publisher(library).publish()
    assert (done.is_new, done.manifest.number, published(library)) == (False, 1, 1)
    assert Generations(generations_folder(library.library_folder)).names() == ["0001"]


def test_files_that_did_not_change_are_stored_once(library: Settings) -> None:
    publish(library)
    put(library, "market", MARKET.format(fee=8))
    publish(library)
    generations = generations_folder(library.library_folder)
    same, other = (generations / "0001/documents" / name for name in ("ferry/ferry.txt", "market/market.txt"))
    assert same.stat().st_ino == (generations / "0002/documents/ferry/ferry.txt").stat().st_ino
    assert other.read_text(encoding="utf-8") == MARKET.format(fee=5)


def test_a_changed_fact_changes_no_index(library: Settings) -> None:
    publish(library)
    before = Assistant.open(library)
    put(library, "market", MARKET.format(fee=5), "expires = 2020-01-01\n")
    publish(library)
    after = Assistant.open(library)
    assert after.index.version == before.index.version
    versions = {one.published.manifest.facts_version for one in (before, after) if one.published}
    assert len(versions) == 2
    assert "到期" in after.ask("早市摊位费多少钱").text


def test_going_back_leads_to_what_was_in_service_before(library: Settings) -> None:
    publish(library)
    for price in (8, 9):
        put(library, "market", MARKET.format(fee=price))
        publish(library)
    switching = Switching(library.library_folder)
    assert (switching.rollback().pointer.number, fee(library)) == (2, "早市摊位费每天8元，由市场管理处收取。")
    assert switching.rollback(by="值班员").pointer.number == 1
    put(library, "market", MARKET.format(fee=7))
    assert publish(library) == 4
    assert switching.rollback().pointer.number == 1  # not 3, which had been taken back
    with pytest.raises(NotFoundError, match="policyqa generations"):
        switching.rollback()
    with pytest.raises(NotFoundError, match="17"):
        switching.rollback(17)
    with pytest.raises(InputError, match="in service already"):
        switching.rollback(1)


def test_only_so_many_are_kept(library: Settings) -> None:
    for price in range(5):
        put(library, "market", MARKET.format(fee=price))
        publish(library)
    assert Generations(generations_folder(library.library_folder)).names() == ["0003", "0004", "0005"]


def test_the_record_says_who_and_why(library: Settings) -> None:
    Publisher(library).publish(by="甲")
    put(library, "market", MARKET.format(fee=8))
    Publisher(library).publish(by="乙")
    Switching(library.library_folder).rollback(by="甲")
    told = [(one["event"], one["generation"], one["by"]) for one in audit.events(library.library_folder)]
    assert told == [("publish", 1, "甲"), ("publish", 2, "乙"), ("rollback", 1, "甲")]


def test_a_file_that_cannot_be_read_stops_the_publication(library: Settings) -> None:
    publish(library)
    put(library, "market", MARKET.format(fee=8), "expires = soon\n")
    with pytest.raises(DocumentError, match=r"^market/market\.toml:2: "):
        publish(library)
    assert (published(library), Generations(generations_folder(library.library_folder)).names()) == (1, ["0001"])


def test_an_altered_generation_is_not_gone_back_to(library: Settings) -> None:
    publish(library)
    put(library, "market", MARKET.format(fee=8))
    publish(library)
    text = generations_folder(library.library_folder) / "0001/documents/market/market.txt"
    text.write_text(MARKET.format(fee=1), encoding="utf-8")
    with pytest.raises(StoreError, match=r"market\.txt"):
        Switching(library.library_folder).rollback()
    assert published(library) == 2


def test_of_two_publishers_one_is_told_or_waits(library: Settings) -> None:
    waiting = threading.Event()
    other = threading.Thread(target=lambda: Publisher(library, say=lambda _: waiting.set()).publish())
    with Switching(library.library_folder).alone():
        with pytest.raises(InputError, match="Somebody else is publishing"):
            Publisher(library).publish(wait=False)
        other.start()
        assert waiting.wait(60)
        assert published(library) is None
    other.join()
    assert published(library) == 1


def test_a_library_of_the_days_before_is_served_as_it_lies_until_it_is_published(library: Settings) -> None:
    (library.library_folder / "FORMAT").unlink()
    documents: Path = library.library_folder / "documents"
    assert library.documents == documents
    publish(library)
    assert library.documents == generations_folder(library.library_folder) / "0001/documents"
    assert sorted(path.name for path in documents.iterdir()) == ["ferry", "market", "records"]


def test_a_removed_document_does_not_come_back_unasked(library: Settings) -> None:
    publish(library)
    Publisher(library).remove("market")
    switching = Switching(library.library_folder)
    with pytest.raises(InputError, match="--with-removed"):
        switching.rollback()
    assert published(library) == 2
    assert switching.rollback(with_removed=True).pointer.number == 1
    put(library, "market", MARKET.format(fee=8))
    assert publish(library) == 3  # it has been added again
    assert switching.rollback().pointer.number == 1
