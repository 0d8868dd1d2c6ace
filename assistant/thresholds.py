"""The thresholds of `thresholds.toml` by name."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Each field is an entry of the file, which says what it decides and what it was chosen on."""

    stands_alone: float
    stands_alone_margin: float
    second_place: float
    depends_on_history: float
    equally_good: float
    side_by_side: float
    near_elsewhere: float
    off_topic: float
    nearest_named: float
    clearly_elsewhere: float
    evidence_margin: float
    stated_nearest: float
    related_question: float
    console_row: float
    on_matter: float
    on_matter_nearness: float
    on_matter_words: float
    on_matter_chapter: float
    matter_beside: float
    place_beside: float
    field_guess: float


@cache
def thresholds_table() -> Mapping[str, Mapping[str, Any]]:
    """The file as it stands: by name `value`, `meaning`, `chosen_on` and `figure`."""
    text = resources.files("assistant").joinpath("thresholds.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def load_thresholds() -> Thresholds:
    """The shipped values."""
    table = thresholds_table()
    return Thresholds(**{field.name: float(table[field.name]["value"]) for field in fields(Thresholds)})
