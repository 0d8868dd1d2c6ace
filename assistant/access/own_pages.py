"""Whether a page of this server asks, by what browsers say of themselves and no page can change.

The one guard against requests that another site's page makes in somebody's name (CSRF): it stands in front of every
route, so that no form or script can forget it. Browsers have sent Origin with every POST since 2020, and Sec-Fetch-Site
with every request to https or this machine since 2023. Source: OWASP, Cross-Site Request Forgery Prevention, "Fetch
Metadata" with verification of the origin.
"""

from starlette.datastructures import Headers
from starlette.types import Scope

READING = ("GET", "HEAD")


def is_own(scope: Scope) -> bool:
    """Whether a page of this server asks; to read, any request that no other page has made will do."""
    headers = Headers(scope=scope)
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None and origin != f"{scope['scheme']}://{headers.get('host', '')}":
        return False
    if scope["method"] in READING:
        return True
    return site == "same-origin" or (site is None and origin is not None)
