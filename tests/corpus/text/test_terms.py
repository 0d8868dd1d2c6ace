"""Laws of the search for known terms."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.text.terms import Terms, longest_matches


def found(text: str, *terms: str) -> list[str]:
    return [text[start:end] for start, end in longest_matches(text, Terms(terms))]


def test_at_every_place_the_longest_term_counts_and_terms_do_not_overlap() -> None:
    assert found("上海南站在海南", "上海", "上海南站", "海南") == ["上海南站", "海南"]
    assert found("甲乙甲", "甲", "乙甲") == ["甲", "乙甲"]
    assert found("甲", "") == []


def test_a_term_that_may_not_stand_gives_room_to_a_shorter_one() -> None:
    spans = longest_matches("甲乙丙", Terms(["甲乙丙", "甲"]), lambda start, end: end - start < 3)
    assert list(spans) == [(0, 1)]


@given(st.text("甲乙丙", max_size=12), st.lists(st.text("甲乙丙", min_size=1, max_size=4), max_size=6))
def test_no_known_term_is_passed_over(text: str, terms: list[str]) -> None:
    spans = list(longest_matches(text, Terms(terms)))
    covered = {index for start, end in spans for index in range(start, end)}
    for start in set(range(len(text))) - covered:
        assert not any(text.startswith(term, start) for term in terms)
    assert all(text[start:end] in terms for start, end in spans)
