"""What each part adds: `python -m eval.ablation [--questions FILE]`.

Success@1 by tag, stage by stage: BM25 over the clause texts; and the dense leg; and the induced layer of all clauses;
and the lexicon; and the plain layer in place of the induced lines of the clauses that have a record, all with the
question as typed; then with the question understood (history, place, clause numbers, pinyin, homophones); with the
first clauses put in order by the re-ranker; and, where POLICYQA_SECOND_ENCODER is set, with the leg of the second
encoder. The stages from understanding on are whole assistants: of them a second table says how they answered, and of
every stage how long a search takes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from assistant.service import Assistant, Turn
from assistant.settings import Settings
from corpus.errors import InputError
from eval.measures.answers import FIGURES, figures, score_answer, table
from eval.questions.questionset import LabelledQuestion, read_questions
from eval.run import Opened, places_of, timed
from index.engines import bm25, dense
from index.fusion import FusedRetriever
from index.index import WEIGHTS, Index
from index.retriever import Hit
from index.scorer import Scorer

OWN_QUESTIONS = Path(__file__).parent / "questions" / "own.jsonl"
UNDERSTANDING, RERANKER, SECOND_ENCODER = "+ understanding", "+ re-ranker", "+ second encoder"
_ANSWERS = ("answered_right", "false_answers")

Stage = Callable[[LabelledQuestion], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one stage did."""

    right: Sequence[bool]  # whether the first clause is relevant, of each answerable question
    milliseconds: float  # median of a search, of every question
    answers: Mapping[str, float]  # answered_right and false_answers; empty where the stage does not answer


def whole_stages(assistant: Assistant) -> Mapping[str, Assistant]:
    """The stages that answer, by name, each over an index with all of the one before."""
    first = assistant.index.without_second() if assistant.index.second else assistant.index
    indexes = {UNDERSTANDING: first.without_reranking(), RERANKER: first}
    if assistant.index.second:
        indexes[SECOND_ENCODER] = assistant.index
    return {name: Assistant(index, assistant.settings, assistant.thresholds) for name, index in indexes.items()}


def stages(whole: Mapping[str, Assistant]) -> Mapping[str, Stage]:
    """The searches of all stages by name, each with all of the one before; those that answer are given."""
    index = whole[UNDERSTANDING].index
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
        **{name: partial(_understood, one) for name, one in whole.items()},
    }


def _induced_legs(index: Index) -> dict[str, Scorer]:
    """Those of the induced layer, the words of a question looked up as they are."""
    if index.induced is None:
        return {}
    lexical, semantic = index.induced.lexical, index.induced.semantic
    return {lexical.name: lexical.without_lexicon(), semantic.name: semantic}


def _understood(assistant: Assistant, question: LabelledQuestion) -> Sequence[Hit]:
    return assistant.search(question.question, limit=1, **_circumstances(question))


def _circumstances(question: LabelledQuestion) -> Mapping[str, Any]:
    """What is known besides the question: earlier turns, and the place chosen beforehand."""
    return {
        "history": [Turn("user", text) for text in question.history],
        "jurisdiction": (question.jurisdiction,) if question.jurisdiction else (),
    }


def measure(assistant: Assistant, questions: Sequence[LabelledQuestion]) -> dict[str, Measured]:
    """What each stage did with the questions, by its name."""
    whole = whole_stages(assistant)
    first = whole[UNDERSTANDING]  # places are looked up where the second encoder remembers nothing of it
    asked = [replace(one, jurisdiction="".join(places_of(first, one))) for one in questions]
    found: dict[str, Measured] = {}
    for name, stage in stages(whole).items():
        stage(asked[0])  # dictionaries load on first use
        timings = [timed(partial(stage, question)) for question in asked]
        right = [
            any(hit.clause.id in question.relevant for hit in hits)
            for question, (hits, _) in zip(asked, timings, strict=True)
            if question.answerable
        ]
        answers = _answers(whole[name], asked) if name in whole else {}
        found[name] = Measured(right, median(milliseconds for _, milliseconds in timings), answers)
    return found


def _answers(assistant: Assistant, questions: Sequence[LabelledQuestion]) -> dict[str, float]:
    given = (score_answer(one, assistant.ask(one.question, **_circumstances(one))) for one in questions)
    values = dict(zip(FIGURES, figures(table(given)).tolist(), strict=True))
    return {name: values[name] for name in _ANSWERS}


def success_by_tag(
    measured: Mapping[str, Measured], questions: Sequence[LabelledQuestion]
) -> dict[str, dict[str, float]]:
    """Tag → stage → success@1 over the answerable questions, `all` first."""
    asked = [question for question in questions if question.answerable]
    rows: dict[str, dict[str, float]] = {}
    for tag in ("all", *dict.fromkeys(tag for question in asked for tag in question.tags)):
        chosen = [i for i, question in enumerate(asked) if tag == "all" or tag in question.tags]
        rows[tag] = {
            name: sum(stage.right[i] for i in chosen) / len(chosen) for name, stage in measured.items() if chosen
        }
    return rows


def measure_opened(opened: Opened) -> dict[str, Measured]:
    """The same over questions as `policyqa eval` opens them. Raises InputError where the corpus is given as rows."""
    if not isinstance(opened.of, Assistant):
        raise InputError(
            "--ablation: 只能测文件夹里的文件，请用 --documents 给出文件夹。"
            "only documents are measured part by part; give a folder of them with --documents.",
            "ablation",
        )
    return measure(opened.of, opened.asked)


def overall(measured: Mapping[str, Measured]) -> dict[str, dict[str, float]]:
    """Stage → success@1 over all answerable questions, median ms of a search, and how it answered, where it does."""
    return {
        name: {
            **({"success@1": sum(one.right) / len(one.right)} if one.right else {}),
            "search_ms": round(one.milliseconds, 3),
            **one.answers,
        }
        for name, one in measured.items()
    }


def tables(measured: Mapping[str, Measured], questions: Sequence[LabelledQuestion]) -> tuple[Table, Table]:
    """Success@1 by tag and stage; time and answers by stage."""
    by_tag = Table("标签 tag", *measured)
    for tag, values in success_by_tag(measured, questions).items():
        by_tag.add_row(tag, *(f"{value:.3f}" for value in values.values()))
    by_stage = Table("阶段 stage", "ms", *_ANSWERS)
    for name, stage in measured.items():
        by_stage.add_row(name, f"{stage.milliseconds:.1f}", *(f"{value:.3f}" for value in stage.answers.values()))
    return by_tag, by_stage


def main(questions: Annotated[Path, typer.Option(help="问题文件 · a question file")] = OWN_QUESTIONS) -> None:
    """各部分的贡献：按标签的 success@1，每步的耗时和回答 · what each part adds: success@1 by tag, time and answers."""
    assistant = Assistant.open(Settings.from_environment())
    asked = read_questions(questions, assistant.corpus)
    Console().print(*tables(measure(assistant, asked), asked))


if __name__ == "__main__":
    typer.run(main)
