"""Which documents a message means that names none: those last cited, or those of the place spoken of, or all."""

from assistant.question.history import last_answer
from assistant.question.places import place_words
from assistant.question.references import cited_by
from assistant.replies.reply import Message
from corpus.clause import Document
from corpus.corpus import Corpus


def documents_meant(message: Message, corpus: Corpus) -> tuple[Document, ...]:
    """In order of the corpus: the documents named, else the one last spoken of, else those of the place, else all.

    A place that the message itself names comes before what was said before it.
    """
    reading = message.reading
    named = {clause.document_id for id_ in reading.references.ids if (clause := corpus.clause_of(id_))}
    ids = named or set(reading.documents or ())
    if not ids and not place_words(reading.normal):
        ids = _last_cited(message, corpus)
    if not ids and (reading.places.covered or reading.places.strict):
        ids = _of_places(message, corpus)
    return corpus.documents_of(ids) if ids else tuple(corpus.browsable.documents)


def _last_cited(message: Message, corpus: Corpus) -> set[str]:
    """The document that the last answer cited first."""
    last = last_answer(message.history)
    cited = (last.clause_ids or cited_by(last.content, corpus)) if last else ()
    found = (corpus.clause_of(id_) for id_ in cited)
    return {clause.document_id for clause in list(filter(None, found))[:1]}


def _of_places(message: Message, corpus: Corpus) -> set[str]:
    """The documents that rule the places themselves, or else those that apply there."""
    places, clauses = message.reading.places, corpus.browsable.clauses
    own = {clause.document_id for clause in clauses if not set(places.covered).isdisjoint(clause.jurisdiction)}
    return own or {c.document_id for c in clauses if not places.reachable.isdisjoint(c.jurisdiction or ("",))}
