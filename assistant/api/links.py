"""Addresses of pages, for programs elsewhere: whole ones, as the request itself has reached this server."""

import re
from collections.abc import Iterable
from urllib.parse import quote, urlencode

from starlette.requests import Request

_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")


def origin(request: Request) -> str:
    """Scheme and host by which this server was called, `https://policy.example.gov.cn`; empty where no host says."""
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}" if _HOST.fullmatch(host) else ""


def clause_path(id_: str) -> str:
    """The page of a clause or part."""
    return f"/clause/{quote(id_, safe=':~')}"


def document_path(id_: str) -> str:
    """The page of a document."""
    return f"/document/{quote(id_, safe='~')}"


def with_query(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path with what is asked of it."""
    written = urlencode(list(pairs))
    return f"{path}?{written}" if written else path
