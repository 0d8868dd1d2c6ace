"""The first line is the answer: whose rule it is where that is not what was asked, a fact, or yes or no.

Read off the sentences of the first clause's quotes; what is not sure stays unsaid, and the plain sentence comes first,
or, of a clause without one, the sentence of the quotes that is nearest to the question.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Block, BlockKind, Citation
from assistant.composition.facts import NUMBERS, ExtractedFact, extract_cell, extract_fact, extract_measure
from assistant.composition.sentences import QuotedSentence, nearest, quoted_sentences
from assistant.composition.verdict import Verdict, verdict
from assistant.composition.whose_rule import Difference, asks_about_rest, people_difference, place_difference
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
    sentence: QuotedSentence | None = None  # the nearest to the question

    @property
    def place(self) -> str | None:
        """The one city whose practice the quotes describe, where that is not where the clause applies."""
        said = self.difference.said_places if self.difference else ()
        place = load_gazetteer().get(said[0]) if len(said) == 1 else None
        return place.name if place and place.level != "county" else None


NOTHING_SAID = FirstLine()


def read_first_line(
    found: RetrievalResult,
    citations: Sequence[Citation],
    index: Index,
    thresholds: Thresholds,
    confidence: Callable[[], float] | None,
) -> FirstLine:
    """What can be said of the first clause; without `confidence` no yes or no."""
    first = [citation for citation in citations if citation.clause_id == citations[0].clause_id]
    sentences = quoted_sentences(found.reading.alone, first, index)
    said = _said(found, first, sentences, index, thresholds, confidence)
    return replace(said, sentence=nearest([one for one in sentences if not one.is_heading] or sentences))


def _said(
    found: RetrievalResult,
    first: Sequence[Citation],
    sentences: Sequence[QuotedSentence],
    index: Index,
    thresholds: Thresholds,
    confidence: Callable[[], float] | None,
) -> FirstLine:
    reading = found.reading
    whether = asks_whether(reading.normal)
    clause = index.corpus.clause(first[0].clause_id)
    difference = None
    if whether or not reading.references.ids:
        quoted = normalize("\n".join(citation.quote for citation in first))
        around = index.view(clause).normal_with_records
        difference = people_difference(reading.normal, sentences, quoted, around)
        difference = place_difference(sentences, found.places.named) or difference
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
    return FirstLine(difference, verdict=said)


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
    elif line.sentence and not is_told:
        yield Block(BlockKind.LEAD, words("answer.stated", words=line.sentence.written), (line.sentence.number,))


def difference_text(one: Difference, words: Messages) -> str:
    """Whom or what the quotes are about, beside what was asked about."""
    said = words.list(group.called(words) for group in one.said_groups) or words.places(one.said_places)
    asked = words.list(group.called(words) for group in one.asked_groups) or words.places(one.asked_places)
    return words(f"whose.{one.key}", said=said or words("whose.quoted", words=one.said_words), asked=asked)
