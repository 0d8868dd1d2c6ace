"""Files on their way into the library, kept on disk until they are taken in, so that a restart loses nothing.

A draft is a folder named by chance:

    content      the bytes of the file
    draft.json   its name, and when it came; the name is never a path
    form.json    what the clerk has typed so far
    facts.toml, records.yaml, conditions.yaml   what stood beside a document of the library that is being corrected
    brief.json   what a list shows of it
    read/        what the reader found in it
"""

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import InputError, NotFoundError
from corpus.readers.cache import SourceCache

_ID = re.compile(r"[0-9a-f]{32}")
_NEW = ".new-"
_DAY = 86_400  # seconds
_MEGABYTE = 1_000_000


class DraftsFullError(Exception):
    """There are as many drafts as are kept."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the clerk has typed: a text a fact, and which facts have been checked."""

    values: dict[str, str] = field(default_factory=dict)
    checked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One file with what belongs to it. Nothing is read before it is asked for."""

    folder: Path
    name: str
    received: float  # seconds since the epoch

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def data(self) -> bytes:
        return (self.folder / "content").read_bytes()

    @property
    def form(self) -> Form | None:
        """None before anything has been typed."""
        table = _json(self.folder / "form.json")
        return Form(table["values"], tuple(table["checked"])) if table else None

    @property
    def brief(self) -> dict[str, Any] | None:
        """What a list shows of it, as it was last looked at; None before that."""
        return _json(self.folder / "brief.json")

    @property
    def facts(self) -> str | None:
        path = self.folder / "facts.toml"
        return path.read_text(encoding="utf-8") if path.exists() else None

    @property
    def records(self) -> bytes | None:
        path = self.folder / "records.yaml"
        return path.read_bytes() if path.exists() else None

    @property
    def conditions(self) -> bytes | None:
        path = self.folder / "conditions.yaml"
        return path.read_bytes() if path.exists() else None

    @property
    def kept(self) -> SourceCache:
        """What was read from the file."""
        return SourceCache(self.folder / "read")


class Drafts:
    """The drafts in a folder: at most `most`, of `most_bytes` together, none older than `days`."""

    def __init__(
        self,
        folder: Path,
        *,
        most: int = 300,
        most_bytes: int = 3_000 * _MEGABYTE,
        days: int = 30,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._most = most
        self._most_bytes = most_bytes
        self._seconds = days * _DAY
        self._now = now

    def all(self) -> list[Draft]:
        """The oldest first. Those that are too old, or were never written to their end, are removed."""
        if not self._folder.is_dir():
            return []
        drafts = []
        for folder in self._folder.iterdir():
            draft = _draft(folder)
            if draft is None or self._now() - _touched(folder) > self._seconds:
                if draft or folder.name.startswith(_NEW):
                    shutil.rmtree(folder, ignore_errors=True)
                continue
            drafts.append(draft)
        return sorted(drafts, key=lambda one: (one.received, one.id))

    def get(self, id_: str) -> Draft:
        """Raises NotFoundError."""
        draft = _draft(self._folder / id_) if _ID.fullmatch(id_) else None
        if draft is None:
            raise NotFoundError(
                "没有这份待入库的文件，可能已经入库、放弃或过期；请回到文件库页面。"
                "There is no such draft: it was taken in, put aside, or too old; go back to the library.",
                "draft",
            )
        return draft

    def put(
        self,
        name: str,
        data: bytes,
        facts: str | None = None,
        records: bytes | None = None,
        conditions: bytes | None = None,
    ) -> Draft:
        """Keep a file; one that is the same as an earlier one, with the same beside it, is that one.

        Raises DraftsFullError, InputError where nothing can be written.
        """
        drafts = self.all()
        beside = (facts, records, conditions)
        if same := next((one for one in drafts if _is_same(one, name, data, beside)), None):
            return same
        if len(drafts) >= self._most or sum(_size(one.folder) for one in drafts) + len(data) > self._most_bytes:
            raise DraftsFullError(
                f"待入库的文件最多 {self._most} 份、共 {self._most_bytes // _MEGABYTE} MB，请先入库或放弃一些。"
                f"At most {self._most} drafts of {self._most_bytes // _MEGABYTE} MB together are kept; take some into "
                "the library, or put them aside."
            )
        id_ = secrets.token_hex(16)
        new = self._folder / f"{_NEW}{id_}"
        try:
            new.mkdir(parents=True)
            (new / "content").write_bytes(data)
            if facts is not None:
                (new / "facts.toml").write_text(facts, encoding="utf-8")
            if records is not None:
                (new / "records.yaml").write_bytes(records)
            if conditions is not None:
                (new / "conditions.yaml").write_bytes(conditions)
            _write_json(new / "draft.json", {"name": name, "received": self._now()})
            new.rename(self._folder / id_)
        except OSError as error:
            shutil.rmtree(new, ignore_errors=True)
            raise _unwritable(error) from error
        return self.get(id_)

    def save_form(self, draft: Draft, form: Form) -> None:
        """Keep what was typed, in place of what was. Raises InputError where nothing can be written."""
        try:
            _write_json(draft.folder / "form.json", {"values": form.values, "checked": form.checked})
        except OSError as error:
            raise _unwritable(error) from error

    def save_brief(self, draft: Draft, brief: dict[str, Any]) -> None:
        """Keep what a list shows of it, so that a list need not read it again; best effort."""
        with suppress(OSError):
            _write_json(draft.folder / "brief.json", brief)

    def remove(self, draft: Draft) -> None:
        shutil.rmtree(draft.folder, ignore_errors=True)


def _draft(folder: Path) -> Draft | None:
    table = _json(folder / "draft.json") if _ID.fullmatch(folder.name) else None
    return Draft(folder, table["name"], table["received"]) if table else None


def _is_same(draft: Draft, name: str, data: bytes, beside: tuple[str | None, bytes | None, bytes | None]) -> bool:
    if draft.name != name or (draft.folder / "content").stat().st_size != len(data):
        return False
    return (draft.data, draft.facts, draft.records, draft.conditions) == (data, *beside)


def _json(path: Path) -> dict[str, Any] | None:
    try:
        table = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return table if isinstance(table, dict) else None


def _write_json(path: Path, table: dict[str, Any]) -> None:
    """In one step: whoever reads sees the old or the new."""
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(json.dumps(table, ensure_ascii=False).encode("utf-8", "replace"))
    new.replace(path)


def _touched(folder: Path) -> float:
    """When something of it was last written."""
    return max((path.stat().st_mtime for path in folder.iterdir()), default=0.0)


def _size(folder: Path) -> int:
    return sum(os.path.getsize(path) for path in folder.iterdir() if path.is_file())  # noqa: PTH202  (fewer calls)


def _unwritable(error: OSError) -> InputError:
    return InputError(
        f"无法保存（{error.strerror}），请腾出磁盘空间后再试。Cannot be kept ({error.strerror}); make room on the disk."
    )
