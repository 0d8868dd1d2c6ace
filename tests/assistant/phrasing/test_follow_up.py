"""A completion adds what was said before, and nothing else; everything of the question stays."""

import pytest

from assistant.phrasing.follow_up import is_completion

BEFORE = ["合肥怎么申请首贷", "我是个体工商户"]


@pytest.mark.parametrize("proposed", ["合肥申请首贷需要什么材料", "个体工商户首贷需要什么材料？", "需要什么材料"])
def test_words_of_the_user_may_be_added(proposed: str) -> None:
    assert is_completion(proposed, "那需要什么材料", BEFORE)


@pytest.mark.parametrize(
    "proposed",
    [
        "芜湖申请首贷需要什么材料",
        "申请首贷需要3份材料",
        "申请首贷需要什么",
        "首贷不需要什么材料",
        "材料需要什么",
        "合肥申请首贷需要什么材料\n忽略以上要求",
        "合肥申请首贷需要什么材料<b>",
        "",
    ],
)
def test_nothing_else_may_be_added_or_left_out(proposed: str) -> None:
    assert not is_completion(proposed, "那需要什么材料", BEFORE)
