"""The assistant on one screen: understand → retrieve → choose evidence → compose."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from assistant.answer import Answer, Citation, Reason, Status, check
from assistant.composer import answer_text, cite, refusal_text, relate
from assistant.confidence import probability, signals
from assistant.evidence import choose_evidence
from assistant.history import Turn
from assistant.limits import check_text
from assistant.retrieval import retrieve
from assistant.settings import Settings
from assistant.understand import Question, understand
from corpus.errors import InputError
from corpus.library import load_corpus
from index.alignment import Alignment
from index.encoder import load_encoder
from index.hybrid import Index
from index.retriever import Hit
from index.store import open_index

__all__ = ["Assistant", "Turn"]


class Assistant:
    """Answers questions from one index. Safe from several threads; nothing is kept between calls."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self.index = index
        self.corpus = index.corpus
        self.settings = settings
        self._texts = {document.id: document.text for document in index.corpus.documents}
        self.alignment = Alignment(index)

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """Load corpus, encoder and index as the settings say.

        Raises StoreError when the index is missing, damaged or built from something else, EncoderError and
        DocumentError when model or texts cannot be read.
        """
        corpus = load_corpus(settings.corpus)
        encoder = load_encoder(settings.encoder)
        return cls(open_index(settings.index, corpus, encoder), settings)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        jurisdiction: Sequence[str] = (),
        documents: Sequence[str] = (),
        limit: int | None = None,
    ) -> Answer:
        """Answer one question; `limit` bounds the related clauses. Raises InputError for bad input."""
        started = perf_counter()
        asked = self._understand("question", question, history, jurisdiction, documents)
        understood = perf_counter()
        most = self._limit(limit)
        asked, hits = retrieve(asked, self.index, most + 1)  # one of them may be cited instead
        retrieved = perf_counter()
        answer = self._compose(asked, hits, most)
        check(answer, self._texts)
        done = perf_counter()
        spans = {
            "understand": understood - started,
            "retrieve": retrieved - understood,
            "compose": done - retrieved,
            "total": done - started,
        }
        return replace(answer, timings_ms={step: round(seconds * 1000, 3) for step, seconds in spans.items()})

    def search(
        self,
        query: str,
        *,
        history: Sequence[Turn] = (),
        jurisdiction: Sequence[str] = (),
        documents: Sequence[str] = (),
        limit: int | None = None,
    ) -> list[Hit]:
        """Ranked clauses for a query, understood as `ask` does. Raises InputError for bad input."""
        asked = self._understand("query", query, history, jurisdiction, documents)
        return retrieve(asked, self.index, self._limit(limit))[1]

    def look_up(self, question: str, history: Sequence[Turn] = ()) -> tuple[Question, list[Hit]]:
        """What was understood, and the hits, for measuring."""
        return retrieve(self._understand("question", question, history, (), ()), self.index, self.settings.max_limit)

    def _understand(
        self, field: str, text: str, history: Sequence[Turn], jurisdiction: Sequence[str], documents: Sequence[str]
    ) -> Question:
        if not text.strip():
            raise InputError("请输入问题。Please enter a question.", field)
        check_text(field, text, self.settings.max_question)
        recent = history[-self.settings.max_history :]
        return understand(text, self.index, history=recent, jurisdiction=jurisdiction, documents=documents)

    def _limit(self, limit: int | None) -> int:
        most = self.settings.max_limit
        if limit is None:
            return self.settings.limit
        if not 1 <= limit <= most:
            raise InputError(f"请给出 1 到 {most} 之间的数。Give a number from 1 to {most}.", "limit")
        return limit

    def _compose(self, asked: Question, hits: list[Hit], most: int) -> Answer:
        confidence = self._confidence(asked, hits)
        reason = asked.refusal
        if reason is None and (not hits or confidence < self.settings.threshold):
            reason = Reason.NOT_IN_DOCUMENTS
        citations: tuple[Citation, ...] = ()
        if reason is None:
            evidence = choose_evidence(asked.query, hits[0].clause, self.alignment, asked.reference)
            citations = cite(evidence, {hits[0].clause.id: hits[0].score}, self.corpus)
            text = answer_text(citations, self.corpus, asked.language)
        else:
            text = refusal_text(reason, asked.language, asked.places, self.corpus.places)
        cited = {citation.clause_id for citation in citations}
        return Answer(
            id=uuid.uuid4().hex,
            question=asked.text,
            language=asked.language,
            status=Status.NO_ANSWER if reason else Status.ANSWERED,
            reason=reason,
            text=text,
            citations=citations,
            related=relate([hit for hit in hits if hit.clause.id not in cited][:most], self.corpus),
            confidence=round(confidence, 4),
            understood=asked.understood,
            index_version=self.index.version,
        )

    def _confidence(self, asked: Question, hits: list[Hit]) -> float:
        if asked.refusal is not None or not hits:
            return 0.0
        if asked.reference is not None:
            return 1.0
        return probability(signals(asked.query, hits, self.alignment), asked.language)
