import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.tradeoff import Candidate, tradeoff

CANDIDATES = st.lists(
    st.builds(Candidate, st.sampled_from([0.0, 0.2, 0.5, 0.9]), st.booleans(), st.booleans(), given=st.booleans())
)


def test_a_lower_threshold_answers_more_and_refusals_count_by_their_first_result() -> None:
    given_ = [Candidate(0.9, True, True, given=True), Candidate(0.6, True, False, given=True)]
    refused = [Candidate(0.3, True, True, given=False), Candidate(0.3, False, False, given=False)]
    points = tradeoff([*refused, *given_], answerable=4)
    assert [(one.threshold, one.coverage, one.wrong, one.estimated) for one in points] == [
        (0.9, 0.25, 0.0, False),
        (0.6, 0.5, 0.5, False),
        (0.3, 0.75, 0.5, True),
    ]


def test_without_an_answerable_question_there_is_no_curve() -> None:
    assert tradeoff([Candidate(0.5, False, False, given=True)], answerable=0) == ()


@given(CANDIDATES)
def test_coverage_grows_as_the_threshold_falls(candidates: list[Candidate]) -> None:
    answerable = sum(one.answerable for one in candidates)
    points = tradeoff(candidates, answerable)
    assert [one.threshold for one in points] == sorted({one.threshold for one in points}, reverse=True)
    assert [one.coverage for one in points] == sorted(one.coverage for one in points)
    assert all(0 <= one.wrong <= 1 for one in points)
    assert not points or points[-1].coverage == pytest.approx(1)
