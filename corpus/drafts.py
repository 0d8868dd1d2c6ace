"""The facts that a text states, as keys of a TOML file: which are used unasked, and which a clerk has to confirm."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import tomlkit

from corpus.facts import Fact, Facts
from corpus.metadata import Metadata

# From here on a fact is used unasked; below, a clerk has to confirm it, because a wrong one misleads everybody who asks
# while a missing one is said to be missing. Over 38 documents of offices, texts alone, 114 of 120 facts at or above
# were right; of the dates below it none was. Places and issuers that only a file's first words, its 文号 or its site
# name come at .5: 12 of 12 were right, and without its place a document is searched for every place.
SURE = 0.7
_SURE = {"jurisdiction": 0.5, "issuer": 0.5}

FIRST_LINE = "# 从文件读出的事实，上一行是依据 · facts read off the file, each below the words it was read from"

Value = str | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """One fact as the text states it, under its key in a TOML file."""

    key: str
    value: Value
    evidence: str
    confidence: float
    start: int | None = None  # of the evidence in the text, where it stands there
    end: int | None = None

    @property
    def is_sure(self) -> bool:
        """Whether it is used unasked."""
        return self.confidence >= _SURE.get(self.key, SURE)


def drafts(facts: Facts) -> tuple[Draft, ...]:
    """The facts in the order of the keys; what a TOML file has no key for is left out."""
    return tuple(_drafts(facts))


def with_drafts(metadata: Metadata, found: tuple[Draft, ...]) -> Metadata:
    """What somebody has written down, and for the rest what the text surely states."""
    left = {draft.key for draft in found if not getattr(metadata, draft.key)} - set(metadata.unknown)
    sure = {draft.key: draft.value for draft in found if draft.is_sure and draft.key in left}
    return replace(metadata, **sure)  # type: ignore[arg-type]


def to_toml(found: tuple[Draft, ...]) -> str:
    """The facts as a TOML file, each below its evidence; those that are not sure are commented out."""
    lines = [FIRST_LINE]
    for draft in found:
        evidence = "".join(character if character.isprintable() else " " for character in draft.evidence)
        lines.append(f"# {draft.confidence:.2f} {' '.join(evidence.split())}")
        entry = f"{draft.key} = {tomlkit.item(_plain(draft.value)).as_string()}"
        lines.append(entry if draft.is_sure else f"# {entry}")
    return "".join(f"{line}\n" for line in lines)


def _drafts(facts: Facts) -> Iterator[Draft]:
    values: dict[str, tuple[Fact[Any] | None, Callable[[Any], Value | None]]] = {
        "title": (facts.title, str),
        "number": (facts.number, str),
        "issuer": (facts.issuer, str),
        "jurisdiction": (facts.places, tuple),
        "issued": (facts.issued, lambda day: day.full),
        "effective": (facts.effective, lambda day: day),
        "expires": (facts.expires, lambda day: day),
        "status": (facts.status, str),
        "audience": (facts.audience, str),
    }
    for key, (fact, cast) in values.items():
        value = cast(fact.value) if fact else None
        if fact and value:
            yield Draft(key, value, fact.evidence, fact.confidence, fact.start, fact.end)
    yield from _replaced(facts)


def _replaced(facts: Facts) -> Iterator[Draft]:
    if facts.repeals:
        first, least = facts.repeals[0], min(facts.repeals, key=lambda fact: fact.confidence)
        evidence = " ".join(dict.fromkeys(fact.evidence for fact in facts.repeals))
        older = tuple(str(fact.value) for fact in facts.repeals)
        yield Draft("replaces", older, evidence, least.confidence, first.start, first.end)


def _plain(value: Value) -> Any:  # noqa: ANN401  (what TOML holds)
    return list(value) if isinstance(value, tuple) else value
