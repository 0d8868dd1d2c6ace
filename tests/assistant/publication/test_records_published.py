"""The records beside the documents are part of what is published: a change is a new generation, going back brings the
old ones back, and a fault stops the publication.
"""

from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore
from assistant.publication.publisher import Publisher
from assistant.publication.removal import Removal
from assistant.publication.switching import Switching
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import DocumentError
from corpus.library.library import Library
from corpus.library.place import DOCUMENTS, generations_folder
from corpus.library.preview import Upload
from corpus.load import SHIPPED
from corpus.records.services import PROFILE
from tests.assistant.publication.shelf import publish, published

APPLY = "- clause: '2'\n  needs: [{judged: true, quote: 六十五岁以上老人}]\n"
EVENTS = (
    "- {id: ride, name: %s, name_en: Ride, who: 人, who_en: P, "
    "steps: [{name: 一, name_en: One, clauses: ['ferry:2', 'market:1']}]}\n"
)


def write(settings: Settings, name: str, text: str) -> None:
    path = settings.library_folder / DOCUMENTS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def described(library: Settings) -> Settings:
    """A library with conditions beside one document, and an event."""
    write(library, "ferry/ferry.apply.yaml", APPLY)
    write(library, "records/events.yaml", EVENTS % "过渡")
    publish(library)
    return library


def events(settings: Settings) -> list[str]:
    return [event.name for event in Assistant.open(settings).services.events]


def generation(settings: Settings) -> Path:
    return generations_folder(settings.library_folder) / f"{published(settings):04}" / DOCUMENTS


def test_a_generation_holds_records_and_conditions(described: Settings) -> None:
    services = Assistant.open(described).services
    assert [record.id for record in services.conditions] == ["ferry:2"]
    assert events(described) == ["过渡"]
    assert (generation(described) / "records/events.yaml").is_file()
    assert (generation(described) / "ferry/ferry.apply.yaml").is_file()


def test_a_changed_file_of_records_is_a_new_generation_and_going_back_brings_the_old_back(described: Settings) -> None:
    write(described, "records/events.yaml", EVENTS % "坐渡船")
    assert events(described) == ["过渡"]
    done = Publisher(described).publish()
    assert (done.is_new, done.manifest.number, done.manifest.changed) == (True, 2, ())
    assert events(described) == ["坐渡船"]
    Switching(described.library_folder).rollback()
    assert events(described) == ["过渡"]


def test_changed_conditions_are_a_change_of_their_document(described: Settings) -> None:
    write(described, "ferry/ferry.apply.yaml", APPLY.replace("六十五岁以上老人", "老人"))
    assert Publisher(described).publish().manifest.changed == ("ferry",)


@pytest.mark.parametrize(
    ("name", "text"),
    [("records/events.yaml", "- {id: A}\n"), ("ferry/ferry.apply.yaml", APPLY.replace("老人", "长者"))],
)
def test_a_fault_stops_the_publication_and_what_is_in_service_stays(described: Settings, name: str, text: str) -> None:
    write(described, name, text)
    with pytest.raises(DocumentError, match=name.replace(".", r"\.")):
        publish(described)
    assert (published(described), events(described)) == (1, ["过渡"])


def test_a_document_goes_with_its_conditions_and_events_keep_the_others(described: Settings) -> None:
    Removal(described, FeedbackStore(None), Publisher(described)).remove("ferry")
    services = Assistant.open(described).services
    assert services.conditions == ()
    assert [event.steps[0].clauses for event in services.events] == [("market:1",)]
    assert not list(described.library_folder.joinpath(DOCUMENTS).rglob("*.apply.yaml"))


def test_conditions_come_into_the_library_beside_their_file_or_keep_it_out(library: Settings) -> None:
    text = "曲靖市书摊办法\n第一条 六十五岁以上老人免收书摊费。\n".encode()
    shelf = Library(library.library_folder)
    with pytest.raises(DocumentError, match=r"书摊\.apply\.yaml:2: .*“六十五岁以上老者” does not stand in 书摊:1"):
        shelf.add([Upload("书摊.txt", text, conditions=APPLY.replace("'2'", "'1'").replace("老人", "老者").encode())])
    assert "书摊" not in [read.document.id for read in shelf.load().documents]
    shelf.add([Upload("书摊.txt", text, conditions=APPLY.replace("'2'", "'1'").encode())])
    publish(library)
    assert [record.id for record in Assistant.open(library).services.conditions] == ["书摊:1"]


def test_a_library_of_the_days_before_opens_without_conditions_and_keeps_its_questions(library: Settings) -> None:
    publish(library)
    services = Assistant.open(library).services
    assert (services.faults, services.conditions, services.events) == ((), (), ())
    assert [one.phone for one in services.channels if not one.clauses][:1] == ["12345"]  # as shipped
    assert (generation(library) / PROFILE).read_bytes() == (SHIPPED / PROFILE).read_bytes()
    assert not Publisher(library).publish().is_new
