"""Addresses of documents, also as a telephone's camera reads them."""

import re
from functools import lru_cache
from urllib.parse import quote

import segno
from markupsafe import Markup
from starlette.requests import Request

from assistant.messages import Messages
from ui.page.languages import with_language

_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_OWN = re.compile(r"(?:localhost|127\.|\[::1\])")


def document_url(id_: str, words: Messages) -> str:
    """The address of a document's page in the language of `words`."""
    return with_language(f"/document/{quote(id_, safe='~')}", words)


def own_address(request: Request, path: str) -> str | None:
    """The whole address, of which `path` is what follows the host; None without a host that other devices know."""
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host) or _OWN.match(host):
        return None
    return f"{request.url.scheme}://{host}{path}"


@lru_cache(256)
def qr_code(address: str) -> Markup:
    """A QR code as SVG that stands in the page itself: dark on light in any colour scheme, with its quiet zone."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=4, light="#fff", omitsize=True, svgclass=None, lineclass=None))
