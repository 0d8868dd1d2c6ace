"""Several needs in one message: each is asked by itself and answered in a section of its own.

Form proposes (`assistant/question/needs.py`), look-ups decide: two questions that find one clause are one need, and so
is one that names no matter of its own with the one before it (首贷怎么申请？要多久？).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Reason, Status
from assistant.messages import Messages
from assistant.question.history import USER, Turn, own_words
from assistant.question.needs import Need, beside_clauses, split_needs
from assistant.question.places import place_words
from assistant.question.question import Reading
from assistant.replies.asking import Asked, Asks, look_up_beside, read_beside
from assistant.replies.reply import Message, Reply
from assistant.replies.sections import sections
from assistant.retrieval.result import Lookup
from corpus.places.gazetteer import load_gazetteer
from index.text.normalizer import normalize

MOST = 4  # answered in one message: more is no longer read
MOST_READ = 6  # of a caller's story, which an agent reads as it is told
_SURE = 0.7  # confidence from which a question that nothing announces is a need of its own
_SCORE = 0.5  # and the score of its first clause; two short questions side by side are mostly about one matter
_WORDS = 3  # of its own, so that it stands by itself
_LEANS = 0.5  # the same share of the first need's clause, from which one without an answer is asked behind the first
_UNRELATED = 0.25  # the same share, up to which one that is announced and finds nothing asks about something else
_SAME_MATTER = 0.6  # share of its words that the clause of the need before holds, from which it asks about that


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a story; one that does not stand by itself is asked behind another."""

    text: str
    behind: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """One need, with what its first question found by itself."""

    text: str
    announced: bool
    asked: Asked
    apart: bool = False

    @property
    def lookup(self) -> Lookup:
        return self.asked.look_up()


