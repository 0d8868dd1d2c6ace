"""What each part adds: `python -m eval.ablation [--questions FILE]`, success@1 by tag.

Stage by stage: BM25 over the clause texts; and the dense leg; and the induced layer of all clauses; and the lexicon;
and the plain layer in place of the induced lines of the clauses that have a record, all with the question as typed;
then with the question understood (history, place, clause numbers, pinyin, homophones).
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.service import Assistant, Turn
from assistant.settings import Settings
from eval.questions.questionset import LabelledQuestion, read_questions
from index.engines import bm25, dense
from index.fusion import FusedRetriever
from index.index import WEIGHTS, Index
from index.retriever import Hit
from index.scorer import Scorer

OWN_QUESTIONS = Path(__file__).parent / "questions" / "own.jsonl"

Stage = Callable[[LabelledQuestion], Sequence[Hit]]


def stages(assistant: Assistant) -> Mapping[str, Stage]:
    """The stages by name, each with all of the one before."""
    index = assistant.index
    bare: Index = index.without_plain()
    lexical = index.text.lexical.without_lexicon()
    legs: dict[str, Scorer] = {bm25.NAME: lexical, dense.NAME: index.text.semantic}
    both = FusedRetriever(index.table, legs, WEIGHTS, index.reader)
    induced = FusedRetriever(index.table, legs | _induced_legs(bare), WEIGHTS, index.reader)
    return {
        "BM25": lambda question: lexical.search(question.question, limit=1),
        "+ dense": lambda question: both.search(question.question, limit=1),
        "+ induced layer": lambda question: induced.search(question.question, limit=1),
        "+ lexicon": lambda question: bare.search(question.question, limit=1),
        "+ plain layer": lambda question: index.search(question.question, limit=1),
        "+ understanding": lambda question: assistant.search(
            question.question, history=[Turn("user", text) for text in question.history], limit=1
        ),
    }


def _induced_legs(index: Index) -> dict[str, Scorer]:
    """Those of the induced layer, the words of a question looked up as they are."""
    if index.induced is None:
        return {}
    lexical, semantic = index.induced.lexical, index.induced.semantic
    return {lexical.name: lexical.without_lexicon(), semantic.name: semantic}


def success(stage: Stage, questions: Sequence[LabelledQuestion]) -> list[bool]:
    """Whether the first clause is relevant, for each question."""
    return [any(hit.clause.id in question.relevant for hit in stage(question)) for question in questions]


def success_by_tag(assistant: Assistant, questions: Sequence[LabelledQuestion]) -> dict[str, dict[str, float]]:
    """Tag → stage → success@1 over the answerable questions, `all` first."""
    asked = [question for question in questions if question.answerable]
    right = {name: success(stage, asked) for name, stage in stages(assistant).items()}
    tags = ["all", *dict.fromkeys(tag for question in asked for tag in question.tags)]
    rows: dict[str, dict[str, float]] = {}
    for tag in tags:
        chosen = [i for i, question in enumerate(asked) if tag == "all" or tag in question.tags]
        rows[tag] = {name: sum(found[i] for i in chosen) / len(chosen) for name, found in right.items() if chosen}
    return rows


def main(questions: Annotated[Path, typer.Option(help="问题文件 · a question file")] = OWN_QUESTIONS) -> None:
    """各部分的贡献，按标签的 success@1 · what each part adds, success@1 by tag."""
    assistant = Assistant.open(Settings.from_environment())
    rows = success_by_tag(assistant, read_questions(questions, assistant.corpus))
    shown = Table("标签 tag", *next(iter(rows.values())))
    for tag, values in rows.items():
        shown.add_row(tag, *(f"{value:.3f}" for value in values.values()))
    Console().print(shown)


if __name__ == "__main__":
    typer.run(main)
