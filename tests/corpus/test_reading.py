"""What is known of a document that was read: which text nobody can cite, and what its reader has noticed."""

import pytest

from corpus.metadata import Metadata
from corpus.readers.registry import read_source
from corpus.readers.source import Source, source_line
from corpus.reading import make_document

LONG = "各区应当按照就近便民的原则安排停车位，统筹医院和学校周边的需要，不得挪作他用。"


@pytest.mark.parametrize(
    ("text", "unplaced"),
    [
        (f"某市停车办法\n一、安排\n（一）{LONG}\n1.医院三成。\n2.学校两成。\n", [f"（一）{LONG}"]),
        (f"某市停车办法\n　　{LONG}现制定本办法。\n一、收费。\n二、封顶。\n抄送：市人大，{LONG}\n", []),
        ("某市停车办法\n各县（市、区）人民政府：\n一、收费。\n二、封顶。\n某市人民政府\n2024年5月6日\n", []),
    ],
)
def test_running_text_in_no_clause_is_told_and_head_and_end_are_not(text: str, unplaced: list[str]) -> None:
    read = make_document("a", read_source(text.encode(), "a.txt"), Metadata(), "a.txt")
    assert [read.document.text[start:end] for start, end in read.unplaced] == unplaced
    assert [str(one) for one in read.diagnostics if "不在任何条款里" in one.message] == [
        str(one) for one in read.diagnostics if one.line == 3 and unplaced
    ]


def test_a_notice_of_a_reader_is_told_once() -> None:
    line = source_line("第一条 收费。", doubtful=True)
    source = Source(lines=(line,), notices=("识别把握不大的有 1 行，请核对。",))
    assert make_document("a", source, Metadata(), "a.pdf").warnings() == ("a.pdf:1: 识别把握不大的有 1 行，请核对。",)
