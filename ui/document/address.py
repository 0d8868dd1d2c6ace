"""Addresses of documents, also as a telephone's camera reads them."""

import re
from functools import lru_cache

import segno
from markupsafe import Markup
from starlette.requests import Request

from assistant.api.links import document_path, origin
from assistant.messages import Messages
from ui.page.languages import with_language

_OWN = re.compile(r"(?:localhost|127\.|\[::1\])")


def document_url(id_: str, words: Messages) -> str:
    """The address of a document's page in the language of `words`."""
    return with_language(document_path(id_), words)


def own_address(request: Request, path: str) -> str | None:
    """The whole address, of which `path` is what follows the host; None without a host that other devices know."""
    own = origin(request)
    return own + path if own and not _OWN.match(own.partition("://")[2]) else None


@lru_cache(256)
def qr_code(address: str) -> Markup:
    """A QR code as SVG that stands in the page itself: dark on light in any colour scheme, with its quiet zone."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=4, light="#fff", omitsize=True, svgclass=None, lineclass=None))
