"""Clauses and documents as resources: addresses such as policyqa://clause/harbin-66:26, read from memory alone.

What stands behind the kind is an id of the corpus and never a path: it is looked up among the ids that there are.
"""

from collections.abc import Sequence
from urllib.parse import quote, unquote

from assistant.api.responses import clause_out, document_text
from assistant.service import Assistant
from corpus.clause import Document
from corpus.errors import InputError, NotFoundError

CLAUSE, DOCUMENT = "policyqa://clause/", "policyqa://document/"
TEMPLATES = {
    f"{CLAUSE}{{id}}": (
        "clause",
        "条款 · Clause",
        "一个条款的全文、出处和要点（JSON）· one clause with its address and parts, as JSON",
    ),
    f"{DOCUMENT}{{id}}": (
        "document",
        "文件 · Document",
        "一份文件的全文和条款目录（JSON）· one document with its text and its clauses, as JSON",
    ),
}
JSON = "application/json"
PAGE = 100  # documents listed at a time


def clause_address(id_: str) -> str:
    """The address of a clause or part."""
    return f"{CLAUSE}{quote(id_, safe=':')}"


def document_address(id_: str) -> str:
    """The address of a document."""
    return f"{DOCUMENT}{quote(id_, safe='')}"


def listed(assistant: Assistant, cursor: str | None) -> tuple[Sequence[Document], str | None]:
    """A page of documents, and the cursor of the next one, None at the end. Raises InputError for no cursor of ours."""
    documents = assistant.corpus.browsable.documents
    begin = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 10 else 0
    if cursor is not None and not 0 < begin < len(documents):
        raise InputError("cursor 无效，请从头列起。The cursor is not valid; list from the beginning.", "cursor")
    end = begin + PAGE
    return documents[begin:end], str(end) if end < len(documents) else None


def read(assistant: Assistant, address: str) -> str:
    """What stands at an address, as JSON. Raises NotFoundError."""
    if address.startswith(CLAUSE):
        found = clause_out(_id(address, CLAUSE), assistant.corpus, assistant.services)
        return found.model_dump_json()
    if address.startswith(DOCUMENT):
        document = assistant.corpus.document(_id(address, DOCUMENT))
        return document_text(document, assistant.corpus).model_dump_json()
    raise NotFoundError(
        "没有这个资源，请用 policyqa://clause/编号 或 policyqa://document/编号。"
        "No such resource; use policyqa://clause/ID or policyqa://document/ID."
    )


def _id(address: str, kind: str) -> str:
    return unquote(address.removeprefix(kind)).encode("utf-8", "replace").decode()
