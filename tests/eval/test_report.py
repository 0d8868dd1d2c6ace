from io import StringIO

import pytest
from rich.console import Console

from eval.questions.questionset import LabelledQuestion
from eval.report import print_report
from eval.results import QuestionResult
from eval.run import evaluate_index
from eval.summary import summarise
from index.index import Index


def _printed(evaluation_of: list[QuestionResult], width: int = 120) -> str:
    console = Console(file=StringIO(), width=width)
    print_report(summarise(evaluation_of, index_version="v7", encoder="e"), console)
    file = console.file
    assert isinstance(file, StringIO)
    return file.getvalue()


def _miss(number: int) -> QuestionResult:
    return QuestionResult(
        LabelledQuestion(f"q{number}", "[b]问[/b]", ("d:1",), tags=("hard",), related=("d:9",) * (number == 1)),
        {"hybrid": ("d:9",)},
        1.5,
    )


def test_every_leg_measure_tag_and_version_is_printed(small_index: Index) -> None:
    questions = [
        LabelledQuestion("a", "首次贷款", ("r1",), tags=("easy",)),
        LabelledQuestion("b", "落户", ("r7",), language="zh"),
    ]
    console = Console(file=StringIO(), width=120)
    evaluation = evaluate_index(small_index, questions)
    print_report(evaluation, console)
    assert isinstance(console.file, StringIO)
    printed = console.file.getvalue()
    for word in (
        "bm25",
        "dense",
        "hybrid",
        "success@1",
        "ndcg@10",
        "easy",
        "language:zh",
        small_index.version,
        "1.000",
    ):
        assert word in printed
    assert "回答" not in printed  # another corpus: no figures of answers


def test_misses_are_listed_as_written_and_cut_off_after_twenty() -> None:
    printed = _printed([_miss(number) for number in range(23)])
    assert "false answers: 23" in printed
    assert "[b]问[/b]" in printed
    assert "q19" in printed
    assert "q20" not in printed
    assert "near misses among them: 1" in printed
    assert printed.count("· 相近 near") == 1
    assert "其余 3 条" in printed


@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert all(len(line) <= width for line in _printed([_miss(1)], width).split("\n"))
