"""An answer as blocks: a first line where one can be said, each clause in plain words and verbatim, what is left.

The plain sentences come from the clause's records and are labelled so; where there are none, the quote stands alone.
Nothing is said that a quote does not carry.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import Audience, Block, BlockKind, Citation
from assistant.composition.citations import address_of
from assistant.composition.facts import ExtractedFact
from assistant.messages import Messages
from corpus.clause import Document
from corpus.corpus import Corpus
from corpus.label import label
from corpus.records.record import PlainRecord
from index.text.answer_types import AnswerType


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """What the answer has to say beside its citations."""

    which_clause: bool = False  # the question asks which clause says so
    which_place: bool = False  # the question asks which places have it
    fact: ExtractedFact | None = None  # the words that state the thing asked for
    missing_types: tuple[AnswerType | None, ...] = ()  # of each cited clause, what is asked for and not stated in it
    places_not_covered: tuple[str, ...] = ()  # named by the question; the documents have nothing of their own
    places_covered: bool = True  # whether the documents cover another place that the question names
    unplaced: tuple[Document, ...] = ()  # cited, and it is unknown where they apply
    holds_for: tuple[str, ...] = ()  # the only places it is said of, where the question names none and others are held
    abandoned_places: tuple[str, ...] = ()  # spoken of before; nothing of them is cited
    places_without_clause: tuple[str, ...] = ()  # covered by the documents; nothing of them is cited
    omitted_count: int = 0  # clauses named beyond those that are cited
    absent: tuple[str, ...] = ()  # numbers named that no clause has
    not_held: tuple[str, ...] = ()  # texts named that are not held
    audience: Audience = Audience.CITIZEN


def answer_blocks(
    plan: AnswerPlan, citations: Sequence[Citation], corpus: Corpus, words: Messages
) -> tuple[Block, ...]:
    """The blocks of an answer with at least one citation, in reading order."""
    clauses = [list(group) for _, group in groupby(citations, key=lambda citation: citation.clause_id)]
    by_place = len({citation.jurisdiction for citation in citations}) > 1
    blocks: list[Block] = []
    if plan.abandoned_places:
        blocks.append(_notice(words("answer.left", places=words.places(plan.abandoned_places))))
    if plan.holds_for:
        blocks.append(_notice(words("answer.only", places=words.places(plan.holds_for))))
    blocks += _lead(plan, clauses, corpus, words, by_place=by_place)
    lacking = plan.missing_types or (None,) * len(clauses)
    for cited, missing in zip(clauses, lacking, strict=True):
        blocks += _clause_blocks(cited, missing, plan.audience, corpus, words, by_place=by_place)
    return (*blocks, *_closing(plan, len(clauses), words))


def _notice(text: str) -> Block:
    return Block(BlockKind.NOTICE, text)


def _lead(
    plan: AnswerPlan, clauses: Sequence[Sequence[Citation]], corpus: Corpus, words: Messages, *, by_place: bool
) -> Iterator[Block]:
    """What the question wants to know, as far as it can be said in one line; else the clause itself says it."""
    first = clauses[0]
    if plan.which_place:
        places = {_place(cited[0], words): cited[0].number for cited in reversed(clauses)}
        names, numbers = list(places)[::-1], tuple(places.values())[::-1]
        yield Block(BlockKind.LEAD, words("answer.places", places=words.list(names)), numbers)
    elif by_place:
        yield Block(BlockKind.LEAD, words("answer.several_places"))
    elif plan.which_clause:
        clause = corpus.clause(first[0].clause_id)
        where = label(corpus.document(clause.document_id), clause, language=words.code)
        numbers = tuple(citation.number for citation in first)
        yield Block(BlockKind.LEAD, words("answer.clause", address=where), numbers)
    elif plan.fact:
        said = words("answer.stated", kind=words(f"answer_type.{plan.fact.answer_type.name}"), words=plan.fact.words)
        yield Block(BlockKind.LEAD, said, (plan.fact.number,))


def _clause_blocks(
    cited: Sequence[Citation],
    missing: AnswerType | None,
    audience: Audience,
    corpus: Corpus,
    words: Messages,
    *,
    by_place: bool,
) -> list[Block]:
    numbers = tuple(citation.number for citation in cited)
    short: list[Block] = []
    gists = _gists(cited, corpus, words)
    record = corpus.plain.get(cited[0].clause_id) if gists else None
    place = words("answer.place_label", places=_place(cited[0], words)) if by_place else ""
    if name := place + (name_of(record, words) if record else ""):
        short.append(Block(BlockKind.NAME, name, numbers))
    short += gists
    source = [Block(BlockKind.SOURCE, _source(cited[0], corpus, words), numbers)]
    source += [Block(BlockKind.QUOTE, citation.quote, (citation.number,)) for citation in cited]
    blocks = source + short if audience is Audience.AGENT else short + source
    if missing:
        blocks.append(_notice(words("answer.lacking", kind=words(f"answer_type.{missing.name}"))))
    return blocks


def _gists(cited: Sequence[Citation], corpus: Corpus, words: Messages) -> list[Block]:
    """What the cited parts, or else the clause, give whom; one sentence once, with all the quotes that bear it out."""
    said: dict[str, list[int]] = {}
    for citation in cited:
        record = corpus.plain.get(citation.part_id or citation.clause_id)
        if record:
            said.setdefault(gist_of(record, words), []).append(citation.number)
    return [Block(BlockKind.GIST, text, tuple(numbers)) for text, numbers in said.items()]


def _source(citation: Citation, corpus: Corpus, words: Messages) -> str:
    """The address of the clause, and its title where the quote does not begin with it."""
    clause = corpus.clause(citation.clause_id)
    where = address_of(corpus.document(clause.document_id), clause, words)
    return where if clause.title in citation.quote else f"{where} {clause.title}"


def _closing(plan: AnswerPlan, clauses: int, words: Messages) -> Iterator[Block]:
    """What the answer leaves out."""
    if plan.places_without_clause:
        yield _notice(words("answer.silent", places=words.places(plan.places_without_clause)))
    if plan.places_not_covered:
        missing = "answer.missing" if plan.places_covered else "answer.missing_own"
        yield _notice(words(missing, places=words.places(plan.places_not_covered)))
    if plan.unplaced:
        yield _notice(words("answer.unplaced", titles=titles_of(plan.unplaced, words)))
    if plan.absent:
        yield _notice(words("refusal.absent", numbers=words.list(plan.absent), counts=""))
    if plan.not_held:
        yield _notice(words("refusal.not_held", titles=words.list(plan.not_held)))
    if plan.omitted_count:
        yield _notice(words("answer.more", most=clauses, more=plan.omitted_count))
    if original := words("answer.original"):
        yield _notice(original)


def _place(citation: Citation, words: Messages) -> str:
    """Where a clause applies."""
    return words.places(citation.jurisdiction) or words("answer.no_place")


def titles_of(documents: Iterable[Document], words: Messages) -> str:
    """The titles of documents on one line."""
    return words("language.title_separator").join(title_of(document, words) for document in documents)


def title_of(document: Document, words: Messages) -> str:
    """A document's title as a reader of this language is shown it."""
    title = document.title if words.is_chinese else document.title_en or document.title
    return words("language.title", title=title)


def name_of(record: PlainRecord, words: Messages) -> str:
    """What a clause is called in plain words; records are written in Chinese and English."""
    return record.name if words.is_chinese else record.title_en


def gist_of(record: PlainRecord, words: Messages) -> str:
    """What a clause gives whom, in plain words."""
    return record.plain if words.is_chinese else record.gist_en
