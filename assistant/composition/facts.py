"""Where a question asks for one thing (how long, how much, when), the words of the quotes that state it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Citation
from corpus.clause import Clause
from index.index import Index
from index.query import Query
from index.text.answer_types import AnswerType, contains
from index.text.normalizer import normalize
from index.text.tokenizer import token_set

SHORT = 60  # characters up to which a sentence is repeated whole; of a longer one, the phrases that state the thing
LEADS = frozenset(["rate", "amount", "hours", "duration", "date", "count"])  # what a number in one phrase can say
_NUMBER = re.compile(r"\d|当[日天场]|即时|即办|百分之")
_PHRASE = re.compile(r"[^，,]+(?:,(?=\d{3})[^，,]+)*")
_NUMBERING = re.compile(
    r"^(?:\d+[.．、]|[一二三四五六七八九十]+是|第[^\s　]{1,8}条(?:之[一二三四五六七八九十]{1,3}(?=\s))?)\s*"
)


@dataclass(frozen=True, slots=True)
class ExtractedFact:
    """The words of a quote that state the thing asked for.

    `words` is a stretch of the quote of that number; of a row of a table one cell behind its head.
    """

    answer_type: AnswerType
    words: str
    number: int


def extract_fact(
    query: Query,
    expected: Sequence[AnswerType],
    citations: Sequence[Citation],
    index: Index,
    nearest: float,
    *,
    row: Clause | None = None,
) -> ExtractedFact | None:
    """The sentence of the quotes that states what is asked for; None where it lies off what the question is about.

    Its cosine with the question must reach the share `nearest` of the nearest sentence's. `row` is the clause of the
    first quote where that is a row of a table: then it is one of its cells.
    """
    wanted = [one for one in expected if one.name in LEADS]
    if not wanted:
        return None
    if row is not None:
        return _of_row(query, wanted, citations, row, index)
    sentences = [
        (citation.number, *sentence) for citation in citations for sentence in index.sentences(citation.quote).rows()
    ]
    if not sentences:
        return None
    cosines = np.array([float(vector @ query.vector) for _, _, _, vector in sentences])
    for one in wanted:
        holding = [
            i for i, (_, _, normal, _) in enumerate(sentences) if contains(one, normal) and _NUMBER.search(normal)
        ]
        best = max(holding, key=lambda i: (cosines[i], -i), default=None)
        if best is not None and cosines[best] >= nearest * cosines.max():
            number, written, _, _ = sentences[best]
            return ExtractedFact(one, _shortened(one, written), number)
    return None


def _of_row(
    query: Query, wanted: Sequence[AnswerType], citations: Sequence[Citation], row: Clause, index: Index
) -> ExtractedFact | None:
    """The cell that states what is asked for; of several the one whose head the question names most nearly whole."""
    asked = frozenset(query.tokens)
    for one in wanted:
        holding = [c for c in index.view(row).cells if contains(one, c.under_head) and _NUMBER.search(c.normal)]
        shares = [_share_named(cell.head, asked, index) for cell in holding]
        if holding and shares.count(best := max(shares)) == 1:
            cell = holding[shares.index(best)]
            # A cell that is merged with one above stands in no quote of this row.
            quoted = next((c.number for c in citations if c.clause_id == row.id and cell.text in c.quote), None)
            words = cell.written.rstrip("。；;")
            return ExtractedFact(one, words, quoted) if quoted and len(words) <= SHORT else None
    return None


def _share_named(head: str, asked: frozenset[str], index: Index) -> float:
    """How much of a head the question names, 0..1; single characters come by chance."""
    return index.idf_share({token for token in token_set(head) if len(token) > 1}, asked)


def _shortened(answer_type: AnswerType, sentence: str) -> str:
    """The sentence without its number; of a long one the unbroken stretch of phrases that state the thing."""
    sentence = _NUMBERING.sub("", sentence)
    if len(sentence) <= SHORT:
        return sentence
    spans = [m.span() for m in _PHRASE.finditer(sentence) if contains(answer_type, normalize(m.group()))]
    return sentence[spans[0][0] : spans[-1][1]] if spans else sentence
