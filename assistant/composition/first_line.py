"""The first line is the answer: whose rule it is where that is not what was asked, a fact, or yes or no.

Read off the sentences of the first clause's quotes; what is not sure stays unsaid, and the plain sentence comes first,
or, of a clause without one, the sentence of the quotes that is nearest to the question.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Block, BlockKind, Citation
from assistant.composition.bounds import takes_in
from assistant.composition.facts import (
    NUMBERS,
    ExtractedFact,
    asked_types,
    counts_what_is_asked,
    extract_cell,
    extract_fact,
    extract_measure,
    stating_phrase,
)
from assistant.composition.sentences import QuotedSentence, nearest, nearest_in_words, quoted_sentences, with_entries
from assistant.composition.values import value_in
from assistant.composition.verdict import A_OR_NOT, Verdict, verdict
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

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SHORT_GIST = 60  # characters of a plain sentence in which what it says is seen at once


@dataclass(frozen=True, slots=True)
class FirstLine:
    """What the quotes say to the question; where `difference` is about others than those asked for, nothing else."""

    difference: Difference | None = None
    leads_with_difference: bool = False
    fact: ExtractedFact | None = None
    phrase: str = ""  # of the fact's words, that states it
    verdict: Verdict | None = None
    words: str = ""  # the sentence nearest to the question, of the quote of that number
    number: int = 0
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
    first = [citation for citation in citations if citation.clause_id == citations[0].clause_id]
    sentences = quoted_sentences(found.reading.alone, first, index)
    said = _said(found, first, sentences, index, thresholds=thresholds, confidence=confidence)
    of_case = _of_case(sentences, found.reading.normal)
    best = nearest_in_words(of_case, found.reading.alone, index) or nearest(of_case)
    if best is None:
        return said
    quote = next(citation.quote for citation in first if citation.number == best.number)
    return replace(said, words=with_entries(best, sentences, quote), number=best.number)


def _of_case(sentences: Sequence[QuotedSentence], question: str) -> Sequence[QuotedSentence]:
    """Those that do not speak of other numbers than the question: of two rules by storeys, the one that is meant."""
    return [one for one in sentences if takes_in(question, one.normal)] or sentences


def _said(
    found: RetrievalResult,
    first: Sequence[Citation],
    sentences: Sequence[QuotedSentence],
    index: Index,
    *,
    thresholds: Thresholds,
    confidence: Callable[[], float] | None,
) -> FirstLine:
    reading = found.reading
    whether = asks_whether(reading.normal)
    clause = index.corpus.clause(first[0].clause_id)
    differs = whether or not reading.references.ids
    difference = read_difference(found, first, sentences, index) if differs else None
    if difference and (difference.excludes or (whether and (difference.key == "others" or found.places.named))):
        return FirstLine(difference, leads_with_difference=True)
    whether = whether or bool(A_OR_NOT.search(reading.normal))
    wanted = asked_types(reading.normal, reading.expected)
    if clause.cells:
        fact = extract_cell(reading.alone, reading.expected, first, clause, index)
    else:
        fact = extract_fact(wanted, _of_case(sentences, reading.normal), thresholds.stated_nearest)
        fact = fact if fact and counts_what_is_asked(fact, reading.normal) else None
    if fact and (not whether or (fact.answer_type in reading.expected and fact.answer_type.name in NUMBERS)):
        phrase = "" if clause.cells else stating_phrase(fact, reading.alone, index)
        return FirstLine(difference, fact=fact, phrase=phrase or fact.words)
    holds = reading.in_force is None or clause.document_id in reading.in_force
    if not whether or not holds or confidence is None or asks_about_rest(reading.normal) or reading.recalls:
        return FirstLine(difference)
    if measure := extract_measure(reading.normal, sentences):
        return FirstLine(difference, fact=measure, phrase=measure.words)
    fee = any(one.name == "fee" for one in reading.expected)
    said = verdict(reading.alone, reading.normal, sentences, index, confidence, fee=fee)
    listed = None if said else listed_among(sentences, found.places.named)
    return FirstLine(difference, verdict=said, listed=listed)


def read_difference(
    found: RetrievalResult, citations: Sequence[Citation], sentences: Sequence[QuotedSentence], index: Index
) -> Difference | None:
    """What the sentences of one clause's quotes are about, where that is not, or not all of, what was asked about."""
    reading, clause = found.reading, index.corpus.clause(citations[0].clause_id)
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


def first_line_blocks(line: FirstLine, words: Messages, gist: str = "") -> Iterator[Block]:
    """At most one; `gist` is the plain sentence that follows, so that the Chinese words of the text need not."""
    if line.difference and line.leads_with_difference:
        yield Block(BlockKind.LEAD, difference_text(line.difference, words), (line.difference.number,))
    elif line.fact and (said := _stated(line.fact, line.phrase or line.fact.words, words, gist)):
        yield Block(BlockKind.LEAD, said, (line.fact.number,))
    elif line.verdict:
        says = words(f"verdict.{line.verdict.says}")
        says = words("verdict.conditional", verdict=says) if line.verdict.conditional else says
        said = words("verdict.plain", verdict=says)
        if not gist:
            said = words("verdict.with_words", verdict=says, words=line.verdict.words)
        yield Block(BlockKind.LEAD, said, (line.verdict.number,))
    elif line.listed:
        places = words.places(line.listed.places)
        text = words("whose.listed", said=places, words=line.listed.written)
        yield Block(BlockKind.LEAD, text, (line.listed.number,))
    elif line.words and not gist:
        yield Block(BlockKind.LEAD, words("answer.stated", words=" ".join(line.words.split())), (line.number,))


def _stated(fact: ExtractedFact, phrase: str, words: Messages, gist: str) -> str:
    """The words that state what is asked for; empty where the plain sentence says the same as soon."""
    value = value_in(phrase, fact.answer_type.name, in_english=not words.is_chinese)
    value = value[:1].upper() + value[1:]
    if not gist:
        key = "answer.value" if value and not words.is_chinese else "answer.stated"
        return words(key, value=value, words=fact.words)
    counts_anything = fact.answer_type.name == "count" and value[-1:].isdigit()  # of what, only the words say
    if value and not counts_anything and all(number in gist for number in _DIGITS.findall(value)):
        return words("verdict.plain", verdict=value)  # the record bears out that it is the one that was asked for
    in_gist = all(number in gist for number in _DIGITS.findall(phrase))
    said = in_gist and len(gist) <= _SHORT_GIST
    return words("answer.stated", words=phrase) if words.is_chinese and not said else ""


def difference_text(one: Difference, words: Messages) -> str:
    """Whom or what the quotes are about, beside what was asked about."""
    said = words.list(group.called(words) for group in one.said_groups) or words.places(one.said_places)
    asked = words.list(group.called(words) for group in one.asked_groups) or words.places(one.asked_places)
    return words(
        f"whose.{one.key}", said=said or words("whose.quoted", words=one.said_words), asked=asked or one.asked_words
    )
