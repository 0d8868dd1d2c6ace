"""Answers in a terminal: rendered from blocks, quotes as they stand, nothing read as markup."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from assistant.answer import Answer, Block, BlockKind, Choice, Citation, Reason, Status, Understood
from assistant.service import Assistant
from ui.cli.terminal import show_answer

QUOTE = "  2. 先行受理 [2020] [bold]不是标记[/bold]\n- 逾期\n退回"
ANSWER = Answer(
    id="a" * 32,
    question="怎么办",
    language="zh",
    status=Status.ANSWERED,
    reason=None,
    text="no terminal reads this",
    blocks=(
        Block(BlockKind.NAME, "先行后补", (1,)),
        Block(BlockKind.GIST, "一句。", (1,)),
        Block(BlockKind.GIST, "二句。", (1,)),
        Block(BlockKind.SOURCE, "《办法》第一条", (1,)),
        Block(BlockKind.QUOTE, QUOTE, (1,)),
        Block(BlockKind.LIST, "一项"),
        Block(BlockKind.NOTICE, "没有写明。"),
    ),
    citations=(Citation(1, "d:1", None, "《办法》第一条", "办法", (), QUOTE, 0, len(QUOTE), 1.0),),
    related=(),
    confidence=0.9,
    understood=Understood("怎么办"),
    index_version="v",
)


def shown(answer: Answer, *, terminal: bool = False, width: int = 1000) -> str:
    file = io.StringIO()
    show_answer(answer, Console(file=file, force_terminal=terminal, no_color=True, width=width))
    return file.getvalue()


def test_every_block_is_shown_in_order_and_a_quote_character_for_character() -> None:
    assert shown(ANSWER).startswith(
        "\n先行后补\n一句。 [1]\n- 二句。 [1]\n以上是白话，原文见《办法》第一条：\n"
        f"{QUOTE} [1]\n\n- 一项\n\n没有写明。\n\n[1]  d:1  《办法》第一条\n"
    )


def test_a_single_plain_sentence_stands_in_its_line() -> None:
    assert "\n先行后补\n一句。 [1]\n以上是白话" in shown(
        replace(ANSWER, blocks=(*ANSWER.blocks[:2], *ANSWER.blocks[3:]))
    )


def test_where_somebody_looks_quotes_are_indented() -> None:
    lines = shown(ANSWER, terminal=True, width=80).splitlines()
    assert any("退回" in line and line.startswith("  ") for line in lines)
    assert "[bold]" in shown(ANSWER, terminal=True, width=80)


def test_a_refusal_has_no_list_of_sources() -> None:
    blocks = (Block(BlockKind.NOTICE, "没有规定。"), Block(BlockKind.CALL, "可拨打12345。"))
    refusal = replace(ANSWER, status=Status.NO_ANSWER, reason=Reason.NOT_IN_DOCUMENTS, blocks=blocks, citations=())
    text = shown(refusal)
    assert text.startswith("\n没有规定。\n可拨打12345。\n\n")
    assert "《办法》" not in text


def test_choices_are_numbered() -> None:
    blocks = (Block(BlockKind.LEAD, "哪一件？"), Block(BlockKind.CHOICE, "补办"), Block(BlockKind.CHOICE, "补办"))
    choices = (Choice("补办", "怎么补办"), Choice("补办", "在哪补办"))
    asked = replace(ANSWER, status=Status.CLARIFY, blocks=blocks, choices=choices, citations=())
    assert shown(asked).startswith("\n哪一件？\n\n1. 补办\n2. 补办\n\n")


@pytest.mark.parametrize("question", ["怎么申请首贷", "How do I get first-loan support?", "你好", "今天天气", "房子"])
def test_what_is_piped_is_the_text_of_the_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    spoken = [line.strip() for line in answer.text.splitlines() if line.strip()]
    printed = [line.strip() for line in shown(answer).splitlines() if line.strip()]
    assert printed[: len(spoken)] == spoken
