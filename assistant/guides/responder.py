"""A question about materials, steps, conditions, time or fee, answered from the office's guide to its clause.

What the guide tells stands first and is said to be the office's; the clause follows, cited as the basis of the matter.
Without a guide, or where it does not tell what is asked, nothing is said here: a refusal stands.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Block, BlockKind, Reason, Status
from assistant.composition.compose import Composer
from assistant.confidence.judge import Judge
from assistant.guides.asked import asked_aspects, matter_words, names_no_matter
from assistant.messages import Messages
from assistant.replies.reply import Message, Reply
from assistant.replies.talk.earlier import earlier_in
from assistant.retrieval.result import Lookup, RetrievalResult
from corpus.clause import Clause
from corpus.places.holding import holds_in
from corpus.records.guides import Aspect, Guide, Told
from index.index import Index
from index.retriever import Hit
from index.text.tokenizer import token_set

# From which a guide answers: the confidence that its clause is the matter, whatever it states of it, and the
# share of the words for that matter which the clause or the guide's name has, by idf.
_SURE, _SHARE = 0.5, 0.6


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a question is about: a result whose first hit is its clause, and how sure that is, 0..1."""

    found: RetrievalResult
    confidence: float
    answers: bool = False  # whether the clause itself answers


class GuideResponder:
    """Replies from the guides over one index. Safe from several threads."""

    def __init__(
        self, guides: Callable[[], Mapping[str, Guide]], composer: Composer, judge: Judge, index: Index
    ) -> None:
        """`guides` gives the guides by the ids of their clauses."""
        self._guides = guides
        self._composer = composer
        self._judge = judge
        self._index = index

    def __call__(self, message: Message) -> Reply | None:
        """None where no guide tells what is asked."""
        guides = self._guides()
        asked = asked_aspects(message.reading) if guides else ()
        if not asked or message.reading.references.absent or message.reading.refusal:
            return None
        matter = self._spoken_of(message, guides) or self._asked_about(message, guides)
        guide = guides.get(matter.found.hits[0].clause.id) if matter else None
        told = {one: guide.told[one] for one in asked if one in guide.told} if guide else {}
        if matter is None or guide is None or not told:
            return None
        return self._reply(message, matter, guide_name(guide, message.words), told)

    def _spoken_of(self, message: Message, guides: Mapping[str, Guide]) -> _Matter | None:
        """The clause with a guide that was cited last, where a question names no matter of its own."""
        if not names_no_matter(message.reading):
            return None
        earlier = earlier_in(message.history, self._index.corpus)
        cited = filter(guides.get, earlier.cited) if earlier else ()
        clause = next((one for one in map(self._index.corpus.clause, cited) if _may_be_meant(one, message)), None)
        if clause is None:
            return None
        reading, found = message.reading, message.look_up().result
        hit = next((one for one in found.hits if one.clause is clause), Hit(clause, 0.0))
        query = reading.in_context or found.query
        return _Matter(replace(found, hits=(hit,), query=query, used_history=True), 1.0)

    def _asked_about(self, message: Message, guides: Mapping[str, Guide]) -> _Matter | None:
        """The clause that comes first, where it answers or is surely what the question is about."""
        lookup = message.look_up()
        if lookup.first is None or lookup.reason not in (None, Reason.NOT_IN_DOCUMENTS):
            return None
        if lookup.first.id not in guides or not self._shares(lookup, guides[lookup.first.id]):
            return None
        if lookup.reason is None:
            return _Matter(lookup.result, lookup.confidence, answers=True)
        confidence = self._judge.confidence(_whatever_it_states(lookup.result))
        return _Matter(lookup.result, confidence) if confidence >= _SURE else None

    def _shares(self, lookup: Lookup, guide: Guide) -> bool:
        """Whether the clause or the name of its guide has most of the words for the matter asked about."""
        if lookup.first is None or lookup.reading.references.ids:
            return lookup.first is not None
        known = self._index.view(lookup.first).tokens_with_records | token_set(f"{guide.name} {guide.name_en}")
        return self._index.idf_share(matter_words(lookup.reading), known) >= _SHARE

    def _reply(self, message: Message, matter: _Matter, name: str, told: Mapping[Aspect, Told]) -> Reply:
        found, words = matter.found, message.words
        if matter.answers:
            blocks, citations = self._composer.answer(found, words, message.audience, message.history)
        else:
            basis = _whatever_it_states(found)
            blocks, citations = self._composer.quoting(basis, found.hits[:1], words, message.audience)
        ours = _blocks(name, told, words)
        related = self._composer.related(found, None, citations, message.limit)
        return Reply(
            Status.ANSWERED, None, (*ours, *blocks), citations, related=related, confidence=round(matter.confidence, 4)
        )


def _may_be_meant(clause: Clause, message: Message) -> bool:
    """Whether a clause spoken of before lies in the documents and the place that a message is limited to."""
    inside = message.reading.documents is None or clause.document_id in message.reading.documents
    return inside and holds_in(clause.jurisdiction, message.reading.own_places.named) is not False


def _whatever_it_states(found: RetrievalResult) -> RetrievalResult:
    """The same as if no kind of thing were asked for, which the clause may lack."""
    return replace(found, reading=replace(found.reading, expected=()))


def _blocks(name: str, told: Mapping[Aspect, Told], words: Messages) -> Iterator[Block]:
    """What the office says of each aspect, with its day."""
    for aspect, one in told.items():
        lines = words("guide.separator").join(lines_of(one, words))
        values = {"aspect": words(f"guide.{aspect}"), "day": words.day(one.origin.checked), "lines": lines}
        yield Block(BlockKind.LEAD, words("guide.answer", name=name, **values))


def guide_name(guide: Guide, words: Messages) -> str:
    """What the matter of a guide is called."""
    return guide.name if words.is_chinese else guide.name_en


def lines_of(told: Told, words: Messages) -> Sequence[str]:
    """What is told, in a language where it is written in it, else in Chinese."""
    return told.lines if words.is_chinese or not told.lines_en else told.lines_en
