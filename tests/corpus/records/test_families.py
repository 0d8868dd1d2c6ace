"""Laws of events, forms, channels, hours, guides and departments: each fault is named with its line."""

from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from corpus.corpus import Corpus
from corpus.load import load_corpus
from corpus.records.channels import read_channels
from corpus.records.departments import read_departments
from corpus.records.events import read_events
from corpus.records.forms import read_form
from corpus.records.guides import Aspect, read_guide
from corpus.records.hours import read_holidays
from tests.corpus.records.says import assert_says

TEXT = "云泽市摊贩办法\n第一条 摆摊的到“云泽办”办理，电话5550123。\n第二条 老人优先。\n"
EVENTS = """\
- id: open-a-stall
  name: 摆摊
  name_en: Open a stall
  who: 想摆摊的人
  who_en: Who wants to
  steps:
    - {name: 报名, name_en: Register, clauses: ["d:1", "gone:3"]}
    - {name: 别处, name_en: Elsewhere, clauses: ["gone:3"]}
- id: elsewhere
  name: 别处
  name_en: Elsewhere
  who: 别人
  who_en: Others
  steps: [{name: 别处, name_en: Elsewhere, clauses: ["gone:1"]}]
"""
FORM = """\
form: stall
name: 摆摊登记
name_en: Stall registration
place: []
source: 云泽市
checked: 2026-11-30
fields:
  - {id: goods, section: 一, section_en: One, label: 卖什么, label_en: Goods, kind: text, clauses: ["d:1"], tip: 写一样}
  - {id: day, section: 一, section_en: One, label: 哪天, label_en: Day, kind: choice, options: [周六], clauses: []}
"""
CHANNELS = """\
- {clause: "d:1", kind: 线上, name: 云泽办, name_en: Yunze app, quote: “云泽办”}
- {place: [], kind: 热线, name: 热线, name_en: Line, phone: "5550100", hours: always, source: 云泽, checked: 2026-11-30}
- {clause: ["d:1", "d:2"], kind: 窗口, name: 窗口, name_en: Desk, source: 云泽市, checked: 2026-11-30,
   hours: {周一至周五: [09:00-12:00, 13:30-17:00], 周六: [09:00-24:00]}}
- {clause: "gone:1", kind: 线上, name: 别处, name_en: Elsewhere, quote: 别处}
"""
HOLIDAYS = "years:\n  - {year: 2026, source: 某部, checked: 2026-11-30, off: [2026-01-01], working: [2026-01-04]}\n"
GUIDE = """\
clause: ["d:1"]
name: 摆摊
name_en: Stalls
materials: {text: [身份证, 照片], source: 云泽市, checked: 2026-11-30}
fee: {text: 不收费, source: 云泽市, checked: 2026-11-30}
"""
DEPARTMENTS = "词,部门,地区\n摆摊;早市,城管局,云泽\n执照；登记,市场监管局,\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder: Path = tmp_path_factory.mktemp("stalls")
    (folder / "d.txt").write_text(TEXT, encoding="utf-8")
    return load_corpus(folder)


READERS: dict[str, tuple[str, Callable[..., Any], bool]] = {  # content, its reader, whether that wants the corpus
    "events": (EVENTS, read_events, True),
    "form": (FORM, read_form, True),
    "channels": (CHANNELS, read_channels, True),
    "holidays": (HOLIDAYS, read_holidays, False),
    "guide": (GUIDE, read_guide, True),
    "departments": (DEPARTMENTS, read_departments, False),
}


def read(family: str, text: str, corpus: Corpus) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    _, reader, wants = READERS[family]
    records, faults = reader(text.encode(), "f", corpus) if wants else reader(text.encode(), "f")
    return records, faults


def test_events_keep_the_steps_whose_documents_are_there(corpus: Corpus) -> None:
    (event,), faults = read("events", EVENTS, corpus)
    assert faults == ()
    assert [(step.name, step.clauses) for step in event.steps] == [("报名", ("d:1",))]
    assert event.line == 1


def test_a_form_gives_its_fields(corpus: Corpus) -> None:
    (form,), faults = read("form", FORM, corpus)
    assert faults == ()
    assert [(field.id, field.clauses, field.options, field.line) for field in form.fields] == [
        ("goods", ("d:1",), (), 8),
        ("day", (), ("周六",), 9),
    ]
    assert (form.origin.source, form.file) == ("云泽市", "f")


def test_channels_keep_quotes_hours_and_origin(corpus: Corpus) -> None:
    named, line, desk = read("channels", CHANNELS, corpus)[0]
    assert named.quote is not None
    assert corpus.document("d").text[named.quote.start : named.quote.end] == "“云泽办”"
    assert (line.phone, line.hours.always, line.origin.source) == ("5550100", True, "云泽")
    assert desk.hours.week[5] == ((time(9), time.max),)
    assert sorted(desk.hours.week) == [0, 1, 2, 3, 4, 5]
    assert desk.clauses == ("d:1", "d:2")


def test_a_guide_says_what_it_says_and_no_more(corpus: Corpus) -> None:
    (guide,), _ = read("guide", GUIDE, corpus)
    assert {aspect: told.lines for aspect, told in guide.told.items()} == {
        Aspect.MATERIALS: ("身份证", "照片"),
        Aspect.FEE: ("不收费",),
    }
    assert read("guide", GUIDE.replace("d:1", "gone:1"), corpus) == ((), ())


