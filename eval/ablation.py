"""What each part adds: `python -m eval.ablation [--questions FILE]`, success@1 by tag.

Stage by stage: BM25 over the clause texts; and the dense leg; and the lexicon; and the plain layer, all with the
question as typed; then with the question understood (history, place, clause numbers, pinyin, homophones).
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.service import Assistant, Turn
from assistant.settings import Settings
from eval.questions.questionset import Question, read_questions
from index.engines import bm25, dense
from index.engines.bm25 import BM25Retriever
from index.fusion import FusedRetriever
from index.index import WEIGHTS, Index
from index.retriever import Hit

Stage = Callable[[Question], Sequence[Hit]]


def stages(assistant: Assistant) -> Mapping[str, Stage]:
    """The stages by name, each with all of the one before."""
    index = assistant.index
    lexical = BM25Retriever(index.table, index.text.lexical.weights, lexicon=None)
    both = FusedRetriever(index.table, {bm25.NAME: lexical, dense.NAME: index.text.semantic}, WEIGHTS, index.reader)
    bare: Index = index.without_plain()
    return {
        "BM25": lambda question: lexical.search(question.question, limit=1),
        "+ dense": lambda question: both.search(question.question, limit=1),
        "+ lexicon": lambda question: bare.search(question.question, limit=1),
        "+ plain layer": lambda question: index.search(question.question, limit=1),
        "+ understanding": lambda question: assistant.look_up(
            question.question, [Turn("user", text) for text in question.history]
        ).hits[:1],
    }


def success(stage: Stage, questions: Sequence[Question]) -> list[bool]:
    """Whether the first clause is relevant, for each question."""
    return [any(hit.clause.id in question.relevant for hit in stage(question)) for question in questions]


def table(assistant: Assistant, questions: Sequence[Question]) -> dict[str, dict[str, float]]:
    """Tag → stage → success@1 over the answerable questions, `all` first."""
    asked = [question for question in questions if question.answerable]
    right = {name: success(stage, asked) for name, stage in stages(assistant).items()}
    tags = ["all", *dict.fromkeys(tag for question in asked for tag in question.tags)]
    rows: dict[str, dict[str, float]] = {}
    for tag in tags:
        chosen = [i for i, question in enumerate(asked) if tag == "all" or tag in question.tags]
        rows[tag] = {name: sum(found[i] for i in chosen) / len(chosen) for name, found in right.items() if chosen}
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=Path(__file__).parent / "questions" / "own.jsonl")
    assistant = Assistant.open(Settings.from_environment())
    rows = table(assistant, read_questions(parser.parse_args().questions, assistant.corpus))
    shown = Table("tag", *next(iter(rows.values())))
    for tag, values in rows.items():
        shown.add_row(tag, *(f"{value:.3f}" for value in values.values()))
    Console().print(shown)


if __name__ == "__main__":
    main()
