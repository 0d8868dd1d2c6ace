"""A run question by question, as `policyqa eval --json` keeps it, so that a later run can be set against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import InputError


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """What became of one question. What answers say is None, or empty, where none was composed."""

    id: str
    question: str
    answerable: bool
    relevant: tuple[str, ...]
    found: tuple[str, ...]  # the first results of the last leg
    legs: Mapping[str, Mapping[str, float]] | None  # leg → measure → value; None of an unanswerable question
    ms: Mapping[str, float]  # search and ask, and of ask the steps understand, retrieve and compose with their total
    status: str | None = None
    reason: str | None = None
    right: bool | None = None  # answered with a right citation; or not answered, where nothing answers
    cited: tuple[str, ...] = ()  # clauses, each once
    confidence: float | None = None
    outcome: Mapping[str, float | None] | None = None  # the fields of `Outcome`


@dataclass(frozen=True, slots=True)
class SavedRun:
    """What a comparison needs of a run; the other keys of the JSON are not looked at."""

    index_version: str
    encoder: str
    results: tuple[AskedQuestion, ...]


_READER = TypeAdapter(SavedRun)


def read_run(path: Path) -> SavedRun:
    """The run of a file that `policyqa eval --json` has printed. Raises InputError naming the file."""
    try:
        return _READER.validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(
            f"{path}: 读不到这次测量的结果（{error.strerror}），请给出 policyqa eval --json 存下的文件。"
            f"cannot be read ({error.strerror}); give a file that `policyqa eval --json` has printed.",
            "against",
        ) from error
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "JSON"
        raise InputError(
            f"{path}: 不是能比较的测量结果（{where}: {fault['msg']}），请用 policyqa eval --json 再测一次。"
            f"no run to compare with ({where}: {fault['msg']}); measure once more with `policyqa eval --json`.",
            "against",
        ) from error
