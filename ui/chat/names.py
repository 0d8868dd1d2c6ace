"""What is offered while somebody types: the plain names of the clauses, or their headings.

They stand in the page, so that nothing typed leaves the browser before it is sent.
"""

from collections.abc import Iterator
from itertools import islice

from assistant.composition.answer_blocks import name_of
from assistant.messages import Messages
from corpus.corpus import Corpus

_MOST = 500  # names: some 30 kB of the page
_LONGEST = 40  # characters of a heading; what is longer is a sentence
_SHORTEST = 3


def clause_names(corpus: Corpus, words: Messages) -> tuple[tuple[str, str], ...]:
    """Each name once, with other words by which it is found; those that were written for people first."""
    told = ((clause, record) for clause in corpus.browsable.clauses if (record := corpus.plain.get(clause.id)))
    written = ((name_of(record, words), " ".join((clause.title, *record.keywords))) for clause, record in told)
    known = dict(islice((*written, *((heading, "") for heading in _headings(corpus))), _MOST))
    return tuple(known.items())


def _headings(corpus: Corpus) -> Iterator[str]:
    for clause in corpus.browsable.clauses:
        heading = clause.title.strip()
        if clause.id not in corpus.plain and _SHORTEST <= len(heading) <= _LONGEST:
            yield heading
