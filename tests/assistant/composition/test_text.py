"""The text of an answer is a rendering of its blocks: nothing is lost, and every mark is a citation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import MARK, Block, BlockKind
from assistant.composition.text import grouped, render_text, without_marks
from assistant.messages import messages

ZH, EN = messages("zh"), messages("en")
NAME = Block(BlockKind.NAME, "换照", (1, 2))
SOURCE = Block(BlockKind.SOURCE, "《办法》第三条 换照", (1, 2))
QUOTES = (Block(BlockKind.QUOTE, "当日换照。", (1,)), Block(BlockKind.QUOTE, "不收费。", (2,)))
NOTICE = Block(BlockKind.NOTICE, "没有找到合肥的规定。")
CALL = Block(BlockKind.CALL, "可以打电话问。")


def gist(text: str, *numbers: int) -> Block:
    return Block(BlockKind.GIST, text, numbers)


def test_plain_words_come_first_and_the_line_of_the_source_says_that_they_are_ours() -> None:
    one = render_text((gist("当天能换", 1), SOURCE, *QUOTES), ZH)
    assert one == "当天能换 [1]\n以上是白话，原文见《办法》第三条 换照：\n当日换照。 [1]\n不收费。 [2]"
    several = render_text((gist("当天能换", 1), gist("不要钱", 2), SOURCE, *QUOTES), EN)
    assert several.splitlines()[:3] == [
        "当天能换 [1]",
        "- 不要钱 [2]",
        "Above is our paraphrase; the text itself, 《办法》第三条 换照:",
    ]


def test_behind_their_source_plain_words_are_named_ours_before_them() -> None:
    agent = render_text((SOURCE, *QUOTES, NAME, gist("当天能换", 1), gist("不要钱", 2)), ZH)
    assert agent.splitlines()[0] == "依据《办法》第三条 换照："
    assert agent.splitlines()[-2:] == ["通俗地说：当天能换 [1]", "- 不要钱 [2]"]


def test_a_quote_that_has_just_been_read_is_not_printed_again() -> None:
    lead, source = Block(BlockKind.LEAD, "【合肥】“当日换照”", (1,)), Block(BlockKind.SOURCE, "《办法》第三条", (1,))
    assert render_text((lead, source, QUOTES[0]), ZH) == "【合肥】“当日换照” [1]\n\n依据《办法》第三条"
    other = Block(BlockKind.QUOTE, "当日换照。逾期不收费。", (1,))
    assert render_text((lead, source, other), ZH).endswith("：\n当日换照。逾期不收费。 [1]")


def test_a_gist_that_several_quotes_bear_out_has_all_their_marks() -> None:
    assert "当天免费换照 [1][2]\n以上是白话" in render_text((gist("当天免费换照", 1, 2), SOURCE, *QUOTES), ZH)


def test_the_blocks_of_a_clause_stand_together_and_others_by_themselves() -> None:
    lead = Block(BlockKind.LEAD, "在第三条。", (1,))
    other = (Block(BlockKind.SOURCE, "《细则》第一条", (3,)), Block(BlockKind.QUOTE, "可以代办。", (3,)))
    blocks = (lead, NAME, gist("当天能换", 1), SOURCE, *QUOTES, *other, NOTICE)
    assert [len(group) for group in grouped(blocks)] == [1, 5, 2, 1]
    assert [block for group in grouped(blocks) for block in group] == list(blocks)
    assert len(render_text(blocks, ZH).split("\n\n")) == 4


def test_an_entry_of_a_list_stands_on_one_line_behind_its_plain_name() -> None:
    entries = (
        Block(BlockKind.NAME, "丢了补一张", (1,)),
        Block(BlockKind.LIST, "凭挂失回执补领", (1,)),
        Block(BlockKind.LIST, "停靠免费", (2,)),
    )
    assert render_text((NOTICE, *entries), ZH).split("\n\n")[1] == "- 丢了补一张：凭挂失回执补领 [1]\n- 停靠免费 [2]"
    assert [len(group) for group in grouped((NOTICE, *entries, NOTICE))] == [1, 3, 1]


def test_choices_are_numbered_and_stand_together() -> None:
    blocks = (Block(BlockKind.LEAD, "哪一件？"), Block(BlockKind.CHOICE, "换照"), Block(BlockKind.CHOICE, "补照"))
    assert render_text(blocks, ZH) == "哪一件？\n\n1. 换照\n2. 补照"


def test_a_call_follows_its_notice() -> None:
    assert render_text((NOTICE, CALL), ZH) == "没有找到合肥的规定。\n可以打电话问。"
    assert [len(group) for group in grouped((*QUOTES[:1], CALL))] == [1, 1]


@pytest.mark.parametrize("quote", ["依据国办发[2020]1号。", "见[1]。", "[2]", "[1][1]", "〔2020〕"])
def test_a_bracketed_number_of_a_document_is_no_mark(quote: str) -> None:
    blocks = (Block(BlockKind.SOURCE, quote, (1,)), Block(BlockKind.QUOTE, quote, (1,)))
    assert MARK.findall(render_text(blocks, ZH)) == ["1"]
    assert without_marks(quote).replace("〔", "[").replace("〕", "]") == quote.replace("〔", "[").replace("〕", "]")


@pytest.mark.parametrize("quote", ["2. 先受理。\n3. 补正 - 逾期退回", "- 甲", "1.5万元以上", "依据：乙", "【丙】 [x]"])
def test_nothing_in_a_quote_is_taken_for_a_form_of_the_text(quote: str) -> None:
    assert f"\n{quote} [1]" in render_text((SOURCE, Block(BlockKind.QUOTE, quote, (1,))), ZH)


@given(
    st.lists(
        st.builds(
            Block,
            st.sampled_from(list(BlockKind)),
            st.text("第三条[]1 2\n：-、.〔〕x", max_size=20),
            st.lists(st.integers(1, 4), max_size=3).map(tuple),
        ),
        max_size=6,
    ),
    st.sampled_from([ZH, EN]),
)
def test_every_mark_is_a_citation_of_a_block_that_is_marked(blocks: list[Block], words: object) -> None:
    marked = (BlockKind.PHRASED, BlockKind.LEAD, BlockKind.GIST, BlockKind.QUOTE, BlockKind.LIST)
    numbers = [number for block in blocks if block.kind in marked for number in block.citations]
    text = render_text(blocks, words)  # type: ignore[arg-type]
    assert set(map(int, MARK.findall(text))) == set(numbers)
    assert [block for group in grouped(blocks) for block in group] == blocks
