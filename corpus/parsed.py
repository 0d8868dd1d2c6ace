"""A document as it was parsed: what a corpus is made of. And a corpus as JSON, which is read faster than its files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.errors import DocumentError, IndexDamagedError
from corpus.parser.node import Diagnostic
from corpus.records.record import PlainRecord

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True)
class ParsedDocument:
    """One document with its clauses and records, and what looks wrong in it."""

    document: Document
    clauses: tuple[Clause, ...]
    diagnostics: tuple[Diagnostic, ...]
    records: Mapping[str, PlainRecord] = field(default_factory=dict, kw_only=True)
    file: str = field(default="", kw_only=True)  # how messages name it


def corpus_of(documents: Iterable[ParsedDocument]) -> Corpus:
    """The corpus of documents, in their order."""
    every = tuple(documents)
    return Corpus(
        documents=tuple(one.document for one in every),
        clauses=tuple(clause for one in every for clause in one.clauses),
        diagnostics=tuple(warning for one in every for warning in one.diagnostics),
        plain={key: record for one in every for key, record in one.records.items()},
    )


def document_to_json(parsed: ParsedDocument) -> bytes | None:
    """One document as JSON; None where it holds what no JSON can (half of a surrogate pair)."""
    plain = ParsedDocument(
        parsed.document, parsed.clauses, parsed.diagnostics, records=parsed.records, file=parsed.file
    )
    try:
        return _documents().dump_json(plain)
    except ValueError:
        return None


def document_from_json(data: bytes, file: str) -> ParsedDocument | None:
    """The document, equal by value, whose file is now called so; None where the bytes are none."""
    try:
        found = _documents().validate_json(data)
    except ValueError:
        return None
    return replace(found, file=file, diagnostics=tuple(replace(one, file=file) for one in found.diagnostics))


def corpus_to_json(corpus: Corpus) -> bytes:
    """A whole corpus as JSON. Raises DocumentError where a text holds what no JSON can."""
    try:
        return _corpora().dump_json(
            _Whole(tuple(corpus.documents), tuple(corpus.clauses), corpus.diagnostics, corpus.plain)
        )
    except ValueError as error:
        raise DocumentError(
            f"corpus.json:1: 文件里有不能保存的字符（{error}），请改正原文后重新放入。"
            "a text holds characters that cannot be written; correct it and add it again"
        ) from error


def corpus_from_json(data: bytes, where: str) -> Corpus:
    """The corpus, equal by value. Raises IndexDamagedError, which names `where` it was read."""
    try:
        found = _corpora().validate_json(data)
    except ValueError as error:
        raise IndexDamagedError(
            f"{where} 不完整或被改动，请重新发布（policyqa publish）。truncated or altered; run policyqa publish"
        ) from error
    return Corpus(found.documents, found.clauses, found.diagnostics, found.plain)


@dataclass(frozen=True)
class _Whole:
    """What a corpus in memory is made of."""

    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]
    diagnostics: tuple[Diagnostic, ...]
    plain: Mapping[str, PlainRecord]


# Imported at need: a corpus is mostly read without it.


@cache
def _documents() -> "TypeAdapter[ParsedDocument]":
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(ParsedDocument)


@cache
def _corpora() -> "TypeAdapter[_Whole]":
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(_Whole)
