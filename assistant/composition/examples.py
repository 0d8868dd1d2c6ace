"""Questions to start from: what the documents at hand answer, in the words of their records or headings.

Headings are Chinese: a text without records has no examples in another language.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from assistant.composition.answer_blocks import name_of
from assistant.messages import languages, messages
from corpus.corpus import Corpus
from corpus.validity import today

_MOST = 2  # examples in a language
_LOOKED_AT = 20  # documents, where there are too many to walk through
_TRIED = 12  # clauses of each document that are tried for one: a server that starts waits for these questions
_BEGINNING = 3  # one part in so many of a document is about generalities, and offers nothing to ask


def answered_examples(corpus: Corpus, is_answered: Callable[[str], bool]) -> dict[str, tuple[str, ...]]:
    """By language at most two questions that `is_answered` holds of, of different documents where it can be."""
    return {code: tuple(islice(_examples(corpus, code, is_answered), _MOST)) for code in languages()}


def _examples(corpus: Corpus, code: str, is_answered: Callable[[str], bool]) -> Iterator[str]:
    words, seen, aside = messages(code), set(), corpus.validities.set_aside(today())
    documents = corpus.browsable.documents or corpus.documents[:_LOOKED_AT]
    holding = [document.id for document in documents if document.id not in aside]
    for id_ in (*holding, *holding):  # a second one of the same document only where there is no other
        clauses = corpus.clauses_of(id_)
        first = len(clauses) // _BEGINNING
        for clause in clauses[first : first + _TRIED]:
            record = corpus.plain.get(clause.id)
            question = name_of(record, words) if record else clause.title if words.is_chinese else ""
            if question and question not in seen and is_answered(question):
                seen.add(question)
                yield question
                break
