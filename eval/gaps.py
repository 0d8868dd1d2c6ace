"""How well gaps are put together, and what curating them brings: `python -m eval.gaps [--show] [--curate]`.

Prints B³ over eval/questions/gaps.jsonl: 300 questions in 40 labelled clusters, which no threshold is chosen on, all at
once and as they arrive. With `--curate` the gaps of 20 matters are curated, published and asked again, and so are 60
held-out paraphrases, the questions that no document answers, and every fourth saved question; minutes.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from assistant.answer import Answer, Reason, Status, Understood
from assistant.feedback.store import FeedbackStore
from assistant.gaps.book import GapBook
from assistant.gaps.clustering import Groups
from eval.curation import curate
from eval.gap_questions import GapQuestion, read_gap_questions
from eval.measures.clusters import BCubed, b_cubed
from eval.questions.saved import SavedQuestions
from index.encoder.encoder import load_encoder
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader

ARRIVING = 50  # questions between two looks
EVERY = 4  # which of the shipped saved questions are asked


def measure(questions: list[GapQuestion], reader: QueryReader) -> tuple[BCubed, Mapping[int, list[GapQuestion]]]:
    """B³ of the questions as they are grouped all at once, and the groups."""
    found = Groups().add(reader.read([one.question for one in questions]))
    groups: dict[int, list[GapQuestion]] = {}
    for one, group in zip(questions, found, strict=True):
        groups.setdefault(group, []).append(one)
    return b_cubed([one.cluster for one in questions], found), groups


def arriving(questions: Sequence[GapQuestion], reader: QueryReader) -> BCubed:
    """B³ of the same where they are refused in an order of chance, with a look at the gaps after every `ARRIVING`."""
    order = list(questions)
    Random(0).shuffle(order)
    with TemporaryDirectory() as folder, FeedbackStore(Path(folder) / "kept.sqlite3") as store:
        assert store.database is not None
        book = GapBook(store.database, now=lambda: datetime.now(UTC))
        for start in range(0, len(order), ARRIVING):
            for one in order[start : start + ARRIVING]:
                store.record(_refused(one))
            book.refresh(lambda texts: reader.read(list(texts)))
        gap_of = {one.question: gap.id for gap in book.gaps() for one in gap.questions}
    found = [one for one in order if one.question in gap_of]  # what differs in its marks alone is one question
    return b_cubed([one.cluster for one in found], [gap_of[one.question] for one in found])


def _refused(one: GapQuestion) -> Answer:
    return Answer(
        id=one.id,
        question=one.question,
        language="zh",
        status=Status.NO_ANSWER,
        reason=Reason.NOT_IN_DOCUMENTS,
        text="",
        blocks=(),
        citations=(),
        related=(),
        confidence=0.0,
        understood=Understood(one.question),
        index_version="",
    )


def main(
    show: Annotated[bool, typer.Option(help="print the groups")] = False,
    curated: Annotated[bool, typer.Option("--curate", help="curate 20 of them and ask again")] = False,
) -> None:
    """Print B³ precision, recall and F1; with --curate what became of the questions too."""
    everything = read_gap_questions()
    questions = [one for one in everything if not one.held_out]
    reader = QueryReader(load_encoder(), load_lexicon())
    figures, groups = measure(questions, reader)
    if show:
        for group in groups.values():
            print("\n".join(f"{one.cluster:12} {one.question}" for one in group), end="\n\n")
    labels = len({one.cluster for one in questions})
    print(f"questions {len(questions)}  labelled {labels}  found {len(groups)}")
    for name, found in (("at once", figures), (f"in blocks of {ARRIVING}", arriving(questions, reader))):
        print(f"B³ {name}: precision {found.precision:.3f}  recall {found.recall:.3f}  F1 {found.f1:.3f}")
    if curated:
        _print_curated(everything)


def _print_curated(questions: Sequence[GapQuestion]) -> None:
    saved = SavedQuestions(Path("none")).all()[::EVERY]
    with TemporaryDirectory() as folder:
        found = curate(Path(folder), questions, saved)
    print(f"gaps curated {found.gaps}, closed by themselves once published {found.closed}")
    held_out = sum(one.held_out for one in questions)
    print(f"answered rightly before and after: asked {found.asked}, held out {found.held_out} of {held_out}")
    print(f"unanswerable and answered: {found.unanswerable}")
    print(f"saved questions {found.saved}, lost {len(found.lost)}")
    for name, those in (("held out and missed", found.missed), ("lost", found.lost)):
        print("".join(f"  {name}: {question}\n" for question in those), end="")


if __name__ == "__main__":
    typer.run(main)
