"""Signing in by an OpenID provider (OIDC): discovery, authorization code with PKCE, state and nonce; by authlib.

What a sign-in under way has to remember lies in a cookie of the browser that began it, for ten minutes, encrypted under
the key file: whoever has got hold of a code cannot make up what belongs to it, even at an issuer that does not look at
PKCE. The server keeps nothing of strangers. No request goes anywhere but to the issuer's own host. Needs
policyqa[oidc].
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse

from assistant.access.granted import granted
from assistant.access.roles import Role
from assistant.handover.keys import KeyFile
from corpus.errors import SettingsError

COOKIE, SECONDS = "policyqa_signing_in", 600
_SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_LONGEST_COOKIE = 3000  # characters; a browser keeps 4096 bytes
_TIMEOUT = 10  # seconds


class IssuerError(Exception):
    """The issuer is away, or what it says cannot be believed."""


class NotSignedInError(Exception):
    """It did not come to a sign-in: refused there, another browser, too late, or a forged answer."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who has signed in at the issuer. `name` cannot be that of an account: it ends in @host."""

    name: str
    role: Role | None  # None: nothing is granted to them


class Issuer:
    """An OpenID provider as a client of it sees it."""

    def __init__(
        self,
        address: str,
        client: str,
        *,
        secret: str | None,
        claim: str,
        grants: Mapping[str, Role],
        keys: KeyFile,
    ) -> None:
        """`keys` encrypt what browsers remember. Raises SettingsError where authlib is not installed."""
        try:
            from authlib.integrations.starlette_client import OAuth  # noqa: PLC0415  (an extra)
        except ImportError as error:
            raise SettingsError(
                "POLICYQA_OIDC_ISSUER 需要安装 policyqa[oidc]。"
                "POLICYQA_OIDC_ISSUER needs policyqa[oidc] to be installed."
            ) from error
        self._host = urlsplit(address)
        self._claim = claim
        self._grants = grants
        self._keys = keys
        kwargs: dict[str, Any] = {
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "timeout": _TIMEOUT,
            "trust_env": False,
            "event_hooks": {"request": [self._only_there]},
        }
        self._client: Any = OAuth().register(
            "issuer",
            server_metadata_url=f"{address.rstrip('/')}/.well-known/openid-configuration",
            client_id=client,
            client_secret=secret,
            client_kwargs=kwargs,
        )

    async def begin(self, request: Request, back: str, then: str) -> tuple[RedirectResponse, str]:
        """Where to send the browser, and what it must remember. `back`: the address to which it returns.

        Raises IssuerError, and SettingsError where there is no key file and none can be made.
        """
        session: dict[str, Any] = {}
        request.scope["session"] = session
        try:
            await self._metadata()
            response: RedirectResponse = await self._client.authorize_redirect(request, back)
        except Exception as error:
            raise _away(error) from error
        return response, self._keys.encrypt(json.dumps({"session": session, "then": then}))

    async def end(self, request: Request, remembered: str) -> tuple[Person, str]:
        """Who has signed in, and where they wanted to go. Raises NotSignedInError, IssuerError."""
        from authlib.integrations.starlette_client import OAuthError  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415

        kept = _remembered(self._keys.decrypt(remembered[:_LONGEST_COOKIE].encode("ascii", "replace").decode()))
        request.scope["session"] = kept.get("session", {})
        if f"_state_issuer_{request.query_params.get('state')}" not in request.scope["session"]:
            raise NotSignedInError("state")
        try:
            await self._metadata()
            token = await self._client.authorize_access_token(request)
        except (OAuthError, JoseError, ValueError) as error:
            raise NotSignedInError(type(error).__name__) from error
        except Exception as error:
            raise _away(error) from error
        claims = token.get("userinfo")
        if not claims:  # nothing signed came, or nothing for this sign-in
            raise NotSignedInError("id_token")
        return self._person(claims), str(kept.get("then", ""))

    def _person(self, claims: Mapping[str, Any]) -> Person:
        called = str(claims.get("preferred_username") or claims.get("email") or claims["sub"])
        called = "".join(character for character in called if character.isprintable())[:60]
        found: Any = claims
        for step in self._claim.split("."):  # realm_access.roles
            found = found.get(step) if isinstance(found, Mapping) else None
        groups = [found] if isinstance(found, str) else [one for one in found or () if isinstance(one, str)]
        return Person(f"{called}@{self._host.netloc}", granted(self._grants, called, groups))

    async def _metadata(self) -> None:
        """What the issuer says of itself, asked once. Only signatures by a key that it alone has are taken."""
        metadata = await self._client.load_server_metadata()
        if str(metadata.get("issuer", "")).rstrip("/") != self._host.geturl().rstrip("/"):
            raise IssuerError("issuer")
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [one for one in offered if one in _SIGNED]

    async def _only_there(self, request: Any) -> None:  # noqa: ANN401  (of httpx, or of what authlib has in its place)
        if (request.url.scheme, request.url.netloc.decode()) != (self._host.scheme, self._host.netloc):
            raise IssuerError(f"{request.url.host} is not the issuer")


def _away(error: Exception) -> IssuerError:
    return IssuerError(
        "登录服务（POLICYQA_OIDC_ISSUER）连不上或答复有误，请稍后再试，或用账号和密码登录。"
        f"The issuer cannot be reached or answers wrongly ({type(error).__name__}: {error}); try again later."
    )


def _remembered(text: str | None) -> dict[str, Any]:
    """What `begin` has the browser remember; the key file encrypts other things too, which are nothing here."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("session"), dict) else {}
