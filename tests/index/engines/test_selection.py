import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from index.engines.selection import top_positions

scores = st.lists(st.integers(-3, 6).map(float), max_size=30)


@given(scores=scores, limit=st.integers(-1, 40))
def test_the_best_positive_scores_and_all_ties_with_the_last(scores: list[float], limit: int) -> None:
    found = set(top_positions(np.array(scores), limit).tolist())
    positive = sorted((s for s in scores if s > 0), reverse=True)
    expected = positive[: max(limit, 0)]
    last = expected[-1] if expected else float("inf")
    assert found == {i for i, s in enumerate(scores) if s > 0 and s >= last}
