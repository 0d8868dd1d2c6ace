"""What may be quoted of a clause, piece by piece: its numbered points, and the sentences before, in and behind them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause, Part
from index.alignment import ClauseWords, Sentence, read_sentence, spoken
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors
from index.text.normalizer import normalize
from index.text.tokenizer import segment
from index.view import sentences_of

LONG = 200  # characters above which a point is quoted by its sentences
HEADING = 40  # characters up to which a line that is the title is a heading and not a rule

_SENTENCE = re.compile(r"[^。!?！？\n]+[。!?！？]?[”』」）)]*")
_NUMBERING = re.compile(r"^\s*(?:\d+[.．、]|第[^\s　]{1,8}条(?:之[一二三四五六七八九十]{1,3}(?=\s))?)\s*")
_ITEM = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[)）、]|[.．](?!\d))|[一二三四五六七八九十]是|第.{1,3}[条款项]|[①-⑳·•●-])"
)
_ENDED = re.compile(r"[。；;：:!?！？”』」）)]\s*$")
_LEADS = re.compile(r"[:：]\s*$|下列|如下|以下(?!罚款)")
_EXCEPTS = re.compile(r"\s*(?:但|不过|然而)")
_LINE = 16  # characters that a line has at least which its sentence runs beyond


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece that is quoted whole: `document.text[start:end]`. Units follow one another and overlap nowhere."""

    start: int
    end: int
    text: str
    part: Part | None = None  # the innermost point that holds it
    under: tuple[int, ...] = ()  # the numbers of the units that it is governed by (下列…：), outermost first
    leads: bool = False  # whether it may govern those behind it
    excepts: bool = False  # whether it takes something back of what stands before it

    @property
    def is_part(self) -> bool:
        """Whether it is the whole of its point."""
        return self.part is not None and (self.part.start, self.part.end) == (self.start, self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The units of a clause, at least one, and what each says."""

    all: tuple[Unit, ...]
    tokens: tuple[frozenset[str], ...]
    vectors: Vectors  # float32 [units, dimension], of each under the clause's title
    words: ClauseWords  # each unit with its sentences
    around: ClauseWords  # the words of the title and of the units above it, as one sentence


def read_units(clause: Clause, ids: NDArray[np.int32], encoder: Encoder) -> Units:
    """The units of a clause; `ids` are those that the alignment gives to the words of its text."""
    title, units = normalize(clause.title), units_of(clause)
    normals = [normalize(unit.text) for unit in units]
    said = (word for sentence in spoken(clause) for word in sentence.words)
    known = dict(zip(said, ids.tolist(), strict=True))
    sentences = [[read_sentence(one) for one in map(normalize, sentences_of(unit.text))] for unit in units]
    named = segment(title).words
    above = [[word for lead in unit.under for one in sentences[lead] for word in one.words] for unit in units]
    return Units(
        units,
        tuple(frozenset(segment(normal).tokens) for normal in normals),
        encoder.encode_documents([f"{title} {normal}".strip() for normal in normals]),
        _rows(sentences, known, int(ids[0])),
        _rows([[Sentence((*named, *words), 0)] for words in above], known, int(ids[0])),
    )


def _rows(units: Sequence[Sequence[Sentence]], known: dict[str, int], nothing: int) -> ClauseWords:
    """As compressed rows; where a sentence has no word there stands `nothing`."""
    kept = [list(unit) or [Sentence((), 0)] for unit in units]
    sentences = [sentence for unit in kept for sentence in unit]
    ids = [[known[word] for word in sentence.words if word in known] or [nothing] for sentence in sentences]
    return ClauseWords(
        np.array([0, *accumulate(map(len, kept))], np.int64),
        np.array([0, *accumulate(map(len, ids))], np.int64),
        np.array([number for row in ids for number in row], np.int32),
        np.array([sentence.states for sentence in sentences], np.int32),
    )


def body_of(clause: Clause) -> tuple[int, int]:
    """Where the clause's words stand, behind its own number and without blanks around them."""
    match = _NUMBERING.match(clause.text)
    behind = clause.number_length or (match.end() if match else 0)
    words = clause.text[behind:]
    if not words.strip():
        return clause.start, clause.end
    start = behind + len(words) - len(words.lstrip())
    return clause.start + start, clause.start + start + len(words.strip())


def units_of(clause: Clause) -> tuple[Unit, ...]:
    """The units of a clause, in the order of the text; at least one. A heading is none."""
    units: list[Unit] = []
    body = body_of(clause)
    _Reader(clause, units).read(body, clause.parts, None, ())
    return tuple(units) or (Unit(*body, clause.text[body[0] - clause.start : body[1] - clause.start]),)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a clause from its start to its end."""

    clause: Clause
    units: list[Unit]

    def read(self, span: tuple[int, int], parts: Sequence[Part], holder: Part | None, under: tuple[int, ...]) -> None:
        """Points, and what stands before, between and behind them."""
        at, lead = span[0], under
        for part in parts:
            if self._sentences(at, part.start, holder, under):
                lead = self._lead(holder, under)
            if part.parts or part.end - part.start > LONG:
                self.read((part.start, part.end), part.parts, part, lead)
            else:
                self.units.append(self._unit(part.start, part.end, part, lead))
            at = part.end
        self._sentences(at, span[1], holder, under)

    def _sentences(self, start: int, end: int, holder: Part | None, under: tuple[int, ...]) -> bool:
        """Those between two places, items that are no points under the sentence above; whether there are any."""
        before, governed = len(self.units), under
        for first, last in sentence_spans(self._text(start, end)):
            text = self._text(start + first, start + last)
            if not self.units and self._is_heading(text, start + last):
                continue
            item = bool(_ITEM.match(text))
            if not item:
                governed = under
            unit = self._unit(start + first, start + last, holder, governed)
            self.units.append(unit)
            if unit.leads and not item:
                governed = (*under, len(self.units) - 1)
        return len(self.units) > before

    def _is_heading(self, text: str, end: int) -> bool:
        """Whether a sentence is the clause's title on a line of its own, which is shown anyway."""
        rest = self.clause.text[end - self.clause.start :].lstrip(" \u3000")
        return len(text) <= HEADING and text.strip(" 。") == self.clause.title and rest.startswith("\n")

    def _lead(self, holder: Part | None, under: tuple[int, ...]) -> tuple[int, ...]:
        """What the next point stands under: the last sentence read, where it leads to it."""
        last = self.units[-1]
        if not (last.leads or holder or not _ENDED.search(last.text)):
            return under
        self.units[-1] = replace(last, leads=True)
        return (*under, len(self.units) - 1)

    def _unit(self, start: int, end: int, part: Part | None, under: tuple[int, ...]) -> Unit:
        text = self._text(start, end)
        excepts = bool(self.units and _EXCEPTS.match(text))
        return Unit(start, end, text, part, under, bool(_LEADS.search(text)), excepts)

    def _text(self, start: int, end: int) -> str:
        return self.clause.text[start - self.clause.start : max(start, end) - self.clause.start]


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text stand, without blanks around them; a line that is full does not end one."""
    begin = None
    for match in _SENTENCE.finditer(text):
        words = match.group()
        if not words.strip():
            continue
        if begin is None:
            begin = match.start() + len(words) - len(words.lstrip())
        if not _runs_on(text, match.end()):
            yield begin, match.start() + len(words.rstrip())
            begin = None


def _runs_on(text: str, at: int) -> bool:
    """Whether a sentence goes on in the line behind this place."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    following = text[at + 1 :].partition("\n")[0]
    if not text.startswith("\n", at) or not following.strip() or "\t" in line + following:
        return False
    return len(line.strip()) >= _LINE and not _ENDED.search(line) and not _ITEM.match(following)
