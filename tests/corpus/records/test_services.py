"""Laws of what stands beside a folder of documents: its own files count, else the shipped ones."""

from pathlib import Path

import pytest

from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.load import load_corpus
from corpus.records.services import Services, read_profile_in, read_services

TEXT = "云泽市摊贩办法\n第一条 摆摊满一年的商户，可以申请补贴。\n第二条 老人优先。\n"
PROFILE = (
    "- {ask: kind, question: 您是？, question_en: Which?, answers: [{value: 商户, en: T}, {value: 别人, en: O}]}\n"
)
APPLY = "- clause: '1'\n  needs: [{ask: kind, is: [商户], quote: 商户}]\n"
EVENTS = (
    "- {id: stall, name: 摆摊, name_en: Stall, who: 人, who_en: P, steps: [{name: 一, name_en: One, clauses: ['d:1']}]}"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "records").mkdir()
    (tmp_path / "d.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def services(folder: Path) -> Services:
    return read_services(folder, load_corpus(folder))


def test_the_shipped_records_are_without_fault(corpus: Corpus) -> None:
    found = read_services(None, corpus).checked()
    assert (len(found.profile), len(found.forms), len(found.guides), found.departments) == (9, 2, 0, ())
    assert 12 <= len(found.events) <= 16
    texts = {document.id: document.text for document in corpus.documents}
    for record in found.conditions:
        assert record.gives is None or texts[record.gives.clause_id.rpartition(":")[0]]
    order = {clause.id: place for place, clause in enumerate(corpus.clauses)}
    places = [order[record.clause_id] for record in found.conditions]
    assert places == sorted(places)


def test_a_foreign_corpus_has_no_shipped_events_forms_or_matters(folder: Path) -> None:
    found = services(folder).checked()
    assert (found.events, found.forms, found.conditions, found.guides) == ((), (), (), ())
    assert [channel.clauses for channel in found.channels if channel.clauses] == []
    assert any(channel.phone == "12345" for channel in found.channels)


def test_a_folder_with_its_own_profile_and_events_is_read_with_them(folder: Path) -> None:
    put(folder, "records/profile.yaml", PROFILE)
    put(folder, "records/events.yaml", EVENTS)
    put(folder, "d.apply.yaml", APPLY)
    put(folder, "records/departments.csv", "words,department\n摆摊,城管局\n")
    found = services(folder).checked()
    assert [question.key for question in found.profile] == ["kind"]
    assert list(found.event_by_id) == ["stall"]
    assert [record.id for record in found.conditions] == ["d:1"]
    assert [row.name for row in found.departments] == ["城管局"]
    assert [question.key for question in read_profile_in(folder)] == ["kind"]


def test_conditions_are_asked_of_the_profile_beside_them(folder: Path) -> None:
    put(folder, "d.apply.yaml", APPLY)  # the shipped profile knows no 商户
    (fault,) = services(folder).faults
    assert str(fault).startswith(f"{folder / 'd.apply.yaml'}:2: 不认识“商户”")
    assert "'商户' is not known here" in str(fault)
    with pytest.raises(DocumentError, match=r"d\.apply\.yaml:2"):
        services(folder).checked()


def test_a_faulty_profile_is_told_alone(folder: Path) -> None:
    put(folder, "records/profile.yaml", PROFILE.replace("ask: kind", "ask: KIND"))
    put(folder, "d.apply.yaml", APPLY * 2)
    found = services(folder)
    assert [str(fault).rpartition("/")[2].partition(": ")[0] for fault in found.faults] == ["profile.yaml:1"]
    assert found.conditions == ()


def test_every_fault_of_every_file_is_told_and_the_rest_is_read(folder: Path) -> None:
    put(folder, "records/profile.yaml", PROFILE)
    put(folder, "d.apply.yaml", APPLY + APPLY.replace("'1'", "'2'"))
    put(folder, "records/events.yaml", "a: [")
    put(folder, "records/guides/one.yaml", "")
    put(folder, "records/departments.csv", "a,b\n")
    found = services(folder)
    assert [str(fault).removeprefix(f"{folder}/").partition(": ")[0] for fault in found.faults] == [
        "d.apply.yaml:4",
        "records/events.yaml:2",
        "records/guides/one.yaml:1",
        "records/departments.csv:1",
    ]
    assert [record.id for record in found.conditions] == ["d:1"]


def test_conditions_without_their_document_are_refused(folder: Path) -> None:
    put(folder, "gone.apply.yaml", APPLY)
    with pytest.raises(DocumentError, match=r"gone\.apply\.yaml:1: .*no gone\.txt beside it"):
        load_corpus(folder)
