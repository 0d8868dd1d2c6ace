"""Every check passes where it should and fails where it should: none of them can be passed by anything."""

from typing import Any

import pytest

from assistant.answer import Answer, Block, BlockKind, Choice, Citation, Reason, Status, Understood
from eval.probes.checks import CHECKS, Turn, failures, fold

QUOTE = "芜湖市设立惠企政策资金专户,由市财政先垫付。"


def _citation(clause_id: str, part_id: str | None = None) -> Citation:
    return Citation(1, clause_id, part_id, "四号文", "通知", ("安徽",), QUOTE, 0, len(QUOTE), 1.0, ("芜湖",))


def _answer(*blocks: Block, citations: tuple[Citation, ...] = (), **fields: object) -> Answer:
    text = "\n".join(block.text for block in blocks)
    known: dict[str, Any] = {
        "status": Status.ANSWERED if citations else Status.NO_ANSWER,
        "reason": None if citations else Reason.NOT_IN_DOCUMENTS,
        "choices": (),
        "unanswered": (),
    } | fields
    return Answer(
        id="a",
        question="谁先垫钱",
        language="zh",
        text=text,
        citations=citations,
        related=(),
        confidence=0.9,
        understood=Understood("谁先垫钱"),
        index_version="v",
        blocks=blocks,
        **known,
    )


ANSWERED = Turn(
    _answer(
        Block(BlockKind.NOTICE, "【安徽】"),
        Block(BlockKind.LEAD, "文件写的是芜湖：市财政，合肥没有写。 [1]", (1,)),
        Block(BlockKind.SOURCE, "依据四号文："),
        Block(BlockKind.QUOTE, QUOTE, (1,)),
        citations=(_citation("anhui:1.4", "anhui:1.4.4"),),
        unanswered=("专利怎么申请",),
    ),
    before=_answer(Block(BlockKind.LEAD, "另一个回答，" * 20)),
)
LIST = Turn(
    _answer(*(Block(BlockKind.LIST, QUOTE, (1,)) for _ in range(3)), citations=(_citation("a:1"), _citation("a:2")))
)
ASKS_BACK = Turn(
    _answer(
        Block(BlockKind.LEAD, "您问的是哪里？"),
        status=Status.CLARIFY,
        reason=None,
        choices=(Choice("装电梯的补助", "装电梯补多少", ("衡阳",)), Choice("老人乘车", "老人乘车要钱吗")),
    )
)
TALK = Turn(
    _answer(
        Block(BlockKind.NOTICE, "人工请拨12345。"),
        Block(BlockKind.CALL, "可以换个说法再问"),
        reason=Reason.CONVERSATION,
    )
)

CASES: list[tuple[Turn, str, Any, Any]] = [
    (ANSWERED, "status", "answered", ["no_answer", "clarify"]),
    (TALK, "reason", ["conversation", "greeting"], "emergency"),
    (TALK, "reason_not", "emergency", ["conversation"]),
    (ANSWERED, "language", "zh", "en"),
    (ANSWERED, "cites", ["x:1", "anhui:1.4"], ["anhui:1.3"]),
    (ANSWERED, "cites_each", ["anhui:1.4", "anhui:1.4.4"], ["anhui:1.4", "anhui:1.3"]),
    (ANSWERED, "cites_not", ["anhui:1.3"], ["anhui:1.3", "anhui:1.4"]),
    (LIST, "cites_only", ["a:1", "a:2", "a:3"], ["a:1"]),
    (LIST, "citations_at_least", 2, 3),
    (LIST, "citations_at_most", 2, 1),
    (ANSWERED, "says", [["专户"], ["垫付", "先出"]], [["专户"], ["贴息"]]),
    (ANSWERED, "says_not", ["贴息"], ["专户"]),
    (ANSWERED, "states", [["芜湖"], ["没有写"]], [["资金专户"]]),
    (ANSWERED, "states_not", ["资金专户"], ["市财政"]),
    (ANSWERED, "beginning", [["安徽"], ["芜湖"]], [["哈尔滨"]]),
    (ANSWERED, "first_line", ["^没有这一行", "市财政"], ["依据", r"\[1\]"]),
    (ANSWERED, "first_line_not", ["^可以", "专户"], ["^文件写的是芜湖"]),
    (TALK, "first_line_not", ["^可以"], ["^人工"]),
    (ANSWERED, "places_in_quote", ["芜湖"], ["芜湖", "合肥"]),
    (ASKS_BACK, "choices_at_least", 2, 3),
    (ASKS_BACK, "choices_have", [["衡阳"], ["乘车"]], [["日照"]]),
    (ANSWERED, "unanswered_has", [["专利"]], [["首贷"]]),
    (LIST, "nothing_left", True, False),
    (ANSWERED, "needs", [["anhui:1.4"], ["x:9", "专利"]], [["anhui:1.4"], ["首贷"]]),
    (LIST, "list_count", [3, 4], [1, 2]),
    (ANSWERED, "differs", True, False),
    (ANSWERED, "shorter", True, False),
    (TALK, "any_of", [{"status": "answered"}, {"reason": "conversation"}], [{"status": "answered"}]),
]


@pytest.mark.parametrize(("turn", "name", "right", "wrong"), CASES)
def test_a_check_passes_what_is_right_and_fails_what_is_wrong(
    turn: Turn, name: str, right: object, wrong: object
) -> None:
    assert failures({name: right}, turn) == ()
    assert failures({name: wrong}, turn) == (name,)


def test_every_check_is_tried_above() -> None:
    assert {name for _, name, _, _ in CASES} == set(CHECKS)


def test_words_are_compared_without_blanks_and_widths() -> None:
    assert fold("Ｐ Ａ第 ２６ 条\n（三）") == "pa第26条(三)"


def test_the_opening_is_the_first_block_with_the_notices_around_it() -> None:
    blocks = (
        Block(BlockKind.NOTICE, "【合肥】2023年"),
        Block(BlockKind.LEAD, "不用。 [1]"),
        Block(BlockKind.NOTICE, "只适用于合肥。"),
        Block(BlockKind.GIST, "可以。"),
    )
    assert Turn(_answer(*blocks)).opening == "2023年\n不用。\n只适用于合肥。"
