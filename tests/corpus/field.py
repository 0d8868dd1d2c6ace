"""Real documents of offices, as received and as text, where they lie beside the project; none of them is kept here."""

import json
from functools import cache
from pathlib import Path

import pytest

from corpus.readers.registry import read_source
from corpus.readers.source import Source

FIELD = Path(__file__).parents[3] / "shared" / "field"
needs_field = pytest.mark.skipif(not FIELD.is_dir(), reason="the documents are not beside the project")


def rows() -> list[dict[str, str | None]]:
    """The facts of each document as a person read them."""
    return [json.loads(line) for line in (FIELD / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


@cache  # scans and pictures take a minute
def received(path: Path) -> Source:
    """What a reader makes of a file."""
    return read_source(path.read_bytes(), path.name)
