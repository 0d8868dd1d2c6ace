"""The facts as a form: a text a fact, as a clerk types it, and the TOML that goes into the library."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import tomlkit

from corpus.drafts import FIRST_LINE
from corpus.drafts import Draft as Stated
from corpus.metadata import Metadata
from ui.library.drafts import Form

KEYS = (
    "title", "number", "issuer", "jurisdiction", "issued", "effective", "expires", "replaces", "replaced_by", "status",
    "audience", "main",
)  # fmt: skip
_LISTS = {"jurisdiction": re.compile(r"[、，,；;\s]+"), "replaces": re.compile(r"\s*[\n；;]\s*")}
_JOINED = {"jurisdiction": "、", "replaces": "\n"}
_DAYS = ("issued", "effective", "expires")
STATUSES = ("现行", "已修改", "废止", "到期", "征求意见稿")
MAINS = ("attachment", "text")
_MOST = 2000  # characters of one fact
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_KNOWN = {one.name for one in fields(Metadata)}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fact that cannot be as typed; `reason` is the last word of a message's key."""

    key: str
    reason: str


def as_text(key: str, value: object) -> str:
    """A fact as the form shows it: places on one line, older texts one a line."""
    if isinstance(value, tuple | list):
        return _JOINED[key].join(value)
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def first_form(metadata: Metadata, stated: tuple[Stated, ...]) -> Form:
    """What the form holds before anything is typed: what is written down, else what the text surely states."""
    used = [one for one in stated if one.is_sure and one.key not in metadata.unknown]
    sure = {one.key: as_text(one.key, one.value) for one in used}
    written = {key: as_text(key, getattr(metadata, key, None)) for key in KEYS}
    values = {key: written[key] or sure.get(key, "") for key in KEYS}
    return Form(values, tuple(key for key in KEYS if written[key] or key in metadata.unknown))


def mistakes(form: Form) -> list[Mistake]:
    """What cannot be taken as it was typed."""
    return [one for key in KEYS if (one := _mistake(key, form.values.get(key, "")))]


def emptied(form: Form, stated: tuple[Stated, ...] = ()) -> list[str]:
    """The facts that the clerk has left empty, though the text seems to state them, or has checked to be unknown."""
    read = {one.key for one in stated if one.is_sure}
    return [
        key for key in KEYS
        if key != "main" and not form.values.get(key, "").strip() and (key in read or key in form.checked)
    ]  # fmt: skip


def to_facts(form: Form, kept: Metadata, stated: tuple[Stated, ...] = ()) -> str:
    """The content of the .toml: what the form holds, what `kept` knows besides; each with the words it was read from.

    What cannot be taken as it was typed is left out.
    """
    evidence = {one.key: one for one in stated}
    lines = [FIRST_LINE]
    for key, value in _values(form, kept):
        if key in evidence and as_text(key, evidence[key].value) == as_text(key, value):
            lines.append(f"# {evidence[key].confidence:.2f} {_on_one_line(evidence[key].evidence)}")
        lines.append(f"{key} = {tomlkit.item(value).as_string()}")
    if unknown := [*emptied(form, stated), *(key for key in kept.unknown if key not in KEYS)]:
        lines.append(f"unknown = {tomlkit.item(unknown).as_string()}")
    return "".join(f"{line}\n" for line in lines)


def _values(form: Form, kept: Metadata) -> Iterator[tuple[str, Any]]:
    for key in KEYS:
        text = _CONTROLS.sub("", form.values.get(key, "")).strip()
        value = _value(key, text) if text and not _mistake(key, text) else None
        if value and key in _KNOWN:
            yield key, value
    for key in sorted(_KNOWN - {*KEYS, "unknown"}):
        if value := getattr(kept, key):
            yield key, value


def _mistake(key: str, text: str) -> Mistake | None:
    text = text.strip()
    if len(text) > _MOST:
        return Mistake(key, "long")
    if key in _DAYS and text and _value(key, text) is None:
        return Mistake(key, "day")
    if key == "main" and text not in ("", *MAINS):
        return Mistake(key, "main")
    return None


def _value(key: str, text: str) -> Any:  # noqa: ANN401  (what TOML holds)
    if key in _LISTS:
        return list(filter(None, _LISTS[key].split(text)))
    if key not in _DAYS:
        return _on_one_line(text)
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
