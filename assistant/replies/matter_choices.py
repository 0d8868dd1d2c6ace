"""The matters to choose from where a message is a bare word (税, 合肥 项目): plain names, each of a clause."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from assistant.answer import Choice
from assistant.composition.answer_blocks import name_of
from assistant.messages import Messages
from assistant.question.history import own_words
from assistant.question.needs import asks
from assistant.question.places import place_words
from assistant.question.question import Reading
from assistant.replies.asking import Asks, look_up_beside
from assistant.replies.headings import heading_span
from assistant.replies.place_choices import PlaceChoices
from assistant.replies.reply import Message
from assistant.retrieval.elsewhere import is_local, same_ground
from assistant.retrieval.result import Lookup, share_of
from corpus.clause import Clause
from corpus.label import label
from index.retriever import Hit
from index.text.normalizer import normalize

MOST = 6  # choices
_TRIED = 20  # candidates that are looked at
_BESIDE = 0.25  # share of the first hit's score from which another is offered, once several are meant
# How a clause begins that is about its document: why it was made, whom it is for, from when it holds.
_FORMAL = re.compile(
    r"\W*(?:为|本(?:办法|规定|细则|条例|措施|规则|制度)(?!规定)|[^。；;]{0,50}(?:制定本|起施行|适用本))"
)
_AS_MUCH = 0.9  # of the idf that the best clause holds, from which another is as much about the words
_NAME = 30  # characters of a clause's first words that may stand for it
_WORDS = 2  # of its own that a message may have and still be a bare word
_BARE = {"zh": 10, "en": 28}  # characters of one
_FILLERS = frozenset(("问题", "事", "事情", "事儿", "咨询", "了解", "关于", "相关", "方面", "想", "问", "问问", "看看"))
_FILLERS |= frozenset(("about", "question", "info", "please", "tell", "me"))


class MatterChoices:
    """Finds the matters to choose from, over one corpus. Safe from several threads."""

    def __init__(self, asker: Asks, places: PlaceChoices) -> None:
        """`places` tells which questions turn on the place, so that they are no choice that is clear."""
        self._asker = asker
        self._places = places

    def __call__(self, message: Message, found: Lookup) -> Iterator[Choice]:
        """The matters that a bare word fits; none where one of them stands out, or each place has one."""
        hits = self.fitting(found)
        placed = len({hit.clause.jurisdiction for hit in hits}) > 1
        names: set[str] = set()
        for hit in hits:
            name = self._name(hit.clause, message)
            if name and name not in names and (question := self._question(name, hit.clause, message)):
                names.add(name)
                yield Choice(
                    _placed(name, hit.clause, message.words) if placed else name,
                    question,
                    hit.clause.jurisdiction if is_local(hit.clause) else (),
                )
            if len(names) == MOST:
                return

    def fitting(self, found: Lookup) -> list[Hit]:
        """The clauses that a bare word fits, where there are several for one place."""
        if not is_bare(found.reading) or not found.result.hits:
            return []
        first, thresholds = found.result.hits[0], self._asker.thresholds
        held = self._holding_most(found)
        near = [hit for hit in held if hit.score >= share_of(first.score, thresholds.matter_beside)]
        if found.reason is not None:  # no one clause is what is meant: whatever speaks of the word is offered
            return held if first.score >= thresholds.nearest_named else []
        return held if self._several(near) else []

    def _holding_most(self, found: Lookup) -> list[Hit]:
        """Those that hold as much of the words as any does, and answer for their own part where that is not all."""
        hits = found.result.hits
        least = self._asker.thresholds.off_topic
        if found.reason is None:
            least = max(least, share_of(hits[0].score, _BESIDE))
        near = list(takewhile(lambda hit: hit.score >= least, hits))[:_TRIED]
        matters = [hit for hit in near if not _FORMAL.match(hit.clause.text[hit.clause.number_length :])]
        shares = [self._share(found, hit) for hit in matters]
        most = _AS_MUCH * max(shares, default=0.0)
        held = [(hit, share) for hit, share in zip(matters, shares, strict=True) if share >= most]
        return [hit for hit, share in held if share >= _AS_MUCH or self._answers(found, hit)]

    def _share(self, found: Lookup, hit: Hit) -> float:
        """How much of the words a clause, or the title of its document, holds, 0..1; in other words for them all."""
        reading, view = found.reading, self._asker.index.view(hit.clause)
        title = normalize(self._asker.corpus.document(hit.clause.document_id).title)
        words = [*matter_words(reading), *(word for one in reading.alone.expansions for word in one.words)]
        said = [*words[len(matter_words(reading)) :], reading.normal]
        if any(len(word) > 1 and word in title for word in words):
            return 1.0
        if any(word in view.normal for word in said):
            return 1.0
        places = place_words(reading.normal)
        tokens = frozenset(t for t in reading.alone.tokens if not any(t in place for place in places))
        return self._asker.index.idf_share(tokens, view.tokens_with_records)

    def _several(self, hits: Sequence[Hit]) -> bool:
        """Whether two of them rule for one place."""
        if not hits or hits[0].score < self._asker.thresholds.nearest_named:
            return False
        grounds = [hit.clause.jurisdiction for hit in hits]
        return any(one == two or same_ground(one, two) for n, one in enumerate(grounds) for two in grounds[:n])

    def _answers(self, found: Lookup, hit: Hit) -> bool:
        return self._asker.judge.confidence(found.result, hit) >= self._asker.settings.threshold

    def _name(self, clause: Clause, message: Message) -> str:
        """What the matter of a clause is called: its plain name, or the words that head it."""
        if record := self._asker.corpus.plain.get(clause.id):
            return name_of(record, message.words)
        start, end = heading_span(clause)
        text = self._asker.corpus.document(clause.document_id).text[start:end].strip(" \u3000\n。；;：:（）()")
        return text if len(text) <= _NAME else f"{text[:_NAME]}…"

    def _question(self, name: str, clause: Clause, message: Message) -> str:
        """A question that this clause answers, the plainest that does; empty where none is found."""
        record = self._asker.corpus.plain.get(clause.id)
        asked = (record.ask if message.words.is_chinese else record.ask_en) if record else ()
        address = label(self._asker.corpus.document(clause.document_id), clause)
        for question in (name, *asked[:2], message.words("clarify.at", name=name, address=address)):
            there = look_up_beside(self._asker, message, question)
            clear = not (is_bare(there.reading) or self._places.several(there))
            if there.reason is None and there.first == clause and clear:
                return question
        return ""


def _placed(name: str, clause: Clause, words: Messages) -> str:
    """The name with the places where it applies, unless it says so itself."""
    where = [words.place(place) for place in clause.jurisdiction]
    if not where or any(place in name for place in where):
        return name
    return words("clarify.placed", name=name, places=words.list(where))


def matter_words(reading: Reading) -> frozenset[str]:
    """The words of its own that a message has."""
    return own_words(reading.alone, place_words(reading.normal)) - _FILLERS


def is_bare(reading: Reading) -> bool:
    """Whether a message is a word or two that ask nothing."""
    if reading.expected or asks(reading.normal):
        return False
    short = len(reading.normal) <= _BARE[reading.language] + sum(map(len, reading.places.covered))
    return short and 0 < len(matter_words(reading)) <= _WORDS
