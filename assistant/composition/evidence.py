"""Choosing what to quote: the parts or sentences of a clause that speak to the question.

A passage is judged by its meaning (cosine with the question, under its clause's title), by the question's own words in
it and, a part, by its plain-language record; each is at most 1, higher is better.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.clause import Clause, Part
from index.alignment import Alignment
from index.index import Index
from index.text.tokenizer import token_set

# How far below the best a passage may stay and still belong to the answer, for a question that asks for the whole
# clause: one whose every word has its counterpart in the title. The more it asks beyond the title, the less.
MARGIN = 0.6
MOST = 3  # quotes from one clause
WHOLE = 250  # characters up to which a clause without points is quoted whole: its plain sentence is about all of it

_SENTENCE = re.compile(r"[^。!?！？\n]+[。!?！？]?[”』」）)]*")
_NUMBERING = re.compile(r"^\s*(?:\d+[.．、]|第[^\s　]{1,8}条)\s*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a document (依据): `document.text[start:end]`, inside its clause."""

    clause: Clause
    part: Part | None
    start: int
    end: int


def choose_evidence(query: str, clause: Clause, alignment: Alignment, named: Collection[str] = ()) -> list[Evidence]:
    """The passages of one clause worth quoting, in the order of the text; never empty.

    `named` are ids of clauses and parts that were asked for as such: they are quoted whole, point by point where a
    clause has points.
    """
    if clause.id in named and clause.parts:
        return [Evidence(clause, part, part.start, part.end) for part in clause.parts]
    if clause.id in named:
        return [Evidence(clause, None, clause.start, clause.end)]
    for part in clause.all_parts():
        if part.id in named:
            return [Evidence(clause, part, part.start, part.end)]
    passages = _passages(clause)
    if not clause.parts and len(clause.text) <= WHOLE:
        return [Evidence(clause, None, passages[0][0], passages[-1][1])]
    strengths = _strengths(query, clause, passages, alignment.index)
    floor = max(strengths) - MARGIN * max(alignment.scores(query, [clause.title])[0], 0.0)
    if clause.parts:
        best = sorted(range(len(passages)), key=lambda i: (-strengths[i], i))[:MOST]
        kept = sorted(i for i in best if strengths[i] >= floor)
        return [Evidence(clause, clause.parts[i], *passages[i]) for i in kept]
    kept = [i for i, strength in enumerate(strengths) if strength >= floor]
    # Sentences between two that are quoted are quoted too: a quote is one unbroken stretch.
    return [Evidence(clause, None, passages[kept[0]][0], passages[kept[-1]][1])]


def _passages(clause: Clause) -> list[tuple[int, int]]:
    """Spans in the document: the clause's parts, or its sentences without the leading number."""
    if clause.parts:
        return [(part.start, part.end) for part in clause.parts]
    begin = match.end() if (match := _NUMBERING.match(clause.text)) else 0
    spans = [m.span() for m in _SENTENCE.finditer(clause.text, begin) if m.group().strip()]
    return [(clause.start + start, clause.start + end) for start, end in spans] or [(clause.start, clause.end)]


def _strengths(query: str, clause: Clause, passages: Sequence[tuple[int, int]], index: Index) -> list[float]:
    texts = [clause.text[start - clause.start : end - clause.start] for start, end in passages]
    vectors = index.encoder.encode_documents([f"{clause.title}\n{text}" for text in texts])
    cosines = vectors @ index.encoder.encode_queries([query])[0]
    asked = token_set(query)
    shares = [index.text.lexical.weights.share(asked, token_set(text)) for text in texts]
    told = index.plain.semantic.by_part(query, clause) if index.plain and clause.parts else {}
    return [float(cosines[i]) + shares[i] + told.get(i, 0.0) for i in range(len(texts))]
