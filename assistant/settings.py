"""The settings, read from `POLICYQA_*` once, at the edge; below it, plain arguments."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from corpus.errors import SettingsError

PREFIX = "POLICYQA_"
_SWITCH = {"on": True, "off": False, "true": True, "false": False, "1": True, "0": False}
_URL = re.compile(r"[a-z][a-z0-9+]+:")  # what a slip makes of "://" is no file name either: it may hold a password
_DATA = Path("~/.local/share/policyqa")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default. The environment name is the field's, in capitals, after `POLICYQA_`."""

    index: Path = _DATA / "index"  # where the index lives
    corpus: Path | None = None  # a folder of .txt and .toml files; None = the shipped documents
    encoder: str | None = None  # a sentence-transformers folder or hub name; None = the shipped model
    plain: bool = True  # whether the plain-language records are looked at
    # A SQLite file, a database URL, or None: nothing is kept. Not in the repr, for a URL may hold a password.
    feedback: Path | str | None = field(default=_DATA / "feedback.sqlite3", repr=False)
    feedback_days: int = 180  # how long questions and verdicts are kept; 0 = for ever
    threshold: float = 0.5  # confidence below which the assistant says no_answer, 0..1
    limit: int = 5  # hits and related clauses returned when the caller does not say
    max_limit: int = 100  # most that a caller may ask for
    max_question: int = 2000  # characters
    max_history: int = 20  # turns
    max_body: int = 65_536  # bytes of an HTTP request

    def __post_init__(self) -> None:
        for name in ("index", "corpus", "feedback"):
            if isinstance(path := getattr(self, name), Path):
                object.__setattr__(self, name, path.expanduser())
        if self.encoder and self.encoder.startswith("~"):
            object.__setattr__(self, "encoder", str(Path(self.encoder).expanduser()))
        if not 0 <= self.threshold <= 1:
            raise SettingsError(f"{PREFIX}THRESHOLD is {self.threshold}; give a number from 0 to 1")
        for name in ("limit", "max_limit", "max_question", "max_history", "max_body"):
            if getattr(self, name) < 1:
                raise SettingsError(f"{PREFIX}{name.upper()} is {getattr(self, name)}; give a whole number from 1 up")
        if not 0 <= self.feedback_days <= 36_500:
            raise SettingsError(
                f"{PREFIX}FEEDBACK_DAYS is {self.feedback_days}; give days, at most 36500, or 0 to keep for ever"
            )
        if self.limit > self.max_limit:
            raise SettingsError(f"{PREFIX}LIMIT is above {PREFIX}MAX_LIMIT ({self.max_limit}); lower it")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read `POLICYQA_*`. Raises SettingsError for an unknown name or a bad value; an empty value is the default."""
        environment = os.environ if environment is None else environment
        given = {k.removeprefix(PREFIX): v for k, v in environment.items() if k.startswith(PREFIX)}
        known = {one.name.upper(): one for one in fields(cls)}
        unknown = sorted(set(given) - set(known))
        if unknown:
            raise SettingsError(
                f"unknown setting {PREFIX}{unknown[0]}; known are {', '.join(PREFIX + k for k in known)}"
            )
        values: dict[str, Any] = {known[k].name: _convert(k, known[k].type, v) for k, v in given.items() if v}
        return cls(**values)


def _convert(name: str, kind: object, value: str) -> Path | str | float | int | bool | None:
    if kind in (Path, Path | None):
        return Path(value)
    if kind == Path | str | None:
        off = _SWITCH.get(value.lower()) is False
        return None if off else value if _URL.match(value) else Path(value)
    if kind in (int, float):
        try:
            return int(value) if kind is int else float(value)
        except ValueError as error:
            wanted = "a whole number" if kind is int else "a number"
            raise SettingsError(f"{PREFIX}{name} is {value!r}; give {wanted}") from error
    if kind is bool:
        if value.lower() not in _SWITCH:
            raise SettingsError(f"{PREFIX}{name} is {value!r}; give on or off")
        return _SWITCH[value.lower()]
    return value
