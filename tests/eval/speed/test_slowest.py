from itertools import count
from random import Random

from eval.speed.hostile import LENGTH
from eval.speed.slowest import UNITS, Slowest, TimeOf, search_slowest, to_text


def _search(cost: TimeOf, steps: int, seed: int = 1, length: int = 60) -> Slowest:
    numbers = count()
    return search_slowest(cost, Random(seed), lambda: next(numbers) < steps, length)


def test_the_search_climbs_to_texts_of_one_costly_unit() -> None:
    assert _search(lambda text: text.count("百") ** 2, 3000).question.count("百") == 60


def test_what_is_reported_is_what_was_measured_twice() -> None:
    calls: dict[str, int] = {}

    def pause_once(text: str) -> float:
        calls[text] = calls.get(text, 0) + 1
        return 9.0 if len(calls) == 4 and calls[text] == 1 else 1.0

    assert _search(pause_once, 40).seconds == 1.0


def test_the_same_seed_finds_the_same_and_a_refused_question_is_never_the_slowest() -> None:
    def cost(text: str) -> float | None:
        return None if "的" in text else 0.001 * len(set(text))

    found = [_search(cost, 200, seed=3, length=40) for _ in range(2)]
    assert found[0] == found[1]
    assert "的" not in found[0].question


def test_one_question_is_tried_even_without_a_budget() -> None:
    assert _search(lambda _: 1.0, 0).tried == 1


def test_a_text_has_its_length_whatever_its_segments() -> None:
    rng = Random(0)
    for parts in (1, 2, 3):
        segments = tuple((rng.choice(UNITS), rng.choice(UNITS)) for _ in range(parts))
        assert len(to_text(segments, LENGTH)) == LENGTH
    assert to_text((("ab",), ("c",)), 5) == "abacc"
