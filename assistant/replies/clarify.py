"""One question back, where what was not said decides: the place, or which of several matters a single word means.

Each choice is looked up before it is offered, so that a tap on it is answered. Never twice in a row, and never where
one answer serves: the rules of up to three places stand side by side (`assistant/retrieval/elsewhere.py`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.answer import Block, BlockKind, Choice, Status
from assistant.composition.answer_blocks import name_of
from assistant.confidence.judge import Judge
from assistant.messages import Messages, languages, messages
from assistant.question.history import ASSISTANT, USER, Turn, own_words
from assistant.question.needs import asks
from assistant.question.places import place_words
from assistant.question.question import Reading
from assistant.replies.asking import LooksUp
from assistant.replies.reply import Message, Reply
from assistant.retrieval.elsewhere import answering_elsewhere, is_local, names_place, same_ground
from assistant.retrieval.result import Lookup, share_of
from assistant.settings import Settings
from assistant.thresholds import Thresholds
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.label import label
from index.retriever import Hit
from index.text.normalizer import normalize

MOST = 6  # choices
SIDE_BY_SIDE = 3  # places whose rules are still read side by side
_TRIED = 10  # candidates that are looked up
_AS_MUCH = 0.9  # of the idf that the best clause holds, from which another is as much about the words
_CLOSE = 0.6  # share of the first hit's score that each of two or three places must reach
_HEADING = 24  # characters of one; what is longer is a sentence
_ENDS_HEADING = frozenset("\n。）)")
_WORDS = 2  # of its own that a message may have and still be a bare word
_BARE = {"zh": 10, "en": 28}  # characters of one
_GENERAL = {"zh": 24, "en": 64}  # characters up to which a question is so general that its place may be asked for
_KINDS = ("clarify.matter", "clarify.place")  # keys of the lines that ask
_ELSEWISE = frozenset(("which_place", "which_clause", "several_clauses", "compares_places", "about_document"))
_FILLERS = frozenset(
    "问题 事 事情 事儿 咨询 了解 关于 相关 方面 想 问 问问 看看 about question info please tell me".split()
)
_PICKED = re.compile(
    r"第?([1-6一二三四五六])(?:个|项|种|条)?[.。]?|(?:the )?(first|second|third|fourth|fifth|sixth)(?: one)?"
)
_NUMERALS = {sign: n for signs in ("123456", "一二三四五六") for n, sign in enumerate(signs, 1)} | {
    name: n for n, name in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), 1)
}
_CHOICE = re.compile(r"(?m)^(\d)\. (.+)$")


class Asker(LooksUp, Protocol):
    """What of an assistant is used here."""

    corpus: Corpus
    settings: Settings
    thresholds: Thresholds
    judge: Judge


class Clarifier:
    """Asks back over one corpus. Safe from several threads."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    def __call__(self, message: Message, found: Lookup) -> Reply | None:
        """The question back; None where the message is to be answered as it was found."""
        reading = message.reading
        plain = not (reading.refusal or reading.references.names_clause or _ELSEWISE & reading.intents)
        if not plain or not found.result.hits or found.result.used_history or _was_asked(message):
            return None
        for key, offers in zip(_KINDS, (self._matters, self._places), strict=True):
            choices = tuple(offers(message, found))
            if len(choices) > 1:
                return _asked_back(message.words(key), choices[:MOST], found)
        return None

    def _matters(self, message: Message, found: Lookup) -> Iterator[Choice]:
        """The matters that a bare word fits; none where one of them stands out, or each place has one."""
        hits = self._fitting(found)
        placed = len({hit.clause.jurisdiction for hit in hits}) > 1
        names: set[str] = set()
        for hit in hits[:_TRIED]:
            name = self._name(hit.clause, message)
            if name and name not in names and (question := self._question(name, hit.clause, message)):
                names.add(name)
                yield Choice(
                    self._placed(name, hit.clause, message.words) if placed else name,
                    question,
                    hit.clause.jurisdiction if is_local(hit.clause) else (),
                )
            if len(names) == MOST:
                return

    def _fitting(self, found: Lookup) -> list[Hit]:
        """The clauses that a bare word fits, where there are several for one place."""
        if not _is_bare(found.reading) or not found.result.hits:
            return []
        hits = self._holding_most(self._near(found, self._asker.thresholds.matter_beside), found)
        return hits if self._several(hits, found.reading) else []

    def _holding_most(self, hits: Sequence[Hit], found: Lookup) -> list[Hit]:
        """Those that hold as much of the words as any does, and answer for their own part."""
        places = place_words(found.reading.normal)
        tokens = frozenset(t for t in found.reading.alone.tokens if not any(t in place for place in places))
        views = [self._asker.index.view(hit.clause) for hit in hits]
        shares = [self._asker.index.idf_share(tokens, view.tokens_with_records) for view in views]
        most = _AS_MUCH * max(shares)
        held = [(hit, share) for hit, share in zip(hits, shares, strict=True) if share >= most]
        return [hit for hit, share in held[:_TRIED] if share >= _AS_MUCH or self._answers(found, hit)]

    def _several(self, hits: Sequence[Hit], reading: Reading) -> bool:
        """Whether two of them rule for one place, and their document is not about the word as a whole."""
        if not hits or hits[0].score < self._asker.thresholds.nearest_named:
            return False
        title = normalize(self._asker.corpus.document(hits[0].clause.document_id).title)
        if any(len(word) > 1 and word in title for word in _matter_words(reading)):
            return False
        grounds = [hit.clause.jurisdiction for hit in hits]
        return any(one == two or same_ground(one, two) for n, one in enumerate(grounds) for two in grounds[:n])

    def _name(self, clause: Clause, message: Message) -> str:
        """What the matter of a clause is called; nothing where that is only the beginning of its text."""
        if record := self._asker.corpus.plain.get(clause.id):
            return name_of(record, message.words)
        words = clause.text[clause.number_length :].lstrip(" \u3000\n（(")
        ends = words[len(clause.title) : len(clause.title) + 1] in _ENDS_HEADING
        return clause.title if ends and words.startswith(clause.title) and len(clause.title) <= _HEADING else ""

    def _placed(self, name: str, clause: Clause, words: Messages) -> str:
        """The name with the places where it applies, unless it says so itself."""
        where = [words.place(place) for place in clause.jurisdiction]
        if not where or any(place in name for place in where):
            return name
        return words("clarify.placed", name=name, places=words.list(where))

    def _question(self, name: str, clause: Clause, message: Message) -> str:
        """A question that this clause answers, the plainest that does; empty where none is found."""
        record = self._asker.corpus.plain.get(clause.id)
        asked = (record.ask if message.words.is_chinese else record.ask_en) if record else ()
        address = label(self._asker.corpus.document(clause.document_id), clause)
        for question in (name, *asked[:2], message.words("clarify.at", name=name, address=address)):
            there = self._look_up(question, message)
            plain = not _is_bare(there.reading) and len(self._near_places(there, _CLOSE)) < 2
            if there.reason is None and there.first == clause and plain:
                return question
        return ""

    def _places(self, message: Message, found: Lookup) -> Sequence[Choice]:
        """The places that have a rule of their own, best first, where a question names none; none where so few have
        one that they are read side by side.
        """
        reading, first = found.reading, found.result.hits[0].clause
        if names_place(found.result) or not is_local(first) or len(reading.normal) > _GENERAL[reading.language]:
            return ()
        near = self._near_places(found, self._asker.thresholds.place_beside)
        if len(near) <= SIDE_BY_SIDE:
            near = self._near_places(found, _CLOSE)
        choices = []
        for place in near[:_TRIED] if len(near) > 1 else ():
            name = message.words.place(place)
            question = in_place(name, reading.text, message.words)
            there = self._look_up(question, message)
            here = there.reason is None and there.first and same_ground((place,), there.first.jurisdiction)
            if here and not self._fitting(there):
                choices.append(Choice(name, question, (place,)))
        return choices if len(choices) > min(SIDE_BY_SIDE, self._listed(found)) else ()

    def _listed(self, found: Lookup) -> int:
        """How many places an answer would list side by side."""
        least = self._asker.thresholds.second_place
        others = answering_elsewhere(found.result, self._asker.thresholds, lambda hit: self._answers(found, hit, least))
        return 1 + len(others)

    def _near_places(self, found: Lookup, share: float) -> list[str]:
        """The places whose best clause scores nearly as high as the first; none where one that applies everywhere
        answers too.
        """
        if names_place(found.result) or not found.result.hits:
            return []
        serves_all = share_of(found.result.hits[0].score, self._asker.thresholds.near_elsewhere)
        near: list[tuple[str, ...]] = []
        for hit in self._near(found, share):
            where = hit.clause.jurisdiction
            if not is_local(hit.clause):
                if hit.score >= serves_all and self._answers(found, hit):
                    return []
            elif len(where) == 1 and not any(same_ground(where, other) for other in near):
                near.append(where)
        return [place for (place,) in near]

    def _answers(self, found: Lookup, hit: Hit, least: float | None = None) -> bool:
        """Whether a hit answers for its own part, with the confidence from which there is an answer or another."""
        least = self._asker.settings.threshold if least is None else least
        return self._asker.judge.confidence(found.result, hit) >= least

    def _look_up(self, question: str, message: Message) -> Lookup:
        """A question in place of the message, behind nothing said before."""
        law = message.reading.law
        return self._asker.look_up(question, jurisdiction=message.jurisdiction, documents=message.documents, law=law)

    def _near(self, found: Lookup, share: float) -> list[Hit]:
        """The first hit and those that score nearly as high."""
        hits = found.result.hits
        return [hit for hit in hits if hit.score >= share_of(hits[0].score, share)]


