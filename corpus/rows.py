"""A corpus from rows of JSONL, one document and one clause each: collections of others, to measure on and to serve."""

import gzip
import hashlib
import json
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.parsed import ParsedDocument
from corpus.readers.normal_form import normalise_text

_ARTICLE = re.compile(r"(.+?)第[一二三四五六七八九十百千零〇\d]+条(?:之[一二三四五六七八九十]+)?")
ENDINGS = (".jsonl", ".jsonl.gz")
_AT_ONCE = 4096  # rows read at a time


@dataclass(frozen=True, slots=True)
class Rows:
    """Some consecutive rows of a file, not yet read. May go to another process."""

    path: str
    lines: tuple[tuple[int, bytes], ...]  # each with its number in the file
    read: int  # bytes of the file up to here, compressed where it is

    @property
    def digest(self) -> str:
        """SHA-256 of the rows, wherever they stand."""
        digest = hashlib.sha256()
        for _, line in self.lines:
            digest.update(line.strip() + b"\n")
        return digest.hexdigest()

    def documents(self) -> tuple[ParsedDocument, ...]:
        """The documents. Raises DocumentError naming file and line."""
        rows = (_row(line, f"{self.path}:{number}") for number, line in self.lines)
        return tuple(ParsedDocument(document, (_whole(document),), ()) for document in rows)


def is_rows_file(path: Path) -> bool:
    """Whether a path is to be read as rows: an existing file, or one that is called so."""
    return path.is_file() or (path.name.lower().endswith(ENDINGS) and not path.is_dir())


def rows_in(path: Path, size: int) -> Iterator[Rows]:
    """The rows of a file (JSONL, or gzipped as .gz), so many at a time. Raises DocumentError where there is none."""
    found = False
    with _opened(path) as (lines, raw):
        numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
        for batch in _batches(numbered, size):
            found = True
            yield Rows(str(path), batch, raw.tell())
    if not found:
        raise DocumentError(
            f"{path}:1: 文件里没有内容，请每行写一个 JSON 对象。"
            "the file holds no row; put one JSON object a line into it"
        )


def read_jsonl_corpus(path: Path) -> Corpus:
    """A corpus of `{id, title, text}` rows (JSONL, or gzipped as .gz), one document and one clause each.

    A title such as 公路法第七十一条 puts the clause under 公路法; `jurisdiction`, where there is one, names its
    place or places. Other keys are ignored.
    Raises DocumentError naming file and line on a malformed row or an id that comes twice.
    """
    documents: dict[str, Document] = {}
    for number, line in chain.from_iterable(rows.lines for rows in rows_in(path, _AT_ONCE)):
        document = _row(line, f"{path}:{number}")
        if document.id in documents:
            raise DocumentError(
                f"{path}:{number}: 编号 {document.id!r} 出现两次，请让每行各有编号。"
                f"id {document.id!r} comes twice; give each row its own"
            )
        documents[document.id] = document
    return whole_documents(tuple(documents.values()))


def whole_documents(documents: Sequence[Document]) -> Corpus:
    """Documents of one clause each."""
    return Corpus(tuple(documents), tuple(map(_whole, documents)))


def _batches(numbered: Iterator[tuple[int, bytes]], size: int) -> Iterator[tuple[tuple[int, bytes], ...]]:
    while batch := tuple(islice(numbered, size)):
        yield batch


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The lines of a file, and the file itself, whose place says how much has been read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise DocumentError(f"{path}:1: 不是普通文件，请给出一个文件。not an ordinary file; give a file of rows")
        with path.open("rb") as raw:
            if path.suffix == ".gz":
                with gzip.open(raw, "rb") as lines:
                    yield lines, raw  # type: ignore[misc]
            else:
                yield raw, raw
    except (OSError, EOFError) as error:
        raise DocumentError(
            f"{path}:1: 文件无法读取，请检查路径和文件是否完整。"
            f"cannot be read ({error}); check the path and that the file is whole"
        ) from error


def _row(line: bytes, where: str) -> Document:
    try:
        row = json.loads(line)
        values = [row[key] for key in ("id", "title", "text")]
    except (ValueError, KeyError, TypeError) as error:
        raise DocumentError(
            f'{where}: 不是一行 {{"id": …, "title": …, "text": …}}，请改正。'
            f'not a row ({error}); write {{"id": …, "title": …, "text": …}}'
        ) from error
    if not all(isinstance(value, str) for value in values) or not values[0]:
        raise DocumentError(
            f"{where}: id、title、text 都要是文字，id 不能为空，请改正。"
            "id, title and text must be texts, and id not empty; correct the row"
        )
    return Document(values[0], values[1], normalise_text(values[2]), jurisdiction=_places(row, where))


def _places(row: Mapping[str, object], where: str) -> tuple[str, ...]:
    """Where a row applies: the name of a place, or several; none where it does not say."""
    named = row.get("jurisdiction") or ()
    places = (named,) if isinstance(named, str) else named
    if not isinstance(places, list | tuple) or not all(isinstance(one, str) and one for one in places):
        raise DocumentError(
            f"{where}: jurisdiction 要是地名或地名的列表，请改正。"
            "jurisdiction must be the name of a place or a list of such names; correct the row"
        )
    return tuple(places)


def _whole(document: Document) -> Clause:
    text, article = document.text, _ARTICLE.fullmatch(document.title)
    path = (article[1],) if article else ()
    places = document.jurisdiction
    return Clause(document.id, document.id, document.title, document.title, path, text, 0, len(text), places)
