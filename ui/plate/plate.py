"""What stands on the plate of a matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from starlette.requests import Request

from assistant.messages import Messages
from assistant.replies.validity import mark
from corpus.clause import Clause, Part
from corpus.corpus import Corpus
from corpus.label import label
from ui.document.address import own_address, qr_code
from ui.plate.address import plate_url


@dataclass(frozen=True, slots=True)
class Plate:
    """The plate of a clause or part. `code` is None without a host that other devices know."""

    id: str
    name: str  # in Chinese: the plain name, else as printed
    name_en: str  # empty where nobody has written one
    places: tuple[str, ...]
    source: str  # its address in the text
    path: str
    address: str | None  # the whole address of its page, which the code holds
    code: Markup | None


def plate_of(request: Request, corpus: Corpus, id_: str, words: Messages, day: date) -> Plate:
    """The plate of the clause or part of this id, at the address under which `request` came. Raises NotFoundError."""
    clause, part = corpus.find(id_)
    path = plate_url(id_, words)
    address = own_address(request, path)
    name, name_en = _names(corpus, clause, part)
    return Plate(
        id=id_,
        name=name,
        name_en=name_en,
        places=clause.jurisdiction,
        source=label(corpus.document(clause.document_id), clause, part, words.code)
        + mark(clause.document_id, day, corpus, words),
        path=path,
        address=address,
        code=qr_code(address) if address else None,
    )


def ids_of(clauses: Sequence[Clause], *, parts: bool) -> tuple[str, ...]:
    """The ids of the plates of these clauses, with `parts` those of their parts behind each."""
    return tuple(id_ for clause in clauses for id_ in (clause.id, *(part.id for part in clause.all_parts() if parts)))


def _names(corpus: Corpus, clause: Clause, part: Part | None) -> tuple[str, str]:
    """In Chinese and English; a part that nobody has named is called by its clause and its number."""
    if part and (own := corpus.plain.get(part.id)):
        return own.name, own.title_en
    record = corpus.plain.get(clause.id)
    name = record.name if record else clause.title
    return (f"{name}（{part.number}）", "") if part else (name, record.title_en if record else "")
