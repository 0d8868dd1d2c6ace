"""From what was asked to what is searched: language, place, clause reference, follow-up.

Each step is a module of its own; this one only puts them in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Reason, Understood
from assistant.privacy.masking import without_personal_data
from assistant.question.history import ASSISTANT, Turn, earlier_questions, is_only_a_place, names_no_topic
from assistant.question.language import language_of, without_question
from assistant.question.pinyin import from_pinyin
from assistant.question.places import Places, covered_by, places_of
from assistant.question.references import (
    cited_by,
    is_bare_anaphor,
    parse_references,
    resolve_anaphora,
    without_addresses,
)
from assistant.question.sounds import Vocabulary
from assistant.question.spelling import correct
from corpus.addresses.clause_references import ClauseReferences
from corpus.addresses.references import contains_id
from corpus.corpus import Corpus
from corpus.errors import InputError
from index.index import Index
from index.retriever import EVERYTHING, Scope

NAMED = 20  # a refusal names at most so many documents


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood."""

    text: str
    meant: str  # the question alone, in characters and in the right ones
    query: str  # what is searched
    in_context: str | None  # the same behind the earlier questions, where there are some
    language: str  # "zh" | "en", for the answer
    scope: Scope
    places: Places
    named: ClauseReferences  # clauses and parts that the question names by number
    from_history: bool  # known when it has been looked up
    after: bool  # whether it has words of its own, and others were asked before it
    refusal: Reason | None  # set when there is nothing to search

    @property
    def understood(self) -> Understood:
        return Understood(self.query, self.places.covered, next(iter(self.named.ids), None), self.from_history)


def understand(
    text: str,
    index: Index,
    *,
    history: Sequence[Turn] = (),
    jurisdiction: Sequence[str] = (),
    documents: Sequence[str] = (),
) -> Question:
    """Understand one question. `jurisdiction` and `documents`, where given, win over the text.

    Raises InputError, naming the field, for an unknown place or document.
    """
    corpus, vocabulary = index.corpus, Vocabulary(index)
    refusal = without_question(text)
    if refusal is Reason.UNREADABLE and parse_references(text, corpus, EVERYTHING, ()).ids:
        refusal = None  # 二（七）
    if refusal is None and not earlier_questions(history) and (is_only_a_place(text) or is_bare_anaphor(text)):
        refusal = Reason.UNREADABLE
    # What was meant: in characters, and in the right ones.
    meant = text if refusal else _meant(text, vocabulary, corpus)
    earlier = [] if refusal else [_meant(turn, vocabulary, corpus) for turn in earlier_questions(history)]
    places = covered_by(jurisdiction, corpus) if jurisdiction else places_of([meant, *reversed(earlier)], corpus)
    _check_documents(documents, corpus)
    scope = Scope(frozenset(documents) or None, places.jurisdictions)
    named = ClauseReferences() if refusal else _named(meant, history, corpus, scope, places.covered)
    scope = Scope(scope.documents or frozenset(named.documents) or None, scope.jurisdictions)
    matter = without_addresses(meant, named)
    query, in_context = matter, " ".join((*earlier, matter)) if earlier else None
    if in_context and names_no_topic(meant):
        query, in_context = in_context, None
    if named.not_held and not named.ids:
        refusal = refusal or Reason.NOT_IN_DOCUMENTS
    return Question(
        text=text,
        meant=meant,
        query=" ".join(query.split()),
        in_context=" ".join(in_context.split()) if in_context else None,
        language=language_of(meant),
        scope=scope,
        places=places,
        named=named,
        from_history=query != matter,
        after=bool(earlier) and query == matter,
        refusal=refusal or (Reason.PLACE_NOT_COVERED if places.missing and not places.covered else None),
    )


def _named(
    meant: str, history: Sequence[Turn], corpus: Corpus, scope: Scope, places: Sequence[str]
) -> ClauseReferences:
    """The clauses that the question names by number, or else the one it points at from the last answer."""
    named = parse_references(meant, corpus, scope, places)
    last = next((turn for turn in reversed(history) if turn.role == ASSISTANT), None)
    if last is None or named.names_clause:
        return named
    pointed = resolve_anaphora(meant, cited_by(last.content, corpus), corpus)
    return pointed if pointed.ids else named


def _meant(text: str, vocabulary: Vocabulary, corpus: Corpus) -> str:
    text = without_personal_data(text)
    if contains_id(text, corpus):  # anhui-2023-4:1.3 is no pinyin
        return text
    return from_pinyin(text, vocabulary) or correct(text, vocabulary)


def _check_documents(documents: Sequence[str], corpus: Corpus) -> None:
    known = [document.id for document in corpus.documents]
    for position, document in enumerate(documents):
        if document not in known:
            names = "、".join(known[:NAMED])
            message = f"没有这个文件，可选 {names}。No such document; choose from {names}."
            raise InputError(message, f"documents[{position}]")
