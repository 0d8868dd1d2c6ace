from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.errors import InputError
from eval.ablation import Measured
from eval.comparison import compare
from eval.questions.questionset import GoldAnswer, LabelledQuestion
from eval.reports.page import Page, check_file, render, write_page
from eval.summary import summarise
from tests.eval.answered import after, answer, before, result

MADE = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
CORPUS = Corpus((Document("d", "某市办事指南", "文"),), (Clause("d:1", "d", "第一条", "题", (), "文", 0, 1),))


class _Elements(HTMLParser):
    """Start tags with attributes, and the text; an element left open or closed twice is an error."""

    VOID = frozenset(("meta",))

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def _page(**more: object) -> str:
    return render(Page(after(), CORPUS, "问题.xlsx", 0.5, **more), MADE)  # type: ignore[arg-type]


def test_the_page_asks_for_nothing_outside_and_is_well_formed() -> None:
    html = _page(comparison=compare(before().run, after().run))
    page = _Elements(html)
    assert "<script" not in html
    names = {name for name, _ in page.attributes}
    assert names.isdisjoint(("src", "href", "srcset", "style", "onload"))
    assert {value for name, value in page.attributes if value and "://" in value} <= {"http://www.w3.org/2000/svg"}
    assert "url(" not in html
    assert "@import" not in html


def test_every_question_that_went_wrong_stands_with_what_was_cited() -> None:
    words = _Elements(_page()).words
    for expected in (
        "刻章要多少钱",
        "月亮上怎么办证",
        "d:5",
        "not_in_documents",
        "几天办好",
        "问题.xlsx",
        "2026-11-30",
    ):
        assert expected in words
    assert "Answered wrong: 1" in words
    assert "Not answered though something answers: 2" in words


def test_the_right_clause_with_the_wrong_words_is_told_from_another_clause() -> None:
    asked = LabelledQuestion("w", "几天办结", ("d:1",), answers=(GoldAnswer("d", "三个工作日内办结"),))
    evaluation = summarise([result(asked, ("d:1",), answer("d:1"))], index_version="v", encoder="e")
    assert "its quote does not hold" in render(Page(evaluation, CORPUS, "q", 0.5), MADE)
    assert "its quote does not hold" not in _page()


def test_clauses_are_named_as_people_cite_them_and_words_of_others_are_escaped() -> None:
    html = render(Page(before(), CORPUS, "<b>.csv", 0.5), MADE)
    assert "《某市办事指南》第一条" in html
    assert "贷款&lt;怎么&gt;申请" in html
    assert "<b>.csv" not in html


def test_figures_tags_reliability_curve_and_the_slowest_are_there() -> None:
    words = _Elements(_page()).words
    estimate = after().overall.legs["hybrid"]["success@1"]
    assert estimate is not None
    for expected in (
        f"{estimate.value:.3f}",
        "hard",
        "coverage",
        "Reliability",
        "Trade-off",
        "理解 understand",
        "0.5: ",
    ):
        assert expected in words
    assert words.index("q2") > 0


def test_a_comparison_and_an_ablation_are_there_when_given() -> None:
    words = _Elements(
        _page(
            comparison=compare(before().run, after().run),
            stages={
                "BM25": Measured((True, False), 1.5, {}),
                "+ re-ranker": Measured((True, True), 2.5, {"answered_right": 1}),
            },
        )
    ).words
    for expected in ("4 个共同的问题", "10000 permutations", "只在这次 only now 1", "+ re-ranker", "0.500"):
        assert expected in words
    assert "What each part adds" not in _page()


def test_a_run_without_answers_or_answerable_questions_has_a_page(assistant: Assistant) -> None:
    nothing = LabelledQuestion("n", "无", ())
    for one in (result(nothing, (), None), result(LabelledQuestion("m", "有", ("harbin-66:1",)), (), None)):
        evaluation = summarise([one], index_version="v", encoder="e")
        words = _Elements(render(Page(evaluation, assistant.corpus, "q", 0.5), MADE)).words
        assert "Reliability" not in words
        assert "回答 Answers" not in words


def test_the_page_is_written_and_a_bad_path_is_told_beforehand(tmp_path: Path) -> None:
    path = tmp_path / "new" / "报告.html"
    check_file(path)
    write_page(path, Page(after(), CORPUS, "q", 0.5))
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    for bad in (tmp_path, path / "inside.html"):
        with pytest.raises(InputError, match="--html"):
            check_file(bad)
