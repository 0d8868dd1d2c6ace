"""Texts made to keep a parser busy: twice the text is twice the work.

The work is counted in the lines of Python that run, so that the figures are the same on every machine.
"""

import sys
from collections.abc import Callable, Iterator
from itertools import count
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from corpus.clause import Document
from corpus.metadata import Metadata
from corpus.parser.clauses import read_clauses
from corpus.parser.outline import parse_outline
from corpus.readers.normal_form import normalise_text

if TYPE_CHECKING:
    from _typeshed import TraceFunction

_SHORT = 3_000  # characters


def _again(piece: str, begin: str = "") -> Callable[[int], str]:
    return lambda length: begin + piece * (length // len(piece))


def _counting(form: str, begin: str = "", most: int = 10**9) -> Callable[[int], str]:
    def text(length: int) -> str:
        pieces: list[str] = []
        for number in count():
            pieces.append(form.format(number % most + 1))
            length -= len(pieces[-1])
            if length <= 0:
                return begin + "".join(pieces)
        raise AssertionError

    return text


def _halves(first: str, second: str) -> Callable[[int], str]:
    return lambda length: first * (length // 2 // len(first)) + second * (length // 2 // len(second))


TEXTS = {
    "one article again and again": _again("第一条 甲。\n"),
    "nothing but 一、": _again("一、\n"),
    "nothing but （一）": _again("（一）\n"),
    "articles in order": _counting("第{}条 甲。\n"),
    "articles in order on one line": _counting("第{}条 甲。"),
    "every other article": _counting("第{}0条 甲。\n第 一街口。\n"),
    "a line of numerals": _again("十"),
    "tabs": _again("\t"),
    "tabs and words": _again("甲\t"),
    "spaces": _again(" ", "第一条 甲"),
    "rows": _again("甲\t乙\t丙\n"),
    "rows with a blank line between": _again("甲\t乙\t丙\n\n"),
    "rows of ten thousand cells": lambda length: ("甲\t" * (length // 2) + "\n") * 2,
    "narrow rows below a wide one": lambda length: "1\t" * (length // 4) + "\n" + "甲\t乙1\n" * (length // 10),
    "a list in a cell": _counting("{}.丁\n", "甲\t乙\t1.丙\n", 900),
    "tables between paragraphs": _again("类\t名\t值\n甲\t1\t2\n\n一段话。\n"),
    "a merged cell": _again("\t丙\t2\n", "类\t名\t值\n甲\t乙\t1\n"),
    "brackets that do not close": _again("【"),
    "brackets line by line": _again("【\n"),
    "quotes that do not close": _again("「"),
    "brackets one inside the other": lambda length: "（《" * (length // 4) + "》）" * (length // 4),
    "a stop and 第": _again("。第"),
    "a stop and 第一条": _again("。第一条"),
    "a number that no sentence ends before": _again("）第二条", "第一条 甲"),
    "a label on each line": _again("甲乙：\n"),
    "fields of one item": _again("条件：甲。\n材料：乙。\n", "一、补贴\n"),
    "labels below many lines": _halves("甲乙丙。\n", "条件：甲。\n"),
    "short lines without numbers": _again("甲乙丙\n"),
    "short lines apart": _again("甲乙丙\n\n"),
    "short lines apart below an article": _again("甲乙目录\n\n", "第一条 甲。\n第二条 本办法自印发之日起施行。\n\n"),
    "dates between them": _again("甲乙丙\n2023年1月2日\n\n", "第一条 甲。\n"),
    "signatures": _again("某市人民政府\n\n甲乙\n1.甲\n", "第一条 甲。\n"),
    "headings without a number and 一、": _again("材料\n一、甲；\n二、乙。\n"),
    "headings without a number and nothing else": _again("甲乙\n一、\n"),
    "headings above articles": _again("一、甲\n第一条 乙。\n"),
    "paragraphs of one article": _again("乙。\n", "第一条 甲。\n"),
    "items and paragraphs of one article": _again("（一）乙；\n丙。\n", "第一条 甲：\n"),
    "paragraphs below ended lists": _again("1.乙；\n2.丙。\n丁。\n", "一、甲\n"),
    "a long heading above them": lambda length: (
        "一、" + "甲" * (length // 2) + "\n" + "1.乙；\n2.丙。\n丁。\n" * (length // 26)
    ),
    "points of one clause": _again("一是甲。\n二是乙。\n", "一、甲\n"),
    "styles that each stand inside another": _again(
        "1.甲\n（一）乙\n（1）丙\n", "1.甲\n（一）乙\n2.丙\n（1）丁\n1.戊\n（2）己\n"
    ),
    "attachments": _counting("附件{}\n甲乙表\n一、甲。\n", most=90),
    "numbers that jump": _counting("{}1.甲。\n", most=90),
}  # fmt: skip


def _parse(text: str) -> None:
    read_clauses(Document("d", "某市通知", text), parse_outline(text).root, Metadata())


def _work(text: str) -> int:
    """How many lines of Python the parser runs."""
    steps: Iterator[int] = count()

    def trace(_frame: FrameType, _event: str, _value: object) -> "TraceFunction":
        next(steps)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        _parse(text)
    finally:
        sys.settrace(before)
    return next(steps)


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    _parse(normalise_text(TEXTS[name](200)))  # what is loaded once
    short, long = (_work(normalise_text(TEXTS[name](length))) for length in (_SHORT, 2 * _SHORT))
    assert long < 2.4 * short + 1000  # were it quadratic, four times the work


def test_headings_that_each_stand_inside_another_nest_only_so_deep() -> None:
    text = TEXTS["styles that each stand inside another"](30_000)
    _parse(text)  # ends, and overflows no stack
