"""An OpenID provider at a port of this machine, for tests of signing in by one."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "one"})
Answer = tuple[int, bytes]


class Stub:
    """An issuer at a port of this machine. `claims` are put into its tokens, `key` signs them."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[str] = []
        self.nonce = ""
        self.claims: dict[str, Any] = {"preferred_username": "li", "realm": {"groups": ["clerks"]}}
        self.key = KEY
        self.form: dict[str, list[str]] = {}
        self.broken: Answer | None = None
        self.metadata: dict[str, Any] = {
            "issuer": address,
            "authorization_endpoint": f"{address}/auth",
            "token_endpoint": f"{address}/token",
            "jwks_uri": f"{address}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }

    def answer(self, path: str, body: bytes) -> Answer:
        self.asked.append(path)
        if self.broken:
            return self.broken
        if path == "/.well-known/openid-configuration":
            return 200, json.dumps(self.metadata).encode()
        if path == "/jwks":
            return 200, json.dumps({"keys": [KEY.as_dict(private=False)]}).encode()
        self.form, now = parse_qs(body.decode()), int(time.time())
        claims = {"iss": self.address, "aud": "policyqa", "sub": "1", "iat": now, "exp": now + 60, "nonce": self.nonce}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims | self.claims, self.key)
        return 200, json.dumps({"access_token": "x", "token_type": "Bearer", "id_token": token}).encode()


@contextmanager
def running_issuer() -> Iterator[Stub]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, answered = stub.answer(self.path, self.rfile.read(int(self.headers.get("content-length", 0))))
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answered)))
            self.end_headers()
            self.wfile.write(answered)

        do_POST = do_GET  # noqa: N815  (as http.server has it)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (as http.server has it)
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        stub = Stub(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield stub
        server.shutdown()
        thread.join()
