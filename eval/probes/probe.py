"""A probe: a short talk, and what is expected of each answer in it.

    {"id": "district-01", "kind": "district", "corpus": "shipped", "turns": [
      {"user": "…", "place": "合肥", "expect": {"status": "answered", "cites": ["anhui-2023-4:1.3"]}}]}

`place` is the place chosen on the page at that turn; `page` of a probe is the language of the page, where it is not
that of the question. The names of the checks are those of `eval.probes.checks`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionFileError
from eval.probes.checks import CHECKS

SHIPPED, SECOND = "shipped", "second"
_HAN = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of the user; `expect` holds at least one check."""

    user: str
    expect: Mapping[str, Any]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    id: str
    kind: str
    corpus: str  # "shipped" | "second"
    turns: tuple[Said, ...]
    page: str = ""

    @property
    def page_language(self) -> str:
        """English is asked on the English page, all else on the Chinese one, unless the probe says otherwise."""
        return self.page or ("en" if self.language == "en" else "zh")

    @property
    def language(self) -> str:
        """By letters: zh, en or mixed (two English words beside Chinese are mixed)."""
        said = " ".join(turn.user for turn in self.turns)
        if not _HAN.search(said):
            return "en"
        return "mixed" if len(_WORD.findall(said)) > 1 else "zh"


def read_probes(path: Path) -> tuple[Probe, ...]:
    """The probes of a file, in its order. Raises QuestionFileError with file and line for what cannot be checked."""
    probes: list[Probe] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            probe = _probe(json.loads(line))
            if probe.id in seen:
                raise ValueError(f"the id {probe.id!r} stands in the file already; give each its own")
        except (KeyError, TypeError, ValueError) as error:
            raise QuestionFileError(f"{path}:{number}: {error}.") from error
        seen.add(probe.id)
        probes.append(probe)
    return tuple(probes)


def _probe(row: Mapping[str, Any]) -> Probe:
    turns = tuple(Said(one["user"], one["expect"], one.get("place", "")) for one in row["turns"])
    if row["corpus"] not in (SHIPPED, SECOND):
        raise ValueError(f"the corpus {row['corpus']!r} is not one of {SHIPPED}, {SECOND}")
    if not turns or not all(turn.expect for turn in turns):
        raise ValueError("a turn expects nothing; write a check")
    if unknown := sorted({name for turn in turns for name in _names(turn.expect)} - set(CHECKS)):
        raise ValueError(f"there is no check {unknown[0]!r}; choose from {', '.join(CHECKS)}")
    return Probe(row["id"], row["kind"], row["corpus"], turns, row.get("page", ""))


def _names(expect: Mapping[str, Any]) -> Iterator[str]:
    """The names of the checks, those inside `any_of` too."""
    for name, value in expect.items():
        yield name
        for inner in value if name == "any_of" else ():
            yield from _names(inner)
