from collections.abc import Sequence

import pytest

from eval.speed.checkout import Asked
from eval.speed.serving import Load, Measure, ServingComparison, body, take_turns


def test_base_and_new_take_turns_and_each_is_asked_every_question_once() -> None:
    calls: list[tuple[str, list[str]]] = []

    def measure(name: str, milliseconds: float) -> Measure:
        def run(asked: Sequence[Asked]) -> Load:
            calls.append((name, [question for question, _ in asked]))
            return Load((milliseconds,) * len(asked), milliseconds * len(asked) / 1000)

        return run

    questions: list[Asked] = [(str(n), ()) for n in range(5)]
    found = take_turns("x", [measure("base", 8.0), measure("new", 2.0)], questions, 2)
    assert calls == [
        ("base", ["0", "2", "4"]),
        ("new", ["0", "2", "4"]),
        ("new", ["1", "3"]),
        ("base", ["1", "3"]),
    ]
    result = found.to_dict()
    assert result["base"] == {"p50": 8.0, "p95": 8.0, "p99": 8.0, "per_second": 125.0, "failed": 0}
    assert result["times_as_fast"] == {"p50": 4.0, "p99": 4.0, "per_second": 4.0}


def test_failed_questions_have_no_latency_and_do_not_make_a_side_faster() -> None:
    load = Load((10.0,), 1.0, 3) + Load((30.0,), 1.0)
    assert load.figures() == {"p50": 20.0, "p95": 29.0, "p99": 29.8, "per_second": 1.0, "failed": 3}


def test_a_side_that_answered_nothing_has_no_ratio() -> None:
    nothing = ServingComparison("x", Load((1.0,), 1.0), Load((), 1.0, 4)).to_dict()
    assert nothing["times_as_fast"] == {"per_second": 0.0}
    assert nothing["new"] == {"per_second": 0.0, "failed": 4}


@pytest.mark.parametrize(("earlier", "turns"), [((), []), (("你好",), [{"role": "user", "content": "你好"}])])
def test_a_request_carries_the_history(earlier: tuple[str, ...], turns: list[dict[str, str]]) -> None:
    assert body(("问", earlier)) == {"question": "问", "history": turns}
