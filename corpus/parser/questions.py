"""Questions and the answers to them: 问：… 答：…, 问题三：… 回答：…, Q1：… A：…."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.parser.lines import Line

_ORDER = r"\s?[一二三四五六七八九十\d]{1,3}\s?"
QUESTION = re.compile(  # 问：, 问题三：, 问题1、, 【问】, Q2.
    rf"[【\[](?:问题?|提问)(?:{_ORDER})?[】\]]|(?:问题?|提问|Q)(?:(?:{_ORDER})?[：:]|{_ORDER}(?:[、.．]|\s))"
)


def find_questions(lines: Sequence[Line]) -> list[int]:
    """The lines that ask, where the answers hold lists: more than one, and no number above the first."""
    asked = [index for index, line in enumerate(lines) if QUESTION.match(line.text)]
    first = next((index for index, line in enumerate(lines) if line.number_at_start), 0)
    return asked if len(asked) > 1 and first > asked[0] else []


def question_pairs(groups: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """The paragraphs, each question (问：…) with all that answers it."""
    pairs: list[list[Line]] = []
    for group in _parted(groups):
        if pairs and QUESTION.match(pairs[-1][0].text) and not QUESTION.match(group[0].text):
            pairs[-1] += group
        else:
            pairs.append(list(group))
    return list(pairs)


def _parted(groups: Sequence[Sequence[Line]]) -> Iterator[Sequence[Line]]:
    """The paragraphs, cut where a question begins in a line that might go on with the one above."""
    for group in groups:
        begins = [0, *(index for index, line in enumerate(group) if index and QUESTION.match(line.text)), len(group)]
        yield from (group[begin:end] for begin, end in pairwise(begins))
