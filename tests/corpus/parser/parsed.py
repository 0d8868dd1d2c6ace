"""A text as a clerk would hand it in, read and parsed, for the tests of single parts of the parser."""

from corpus.clause import Clause, Document
from corpus.metadata import Metadata
from corpus.parser.clauses import read_clauses
from corpus.parser.outline import parse_outline
from corpus.readers.text import read_plain


def clauses_of(text: str) -> list[Clause]:
    """The clauses of the document `d`."""
    source = read_plain(text.encode(), "d.txt")
    outline = parse_outline(source.text, file="d.txt", hints=source.lines)
    document = Document("d", outline.title(source.text) or "d", source.text)
    return list(read_clauses(document, outline.root, Metadata()))


def keys_of(text: str) -> list[str]:
    """The ids of its clauses, without the document's."""
    return [clause.id.removeprefix("d:") for clause in clauses_of(text)]


def titles_of(text: str) -> dict[str, str]:
    """The title of each clause by that id."""
    return {clause.id.removeprefix("d:"): clause.title for clause in clauses_of(text)}
