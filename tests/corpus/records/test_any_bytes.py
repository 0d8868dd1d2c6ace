"""Whatever bytes a file of records holds, its reader gives records and faults, or one DocumentError with a line."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.load import load_corpus
from corpus.records.channels import read_channels
from corpus.records.departments import read_departments
from corpus.records.events import read_events
from corpus.records.forms import read_form
from corpus.records.guides import read_guide
from corpus.records.hours import read_holidays
from corpus.records.profile import read_profile
from corpus.records.services import possible_conditions
from tests.corpus.records.test_conditions import CONDITIONS, PROFILE, TEXT, profile
from tests.corpus.records.test_families import CHANNELS, DEPARTMENTS, EVENTS, FORM, GUIDE, HOLIDAYS

_PIECES = (
    *(
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!!float ",
        "\n  ",
        "\t",
        "'",
        '"',
        "|",
        "#",
        "nan",
        "null",
        "1e999",
    ),
    *("-1", "true", "2026-11-30", "00:00-24:00", "clause", "ask", "any", "“", "\ufeff", "\x00", "\u2028", "云"),
)
FILES: dict[str, tuple[str, Callable[[bytes, Corpus], Any]]] = {
    "profile": (PROFILE, lambda data, _: read_profile(data, "f")),
    "conditions": (CONDITIONS, lambda data, corpus: possible_conditions(data, "f", "d", corpus, profile())),
    "events": (EVENTS, lambda data, corpus: read_events(data, "f", corpus)),
    "form": (FORM, lambda data, corpus: read_form(data, "f", corpus)),
    "channels": (CHANNELS, lambda data, corpus: read_channels(data, "f", corpus)),
    "holidays": (HOLIDAYS, lambda data, _: read_holidays(data, "f")),
    "guide": (GUIDE, lambda data, corpus: read_guide(data, "f", corpus)),
    "departments": (DEPARTMENTS, lambda data, _: read_departments(data, "f")),
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder: Path = tmp_path_factory.mktemp("stalls")
    (folder / "d.txt").write_text(TEXT, encoding="utf-8")
    return load_corpus(folder)


def read(family: str, data: bytes, corpus: Corpus) -> None:
    """Raises whatever is no DocumentError, and where one names no line."""
    try:
        _, faults = FILES[family][1](data, corpus)
    except DocumentError as error:
        faults = (error,)
    assert all(re.match(r"f:\d+: .", str(fault)) for fault in faults)


@pytest.mark.parametrize("family", FILES)
@given(
    data=st.one_of(st.binary(max_size=80), st.lists(st.sampled_from(_PIECES)).map(lambda one: "".join(one).encode()))
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(corpus: Corpus, family: str, data: bytes) -> None:
    read(family, data, corpus)


@pytest.mark.parametrize("family", FILES)
@given(data=st.data())
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_good_file_with_a_slip_is_read_or_refused(corpus: Corpus, family: str, data: st.DataObject) -> None:
    text = FILES[family][0]
    at = data.draw(st.integers(0, len(text)))
    gone = data.draw(st.integers(0, 8))
    read(family, (text[:at] + data.draw(st.sampled_from(_PIECES)) + text[at + gone :]).encode(), corpus)


@pytest.mark.parametrize("family", FILES)
def test_what_is_no_text_of_this_form_is_told(corpus: Corpus, family: str) -> None:
    for text in ("[" * 3000, "a: &a [*a]", "- &a {b: *a}", "x", "- - - x", "? [a]\n: b"):
        read(family, text.encode(), corpus)
    read(family, FILES[family][0].encode("gb18030"), corpus)
