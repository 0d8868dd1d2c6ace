"""Replies that say nothing but what the cited clause says: by hand, and by rules from any corpus.

The rules are those of a plain hand: shall for must, figures for numerals, a filler left out, a purpose at the end left
out. None of them changes what a clause says.
"""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.composition.text import without_marks
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.errors import NotFoundError
from corpus.text.numeral import from_chinese, to_chinese
from corpus.text.sentences import sentences

HANDWRITTEN = Path(__file__).parent / "handwritten.jsonl"
_LENGTHS = range(10, 110)  # characters of a sentence that is put in other words
_NUMBERING = re.compile(
    r"^(?:\d+[.、．]|[一二三四五六七八九十]+[是、]|[（(].{1,3}[)）]|第\S{1,6}条(?:之[一二三]+)?)\s*"
)
_UNIT = "个?(?:工作日|日|天|年|月|元|项|个|周岁|米|次|人)"
_FIGURES = re.compile(rf"(?<![\d.第])(\d{{1,4}})(?={_UNIT})")
_NUMERALS = re.compile(
    rf"(?<![第一二三四五六七八九十百])([二三四五六七八九]?十[一二三四五六七八九]?|[三四五六七八九])(?={_UNIT})"
)
_PURPOSE = re.compile(r"[,，](?:切实|有效|充分|进一步|不断)?(?:提升|提高|便利|促进|降低|缩短|方便)[^,，。；;]{2,40}$")
_FILLERS = ("进一步", "积极", "切实", "充分")
_WORDS = {
    "应当": ("应", "要", "必须", "需要"),
    "可以": ("可",),
    "不得": ("不能", "不可以"),
    "无需": ("不需要", "不用"),
    "给予": ("给",),
    "提交": ("交",),
    "每日": ("每天",),
    "但是": ("但",),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A reply of a model to the quotes of an answer; [n] in it is the n-th of them."""

    quotes: tuple[str, ...]
    reply: str
    source: str  # the id of the clause, to find it again


def by_hand(corpora: Sequence[Corpus], file: Path = HANDWRITTEN) -> list[Said]:
    """The sentences that were written by hand for clauses and parts of these corpora."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    found = ((row, _quote(row["clause"], corpora)) for row in rows)
    return [Said((quote,), cited(row["said"], 1), row["clause"]) for row, quote in found if quote]


def _quote(id_: str, corpora: Sequence[Corpus]) -> str:
    for corpus in corpora:
        try:
            clause, part = corpus.find(id_)
        except NotFoundError:
            continue
        return part.text if part else clause.text
    return ""


def by_rule(corpora: Sequence[Corpus], count: int, random_: random.Random) -> list[Said]:
    """So many replies of one or two sentences, each about one clause, the clauses of each corpus in turn."""
    clauses = [[clause for clause in corpus.clauses if list(_sentences(clause))] for corpus in corpora]
    found: dict[str, Said] = {}
    for turn in range(count * 40):
        if len(found) == count:
            break
        clause = random_.choice(clauses[turn % len(clauses)])
        chosen = random_.sample(list(_sentences(clause)), k=1)
        said = [reworded for one in chosen if (reworded := _reworded(one, random_)) != one]
        if said:
            reply = "".join(cited(one, 1) for one in said)
            found.setdefault(reply, Said((clause.text,), reply, clause.id))
    return list(found.values())


def _sentences(clause: Clause) -> Iterator[str]:
    """The sentences of a clause that stand for themselves; none that begins or belongs to a list."""
    if re.search(r"[:：]\s*\n|\n\s*[(（]|\t", clause.text):
        return
    for start, end in sentences(clause.text, semicolons=True):
        text = _NUMBERING.sub("", clause.text[start:end]).rstrip("。；;")
        if len(text) in _LENGTHS and text.count("“") == text.count("”"):
            yield text


def _reworded(text: str, random_: random.Random) -> str:
    """One to three of the rules, at random, applied to a sentence."""
    rules: list[Callable[[str, random.Random], str]] = [
        _other_words,
        _figures,
        _without_filler,
        _without_purpose,
        _also,
    ]
    for rule in random_.sample(rules, k=3):
        text = rule(text, random_)
    return text


def _other_words(text: str, random_: random.Random) -> str:
    for word, others in _WORDS.items():
        text = text.replace(word, random_.choice(others))
    return text


def _figures(text: str, random_: random.Random) -> str:
    """Figures as numerals or the other way round."""
    if random_.random() < 0.5:
        return _FIGURES.sub(lambda match: to_chinese(int(match[1])) if int(match[1]) else match[1], text)
    return _NUMERALS.sub(lambda match: str(from_chinese(match[1])), text)


def _without_filler(text: str, random_: random.Random) -> str:
    return text.replace(random_.choice(_FILLERS), "")


def _without_purpose(text: str, _: random.Random) -> str:
    return _PURPOSE.sub("", text)


def _also(text: str, random_: random.Random) -> str:
    return random_.choice(("", "", "此外，", "其中，")) + text


def cited(sentence: str, number: int) -> str:
    """A sentence with its handle before its mark."""
    return f"{without_marks(sentence.rstrip('。'))}[{number}]。"
