"""A corpus from rows of JSONL, one document and one clause each: for measuring on collections of others."""

import gzip
import json
import re
import stat
from collections.abc import Sequence
from pathlib import Path

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.readers.normal_form import normalise_text

_ARTICLE = re.compile(r"(.+?)第[一二三四五六七八九十百千零〇\d]+条(?:之[一二三四五六七八九十]+)?")


def read_jsonl_corpus(path: Path) -> Corpus:
    """A corpus of `{id, title, text}` rows (JSONL, or gzipped as .gz), one document and one clause each.

    A title such as 公路法第七十一条 puts the clause under 公路法. Other keys are ignored.
    Raises DocumentError naming file and line on a malformed row or an id that comes twice.
    """
    documents: dict[str, Document] = {}
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise DocumentError(f"{path}:1: not an ordinary file; give a file of rows")
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    document = _row(line, f"{path}:{number}")
                    if document.id in documents:
                        raise DocumentError(f"{path}:{number}: id {document.id!r} comes twice; give each row its own")
                    documents[document.id] = document
    except (OSError, EOFError) as error:
        raise DocumentError(f"{path}:1: cannot be read ({error}); check the path and that the file is whole") from error
    if not documents:
        raise DocumentError(f"{path}:1: the file holds no row; put one JSON object a line into it")
    return whole_documents(tuple(documents.values()))


def _row(line: bytes, where: str) -> Document:
    try:
        row = json.loads(line)
        values = [row[key] for key in ("id", "title", "text")]
    except (ValueError, KeyError, TypeError) as error:
        raise DocumentError(f'{where}: not a row ({error}); write {{"id": …, "title": …, "text": …}}') from error
    if not all(isinstance(value, str) for value in values) or not values[0]:
        raise DocumentError(f"{where}: id, title and text must be texts, and id not empty; correct the row")
    return Document(id=values[0], title=values[1], text=normalise_text(values[2]))


def whole_documents(documents: Sequence[Document]) -> Corpus:
    """Documents of one clause each."""
    return Corpus(tuple(documents), tuple(map(_whole, documents)))


def _whole(document: Document) -> Clause:
    text, article = document.text, _ARTICLE.fullmatch(document.title)
    path = (article[1],) if article else ()
    return Clause(document.id, document.id, document.title, document.title, path, text, 0, len(text))