def _asked_back(line: str, choices: Sequence[Choice], found: Lookup) -> Reply:
    blocks = (Block(BlockKind.LEAD, line), *(Block(BlockKind.CHOICE, choice.label) for choice in choices))
    return Reply(Status.CLARIFY, None, blocks, choices=tuple(choices), confidence=round(found.confidence, 4))


def in_place(place: str, question: str, words: Messages) -> str:
    """The question asked of one place."""
    return words("clarify.in_place", place=place, question=question.strip().rstrip("?？。."))


def _matter_words(reading: Reading) -> frozenset[str]:
    return own_words(reading.alone, place_words(reading.normal)) - _FILLERS


def _is_bare(reading: Reading) -> bool:
    """Whether a message is a word or two that ask nothing."""
    if reading.expected or asks(reading.normal):
        return False
    short = len(reading.normal) <= _BARE[reading.language] + sum(map(len, reading.places.covered))
    return short and 0 < len(_matter_words(reading)) <= _WORDS


def _was_asked(message: Message) -> bool:
    """Whether the last thing said was a question back, or the same was asked just before."""
    last = {turn.role: turn for turn in message.history}
    return is_question_back(last.get(ASSISTANT)) or (USER in last and last[USER].content == message.reading.text)


def is_question_back(turn: Turn | None) -> bool:
    """Whether an assistant's turn asked back: it cites nothing and begins with one of our lines, in any language."""
    lines = tuple(messages(code)(key) for code in languages() for key in _KINDS)
    return turn is not None and not turn.clause_ids and turn.content.startswith(lines)


def picked(text: str, history: Sequence[Turn]) -> str | None:
    """The choice that a message picks by its number from the question back before it, as a question: 2, 第二个."""
    last = next((turn for turn in reversed(history) if turn.role == ASSISTANT), None)
    match = _PICKED.fullmatch(text.strip().lower())
    if match is None or last is None or not is_question_back(last):
        return None
    choices = {int(number): shown for number, shown in _CHOICE.findall(last.content)}
    chosen: str | None = choices.get(_NUMERALS[match[1] or match[2]])
    asked = next((turn.content for turn in reversed(history) if turn.role == USER), "")
    for code in languages():
        if chosen and last.content.startswith(messages(code)("clarify.place")):
            return in_place(chosen, asked, messages(code))
    return chosen
