"""Questions to start from: what the documents at hand answer, in the words of their records or headings."""

from collections.abc import Callable, Iterator
from itertools import islice

from assistant.composition.answer_blocks import name_of
from assistant.messages import languages, messages
from corpus.corpus import Corpus

_MOST = 2  # examples in a language
_TRIED = 12  # clauses of each document that are tried for one


def answered_examples(corpus: Corpus, is_answered: Callable[[str], bool]) -> dict[str, tuple[str, ...]]:
    """By language at most two questions that `is_answered` holds of, of different documents where it can be."""
    return {code: tuple(islice(_examples(corpus, code, is_answered), _MOST)) for code in languages()}


def _examples(corpus: Corpus, code: str, is_answered: Callable[[str], bool]) -> Iterator[str]:
    words, seen = messages(code), set()
    by_document = [[c for c in corpus.clauses if c.document_id == document.id] for document in corpus.documents]
    for clauses in (*by_document, *by_document):  # a second one of the same document only where there is no other
        for clause in islice(
            clauses, len(clauses) // 3, len(clauses) // 3 + _TRIED
        ):  # beginnings are about generalities
            record = corpus.plain.get(clause.id)
            question = name_of(record, words) if record else clause.title
            if question not in seen and is_answered(question):
                seen.add(question)
                yield question
                break
