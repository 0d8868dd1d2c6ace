"""A record is written into a file of records, and all else in the file stays as it is: comments, order, marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from corpus.errors import DocumentError

LISTS = ("ask", "ask_en", "keywords", "not_ask")
TEXTS = ("name", "plain", "title_en", "gist_en")


@dataclass(frozen=True, slots=True)
class RecordLines:
    """What is said of a clause or part: texts that are new or take the place of others, lines that come behind others.

    Nothing is taken away; a line that is there already is not written twice.
    """

    clause: str  # number path, as in `clause:`
    part: str | None = None  # number of the part below it
    texts: Mapping[str, str] = field(default_factory=dict)  # by TEXTS
    lines: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by LISTS


def with_lines(data: bytes | None, change: RecordLines, where: str) -> bytes:
    """The file with the record extended, or with a new one behind the others; None: there is no file yet.

    `where` is the file's name for errors. Raises DocumentError for what is no list of records.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    try:
        records = yaml.load(data) if data and data.strip() else None
    except YAMLError as error:
        problem = str(error).partition("\n")[0]
        raise DocumentError(f"{where}:1: 不是 YAML，请先改正这个文件。not YAML ({problem}); correct the file") from None
    records = [] if records is None else records
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise DocumentError(
            f"{where}:1: 应为一列记录，请先改正这个文件。a list of records is expected; correct the file"
        )
    _extend(_record(records, change), change)
    return _dumped(yaml, records, data or b"")


def _dumped(yaml: YAML, records: list[Any], before: bytes) -> bytes:
    """As the file was indented; in a new one the lines of a record stand two blanks further in than its keys."""
    lines = before.splitlines()
    inner = not before.strip() or any(line.startswith(b"    - ") for line in lines)
    outer = any(line.startswith(b"  - clause:") for line in lines)
    if inner or outer:
        yaml.indent(mapping=2, sequence=4, offset=2)
    written = BytesIO()
    yaml.dump(records, written)
    if outer or not inner:
        return written.getvalue()
    return b"".join(line.removeprefix(b"  ") for line in written.getvalue().splitlines(keepends=True))


def _record(records: list[Any], change: RecordLines) -> dict[str, Any]:
    """The record that is meant; a new one where there is none."""
    record = next((one for one in records if str(one.get("clause")) == change.clause), None)
    if record is None:
        record = {"clause": change.clause}
        records.append(record)
    if change.part is None:
        return record
    parts: dict[Any, Any] = record.setdefault("parts", {})
    key = next((key for key in parts if str(key) == change.part), change.part)
    found: dict[str, Any] = parts.setdefault(key, {})
    return found


def _extend(record: dict[str, Any], change: RecordLines) -> None:
    for name in TEXTS:
        if text := change.texts.get(name, "").strip():
            record[name] = text
    for name in LISTS:
        lines = [line for text in change.lines.get(name, ()) if (line := " ".join(text.split()))]
        if lines or (name != "not_ask" and name not in record):
            held = record.setdefault(name, [])
            held.extend(line for line in dict.fromkeys(lines) if line not in held)
