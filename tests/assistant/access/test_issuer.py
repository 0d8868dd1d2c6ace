"""Signing in by an OpenID provider, against one in this process: who is believed, and who is not."""

import asyncio
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey
from starlette.requests import Request

from assistant.access.issuer import Issuer, IssuerError, NotSignedInError, Person
from assistant.access.roles import Role
from assistant.handover.keys import KeyFile
from tests.stub_issuer import Answer, Stub, running_issuer

BACK = "https://policy.example/signin/oidc/back"
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"})


@pytest.fixture
def stub() -> Iterator[Stub]:
    with running_issuer() as stub:
        yield stub


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "key")


@pytest.fixture
def issuer(stub: Stub, keys: KeyFile) -> Issuer:
    grants = {"clerks": Role.EDITOR, "boss": Role.ADMIN, "user:ada": Role.ADMIN}
    return Issuer(stub.address, "policyqa", secret="s", claim="realm.groups", grants=grants, keys=keys)


def request(query: str = "") -> Request:
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": []})


def sign_in(issuer: Issuer, stub: Stub, **changed: str) -> tuple[Person, str]:
    """To the issuer and back, with what a test changes of the answer."""

    async def run() -> tuple[Person, str]:
        response, remembered = await issuer.begin(request(), BACK, "/library")
        sent = {name: values[0] for name, values in parse_qs(urlsplit(response.headers["location"]).query).items()}
        stub.nonce = changed.get("nonce", sent["nonce"])
        back = f"code=abc&state={changed.get('state', sent['state'])}"
        return await issuer.end(request(changed.get("query", back)), changed.get("remembered", remembered))

    return asyncio.run(run())


def test_somebody_signs_in_with_the_role_that_the_grants_give(issuer: Issuer, stub: Stub) -> None:
    host = urlsplit(stub.address).netloc
    assert sign_in(issuer, stub) == (Person(f"li@{host}", Role.EDITOR), "/library")
    assert stub.form["code"] == ["abc"]
    assert len(stub.form["code_verifier"][0]) >= 43
    assert stub.asked == ["/.well-known/openid-configuration", "/token", "/jwks"]


def test_the_browser_is_sent_with_state_nonce_and_pkce(issuer: Issuer, stub: Stub) -> None:
    response, _ = asyncio.run(issuer.begin(request(), BACK, ""))
    address = urlsplit(response.headers["location"])
    sent = parse_qs(address.query)
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{stub.address}/auth"
    assert sent["code_challenge_method"] == ["S256"]
    assert sent["redirect_uri"] == [BACK]
    assert {"state", "nonce", "code_challenge"} <= sent.keys()


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"exp": 1},
        {"nonce": "of another sign-in"},
        {"iat": 4_000_000_000, "nbf": 4_000_000_000},
    ],
)
def test_a_token_for_somebody_else_or_too_old_is_not_believed(
    issuer: Issuer, stub: Stub, claims: dict[str, Any]
) -> None:
    stub.claims |= claims
    with pytest.raises(NotSignedInError):
        sign_in(issuer, stub)


def test_a_token_that_somebody_else_has_signed_is_not_believed(issuer: Issuer, stub: Stub) -> None:
    stub.key = OTHER_KEY
    with pytest.raises(NotSignedInError):
        sign_in(issuer, stub)


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "forged"},
        {"remembered": ""},
        {"remembered": "bm8ganNvbg=="},
        {"remembered": "%%%"},
        {"remembered": "票" * 5000},
        {"query": "error=access_denied&state=x"},
        {"query": ""},
    ],
)
def test_an_answer_to_another_browser_or_none_is_not_believed(
    issuer: Issuer, stub: Stub, changed: dict[str, str]
) -> None:
    with pytest.raises(NotSignedInError):
        sign_in(issuer, stub, **changed)


def test_what_a_browser_remembers_can_be_made_up_by_nobody(
    issuer: Issuer, stub: Stub, keys: KeyFile, tmp_path: Path
) -> None:
    """Whoever has got hold of a code knows its state and nonce, and puts a cookie together that holds both."""

    async def run() -> None:
        response, remembered = await issuer.begin(request(), BACK, "/library")
        sent = {name: values[0] for name, values in parse_qs(urlsplit(response.headers["location"]).query).items()}
        stub.nonce = sent["nonce"]
        data = {"redirect_uri": BACK, "nonce": sent["nonce"], "code_verifier": "x" * 48, "url": "x"}
        made_up = json.dumps({"session": {f"_state_issuer_{sent['state']}": {"data": data, "exp": 4e9}}, "then": ""})
        back = request(f"code=abc&state={sent['state']}")
        assert sent["nonce"] not in remembered
        for cookie in (
            urlsafe_b64encode(made_up.encode()).decode(),
            KeyFile(tmp_path / "another").encrypt(made_up),
            remembered[:-2],
            *map(keys.encrypt, ("13800138000", "a note", "[]", '{"session": 1}')),  # what else the key file encrypts
        ):
            with pytest.raises(NotSignedInError, match="state"):
                await issuer.end(back, cookie)
        assert "/token" not in stub.asked

    asyncio.run(run())


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"realm": {"groups": ["x", "boss", "clerks"]}}, Role.ADMIN),
        ({"realm": {"groups": "boss"}}, Role.ADMIN),
        ({"preferred_username": "ada", "realm": {}}, Role.ADMIN),
        ({"preferred_username": "boss", "realm": {}}, None),  # called as a group is
        ({"realm": {"groups": ["admin"]}}, None),
        ({"realm": ["boss"]}, None),
        ({"realm": {"groups": [{"boss": 1}]}}, None),
        ({"realm": None}, None),
    ],
)
def test_whatever_the_claims_are_only_a_grant_gives_a_role(
    issuer: Issuer, stub: Stub, claims: dict[str, Any], role: Role | None
) -> None:
    stub.claims |= claims
    assert sign_in(issuer, stub)[0].role is role


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
def test_nothing_is_asked_of_another_host_than_the_issuers(issuer: Issuer, stub: Stub, name: str) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as other:
        other.socket.settimeout(0)
        stub.metadata[name] = f"http://127.0.0.1:{other.server_port}/x"
        with pytest.raises(IssuerError, match="is not the issuer"):
            sign_in(issuer, stub)
        with pytest.raises(BlockingIOError):
            other.socket.accept()  # nobody has come


def test_another_issuers_word_is_not_taken(issuer: Issuer, stub: Stub) -> None:
    stub.metadata["issuer"] = "https://evil.example"
    with pytest.raises(IssuerError):
        sign_in(issuer, stub)


@pytest.mark.parametrize("broken", [(500, b"{}"), (200, b"<html>"), (200, b"{}"), (200, b"[]")])
def test_an_issuer_that_answers_wrongly_is_said_to(issuer: Issuer, stub: Stub, broken: Answer) -> None:
    stub.broken = broken
    with pytest.raises(IssuerError, match="稍后再试"):
        asyncio.run(issuer.begin(request(), BACK, ""))


def test_an_issuer_that_is_away_is_said_to_be(keys: KeyFile) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
    issuer = Issuer(address, "x", secret=None, claim="groups", grants={}, keys=keys)
    with pytest.raises(IssuerError, match="稍后再试"):
        asyncio.run(issuer.begin(request(), BACK, ""))
