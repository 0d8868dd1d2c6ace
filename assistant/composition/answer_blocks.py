"""An answer as blocks: what is read first is the answer, and what bears it out stands behind it.

    lead     【place day】 yes or no, number, day or name, where it can be said in one line
    gist     the plain sentence of the clause's record; the first one begins with 【place day】 where there is no lead.
             Without a record a lead with the sentence of the quote that is nearest to the question
    source   one line for each clause
    quote    the original
    notice   what is left

An agent has the source before the gist. Where clauses differ in place or day, each has a name that says them.
Nothing is said that a quote does not carry.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from assistant.answer import Audience, Block, BlockKind, Citation
from assistant.composition.citations import address_of
from assistant.composition.first_line import NOTHING_SAID, FirstLine, difference_text, first_line_blocks
from assistant.messages import Messages
from corpus.clause import Document
from corpus.corpus import Corpus
from corpus.label import label
from corpus.places.gazetteer import load_gazetteer
from corpus.records.record import PlainRecord
from index.text.answer_types import AnswerType


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """What the answer has to say beside its citations."""

    which_clause: bool = False  # the question asks which clause says so
    which_place: bool = False  # the question asks which places have it
    practised_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by clause, whose practice is quoted
    first_line: FirstLine = NOTHING_SAID  # what the quotes say to the question in one line
    missing_types: tuple[AnswerType | None, ...] = ()  # of each cited clause, what is asked for and not stated in it
    places_not_covered: tuple[str, ...] = ()  # named by the question; the documents have nothing of their own
    places_covered: bool = True  # whether the documents cover another place that the question names
    unplaced: tuple[Document, ...] = ()  # cited, and it is unknown where they apply
    holds_for: tuple[str, ...] = ()  # the only places it is said of, where the question names none and others are held
    abandoned_places: tuple[str, ...] = ()  # spoken of before; nothing of them is cited
    overruled_places: tuple[str, ...] = ()  # chosen beforehand; the question names others
    asked_places: tuple[str, ...] = ()  # that it names
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
    heads = [_head(cited[0], corpus, words) for cited in clauses]
    if plan.first_line.place:
        heads[0] = _head(clauses[0][0], corpus, words, place=plan.first_line.place)
    shared = heads[0] if len(set(heads)) == 1 else ""
    lead = list(_lead(plan, clauses, corpus, words))
    if shared:
        heads[1:] = [""] * (len(heads) - 1)
    if lead and shared and plan.audience is Audience.CITIZEN:
        lead[0] = replace(lead[0], text=shared + lead[0].text)
        heads[0] = ""
    blocks: list[Block] = []
    if plan.abandoned_places:
        blocks.append(_notice(words("answer.left", places=words.places(plan.abandoned_places))))
    blocks += lead
    lacking = plan.missing_types or (None,) * len(clauses)
    for cited, missing, head in zip(clauses, lacking, heads, strict=True):
        named = name_of_clause(cited[0], corpus, words) if len(clauses) > 1 else ""
        blocks += _clause_blocks(cited, missing, plan.audience, corpus, words, head=head, name=named)
    return (*blocks, *_closing(plan, len(clauses), words))


def _notice(text: str) -> Block:
    return Block(BlockKind.NOTICE, text)


def _head(citation: Citation, corpus: Corpus, words: Messages, *, place: str | None = None) -> str:
    """Where a clause applies, or whose practice it describes, and of which day its document is."""
    document = corpus.document(corpus.clause(citation.clause_id).document_id)
    day = day_of(document)
    where = words.place(place) if place else _place(citation, words)
    return words("answer.place_and_day", places=f"{where} {day}".rstrip())


def day_of(document: Document) -> str:
    """Of which day a document is; empty where it does not say."""
    day = document.issued or document.effective
    return day.isoformat() if day else ""


def _lead(plan: AnswerPlan, clauses: Sequence[Sequence[Citation]], corpus: Corpus, words: Messages) -> Iterator[Block]:
    """What the question wants to know, as far as it can be said in one line; else the clause itself says it."""
    first = clauses[0]
    by_place = {_practised(plan, cited[0], words): cited[0].number for cited in reversed(clauses)}
    names, numbers = list(by_place)[::-1], tuple(by_place.values())[::-1]
    if plan.which_place:
        yield Block(BlockKind.LEAD, words("answer.places", places=words.list(names)), numbers)
    elif len(by_place) > 1:
        yield Block(BlockKind.LEAD, words("answer.several_places", places=words.list(names)), numbers)
    elif plan.which_clause:
        clause = corpus.clause(first[0].clause_id)
        where = label(corpus.document(clause.document_id), clause, language=words.code)
        yield Block(BlockKind.LEAD, words("answer.clause", address=where), tuple(citation.number for citation in first))
    else:
        gists = _gists(first, corpus, words)
        yield from first_line_blocks(plan.first_line, words, gists[0].text if gists else "")


def _clause_blocks(
    cited: Sequence[Citation],
    missing: AnswerType | None,
    audience: Audience,
    corpus: Corpus,
    words: Messages,
    *,
    head: str,
    name: str,
) -> list[Block]:
    """What one clause says; `head` is its place and day where nothing has said them yet."""
    numbers = tuple(citation.number for citation in cited)
    short = _gists(cited, corpus, words)
    if short and not name and audience is Audience.CITIZEN:
        short[0] = replace(short[0], text=head + short[0].text)
    elif head or name:
        short.insert(0, Block(BlockKind.NAME, head + name, numbers))
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
    """The address of the clause, its title where the quote does not begin with it, and that no day is known."""
    clause = corpus.clause(citation.clause_id)
    document = corpus.document(clause.document_id)
    where = address_of(document, clause, words)
    titled = where if clause.title in citation.quote else f"{where} {clause.title}"
    return titled if day_of(document) else words("answer.no_day", address=titled)


def _closing(plan: AnswerPlan, clauses: int, words: Messages) -> Iterator[Block]:
    """What the answer leaves out, and for whom it may not hold."""
    if plan.overruled_places:
        chosen, asked = words.places(plan.overruled_places), words.places(plan.asked_places)
        yield _notice(words("whose.overruled", chosen=chosen, asked=asked))
    if plan.first_line.difference and not plan.first_line.leads_with_difference:
        yield _notice(difference_text(plan.first_line.difference, words))
    elif plan.holds_for and not plan.first_line.difference:
        yield _notice(words("answer.only", places=words.places(plan.holds_for)))
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


def _practised(plan: AnswerPlan, citation: Citation, words: Messages) -> str:
    """The places whose practice a clause describes, where that is asked for; else where it applies."""
    places = plan.practised_in.get(citation.clause_id, ())
    levels = {place.level for place in map(load_gazetteer().get, places) if place}
    if levels and levels <= {"county", "zone"}:
        return words("answer.places_within", place=_place(citation, words), parts=words.places(places))
    return words.places(places) or _place(citation, words)


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


def name_of_clause(citation: Citation, corpus: Corpus, words: Messages) -> str:
    """What the clause of a citation is called in plain words; empty where nobody has written them."""
    record = corpus.plain.get(citation.clause_id)
    return name_of(record, words) if record else ""


def name_of(record: PlainRecord, words: Messages) -> str:
    """What a clause is called in plain words; records are written in Chinese and English."""
    return record.name if words.is_chinese else record.title_en


def gist_of(record: PlainRecord, words: Messages) -> str:
    """What a clause gives whom, in plain words."""
    return record.plain if words.is_chinese else record.gist_en
