"""Where the pages of access are, and where somebody may be sent once they have signed in."""

from urllib.parse import quote, urlsplit

from starlette.types import Scope

from assistant.access.roles import Role

SIGNIN, SIGNOUT, ACCOUNT, ADMIN = "/signin", "/signout", "/account", "/admin"
OIDC, BACK = f"{SIGNIN}/oidc", f"{SIGNIN}/oidc/back"
_LONGEST = 1000  # characters
_HOME = {Role.AGENT: "/agent", Role.EDITOR: "/library", Role.ADMIN: ADMIN}
_IN_PATHS = "/:@!$&'()*+,;=~"


def own_path(address: str) -> str:
    """An address of this site to go on to, as it stands; empty for any that a browser may take for another site's.

    Browsers drop tabs and line breaks, and read a backslash as a slash, so that only printable ASCII is let through.
    """
    if not address.startswith("/") or address.startswith("//") or len(address) > _LONGEST:
        return ""
    if any(not 33 <= ord(character) <= 126 or character == "\\" for character in address):
        return ""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.path.startswith((SIGNIN, SIGNOUT)):
        return ""
    return address


def asked_address(scope: Scope) -> str:
    """The address that a request asks for, to come back to; without the path under which the site stands."""
    query = scope.get("query_string", b"").decode("latin-1")
    path = quote(scope["path"], safe=_IN_PATHS)
    return own_path(f"{path}?{query}" if query else path)


def home_of(role: Role) -> str:
    """Where somebody of this role works."""
    return _HOME.get(role, "/")
