"""What a document leaves behind when it goes: its ids, its own words, the ways it was asked for, its files.

Gone (before removal) → searched for in everything that could still hold it → Trace (what was asked, what was found)
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.clause import Clause, Document
from corpus.corpus import Corpus

_SENTENCE = re.compile(r"[^。；;！？!?\n]+")
_SHORTEST = 16  # characters of a sentence that nobody else would write by chance
_MOST_QUOTES = 4  # of a clause
_SHOWN = 20  # findings of a kind that are named


@dataclass(frozen=True, slots=True)
class Gone:
    """A document as it was."""

    document: Document
    clauses: tuple[Clause, ...]
    quotes: tuple[str, ...]  # sentences of its own, in no other document
    questions: tuple[str, ...]  # by which its clauses were asked for
    files: Mapping[str, str]  # SHA-256 → name, as received

    @property
    def ids(self) -> tuple[str, ...]:
        """Of its clauses and parts."""
        return tuple(id_ for clause in self.clauses for id_ in (clause.id, *(part.id for part in clause.all_parts())))


@dataclass(frozen=True, slots=True)
class Trace:
    """One way in which it was asked for."""

    where: str  # a name for programs: index, numbers, quotes, questions, files …
    asked: int
    found: tuple[str, ...] = ()  # where, in words; the first ones
    count: int = 0  # of all that was found

    @classmethod
    def of(cls, where: str, asked: int, found: Iterable[str]) -> "Trace":
        """What was found in this way."""
        kept = list(found)
        return cls(where, asked, tuple(kept[:_SHOWN]), len(kept))


def gone(corpus: Corpus, document_id: str, files: Iterable[Path], asked_for: Sequence[str] = ()) -> Gone:
    """What there is of a document before it goes; `files` are its own, `asked_for` are saved questions on it.

    Raises NotFoundError, OSError.
    """
    document = corpus.document(document_id)
    clauses = corpus.clauses_of(document_id)
    others = "\n".join(other.text for other in corpus.documents if other.id != document_id)
    records = (record for clause in clauses for record in corpus.records(clause))
    said = (text for record in records for name, text in record.lines() if name in ("name", "ask", "ask_en"))
    return Gone(
        document,
        clauses,
        tuple(dict.fromkeys(quote for clause in clauses for quote in _quotes(clause, others))),
        tuple(dict.fromkeys((*said, *(clause.title for clause in clauses), *asked_for))),
        {hashlib.sha256(path.read_bytes()).hexdigest(): path.name for path in files},
    )


def _quotes(clause: Clause, others: str) -> list[str]:
    sentences = (found[0].strip() for found in _SENTENCE.finditer(clause.text, clause.number_length))
    own = [one for one in sentences if len(one) >= _SHORTEST and one not in others]
    return sorted(own, key=len, reverse=True)[:_MOST_QUOTES]


def holding(gone: Gone) -> Callable[[str], bool]:
    """Tells whether a text holds a sentence of its own, however that is broken into lines and marked."""
    quotes = [_letters(quote) for quote in gone.quotes]
    shortest = min(map(len, quotes), default=0)

    def holds(text: str) -> bool:
        letters = _letters(text) if len(text) >= shortest else ""
        return any(quote in letters for quote in quotes)

    return holds


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def copies(gone: Gone, corpus: Corpus) -> Iterator[str]:
    """The documents that hold most of its clauses word for word, and are not known to take its place."""
    whole = [clause.text[clause.number_length :].strip() for clause in gone.clauses]
    whole = [text for text in whole if len(text) >= _SHORTEST]
    for other in corpus.documents:
        held = sum(text in other.text for text in whole)
        if whole and held >= 0.8 * len(whole) and not _takes_its_place(other, gone.document):
            yield f"{other.id}《{other.title}》（{held} / {len(whole)} 条 clauses word for word）"


def _takes_its_place(other: Document, document: Document) -> bool:
    named = " ".join(other.replaces)
    return document.title in named or bool(document.number and document.number in named)
