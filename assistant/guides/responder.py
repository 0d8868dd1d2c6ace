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
from assistant.replies.talk.earlier import LookUp, earlier_in
from assistant.retrieval.result import Lookup, RetrievalResult
from corpus.clause import Clause
from corpus.places.holding import holds_in
from corpus.records.guides import Aspect, Guide, Told
from index.index import Index
from index.retriever import Hit
from index.text.tokenizer import token_set

# From which a guide answers: the confidence that its clause is the matter asked about, and the share of the words for
# that matter which the clause or the guide's name has, by idf. Two clauses may be about one matter: the second counts
# where it has as many of these words as the first.
_SURE, _SHARE, _CLAUSES = 0.5, 0.6, 2


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a question is about: a result whose first hit is its clause, and how sure that is, 0..1."""

    found: RetrievalResult
    confidence: float
    answers: bool = False  # whether the clause itself answers


class GuideResponder:
    """Replies from the guides over one index. Safe from several threads."""

    def __init__(
        self,
        guides: Callable[[], Mapping[str, Guide]],
        look_up: LookUp,
        composer: Composer,
        judge: Judge,
        index: Index,
    ) -> None:
        """`guides` gives the guides by the ids of their clauses."""
        self._guides = guides
        self._look_up = look_up
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
        untold = [] if matter.answers else [one for one in asked if one not in told]
        return self._reply(message, matter, guide_name(guide, message.words), told, untold)

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
        """The clause that comes first for the words of the matter alone: what is asked of it stands in the guide."""
        lookup = message.look_up()
        if lookup.reason not in (None, Reason.NOT_IN_DOCUMENTS):
            return None
        if lookup.reading.references.ids:
            found, near = _whatever_it_states(lookup.result), lookup.result.hits[:1]
        elif words := matter_words(lookup.reading) or self._words_before(message):
            found = self._alone(words, message).result
            near = tuple(self._of_most_words(words, found.hits[:_CLAUSES], guides))
        else:
            return None
        hit = next((one for one in near if one.clause.id in guides), None)
        sure = self._judge.confidence(found, hit) if hit else 0.0
        if hit is None or sure < _SURE:
            return None
        if lookup.reason is None and lookup.first is hit.clause:
            return _Matter(lookup.result, lookup.confidence, answers=True)
        mine = next((one for one in lookup.result.hits if one.clause is hit.clause), hit)
        return _Matter(replace(lookup.result, hits=(mine,)), sure)

    def _alone(self, words: Sequence[str], message: Message) -> Lookup:
        """What the words for a matter find in the place and the documents of a message."""
        reading = message.reading
        places = reading.own_places.named or message.jurisdiction
        text = " ".join(words)[: len(reading.text)]  # no longer than what may be asked
        return self._look_up(text, (), jurisdiction=places, documents=message.documents, law=reading.law)

    def _words_before(self, message: Message) -> Sequence[str]:
        """The words for the matter of the earlier question."""
        earlier = earlier_in(message.history, self._index.corpus)
        if earlier is None:
            return ()
        found = self._look_up(earlier.question, (), jurisdiction=(), documents=(), law=message.reading.law)
        return matter_words(found.reading)

    def _of_most_words(self, words: Sequence[str], hits: Sequence[Hit], guides: Mapping[str, Guide]) -> Iterator[Hit]:
        """Those that have most of the words for a matter, and as many of them as the first."""
        least = _SHARE
        for hit in hits:
            guide = guides.get(hit.clause.id)
            named = token_set(f"{guide.name} {guide.name_en}") if guide else frozenset()
            share = self._index.idf_share(set(words), self._index.view(hit.clause).tokens_with_records | named)
            if share >= least:
                yield hit
            least = max(least, share)

    def _reply(
        self, message: Message, matter: _Matter, name: str, told: Mapping[Aspect, Told], untold: Sequence[Aspect]
    ) -> Reply:
        found, words = matter.found, message.words
        if matter.answers:
            blocks, citations = self._composer.answer(found, words, message.audience, message.history)
        else:
            basis = _whatever_it_states(found)
            blocks, citations = self._composer.quoting(basis, found.hits[:1], words, message.audience)
        ours = _blocks(name, told, untold, words)
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


def _blocks(name: str, told: Mapping[Aspect, Told], untold: Sequence[Aspect], words: Messages) -> Iterator[Block]:
    """What the office says of each aspect, with its day, and what is asked and nobody has written down."""
    for aspect, one in told.items():
        lines = words("guide.separator").join(lines_of(one, words))
        values = {"aspect": words(f"guide.{aspect}"), "day": words.day(one.origin.checked), "lines": lines}
        yield Block(BlockKind.LEAD, words("guide.answer", name=name, **values))
    if untold:
        aspects = words("language.list_separator").join(words(f"guide.{aspect}") for aspect in untold)
        yield Block(BlockKind.NOTICE, words("guide.untold", aspects=aspects))


def guide_name(guide: Guide, words: Messages) -> str:
    """What the matter of a guide is called."""
    return guide.name if words.is_chinese else guide.name_en


def lines_of(told: Told, words: Messages) -> Sequence[str]:
    """What is told, in a language where it is written in it, else in Chinese."""
    return told.lines if words.is_chinese or not told.lines_en else told.lines_en
