"""How the log is written: a line an event, as text or as JSON, and nothing in it that somebody has typed.

Of an exception a line has its kind and the places it came through, never its message, which may repeat a question.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

from assistant.operations.request import REQUEST_ID

_LOUD = ("httpx", "httpx2", "httpcore", "alembic", "gradio", "markdown_it", "multipart")  # tell too much
REPEATS = re.compile(r"[(<\n]")  # where asyncio begins to repeat the values that a call was made with
_MOST = 4_000  # characters of a message


class JsonLines(logging.Formatter):
    """One JSON object a line, with time, level, logger, message, and the id of the request where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            **({"request": request} if (request := REQUEST_ID.get()) else {}),
            **_fields(record),
            **({"traceback": places} if (places := _places(record)) else {}),
        }
        return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace").decode()


class TextLines(logging.Formatter):
    """The same for people to read; a traceback takes lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(sep=" ", timespec="milliseconds")
        fields = {**_fields(record), **({"request": request} if (request := REQUEST_ID.get()) else {})}
        told = " ".join(f"{name}={value}" for name, value in fields.items())
        line = f"{time} {record.levelname:7} {record.name}: {_message(record)}{' ' if told else ''}{told}"
        places = _places(record)
        return f"{line}\n{places}" if places else line


def set_up_logging(kind: str, level: str) -> None:
    """Write the whole log of this process, uvicorn's lines too, to standard error: `kind` is text or json."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if kind == "json" else TextLines())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)


def without_values(error: BaseException) -> str:
    """What was raised, from where, and because of what: kinds and places, no message."""
    return "\n".join(_told(error, set()))


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and id(cause) not in seen:
        yield from _told(cause, seen)
        yield "→"
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            if id(one) not in seen:
                yield from _told(one, seen)


def _places(record: logging.LogRecord) -> str:
    return without_values(record.exc_info[1]) if record.exc_info and record.exc_info[1] else ""


def _message(record: logging.LogRecord) -> str:
    message = record.getMessage()
    if record.name == "asyncio":
        message = REPEATS.split(message, maxsplit=1)[0].strip()
    return message.replace("\r", " ").replace("\n", " ")[:_MOST]


def _fields(record: logging.LogRecord) -> dict[str, object]:
    found = getattr(record, "fields", None)
    return found if isinstance(found, dict) else {}
