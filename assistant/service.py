"""The assistant on one screen: read → search → judge → choose → quote → say → check.

    question → Reading → Candidates → RetrievalResults → the chosen one with its confidence → Evidence → Blocks → Answer

A message of another kind (an emergency, talk about the talk) is replied to by the first of `replies` that knows it.
Each step is a module of its own; this one puts them in order and keeps the time.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path

from assistant.answer import Answer, Audience
from assistant.assembly import Assembler
from assistant.channels.closing import Closing
from assistant.channels.offered import Channels
from assistant.composition.compose import Composer
from assistant.composition.examples import answered_examples
from assistant.confidence.calibration import Calibration, read_calibration
from assistant.confidence.judge import Judge
from assistant.confidence.model import fingerprint
from assistant.finder import Finder
from assistant.glossary.glossary import Glossary, load_glossary
from assistant.guides.responder import GuideResponder
from assistant.messages import messages
from assistant.opening import open_served_index
from assistant.proofs import Proofs
from assistant.publication.opening import Published, open_current
from assistant.question.history import Turn
from assistant.question.limits import check_limit, check_question
from assistant.question.question import Law, Reading
from assistant.question.understand import QuestionReader
from assistant.recent import RecentAnswers
from assistant.replies.clarify import Clarifier
from assistant.replies.document_facts import DocumentFacts
from assistant.replies.emergency import answer_emergency
from assistant.replies.lists import Lists
from assistant.replies.needs import SeveralNeeds
from assistant.replies.ordinary import Ordinary
from assistant.replies.question_back import picked, settled
from assistant.replies.reply import Message, Reply, Responder
from assistant.replies.talk.talk import Talk
from assistant.replies.terms import TermResponder
from assistant.retrieval.result import Lookup, RetrievalResult
from assistant.settings import Settings
from assistant.stopwatch import Stopwatch
from assistant.thresholds import Thresholds, load_thresholds
from corpus.clock import Clock, china_now
from corpus.records.services import Services, read_services
from index.index import Index
from index.retriever import Hit

__all__ = ["Assistant", "Turn"]


class Assistant:
    """Answers questions from one index. Safe from several threads; nothing of a question is kept between calls."""

    def __init__(
        self,
        index: Index,
        settings: Settings,
        thresholds: Thresholds | None = None,
        *,
        calibration: Calibration | None = None,
        glossary: Glossary | None = None,
        published: Published | None = None,
        documents: Path | None = None,
        now: Clock = china_now,
    ) -> None:
        """The shipped thresholds and terms unless others are given; `calibration` corrects the confidence."""
        self._now, self._documents = now, documents  # what is open when; whose records guide, None = the shipped ones
        self.published = published  # the generation that the index belongs to, where it is of one
        self.index = index
        self.corpus = index.corpus
        self.settings = settings
        self.thresholds = thresholds or load_thresholds()
        self.proofs, close = Proofs(settings.keys), Closing(lambda: self.channels, index.corpus)
        self.assembler = Assembler(index.corpus, index.version, close, self.proofs.new_answer_id)
        self._reader = QuestionReader(index)
        self._calibration = calibration
        self.judge = Judge(index, calibration)
        self.glossary = glossary or load_glossary()
        self.find = Finder(index, self.judge, settings, self.thresholds)
        self.composer = Composer(index, self.judge, self.thresholds, self.glossary)
        self._from_clauses = Ordinary(self.composer, self.examples)
        self._document_facts = DocumentFacts(index)
        self._responders: tuple[Responder, ...] = (
            Talk(self.composer, index.corpus, self.look_up, self.examples, settings.max_history),
            TermResponder(self.glossary, self.composer, index),
            Lists(index, self.judge, self.thresholds),
        )
        self._guided = GuideResponder(
            lambda: self.services.guide_by_clause, self.look_up, self.composer, self.judge, index
        )
        self._several_needs = SeveralNeeds(self)
        self._clarifier = Clarifier(self)
        self.recent = RecentAnswers(self, settings.recent, now)

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """What is in service: the current generation, else index and documents as the settings say.

        Raises what `open_current` and `open_served_index` raise.
        """
        if published := open_current(settings):
            return cls.over(published.index, settings, published.documents, published)
        return cls.over(open_served_index(settings), settings, settings.documents)

    @classmethod
    def over(
        cls, index: Index, settings: Settings, documents: Path | None, published: Published | None = None
    ) -> "Assistant":
        """An assistant with the office's correction of the confidence, and with the terms beside its documents."""
        calibration = read_calibration(settings.calibration_file, fingerprint())
        words = load_glossary(documents)
        found = cls(index, settings, calibration=calibration, glossary=words, published=published, documents=documents)
        found.services.checked()
        return found

    def uncalibrated(self) -> "Assistant":
        """The same without an office's correction of the confidence."""
        return self._over(self.index, None, self.glossary, self._now)

    def with_index(self, index: Index, glossary: Glossary | None = None) -> "Assistant":
        """The same over another index, and with other terms where they are given."""
        return self._over(index, self._calibration, glossary or self.glossary, self._now)

    def at(self, now: Clock) -> "Assistant":
        """The same by another clock."""
        return self._over(self.index, self._calibration, self.glossary, now)

    def _over(self, index: Index, kept: Calibration | None, words: Glossary, now: Clock) -> "Assistant":
        of = self._documents
        return Assistant(index, self.settings, self.thresholds, calibration=kept, glossary=words, documents=of, now=now)

    @cached_property
    def services(self) -> Services:
        """The records for guidance: who a clause is for, events, forms, channels, guides; read once."""
        return read_services(self._documents, self.corpus)

    @cached_property
    def channels(self) -> Channels:
        """Where one can turn, and what is open now."""
        return Channels(self.services, self.corpus, self._now)

    def warm_up(self) -> None:
        """Work out what is kept from first use on, so that no asker waits for it: dictionaries, sounds, examples."""
        self.index.warm_up()
        self.ask("gongsi banjia")
        self.examples("zh")

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        jurisdiction: Sequence[str] = (),
        documents: Sequence[str] = (),
        limit: int | None = None,
        audience: Audience = Audience.CITIZEN,
        language: str | None = None,
        law: Law | None = None,
    ) -> Answer:
        """Answer one question; `limit` bounds the related clauses. `language` counts where the question shows none.

        Without `law` the texts in force today answer before others. Raises InputError for bad input.
        """
        most, watch = check_limit(limit, self.settings.limit, self.settings.max_limit), Stopwatch()
        history = history[-self.settings.max_history :]
        if pick := picked(question, history):
            history = pick.back.before
            before = self.ask(
                pick.back.asked, history=history, jurisdiction=jurisdiction, documents=documents, language=language
            )
            question = pick.chosen_of(before.choices)
        history = settled(history)
        read = partial(self.read, "question", question, history=history, language=language, law=law)
        reading = read(jurisdiction=jurisdiction, documents=documents)
        watch.lap("understand")
        look_up = cache(partial(self.find, reading, watch=watch))  # once, whoever asks for it
        words = messages(reading.language)
        message = Message(reading, words, most, look_up, history, jurisdiction, documents, audience)
        first = self._replied(message, answer_emergency, self._document_facts, self._several_needs)
        answer = first or self._answered(message, ask_back=not pick)
        watch.lap("compose")
        return replace(answer, timings_ms=watch.milliseconds())

    def answer_alone(self, message: Message, found: Lookup, history: Sequence[Turn]) -> Answer:
        """The answer to one question of a message, looked up by itself, as if nothing else had been asked."""
        alone = replace(message, reading=found.reading, look_up=lambda: found, history=history, is_part=True)
        return self._replied(alone, self._document_facts) or self._answered(alone)

    def _answered(self, message: Message, *, ask_back: bool = False) -> Answer:
        """What the first responder that knows the message says, else what is found, or a question back."""
        if reply := self._replied(message, *self._responders):
            return reply
        found = message.look_up()
        if ask_back and (question := self._clarifier(message, found)):
            return self._assembled(question, message)
        return self._replied(message, self._guided) or self._ordinary(found, message)

    def replied(self, message: Message, found: Lookup) -> Answer | None:
        """What `ask` says to a message that is no ordinary question, or back to one; None where a clause answers it."""
        if answer := self._replied(message, answer_emergency, self._document_facts, *self._responders):
            return answer
        reply = self._clarifier(message, found) or self._guided(message)
        return self._assembled(reply, message) if reply else None

    def _replied(self, message: Message, *responders: Responder) -> Answer | None:
        reply = next(filter(None, (respond(message) for respond in responders)), None)
        return self._assembled(reply, message) if reply else None

    def _assembled(self, reply: Reply, message: Message, found: RetrievalResult | None = None) -> Answer:
        """The answer; `found` is what a search that it comes from has taken the message to be."""
        reading = message.reading
        query, places = (found.query, found.places) if found else (reading.alone, reading.places)
        understood = reading.understood(query, places, used_history=found is not None and found.used_history)
        reader = None if message.is_part else message.audience
        return self.assembler.assemble(reply, reading, message.words, understood, reader)

    def answer(
        self,
        found: Lookup,
        limit: int,
        *,
        history: Sequence[Turn] = (),
        audience: Audience = Audience.CITIZEN,
        language: str | None = None,
    ) -> Answer:
        """The words for what was looked up, in the language of the question or another; `limit` bounds related ones."""
        words = messages(language or found.reading.language)
        return self._ordinary(found, Message(found.reading, words, limit, lambda: found, history, audience=audience))

    def _ordinary(self, found: Lookup, message: Message) -> Answer:
        reply = self._from_clauses(found, message.words, message.limit, message.history, message.audience)
        return self._assembled(reply, replace(message, reading=found.reading), found.result)

    def search(
        self,
        query: str,
        *,
        history: Sequence[Turn] = (),
        jurisdiction: Sequence[str] = (),
        documents: Sequence[str] = (),
        limit: int | None = None,
        law: Law | None = None,
    ) -> list[Hit]:
        """Ranked clauses for a query, understood as `ask` does. Raises InputError for bad input."""
        most = check_limit(limit, self.settings.limit, self.settings.max_limit)
        reading = self.read("query", query, history=history, jurisdiction=jurisdiction, documents=documents, law=law)
        return list(self.find(reading, limit=most).result.hits)

    def look_up(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        jurisdiction: Sequence[str] = (),
        documents: Sequence[str] = (),
        law: Law | None = None,
    ) -> Lookup:
        """What was understood, all hits and judgement, to measure and for agents. Raises InputError for bad input."""
        read = partial(self.read, "question", question, history=history, law=law)
        return self.find(read(jurisdiction=jurisdiction, documents=documents))

    def answers(self, question: str, *, jurisdiction: Sequence[str] = ()) -> bool:
        """Whether a question is answered as it stands, without a question back. Raises InputError for bad input."""
        found = self.look_up(question, jurisdiction=jurisdiction)
        words = messages(found.reading.language)
        message = Message(found.reading, words, self.settings.limit, lambda: found, jurisdiction=jurisdiction)
        return found.reason is None and self._clarifier(message, found) is None

    def examples(self, language: str) -> tuple[str, ...]:
        """Questions that these documents answer, in this language; worked out once."""
        return self._examples.get(language, ())

    @cached_property
    def _examples(self) -> dict[str, tuple[str, ...]]:
        return answered_examples(self.corpus, self.answers)

    def read(
        self,
        field: str,
        text: str,
        *,
        history: Sequence[Turn],
        jurisdiction: Sequence[str],
        documents: Sequence[str],
        language: str | None = None,
        law: Law | None = None,
    ) -> Reading:
        """A text as it is understood; `field` is what errors call it. Raises InputError for bad input."""
        check_question(field, text, self.settings.max_question, language)
        recent = history[-self.settings.max_history :]
        return self._reader.read(
            text, history=recent, jurisdiction=jurisdiction, documents=documents, language=language, law=law
        )
