"""All of who may do what, put together from the settings."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_network
from urllib.parse import urlsplit

from assistant.access.accounts import Accounts
from assistant.access.audit import Audit, no_audit
from assistant.access.finding import Finding, ProxyIdentity
from assistant.access.issuer import Issuer
from assistant.access.keys import Keys
from assistant.access.local import is_loopback
from assistant.access.passwords import Bounded, Passwords
from assistant.access.roles import Role
from assistant.access.sessions import Sessions
from assistant.access.signing_in import SigningIn
from assistant.database.database import Database
from assistant.handover.keys import KeyFile
from assistant.settings import PREFIX, Settings
from corpus.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Access:
    """What the Gate and the pages of access work with."""

    accounts: Accounts
    keys: Keys
    sessions: Sessions
    signing_in: SigningIn
    finding: Finding
    bounded: Bounded  # what hashes passwords
    audit: Audit
    issuer: Issuer | None = None


def open_access(settings: Settings, audit: Audit = no_audit, passwords: Passwords | None = None) -> Access:
    """Access by role over the settings' database, which is opened when first needed. Raises SettingsError."""
    database, hashing = Database(settings.state), passwords or Passwords()
    keys = Keys(database, audit)
    idle, longest = timedelta(minutes=settings.session_idle), timedelta(hours=settings.session_hours)
    sessions = Sessions(database, idle=idle, longest=longest)
    return Access(
        Accounts(database, hashing, audit),
        keys,
        sessions,
        SigningIn(database, hashing, audit),
        Finding(keys, sessions, proxy_identity(settings)),
        Bounded(),
        audit,
        _issuer(settings),
    )


def proxy_identity(settings: Settings) -> ProxyIdentity | None:
    """By which headers trusted proxies say who somebody is. Raises SettingsError where anybody could say so."""
    if settings.access_header is None:
        return None
    if not settings.trusted_proxies or any(_is_everybody(one) for one in settings.trusted_proxies):
        raise SettingsError(
            f"设置了 {PREFIX}ACCESS_HEADER，{PREFIX}TRUSTED_PROXIES 就要写明代理的地址，不能是 * 或所有地址，"
            f"否则谁都能自称管理员。With {PREFIX}ACCESS_HEADER set, {PREFIX}TRUSTED_PROXIES must name the addresses of "
            "your proxies and not everybody's, or anybody could call themselves admin."
        )
    return ProxyIdentity(settings.access_header, settings.access_groups_header, _grants(settings))


def _is_everybody(network: str) -> bool:
    return network == "*" or ip_network(network, strict=False).prefixlen == 0


def _issuer(settings: Settings) -> Issuer | None:
    address = settings.oidc_issuer
    if address is None:
        return None
    found = urlsplit(address)
    if found.scheme != "https" and not (found.scheme == "http" and is_loopback(found.hostname or "")):
        raise SettingsError(
            f"{PREFIX}OIDC_ISSUER 要写 https 网址，请改正。{PREFIX}OIDC_ISSUER must be an https address; correct it."
        )
    if settings.oidc_client is None:
        raise SettingsError(
            f"{PREFIX}OIDC_CLIENT 要和 {PREFIX}OIDC_ISSUER 一起设置。{PREFIX}OIDC_CLIENT must be set with the issuer."
        )
    return Issuer(
        address,
        settings.oidc_client,
        secret=settings.oidc_secret,
        claim=settings.oidc_claim,
        grants=_grants(settings),
        keys=KeyFile(settings.keys),
    )


def _grants(settings: Settings) -> dict[str, Role]:
    pairs = (grant.rpartition("=") for grant in settings.access_grants)
    return {name: Role(role) for name, _, role in pairs}
