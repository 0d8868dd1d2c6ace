import pytest

from assistant.operations.proxies import TrustedProxies
from tests.assistant.operations.asgi import Recorder, exchange, request

FORWARDED = {
    "Host": "backend:8000",
    "X-Forwarded-For": "198.51.100.4, 10.0.0.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "policy.example.com",
    "X-Forwarded-Prefix": "/x",
    "Forwarded": "for=198.51.100.4",
}


def _seen(proxies: tuple[str, ...], client: str) -> tuple[str, str, dict[bytes, bytes]]:
    app = Recorder()
    exchange(TrustedProxies(app, proxies), request(headers=FORWARDED, client=client))
    (scope,) = app.scopes
    return scope["client"][0], scope["scheme"], dict(scope["headers"])


@pytest.mark.parametrize("proxies", [(), ("10.0.0.8",), ("10.1.0.0/16",)])
def test_a_stranger_is_who_connects_whatever_is_forwarded(proxies: tuple[str, ...]) -> None:
    assert _seen(proxies, "10.0.0.9") == ("10.0.0.9", "http", {b"host": b"backend:8000"})


@pytest.mark.parametrize("proxies", [("10.0.0.9",), ("192.0.2.1", "10.0.0.0/8")])
def test_a_trusted_proxy_says_who_asks_by_what_scheme_and_of_which_host(proxies: tuple[str, ...]) -> None:
    assert _seen(proxies, "10.0.0.9") == ("198.51.100.4", "https", {b"host": b"policy.example.com"})


def test_whoever_connects_is_believed_where_that_is_asked_for() -> None:
    assert _seen(("*",), "203.0.113.1")[0] == "198.51.100.4"