def test_departments_are_words_and_a_name(corpus: Corpus) -> None:
    rows, faults = read("departments", DEPARTMENTS, corpus)
    assert faults == ()
    assert [(row.name, row.words, row.place, row.line) for row in rows] == [
        ("城管局", ("摆摊", "早市"), "云泽", 2),
        ("市场监管局", ("执照", "登记"), "", 3),
    ]


@pytest.mark.parametrize(
    ("family", "old", "new", "line", "problem"),
    [
        ("events", "id: open-a-stall", "id: Open a stall", 1, "'Open a stall' may not stand in an address"),
        ("events", "- id: elsewhere", "- id: open-a-stall", 9, "the event 'open-a-stall' comes twice"),
        ("events", '"d:1", "gone:3"', '"d:9"', 7, "there is no clause d:9"),
        ("events", "  who_en: Others\n", "", 9, "the key 'who_en' is missing"),
        ("events", "name: 报名, name_en", "name: '', name_en", 7, "a text is expected"),
        ("form", "form: stall", "form: 摆摊", 1, "'摆摊' may not stand in an address"),
        ("form", "id: day", "id: goods", 9, "the field 'goods' comes twice"),
        ("form", "kind: text", "kind: word", 8, "'word' is not known here"),
        ("form", "kind: choice", "kind: text", 9, "`options` belongs to the kinds choice and checks"),
        ("form", "kind: text", "kind: checks", 8, "`options` belongs to the kinds choice and checks"),
        ("form", "checked: 2026-11-30", "checked: 2026-11-31", 6, "a day is expected"),
        ("form", "source: 云泽市\n", "", 1, "the key 'source' is missing"),
        ("form", '["d:1"]', '["d:9"]', 8, "there is no clause d:9"),
        ("channels", "quote: “云泽办”", "quote: “云泽通”", 1, "““云泽通”” does not stand in d:1"),
        ("channels", "kind: 线上, name: 云泽办", "kind: 网上, name: 云泽办", 1, "'网上' is not known here"),
        ("channels", "hours: always, source: 云泽, ", "hours: always, ", 2, "the key 'source' is missing"),
        ("channels", "hours: always", "hours: often", 2, "'often' is not known here"),
        ("channels", "name: 云泽办", 'phone: "5550100", name: 云泽办', 1, "the key 'source' is missing"),
        ("channels", "周一至周五", "工作日", 4, "'工作日' are no days"),
        ("channels", "周一至周五", "周五至周一", 4, "'周五至周一' ends before it begins"),
        ("channels", "周六: [", "周五: [", 4, "周五 comes twice"),
        ("channels", "09:00-12:00", "09:00-25:00", 4, "hours are expected"),
        ("channels", "09:00-12:00", "12:00-09:00", 4, "hours are expected"),
        ("channels", 'clause: ["d:1", "d:2"], ', 'clause: ["d:1", "d:2"], quote: 老人, ', 3, "a quote belongs to one"),
        ("holidays", "year: 2026", "year: 2025", 2, "2026-01-01 is not in 2025"),
        ("holidays", "year: 2026", "year: nan", 2, "a number is expected"),
        ("holidays", "off: [2026-01-01]", "off: 2026-01-01", 2, "a list is expected"),
        ("guide", "source: 云泽市, checked: 2026-11-30}\nfee", "checked: 2026-11-30}\nfee", 4, "the key 'source' is"),
        ("guide", 'clause: ["d:1"]', 'clause: "d:9"', 1, "there is no clause d:9"),
        ("guide", "fee: {text", "price: {text", 5, "the key 'price' is unknown"),
        ("departments", "词,部门,地区", "词,单位", 1, "第一行应为"),
        ("departments", "摆摊;早市,城管局,云泽", "；,城管局", 2, "缺 words"),
        ("departments", "摆摊;早市,城管局,云泽", "摆摊,,云泽", 2, "缺 department"),
        ("departments", "摆摊;早市,城管局,云泽", "摆摊,早市,城管局,云泽", 2, "这一行多了一列"),
    ],
)
def test_a_fault_is_named_with_its_line(  # noqa: PLR0917  (a table)
    corpus: Corpus, family: str, old: str, new: str, line: int, problem: str
) -> None:
    text = READERS[family][0]
    assert text.count(old) == 1
    _, faults = read(family, text.replace(old, new), corpus)
    assert faults
    assert_says(faults[0], f"f:{line}: ", problem)


@pytest.mark.parametrize("family", ["form", "guide"])
def test_an_empty_file_of_one_matter_is_a_fault(corpus: Corpus, family: str) -> None:
    _, faults = read(family, "", corpus)
    assert_says(faults[0], "f:1: ", "the file is empty")


@pytest.mark.parametrize("family", ["events", "channels", "holidays", "departments"])
def test_an_empty_list_is_none(corpus: Corpus, family: str) -> None:
    assert read(family, "", corpus) == ((), ())


def test_a_form_for_places_that_nothing_is_said_of_is_left_out(corpus: Corpus) -> None:
    assert read("form", FORM.replace("place: []", "place: [合肥]"), corpus) == ((), ())
