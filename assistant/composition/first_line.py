"""The first line is the answer: whose rule it is where that is not what was asked, a fact, or yes or no.

Read off the sentences of the first clause's quotes; what is not sure stays unsaid, and the plain sentence comes first.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Block, BlockKind, Citation
from assistant.composition.facts import NUMBERS, ExtractedFact, extract_cell, extract_fact, extract_measure
from assistant.composition.sentences import QuotedSentence, quoted_sentences
from assistant.composition.verdict import Verdict, verdict
from assistant.composition.whose_rule import (
    Difference,
    Matter,
    asks_about_rest,
    listed_among,
    people_difference,
    place_difference,
)
from assistant.messages import Messages
from assistant.retrieval.result import RetrievalResult
from assistant.thresholds import Thresholds
from corpus.places.gazetteer import load_gazetteer
from index.index import Index
from index.text.normalizer import normalize
from index.text.statements import asks_whether


@dataclass(frozen=True, slots=True)
class FirstLine:
    """What the quotes say to the question; where `difference` is about others than those asked for, nothing else."""

    difference: Difference | None = None
    leads_with_difference: bool = False
    fact: ExtractedFact | None = None
    verdict: Verdict | None = None
    listed: QuotedSentence | None = None  # names the district asked about among those for which it holds

    @property
    def place(self) -> str | None:
        """The one city whose practice the quotes describe, where that is not where the clause applies."""
        said = self.difference.said_places if self.difference else ()
        place = load_gazetteer().get(said[0]) if len(said) == 1 else None
        return place.name if place and place.level not in ("county", "zone") else None


NOTHING_SAID = FirstLine()


def read_first_line(
    found: RetrievalResult,
    citations: Sequence[Citation],
    index: Index,
    thresholds: Thresholds,
    confidence: Callable[[], float] | None,
) -> FirstLine:
    """What can be said of the first clause; without `confidence` no yes or no."""
    reading = found.reading
    first = [citation for citation in citations if citation.clause_id == citations[0].clause_id]
    sentences = quoted_sentences(reading.alone, first, index)
    whether = asks_whether(reading.normal)
    clause = index.corpus.clause(first[0].clause_id)
    difference = read_difference(found, first, index) if whether or not reading.references.ids else None
    if difference and (difference.excludes or (whether and (difference.key == "others" or found.places.named))):
        return FirstLine(difference, leads_with_difference=True)
    if clause.cells:
        fact = extract_cell(reading.alone, reading.expected, first, clause, index)
    else:
        fact = extract_fact(reading.expected, sentences, thresholds.stated_nearest)
    if fact and (fact.answer_type.name in NUMBERS or not whether):
        return FirstLine(difference, fact=fact)
    if not whether or confidence is None or asks_about_rest(reading.normal):
        return FirstLine(difference)
    if measure := extract_measure(reading.normal, sentences):
        return FirstLine(difference, fact=measure)
    fee = any(one.name == "fee" for one in reading.expected)
    said = verdict(reading.alone, reading.normal, sentences, index, confidence, fee=fee)
    listed = None if said else listed_among(sentences, found.places.named)
    return FirstLine(difference, verdict=said, listed=listed)


def read_difference(found: RetrievalResult, citations: Sequence[Citation], index: Index) -> Difference | None:
    """What the quotes of one clause are about, where that is not, or not all of, what was asked about."""
    reading, clause = found.reading, index.corpus.clause(citations[0].clause_id)
    sentences = quoted_sentences(reading.alone, citations, index)
    matter = Matter(
        quoted="\n".join(normalize(citation.quote) for citation in citations),
        clause=index.view(clause).normal,
        told=_told(citations, reading.language, index),
        title=normalize(index.corpus.document(clause.document_id).title),
    )
    return place_difference(sentences, found.places.named) or people_difference(reading.normal, sentences, matter)


def _told(citations: Sequence[Citation], language: str, index: Index) -> str:
    """What the quotes give whom in plain words of this language, in normal form; empty where nobody has written it."""
    records = (index.corpus.plain.get(one.part_id or one.clause_id) for one in citations)
    return normalize("\n".join(one.plain if language == "zh" else one.gist_en for one in records if one))


def first_line_blocks(line: FirstLine, words: Messages, *, is_told: bool) -> Iterator[Block]:
    """At most one; `is_told` says that a plain sentence follows, so that the Chinese words of the text need not."""
    if line.difference and line.leads_with_difference:
        yield Block(BlockKind.LEAD, difference_text(line.difference, words), (line.difference.number,))
    elif line.fact and (words.is_chinese or not is_told):
        yield Block(BlockKind.LEAD, words("answer.stated", words=line.fact.words), (line.fact.number,))
    elif line.verdict:
        says = words(f"verdict.{line.verdict.says}")
        says = words("verdict.conditional", verdict=says) if line.verdict.conditional else says
        said = words("verdict.plain", verdict=says)
        if not is_told:
            said = words("verdict.with_words", verdict=says, words=line.verdict.words)
        yield Block(BlockKind.LEAD, said, (line.verdict.number,))
    elif line.listed:
        places = words.places(line.listed.places)
        text = words("whose.listed", said=places, words=line.listed.written)
        yield Block(BlockKind.LEAD, text, (line.listed.number,))


def difference_text(one: Difference, words: Messages) -> str:
    """Whom or what the quotes are about, beside what was asked about."""
    said = words.list(group.called(words) for group in one.said_groups) or words.places(one.said_places)
    asked = words.list(group.called(words) for group in one.asked_groups) or words.places(one.asked_places)
    return words(
        f"whose.{one.key}", said=said or words("whose.quoted", words=one.said_words), asked=asked or one.asked_words
    )