class SeveralNeeds:
    """The responder for messages that hold more than one need."""

    def __init__(self, asker: Asks) -> None:
        self._asker = asker

    def __call__(self, message: Message) -> Reply | None:
        needs = self._apart(message)
        if len(needs) < 2:
            return None
        answers = self._answers(message, needs[:MOST])
        urgent = [one for one in answers if one.reason is Reason.EMERGENCY]
        if not urgent and not any(one.status is Status.ANSWERED for one in answers):
            return self._refused(message, needs)
        return sections(urgent or answers, [one.text for one in needs[MOST:]], message.words, message.limit)

    def questions(self, message: Message) -> tuple[Question, ...]:
        """Every question of a caller's story, in order, for a verdict each; none where the message asks one thing."""
        parts = _parts(message.reading)
        questions: list[Question] = []
        found: list[_Found] = []
        for need in _placed(parts[:MOST_READ], message.reading, message.words) if len(parts) > 1 else ():
            asked = read_beside(self._asker, message, need.text, message.history)
            if found and not self._is_another(message, need, asked, found, sure=False):
                questions.append(Question(need.text, behind=found[-1].text))
            else:
                found.append(_Found(need.text, need.announced, asked))
                questions.append(Question(need.text))
        return tuple(questions)

    def _refused(self, message: Message, needs: Sequence[_Found]) -> Reply | None:
        """The refusal of the whole, which names every need; None where the whole is answered."""
        whole = self._asker.answer_alone(message, message.look_up(), message.history)
        if whole.status is Status.ANSWERED:
            return None
        left = tuple(one.text for one in needs)
        return Reply(
            whole.status,
            whole.reason,
            whole.blocks,
            unanswered=left,
            related=whole.related,
            confidence=whole.confidence,
        )

    def _answers(self, message: Message, needs: Sequence[_Found]) -> list[Answer]:
        """The answer to each; one that has none, in words of the first's clause, is asked behind the first."""
        answers: list[Answer] = []
        behind = [*message.history, Turn(USER, needs[0].text)]
        for need in needs:
            answer = self._asker.answer_alone(message, self._whole(message, need), message.history)
            if (
                answers
                and answer.status is not Status.ANSWERED
                and self._share(need.lookup.reading, needs[0]) >= _LEANS
            ):
                leans = look_up_beside(self._asker, message, need.text, behind)
                leaning = self._asker.answer_alone(message, leans, behind)
                first = {citation.clause_id for citation in answers[0].citations}
                if any(citation.clause_id in first for citation in leaning.citations):
                    answer = leaning
            answers.append(answer)
        return answers

    def _apart(self, message: Message) -> list[_Found]:
        """The needs in order; fewer than two where the message is about one matter."""
        reading = message.reading
        parts = _parts(reading)
        if len(parts) < 2:
            return []
        found: list[_Found] = []
        waiting = ""  # what turned out to be the circumstances of the need behind it
        for part in _placed(parts, reading, message.words):
            need = replace(part, text=f"{waiting} {part.text}".strip())
            asked = read_beside(self._asker, message, need.text, message.history)
            if elsewhere := self._of_another_place(message, asked.reading, found):
                found.append(elsewhere)
            elif need.tentative and not self._may_stand(asked, found):
                waiting = need.text
                continue
            elif found and not self._is_another(message, need, asked, found):
                found[-1] = replace(found[-1], text=f"{found[-1].text} {need.text}")
            else:
                found.append(_Found(need.text, need.announced, asked, need.apart))
            waiting = ""
        if len(found) < 2:
            return []
        if any(one.announced for one in found) or all(_is_sure(one.lookup) for one in found):
            return found
        stand = all(one.apart or _is_sure(one.lookup) for one in found[1:])
        return found if stand and any(one.lookup.reason is None for one in found) else []

    def _may_stand(self, asked: Asked, before: Sequence[_Found]) -> bool:
        """Whether what asks nothing by its words is a need: it comes near a clause that no need before it found."""
        if len(own_words(asked.reading.alone, place_words(asked.reading.normal))) < 2:
            return False
        lookup = asked.look_up()
        near = lookup.reason is None or (bool(lookup.result.hits) and lookup.result.hits[0].score >= _SCORE)
        return near and lookup.first not in {one.lookup.first for one in before}

    def _of_another_place(self, message: Message, reading: Reading, before: Sequence[_Found]) -> _Found | None:
        """What a part asks that names a place and hardly more: the same as the need before it, there."""
        last = before[-1].text if before else ""
        place = _only_place_of(reading, normalize(last))
        if not place:
            return None
        spans = load_gazetteer().spans(last)
        if len(spans) != 1 or last[spans[0][0] : spans[0][1]] == place:
            return None
        start, end, _ = spans[0]
        text = f"{last[:start]}{place}{last[end:]}"
        return _Found(text, announced=True, asked=read_beside(self._asker, message, text, message.history))

    def _whole(self, message: Message, need: _Found) -> Lookup:
        """What all of a need finds: it may have grown behind its first question."""
        known = need.asked.reading.text == need.text
        return need.lookup if known else look_up_beside(self._asker, message, need.text, message.history)

    def _is_another(
        self, message: Message, need: Need, asked: Asked, before: Sequence[_Found], *, sure: bool = True
    ) -> bool:
        """Whether it is a need of its own beside those before it; with `sure`, only if it is answered or announced."""
        reading = asked.reading
        if reading.references.names_clause:
            return asked.look_up().first not in {one.lookup.first for one in before}
        words = own_words(reading.alone, place_words(reading.normal))
        elsewhere = bool(reading.own_places.covered) and reading.own_places != before[-1].asked.reading.own_places
        stands = len(words) >= _WORDS and self._share(reading, before[-1]) < _SAME_MATTER
        may_be = not sure or need.announced or need.numbered or stands or (need.apart and elsewhere)
        if not words or reading.refusal is not None or not may_be:
            return False  # whatever it finds
        lookup = asked.look_up()
        if lookup.first in {one.lookup.first for one in before}:
            return need.numbered and lookup.reason is not None  # the same clause, without an answer, says nothing
        if (stands and need.announced) or need.numbered:
            return True
        if need.announced:
            share = self._share(reading, before[-1])
            unrelated = lookup.reason is not None and len(words) > 1 and share < _UNRELATED
            return unrelated or not self._leans(message, need, before)
        return (_is_sure(lookup) or need.apart) if sure else stands or _is_sure(lookup)

    def _leans(self, message: Message, need: Need, before: Sequence[_Found]) -> bool:
        """Whether a need, asked behind the one before it, is answered by what one before it found."""
        behind = look_up_beside(self._asker, message, need.text, [*message.history, Turn(USER, before[-1].text)])
        return behind.reason is None and behind.first in {one.lookup.first for one in before}

    def _share(self, reading: Reading, before: _Found) -> float:
        """How much of the question's words the clause of the need before holds, by idf, 0..1."""
        if before.lookup.first is None:
            return 0.0
        view = self._asker.index.view(before.lookup.first)
        return self._asker.index.idf_share(frozenset(reading.alone.tokens), view.tokens_with_records)


def _parts(reading: Reading) -> Sequence[Need]:
    """The questions of a message by its form."""
    if reading.refusal is not None:
        return ()
    return beside_clauses(reading.meant, reading.references) or split_needs(reading.text)


def _is_sure(lookup: Lookup) -> bool:
    """Whether a question that nothing announces is answered so well that it may be a need of its own."""
    hits = lookup.result.hits
    return lookup.reason is None and lookup.confidence >= _SURE and bool(hits) and hits[0].score >= _SCORE


def _only_place_of(reading: Reading, before: str) -> str:
    """The place that a part names, as it is written, where it says nothing else that is not said before it."""
    spans = load_gazetteer().spans(reading.text)
    words = own_words(reading.alone, place_words(reading.normal))
    new = [word for word in words if len(word) > 1 and word not in before]
    return reading.text[spans[0][0] : spans[0][1]] if before and len(spans) == 1 and not new else ""


def _placed(parts: Sequence[Need], reading: Reading, words: Messages) -> list[Need]:
    """The parts, those that name no place with the one that the message names: of the part before, or around all."""
    named = [bool(place_words(normalize(part.text))) for part in parts]
    places = (*reading.own_places.covered, *reading.own_places.missing)
    if reading.own_places.strict or len(places) != 1:
        return list(parts)
    begins = named.index(True) if any(named) else 0
    place = words.place(places[0])
    return [
        part if names or number < begins else replace(part, text=words("needs.placed", place=place, need=part.text))
        for number, (part, names) in enumerate(zip(parts, named, strict=True))
    ]
