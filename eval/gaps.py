"""How well gaps are put together: `python -m eval.gaps [--show]` prints B³ over eval/questions/gaps.jsonl.

300 questions in 40 labelled clusters, which no threshold is chosen on; the held-out ones are not among them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from assistant.gaps.clustering import Groups
from eval.measures.clusters import BCubed, b_cubed
from index.encoder.encoder import load_encoder
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader

QUESTIONS = Path(__file__).parent / "questions" / "gaps.jsonl"


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """A labelled question; `clause` is the one of eval/gaps_library that speaks of it, `held_out` a paraphrase."""

    id: str
    question: str
    cluster: str
    clause: str | None = None
    held_out: bool = False


def read_gap_questions(path: Path = QUESTIONS) -> list[GapQuestion]:
    """In file order."""
    return [GapQuestion(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def measure(questions: list[GapQuestion], reader: QueryReader) -> tuple[BCubed, Mapping[int, list[GapQuestion]]]:
    """B³ of the questions as they are grouped all at once, and the groups."""
    found = Groups().add(reader.read([one.question for one in questions]))
    groups: dict[int, list[GapQuestion]] = {}
    for one, group in zip(questions, found, strict=True):
        groups.setdefault(group, []).append(one)
    return b_cubed([one.cluster for one in questions], found), groups


def main(show: Annotated[bool, typer.Option(help="print the groups")] = False) -> None:
    """Print B³ precision, recall and F1."""
    questions = [one for one in read_gap_questions() if not one.held_out]
    figures, groups = measure(questions, QueryReader(load_encoder(), load_lexicon()))
    if show:
        for group in groups.values():
            print("\n".join(f"{one.cluster:12} {one.question}" for one in group), end="\n\n")
    labels = len({one.cluster for one in questions})
    print(f"questions {len(questions)}  labelled {labels}  found {len(groups)}")
    print(f"B³ precision {figures.precision:.3f}  recall {figures.recall:.3f}  F1 {figures.f1:.3f}")


if __name__ == "__main__":
    typer.run(main)
