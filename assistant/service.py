"""The assistant on one screen: understand → retrieve → choose evidence → compose."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from assistant.answer import Answer, Citation, Reason, Status, check
from assistant.composition.answer_blocks import Audience, Wanted, answer_text
from assistant.composition.citations import cite, relate
from assistant.composition.evidence import choose_evidence
from assistant.composition.facts import form_of, stated
from assistant.composition.refusal_blocks import refusal_text
from assistant.confidence.model import in_plain_words, probability, signals
from assistant.privacy.masking import mask
from assistant.question.history import Turn
from assistant.question.limits import check_text
from assistant.question.understand import Question, understand
from assistant.retrieval.retrieve import Found, answering, as_near, off_topic, retrieve, silent_places
from assistant.settings import Settings
from corpus.errors import InputError
from corpus.load import load_corpus
from index.alignment import Alignment
from index.encoder.encoder import load_encoder
from index.index import Index
from index.retriever import Hit
from index.store import open_index

__all__ = ["Assistant", "Turn"]

_LOG = logging.getLogger(__name__)
_SURE_ALONE = 0.6  # confidence from which a question is taken out of its conversation
_SURER = 0.05  # and by how much that must be more than within it
_SURE = 0.8  # confidence from which a second place's clause is cited beside the first
_WITHHELD = {
    "zh": "这次没能给出可靠的引文，请换个说法再问，或拨打12345政务服务便民热线。",
    "en": "No reliable quote could be given this time; try other words, or call the 12345 hotline.",
}


class Assistant:
    """Answers questions from one index. Safe from several threads; nothing is kept between calls."""

    def __init__(self, index: Index, settings: Settings) -> None:
        self.index = index
        self.corpus = index.corpus
        self.settings = settings
        self._texts = {document.id: document.text for document in index.corpus.documents}
        self.alignment = Alignment(index)
        self.refused_replies = 0  # since start; each is logged

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """Load corpus, encoder and index as the settings say.

        Raises StoreError when the index is missing, damaged or built from something else, EncoderError and
        DocumentError when model or texts cannot be read.
        """
        corpus = load_corpus(settings.corpus)
        encoder = load_encoder(settings.encoder)
        index = open_index(settings.index, corpus, encoder)
        return cls(index if settings.plain else index.without_plain(), settings)

    def warm_up(self) -> None:
        """Load what loads on first use, so that no asker waits for it: dictionaries, and how every word sounds."""
        self.ask("gongsi banjia")

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        jurisdiction: Sequence[str] = (),
        documents: Sequence[str] = (),
        limit: int | None = None,
        audience: Audience = Audience.CITIZEN,
    ) -> Answer:
        """Answer one question; `limit` bounds the related clauses. Raises InputError for bad input."""
        started = perf_counter()
        asked = self._understand("question", question, history, jurisdiction, documents)
        understood = perf_counter()
        most = self._limit(limit)
        found = self._found(asked, most + 1, jurisdiction, documents)  # one of them may be cited instead
        retrieved = perf_counter()
        answer = self._compose(found, most, history, audience)
        answer = self._checked(answer)
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
        return self._found(asked, self._limit(limit), jurisdiction, documents).hits

    def look_up(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        jurisdiction: Sequence[str] = (),
        documents: Sequence[str] = (),
    ) -> Found:
        """What was understood, and all hits, for measuring and for hotline agents. Raises InputError for bad input."""
        asked = self._understand("question", question, history, jurisdiction, documents)
        return self._found(asked, self.settings.max_limit, jurisdiction, documents)

    def _found(self, asked: Question, limit: int, jurisdiction: Sequence[str], documents: Sequence[str]) -> Found:
        """What answers the question; one that is answered better without what was said before stands by itself."""
        found = retrieve(asked, self.index, limit)
        if not asked.after:
            return found
        sure = max(_SURE_ALONE, self.confidence(found) + _SURER)
        for places in dict.fromkeys((tuple(jurisdiction) or asked.places.covered, tuple(jurisdiction))):
            by_itself = understand(asked.text, self.index, jurisdiction=places, documents=documents)
            alone = retrieve(by_itself, self.index, limit)
            confidence = self.confidence(alone)
            if confidence >= sure:
                return replace(alone, left=() if places else asked.places.covered or asked.places.missing)
            if confidence >= self.settings.threshold:
                break  # there is an answer for the place spoken of; one for another place would not be better
        return found

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

    def _compose(self, found: Found, most: int, history: Sequence[Turn], audience: Audience) -> Answer:
        asked, hits = found.asked, found.hits
        confidence = self.confidence(found)
        reason = self.refusal(found, confidence)
        citations: tuple[Citation, ...] = ()
        if reason is None:
            cited_hits = self._cited(found)
            evidence = [
                one
                for hit in cited_hits
                for one in choose_evidence(
                    asked.query, hit.clause, self.alignment, (*asked.named.ids, *([found.point] if found.point else []))
                )
            ]
            citations = cite(evidence, {hit.clause.id: hit.score for hit in cited_hits}, self.corpus)
            cited_clauses = [hit.clause for hit in cited_hits]
            compared = asked.places.covered if len(asked.places.covered) > 1 else ()
            wanted = Wanted(
                question=asked.meant,
                language=asked.language,
                form=form_of(asked.meant),
                stated=stated(asked.meant, citations, self.index.encoder) if asked.language == "zh" else None,
                missing=asked.places.missing,
                silent=silent_places(compared, cited_clauses),
                left=silent_places(found.left, cited_clauses),
                more=asked.named.omitted,
                audience=audience,
            )
            text = answer_text(wanted, citations, self.corpus)
        else:
            text = refusal_text(reason, found, self.corpus, history, audience)
        cited = {citation.clause_id for citation in citations}
        shown = [hit for hit in hits if hit.clause.id not in cited]
        if reason is Reason.OUT_OF_SCOPE:
            shown = []
        elif reason is Reason.NOT_IN_DOCUMENTS and found.elsewhere:
            shown.insert(0, found.elsewhere)
        return Answer(
            id=uuid.uuid4().hex,
            question=asked.text,
            language=asked.language,
            status=Status.NO_ANSWER if reason else Status.ANSWERED,
            reason=reason,
            text=text,
            citations=citations,
            related=relate(shown[:most], self.corpus),
            confidence=round(confidence, 4),
            understood=asked.understood,
            index_version=self.index.version,
        )

    def _cited(self, found: Found) -> list[Hit]:
        """The hits to cite; where nobody said which place is meant, another place's too if it is as sure to answer."""
        cited = answering(found)
        other = as_near(found) if len(cited) == 1 else None
        if other is not None and self.confidence(replace(found, hits=[other])) >= _SURE:
            cited.append(other)
        return cited

    def _checked(self, answer: Answer) -> Answer:
        """The answer, or instead of one that breaks a law a refusal: nobody is shown a quote that does not hold."""
        try:
            check(answer, self._texts)
        except ValueError:
            self.refused_replies += 1
            _LOG.exception("reply %s to %r breaks a law of answers and was refused", answer.id, mask(answer.question))
            return replace(
                answer,
                status=Status.NO_ANSWER,
                reason=Reason.NOT_IN_DOCUMENTS,
                text=_WITHHELD[answer.language],
                citations=(),
                confidence=0.0,
            )
        return answer

    def refusal(self, found: Found, confidence: float) -> Reason | None:
        """Why what was found, with this confidence in it, is no answer; None where it is one."""
        if found.asked.refusal:
            return found.asked.refusal
        if (
            found.hits
            and confidence >= self.settings.threshold
            and (found.asked.named.ids or not found.asked.named.absent)
        ):
            return None
        return Reason.OUT_OF_SCOPE if off_topic(found) else Reason.NOT_IN_DOCUMENTS

    def confidence(self, found: Found) -> float:
        """Probability that the first hit answers; 1 for a clause that was asked for by its number."""
        if found.asked.refusal is not None or not found.hits:
            return 0.0
        if found.asked.named.ids:
            return 1.0
        return probability(signals(found, self.alignment), plain=in_plain_words(found, self.alignment))
