"""Laws of the survey of records: coverage, what is left out, and faults and warnings with file and line."""

from datetime import date
from pathlib import Path

import pytest

from corpus.corpus import Corpus
from corpus.load import load_corpus
from corpus.records.services import read_services
from corpus.records.survey import Survey, survey
from tests.corpus.records.test_services import APPLY, EVENTS, PROFILE, TEXT, put

TODAY = date(2026, 11, 30)
GUIDE = "clause: 'd:1'\nname: 摆摊\nname_en: Stall\nfee: {text: 免费, source: 云泽市, checked: 2026-11-29}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, "d.txt", TEXT)
    put(tmp_path, "records/profile.yaml", PROFILE)
    put(tmp_path, "records/events.yaml", EVENTS)
    put(tmp_path, "d.apply.yaml", APPLY)
    for name in ("channels", "holidays"):
        put(tmp_path, f"records/{name}.yaml", "years: []" if name == "holidays" else "")
    return tmp_path


def surveyed(folder: Path, today: date = TODAY) -> Survey:
    corpus = load_corpus(folder)
    return survey(corpus, read_services(folder, corpus), folder, today)


def test_the_shipped_records_are_complete_and_without_fault(corpus: Corpus) -> None:
    found = survey(corpus, read_services(None, corpus), None, TODAY)
    assert (found.faults, found.left_out) == ((), ())
    assert sum(one.plain for one in found.documents) == sum(one.clauses for one in found.documents) == 99
    assert set(found.unreached) == {f"anhui-2023-4:0.{n}" for n in range(1, 5)}
    assert sum(one.conditions for one in found.documents) >= 36


def test_each_family_is_counted_by_clauses_of_each_document(folder: Path) -> None:
    put(folder, "records/guides/one.yaml", GUIDE)
    found = surveyed(folder)
    (one,) = found.documents
    assert (one.document, one.clauses, one.plain) == ("d", 2, 0)
    assert (one.conditions, one.events, one.forms, one.channels, one.guides) == (1, 1, 0, 0, 1)
    assert (found.counts["questions"], found.counts["leaves"], found.counts["steps"]) == (1, 1, 1)
    assert found.unreached == ("d:2",)
    assert [one for one in found.faults if "forms" not in one.file] == []


def test_what_speaks_of_documents_that_are_not_there_is_named_with_its_line(folder: Path) -> None:
    put(folder, "records/events.yaml", EVENTS.replace("['d:1']", "['d:1', 'gone:3']"))
    left = [one for one in surveyed(folder).left_out if one.file.startswith(str(folder))]
    assert [(Path(one.file).name, one.line, one.message.partition("：")[0]) for one in left] == [
        ("events.yaml", 1, "gone:3")
    ]


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("records/events.yaml", EVENTS.replace("name_en: Stall", "name_en: 摆摊"), 1, "Chinese in an English text"),
        ("records/profile.yaml", PROFILE.replace("en: T}", "en: 商户}"), 1, "Chinese in an English text"),
        ("records/guides/one.yaml", GUIDE.replace("2026-11-29", "2026-12-01"), 4, "in the future"),
        ("records/guides/one.yaml", GUIDE.replace("'d:1'", "'d:9'"), 1, "there is no clause d:9"),
        ("d.apply.yaml", APPLY.replace("[{", "[{ask: kind, is: [别人], quote: 商户}, {"), 1, "can never be true"),
    ],
)
def test_a_fault_is_named_with_file_and_line(folder: Path, name: str, text: str, line: int, words: str) -> None:
    put(folder, name, text)
    (fault,) = surveyed(folder).faults
    assert (fault.file, fault.line) == (str(folder / name), line)
    assert words in fault.message


@pytest.mark.parametrize(
    "text",
    [
        EVENTS.replace("name_en: Stall", "name_en: A stall (摆摊)"),
        EVENTS.replace("name_en: Stall", 'name_en: "2026"'),
    ],
)
def test_english_may_give_the_chinese_term_in_brackets(folder: Path, text: str) -> None:
    put(folder, "records/events.yaml", text)
    assert surveyed(folder).faults == ()


def test_a_form_of_one_id_in_two_files_is_a_fault(folder: Path) -> None:
    form = "form: stall\nname: 摆摊\nname_en: S\nplace: []\nsource: 云泽\nchecked: 2026-11-29\nfields: []\n"
    put(folder, "records/forms/a.yaml", form)
    put(folder, "records/forms/b.yaml", form)
    (fault,) = surveyed(folder).faults
    assert fault.file == str(folder / "records/forms/b.yaml")
    assert "has the id of another form" in fault.message


def test_an_old_check_and_a_question_that_decides_nothing_are_warnings(folder: Path) -> None:
    put(folder, "records/guides/one.yaml", GUIDE)
    asked = PROFILE + "- {ask: spare, question: 问, question_en: q, yes_no: true}\n"
    put(folder, "records/profile.yaml", asked)
    found = surveyed(folder, date(2027, 12, 1))
    mine = {(Path(one.file).name, one.line) for one in found.warnings if one.file.startswith(str(folder))}
    assert mine == {("one.yaml", 4), ("profile.yaml", 2)}
    assert found.faults == ()


def test_a_question_that_says_whether_another_is_put_decides_something(folder: Path) -> None:
    asked = PROFILE + "- {ask: more, question: 问, question_en: q, yes_no: true, when: {kind: [商户]}}\n"
    put(folder, "records/profile.yaml", asked)
    put(folder, "d.apply.yaml", "- clause: '1'\n  needs: [{ask: more, is: [是], quote: 商户}]\n")
    assert surveyed(folder).warnings == ()


def test_plain_records_are_part_of_it(folder: Path) -> None:
    texts = "name: 摆摊, plain: 待写 to be written, title_en: t, gist_en: g"
    put(folder, "d.plain.yaml", f"- {{clause: '1', {texts}, ask: [], ask_en: [], keywords: []}}\n")
    found = surveyed(folder)
    assert {(Path(one.file).name, one.line) for one in found.faults} == {("d.plain.yaml", 1)}
    assert found.documents[0].plain == 1


@pytest.mark.parametrize("name", ["event.yaml", "profile.yml", "form/a.yaml", "部门.csv"])
def test_a_file_that_nothing_reads_is_warned_of(folder: Path, name: str) -> None:
    name = f"records/{name}"
    put(folder, name, "[]")
    (warning,) = [one for one in surveyed(folder).warnings if one.file == str(folder / name)]
    assert "events.yaml" in warning.message
