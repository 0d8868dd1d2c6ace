import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.confidence.wording import ABSENT_PREFIX, WordingModel, ngrams


def test_ngrams_are_of_characters_and_words_and_what_the_clause_lacks_is_marked() -> None:
    found = {"贴", "息", "吗", "贴息", "息吗", "贴息吗", "~吗", "~息吗", "~贴息吗"}
    assert set(ngrams("贴息吗", "给予贴息")) == found
    assert set(ngrams("first loan", "first")) == {"first", "loan", "first loan", "~loan", "~first loan"}
    assert ngrams("", "给予贴息") == ()


@given(st.text("贷款贴息吗怎么。", max_size=60), st.text("贷款贴息吗怎么。", max_size=60))
def test_each_ngram_stands_once_and_is_marked_exactly_where_the_clause_lacks_it(question: str, clause: str) -> None:
    found = ngrams(question, clause)
    assert len(set(found)) == len(found)
    plain = [one for one in found if not one.startswith(ABSENT_PREFIX)]
    assert {one for one in found if one not in plain} == {ABSENT_PREFIX + one for one in plain if one not in clause}
    assert list(ngrams(question, question)) == plain


def test_a_question_of_unknown_ngrams_and_another_dimension_says_nothing() -> None:
    model = WordingModel(np.ones(3, dtype=np.float32), {"贴息": 1.0})
    assert model.logit("电话", np.ones(2, dtype=np.float32), "") == 0
    assert model.logit("贴息", np.ones(2, dtype=np.float32), "") > 0
    assert model.logit("电话", np.ones(3, dtype=np.float32), "") == 3
