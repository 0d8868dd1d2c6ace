"""Choosing what to quote: the parts or sentences of a clause that speak to the question.

A passage is judged by its meaning (cosine with the question, under its clause's title), by the question's own words in
it and, a part, by its plain-language record; each is at most 1, higher is better.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.clause import Clause, Part
from corpus.label import is_article
from corpus.text.sentences import sentences
from index.alignment import Alignment
from index.index import Index
from index.text.tokenizer import token_set

# How far below the best a passage may stay and still belong to the answer, for a question that asks for the whole
# clause: one whose every word has its counterpart in the title. The more it asks beyond the title, the less.
MARGIN = 0.6
MOST = 3  # quotes from one clause
WHOLE = 250  # characters up to which a clause without points is quoted whole: its plain sentence is about all of it


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
    if clause.id in named:
        return _whole(clause)
    parts = clause.all_parts()
    for part in parts:
        if part.id in named:
            return [Evidence(clause, part, part.start, part.end)]
    passages = _passages(clause)
    if not parts and len(clause.text) <= WHOLE:
        return [Evidence(clause, None, passages[0][0], passages[-1][1])]
    strengths = _strengths(query, clause, passages, alignment.index)
    floor = max(strengths) - MARGIN * max(alignment.scores(query, [clause.title])[0], 0.0)
    if parts:
        best = sorted(range(len(passages)), key=lambda i: (-strengths[i], i))
        kept = sorted(i for i in _apart(best, passages)[:MOST] if strengths[i] >= floor)
        return [Evidence(clause, parts[i], *passages[i]) for i in kept]
    kept = [i for i, strength in enumerate(strengths) if strength >= floor]
    # Sentences between two that are quoted are quoted too: a quote is one unbroken stretch.
    return [Evidence(clause, None, passages[kept[0]][0], passages[kept[-1]][1])]


def _whole(clause: Clause) -> list[Evidence]:
    """The clause from its first word to its last: an article's every word once, of other clauses their parts."""
    if not clause.parts:
        return [Evidence(clause, None, clause.start, clause.end)]
    found: list[Evidence] = []
    position = clause.start
    for part in clause.parts:
        if is_article(clause):
            found += _between(clause, position, part.start)
        found.append(Evidence(clause, part, part.start, part.end))
        position = part.end
    return [*found, *_between(clause, position, clause.end)] if is_article(clause) else found


def _between(clause: Clause, start: int, end: int) -> list[Evidence]:
    """What stands between two parts, such as the words that lead in to them, unless it is a number alone."""
    words = clause.text[start - clause.start : end - clause.start]
    begin = start + len(words) - len(words.lstrip())
    last = begin + len(words.strip())
    return [Evidence(clause, None, begin, last)] if last > max(begin, clause.body_start) else []


def _apart(ranked: Sequence[int], passages: Sequence[tuple[int, int]]) -> list[int]:
    """The passages, best first, without one inside another or around it that is better: no word is quoted twice."""
    kept: list[int] = []
    for i in ranked:
        start, end = passages[i]
        if all(end <= passages[k][0] or passages[k][1] <= start for k in kept):
            kept.append(i)
    return kept


def _passages(clause: Clause) -> list[tuple[int, int]]:
    """Spans in the document: the clause's parts, nested ones too, or its sentences without the leading number."""
    if clause.parts:
        return [(part.start, part.end) for part in clause.all_parts()]
    spans = sentences(clause.text[clause.number_length :])
    return [(clause.body_start + start, clause.body_start + end) for start, end in spans] or [
        (clause.start, clause.end)
    ]


def _strengths(query: str, clause: Clause, passages: Sequence[tuple[int, int]], index: Index) -> list[float]:
    texts = [clause.text[start - clause.start : end - clause.start] for start, end in passages]
    vectors = index.encoder.encode_documents([f"{clause.title}\n{text}" for text in texts])
    cosines = vectors @ index.encoder.encode_queries([query])[0]
    asked = token_set(query)
    shares = [index.text.lexical.weights.share(asked, token_set(text)) for text in texts]
    told = index.plain.semantic.by_part(query, clause) if index.plain and clause.parts else {}
    return [float(cosines[i]) + shares[i] + told.get(i, 0.0) for i in range(len(texts))]
