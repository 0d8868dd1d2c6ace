import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.confidence.wording import LACKING, Phrasing, runs


def test_runs_are_characters_and_words_and_what_the_clause_lacks_is_marked() -> None:
    assert set(runs("贴息吗", "给予贴息")) == {"贴", "息", "吗", "贴息", "息吗", "贴息吗", "~吗", "~息吗", "~贴息吗"}
    assert set(runs("first loan", "first")) == {"first", "loan", "first loan", "~loan", "~first loan"}
    assert runs("", "给予贴息") == ()


@given(st.text("贷款贴息吗怎么。", max_size=60), st.text("贷款贴息吗怎么。", max_size=60))
def test_each_run_stands_once_and_what_is_held_is_never_marked(question: str, said: str) -> None:
    found = runs(question, said)
    assert len(set(found)) == len(found)
    assert not {LACKING + run for run in runs(question, question)} & set(runs(question, question))


def test_a_question_of_unknown_runs_and_another_dimension_says_nothing() -> None:
    model = Phrasing(np.ones(3, dtype=np.float32), {"贴息": 1.0})
    assert model.logit("电话", np.ones(2, dtype=np.float32), "") == 0
    assert model.logit("贴息", np.ones(2, dtype=np.float32), "") > 0
    assert model.logit("电话", np.ones(3, dtype=np.float32), "") == 3
