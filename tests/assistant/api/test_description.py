"""The OpenAPI document is one that generators of clients take as it is: openapi-python-client has no warnings."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from assistant.service import Assistant
from tests.api_app import make_app


@pytest.fixture(scope="module")
def document(assistant: Assistant) -> dict[str, Any]:
    return make_app(assistant).openapi()


def test_every_schema_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    """Generators name classes by the title; two of one title FastAPI tells apart by the modules that they are in."""
    schemas = document["components"]["schemas"]
    assert [name for name in schemas if not name.isalnum()] == []
    assert [title for title, count in Counter(one["title"] for one in schemas.values()).items() if count > 1] == []


def test_every_schema_that_is_named_is_there(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert named <= set(document["components"]["schemas"])
    assert {"Problem", "ErrorBodyOut"} <= named


def test_every_route_says_in_which_form_its_errors_are(document: dict[str, Any]) -> None:
    of_openai = ("/v1/chat/completions", "/v1/models")
    for path, item in document["paths"].items():
        for operation in item.values():
            for status in ("4XX", "5XX"):
                media = ["application/json" if path in of_openai else "application/problem+json"]
                assert list(operation["responses"][status]["content"]) == media, path
