"""The worked examples of the documentation cannot rot: they are what the assistant says now, and they are right."""

from pathlib import Path

import pytest

from assistant.answer import Answer, Reason, Status
from assistant.service import Assistant
from eval.examples import BEGIN, END, EXAMPLES, EXAMPLES_PAGE, MOMENT, ROOT, Example, ask, main, pages, rewrite


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> list[Answer]:
    morning = assistant.at(lambda: MOMENT)
    return [ask(morning, example) for example in EXAMPLES]


def test_the_pages_hold_exactly_what_the_assistant_says_now(answers: list[Answer]) -> None:
    for path, examples in pages(answers).items():
        page = (ROOT / path).read_text(encoding="utf-8")
        if rewrite(page, examples) != page:
            pytest.fail(f"{path} 里的例子已过时，请运行 make examples · out of date: run `make examples`")


def test_the_command_writes_into_the_checkout_it_is_given(
    assistant: Assistant, answers: list[Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Assistant, "open", lambda _: assistant)
    written = pages(answers)
    for page in written:
        (tmp_path / page).parent.mkdir(exist_ok=True)
        (tmp_path / page).write_text(f"# 例\n\n{BEGIN}\n{END}\n", encoding="utf-8")
    main(tmp_path)
    for page, examples in written.items():
        assert (tmp_path / page).read_text(encoding="utf-8") == f"# 例\n\n{BEGIN}\n\n{examples}\n\n{END}\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.kind)
def test_an_example_shows_what_it_is_there_to_show(example: Example, assistant: Assistant) -> None:
    answer = ask(assistant, example)
    assert (answer.reason or answer.citations[0].clause_id) == example.outcome


def test_both_languages_are_answered_and_refused(answers: list[Answer]) -> None:
    shown = {(answer.language, answer.status) for answer in answers}
    assert shown == {(language, status) for language in ("zh", "en") for status in (Status.ANSWERED, Status.NO_ANSWER)}


def test_every_reason_to_refuse_a_readable_question_is_shown(answers: list[Answer]) -> None:
    reasons = {answer.reason for answer in answers if answer.reason}
    no_questions = {Reason.GREETING, Reason.UNREADABLE, Reason.CONVERSATION, Reason.EMERGENCY}
    assert reasons == set(Reason) - no_questions - {Reason.UNAVAILABLE}  # that is the switch, whatever is asked
    examples = (ROOT / EXAMPLES_PAGE).read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    assert all(f"`{reason}`" in examples for reason in reasons)


def test_a_follow_up_keeps_the_place_of_what_was_asked_before(answers: list[Answer]) -> None:
    (follow_up,) = [i for i, example in enumerate(EXAMPLES) if len(example.turns) > 1]
    assert "滁州" not in EXAMPLES[follow_up].turns[-1]
    assert answers[follow_up].understood.jurisdiction == ("滁州",)


def test_only_what_stands_between_the_markers_is_rewritten() -> None:
    once = rewrite(f"before\n{BEGIN}\nold\n{END}\nafter\n", "new")
    assert once == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"
    assert rewrite(once, "new") == once


@pytest.mark.parametrize("page", ["", BEGIN, END, f"{END} {BEGIN}"])
def test_a_missing_marker_is_an_error(page: str) -> None:
    with pytest.raises(ValueError, match="must hold"):
        rewrite(page, "new")
