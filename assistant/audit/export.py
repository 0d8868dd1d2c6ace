"""An export of the audit, read back: so that it can be verified where there is no database."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from assistant.audit.row import Row, canonical
from corpus.errors import InputError


def read_export(file: Path) -> Iterator[Row]:
    """Every row of a file that `policyqa audit export` has written. Raises InputError naming the line."""
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield _row(line, f"{file}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"读不了 {file}，请检查文件。Cannot read it; check the file ({error}).", "file") from error


def _row(line: str, where: str) -> Row:
    try:
        said = json.loads(line)
        return Row(
            number=int(said["number"]),
            time=datetime.fromisoformat(said["time"]),
            event=str(said["event"]),
            by=str(said["by"]),
            what=canonical(said["what"]),
            previous=str(said["previous"]),
            hash=str(said["hash"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{where}：不是审计导出的一行。This is no line of an exported audit.", "file") from error
