"""Profiles that somebody has labelled, read and set beside what the matcher says.

A line of the file: `{"id": "p-01", "answers": {"kind": "企业", "matter": ["出口货物"]}, "jurisdiction": "哈尔滨",
"labels": {"harbin-66:29": "may", …}}`. A label is `applies`, `may` or `not`, of a clause or of a part. Of a clause that
has records for its parts alone the best one counts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.matching.answers import Answers, read_answers
from assistant.matching.matcher import Matcher
from assistant.matching.place import read_places
from assistant.matching.verdict import Applicability
from corpus.errors import InputError, QuestionFileError

_FIELDS = {"id", "answers", "jurisdiction", "as_of", "labels"}
_BEST = (Applicability.APPLIES, Applicability.MAY, Applicability.NOT)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A profile with what somebody says of the clauses."""

    id: str
    answers: Answers
    places: tuple[str, ...]
    as_of: date | None
    labels: Mapping[str, Applicability]


@dataclass(frozen=True, slots=True)
class Judged:
    """One label beside what the matcher says; None: it has nothing on that clause."""

    profile: str
    clause: str
    label: Applicability
    said: Applicability | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How far the two agree. F1 is 0 where neither side gives the verdict."""

    labels: int
    f1_applies: float
    f1_not: float
    agreement: float
    differing: tuple[Judged, ...]


def read_labelled(path: Path, matcher: Matcher) -> list[Labelled]:
    """The profiles of a file. Raises QuestionFileError that names file and line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        message = f"{path}: 读不出来，请检查路径和编码。cannot be read ({error}); check path and encoding"
        raise QuestionFileError(message) from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_labelled(line, matcher))
            except (ValueError, InputError) as error:
                raise QuestionFileError(f"{path}:{number}: {error}") from error
    return found


def judge(profiles: Sequence[Labelled], matcher: Matcher) -> list[Judged]:
    """Every label beside what is said."""
    found = []
    for one in profiles:
        said = _said(matcher, one)
        found += [Judged(one.id, id_, label, said.get(id_)) for id_, label in one.labels.items()]
    return found


def figures(judged: Sequence[Judged]) -> Figures:
    """The figures over all labels."""
    differing = tuple(one for one in judged if one.label is not one.said)
    agreement = 1 - len(differing) / len(judged) if judged else 0.0
    return Figures(
        len(judged), _f1(judged, Applicability.APPLIES), _f1(judged, Applicability.NOT), agreement, differing
    )


def _said(matcher: Matcher, one: Labelled) -> dict[str, Applicability]:
    entries = matcher.match(one.answers, one.places, one.as_of, ask=False).entries
    found = {entry.record.id: entry.verdict for entry in entries}
    by_clause: dict[str, list[Applicability]] = {}
    for entry in entries:
        by_clause.setdefault(entry.clause.id, []).append(entry.verdict)
    return {id_: min(verdicts, key=_BEST.index) for id_, verdicts in by_clause.items()} | found


def _f1(judged: Sequence[Judged], verdict: Applicability) -> float:
    both = sum(one.label is one.said is verdict for one in judged)
    either = sum(one.label is verdict for one in judged) + sum(one.said is verdict for one in judged)
    return 2 * both / either if either else 0.0


def _labelled(line: str, matcher: Matcher) -> Labelled:
    entry = json.loads(line)
    if not isinstance(entry, dict) or not {"id", "answers", "labels"} <= entry.keys() <= _FIELDS:
        raise ValueError("an object with id, answers and labels is expected; jurisdiction, as_of may be there")
    given, day = entry.get("jurisdiction") or [], entry.get("as_of")
    return Labelled(
        str(entry["id"]),
        read_answers(entry["answers"], matcher.profile, "answers."),
        read_places([given] if isinstance(given, str) else given, matcher.corpus.places),
        date.fromisoformat(day) if day else None,
        {id_: Applicability(label) for id_, label in entry["labels"].items()},
    )
