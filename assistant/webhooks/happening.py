"""What another system is told of: a kind, when it happened, numbers, ids, titles and links; never what was asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What has happened; as `type` in the body of a webhook."""

    PUBLISHED = "generation.published"  # another generation is in service
    GAP_OPENED = "gap.opened"  # something is asked that the documents do not answer
    CALLBACK_DUE = "callback.due"  # somebody waits for a call that was promised


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that has happened, once. `key` tells it from every other; the same is never told twice."""

    kind: Kind
    key: str
    time: datetime  # with its time zone
    data: Mapping[str, Any]


# Everything of one kind that has happened since a moment, told or not. Raises DatabaseError, OSError.
Source = Callable[[datetime], Iterable[Happening]]
Link = Callable[[str], str | None]  # the whole address of a path of the site; None where no public address is set


def links_to(public_url: str | None) -> Link:
    """Whole addresses under the public one."""
    return lambda path: f"{public_url.rstrip('/')}{path}" if public_url else None
