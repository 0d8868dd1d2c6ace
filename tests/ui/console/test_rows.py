"""Rows: what matched and why, as the agents see it."""

import pytest

from assistant.service import Assistant
from tests.ui.console_views import EN, look_up
from ui.console.rows import ROWS

LOAN = "anhui-2023-4:1.3"


def test_a_row_shows_the_sentence_that_matched_and_its_words(assistant: Assistant) -> None:
    row = look_up(assistant, "应授尽授")[0].rows[0]
    assert row.clause.id == LOAN
    sentence = "".join(run.text for run in row.sentence)
    assert sentence in row.clause.text
    assert [run.text for run in row.sentence if run.quoted] == ["应授尽授"]


def test_what_the_words_are_called_officially_is_marked_too(assistant: Assistant) -> None:
    row = look_up(assistant, "first loan", EN)[0].rows[0]
    assert [run.text for run in row.sentence if run.quoted] == ["首次贷款"]


@pytest.mark.parametrize("question", ["首贷 合肥", "房贷还完了抵押咋去掉", "退休证", "work permit"])
def test_a_row_says_which_legs_list_it_near_the_top(assistant: Assistant, question: str) -> None:
    for row in look_up(assistant, question)[0].rows:
        assert row.ranks
        hits = {hit.clause.id: hit for hit in assistant.search(question, limit=ROWS)}
        legs = hits[row.clause.id].legs
        plain = [legs[name].rank for name in ("plain_bm25", "plain_dense") if name in legs]
        for reason, rank in row.ranks.items():
            assert (
                rank
                == {
                    "words": legs["bm25"].rank if "bm25" in legs else None,
                    "meaning": legs["dense"].rank if "dense" in legs else None,
                    "plain": min(plain, default=None),
                }[reason]
            )
