"""Laws of fitting: never too many bytes, no quote cut but between sentences and marked, the address stays."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Block, BlockKind, Citation, Reason, Related, Status, Understood
from assistant.service import Assistant
from corpus.text.sentences import sentences
from ui.channel.fitted import fitted

SITE = "https://policy.example.gov.cn"
CUT, UNQUOTED = "……（原文未完，全文见下面的链接）", "（原文较长，请点下面的链接看全文）"
SENTENCE = st.text("推行办理𠮷😀，abc ", min_size=1, max_size=120).map(lambda text: f"条{text}。")
QUOTE = st.lists(SENTENCE, min_size=1, max_size=12).map("".join)


def link(id_: str) -> str:
    return f"{SITE}/clause/{id_}"


def cited(number: int, quote: str, label: str = "《某办法》第一条") -> Citation:
    return Citation(number, f"d:{number}", None, label, "某办法", (), quote, 0, len(quote), 0.9)


def answered(*quotes: str, gist: str = "", call: str = "咨询：12345。") -> Answer:
    citations = tuple(cited(number, quote) for number, quote in enumerate(quotes, 1))
    blocks: list[Block] = []
    for one in citations:
        blocks += [Block(BlockKind.GIST, gist, (one.number,))] if gist else []
        blocks += [
            Block(BlockKind.SOURCE, one.label, (one.number,)),
            Block(BlockKind.QUOTE, one.quote, (one.number,)),
        ]
    blocks.append(Block(BlockKind.CALL, call))
    understood = Understood("问")
    return Answer("a", "问", "zh", Status.ANSWERED, None, "", citations, (), 0.9, understood, "v", tuple(blocks))


@given(st.lists(QUOTE, min_size=1, max_size=6), st.text("白话说法。", max_size=300), st.integers(500, 2048))
def test_it_fits_and_every_quote_is_whole_or_marked(quotes: list[str], gist: str, most: int) -> None:
    text = fitted(answered(*quotes, gist=gist), SITE, link, most)
    assert len(text.encode()) <= most
    assert "咨询：12345。" in text
    left = 0
    for number, quote in enumerate(quotes, 1):
        if link(f"d:{number}") not in text:
            left += 1
            continue
        shown = text.partition("第一条：\n" if number == 1 else f"{link(f'd:{number - 1}')}\n")[2]
        ends = [quote[:end] for _, end in sentences(quote, semicolons=True)]
        assert quote in text or any(f"{begun}{CUT}" in text for begun in ends[:-1]) or UNQUOTED in shown
    assert (f"还有 {left} 段" in text) == (left > 0)


def test_a_short_answer_is_whole(assistant: Assistant) -> None:
    answer = assistant.ask("怎么注销抵押")
    text = fitted(answer, SITE, link, 2048)
    assert all(one.quote in text and one.label in text for one in answer.citations)
    assert CUT not in text
    assert "还有" not in text


def test_a_sentence_without_end_is_not_cut() -> None:
    text = fitted(answered("甲" * 1000), SITE, link, 800)
    assert "甲甲" not in text
    assert UNQUOTED in text
    assert link("d:1") in text


def test_entries_of_a_list_are_whole_or_left_out_and_counted(assistant: Assistant) -> None:
    answer = assistant.ask("哈尔滨有哪些关于税的措施")
    entries = [block.text for block in answer.blocks if block.kind is BlockKind.LIST]
    assert len(entries) >= 3
    whole = fitted(answer, SITE, link, 2048)
    assert all(entry in whole for entry in entries)
    short = fitted(answer, SITE, link, 700)
    shown = [line for line in short.splitlines() if line.startswith("- ")]
    assert 0 < len(shown) < len(entries)
    assert all(line.endswith(tuple(entries)) for line in shown)
    assert re.search(r"还有 \d 条没有列出", short)


@pytest.mark.parametrize("most", [500, 2048])
def test_no_answer_names_what_is_nearest_and_whom_to_call(most: int) -> None:
    related = tuple(Related(f"d:{n}", f"《某办法》第{n}条", 0.3) for n in range(4))
    blocks = (Block(BlockKind.NOTICE, "文件没有写明。"), Block(BlockKind.CALL, "咨询：12345。"))
    answer = replace(answered("甲。"), citations=(), related=related, blocks=blocks)
    answer = replace(answer, status=Status.NO_ANSWER, reason=Reason.NOT_IN_DOCUMENTS)
    text = fitted(answer, SITE, link, most)
    assert len(text.encode()) <= most
    assert text.index("文件没有写明") < text.index("12345") < text.index("没有直接回答")
    assert (link("d:0") in text, link("d:2") in text) == (True, False)


def test_a_link_that_would_take_the_room_is_left_out() -> None:
    text = fitted(answered("甲。"), SITE, lambda id_: link("某" * 200 + id_), 2048)
    assert "甲。" in text
    assert "某某" not in text
