"""What is kept of asking the saved questions, and what a person reads of it."""

from dataclasses import replace

import pytest

from assistant.publication.examined import Asked, Change, Examined, read_results, write_results

RIGHT = Asked("q-1", "菜地收多少钱", "saved.jsonl", ("g:3",), True, "answered", ("g:3", "g:4"), "菜地每年收取")
WRONG = replace(RIGHT, right=False, status="no_answer", cited=(), said="not_in_documents")


def test_results_are_read_back_as_they_were() -> None:
    results = (RIGHT, replace(WRONG, history=("你好",), jurisdiction="合肥", wanted=("g: 六十元",)))
    assert read_results(write_results(results)) == results
    assert read_results(write_results(())) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        '{"format": 0, "results": []}',
        '{"format": 1}',
        '{"format": 1, "results": 7}',
        '{"format": 1, "results": ["q-1"]}',
        '{"format": 1, "results": [{"id": "q-1"}]}',
    ],
)
def test_what_cannot_be_read_counts_as_none(text: str) -> None:
    assert read_results(text) == ()


def test_as_many_as_are_allowed_may_break() -> None:
    change = Change(RIGHT, WRONG)
    assert Examined((WRONG,), (change,), allowed=1).passes
    assert not Examined((WRONG,), (change,), allowed=0).passes


def test_a_refusal_lists_each_question_with_what_changed_and_says_what_to_do() -> None:
    hidden = replace(WRONG, question="菜地\x1b[31m收多少钱")
    told = Examined((hidden,), (Change(RIGHT, hidden, gone=("g:3",)),)).refusal()
    assert "q-1（saved.jsonl）菜地 [31m收多少钱" in told
    assert "已回答 answered: g:3, g:4 → 无答案 no_answer: not_in_documents" in told
    assert "no longer in the library: g:3" in told
    for step in ("policyqa questions known", "policyqa publish --force"):
        assert step in told
    assert "\x1b" not in told
