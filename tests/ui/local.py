"""A browser at the machine itself, which in open access may do everything."""

from fastapi.testclient import TestClient
from starlette.types import ASGIApp

HERE = "http://127.0.0.1:8000"


def local_client(site: ASGIApp) -> TestClient:
    """A client whose requests are those of a page of the site; the site must listen locally."""
    headers = {"origin": HERE, "sec-fetch-site": "same-origin"}
    return TestClient(site, HERE, client=("127.0.0.1", 50_000), headers=headers)
