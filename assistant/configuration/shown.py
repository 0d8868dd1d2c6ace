"""The settings for people to read: name, the value that holds, and where it comes from; no secret."""

from dataclasses import Field, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting."""

    name: str  # POLICYQA_LIMIT
    value: str  # "" where nothing is set and nothing is the default
    place: str  # see assistant.configuration.sources


def shown(field: Field[Any], value: object) -> str:
    """A value as it may be seen: of a secret nothing, of an address that may hold a password its host alone."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if field.repr or isinstance(value, Path):
        return str(value)
    return _without_password(str(value))


def _without_password(value: str) -> str:
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        return HIDDEN
    if not (parts.scheme and host and "://" in value):
        return HIDDEN
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}/{HIDDEN}"
