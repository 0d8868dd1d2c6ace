"""What schemathesis says is read; which routes it is given stands in test_roles.py."""

import pytest

from corpus.errors import InputError
from tests.ui.cases import Cases, read_summary

SAID = """
=================================== FAILURES ===================================
_________________________________ GET /v1/gaps _________________________________
1. Test Case ID: ByPtDq

- Server error

- Undocumented HTTP status code

    Received: 503

____________________________ POST /v1/gaps/{id}/keep ___________________________
1. Test Case ID: x

- Server error

[500] Internal Server Error:

    `no body`

Reproduce with:

    curl -X POST http://127.0.0.1:8000/v1/gaps/0/keep

=================================== SUMMARY ====================================
  Tested: 20

Test cases:
  1248 generated, 1246 passed, 2 failed
"""


def test_every_failure_is_told_with_its_route() -> None:
    failures = [
        "GET /v1/gaps: Server error",
        "GET /v1/gaps: Undocumented HTTP status code",
        "POST /v1/gaps/{id}/keep: Server error [500] Internal Server Error: "
        "curl -X POST http://127.0.0.1:8000/v1/gaps/0/keep",
    ]
    assert read_summary(SAID) == Cases(20, 1248, failures)


def test_a_run_that_did_not_end_is_no_success() -> None:
    with pytest.raises(InputError, match="did not run to its end"):
        read_summary("Usage: schemathesis run")
