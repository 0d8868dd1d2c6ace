"""The opened clause: what is read out and copied is borne out by the text."""

from dataclasses import replace

import pytest

from assistant.answer import Block, BlockKind
from assistant.messages import Messages, languages, messages
from assistant.service import Assistant
from corpus.corpus import Corpus
from index.index import build_index
from tests.bigram_encoder import BigramEncoder
from tests.ui.console_views import EN, ZH, open_clause
from ui.console.clause_view import script_lines

LOAN = "anhui-2023-4:1.3"


@pytest.mark.parametrize(
    ("question", "clause"),
    [("首贷 贴息", LOAN), ("33条", "harbin-66:33"), ("电话", "harbin-66:26"), ("贷款", "harbin-66:26")],
)
@pytest.mark.parametrize("words", [messages(code) for code in languages()], ids=languages())
def test_what_is_copied_is_true_to_the_text(assistant: Assistant, question: str, clause: str, words: Messages) -> None:
    opened = open_clause(assistant, clause, question, words)
    text = opened.document.text
    assert opened.quote == "\n".join(text[start:end] for start, end in opened.quotes)
    spoken, where = opened.script.rsplit("\n", 1)
    assert where == opened.address
    records = [assistant.corpus.plain[key] for key in (clause, *(part.id for part in opened.clause.parts))]
    said = {record.plain if words is ZH else record.gist_en for record in records}
    notices = {words("console.script.near"), words("answer.original")}
    if opened.missing_type:
        notices.add(words("answer.lacking", kind=words(f"answer_type.{opened.missing_type.name}")))
    lines = [line for line in spoken.splitlines() if line not in notices]
    opening = words("console.script.in_short", places=words.places(opened.clause.jurisdiction))
    assert lines[0].startswith(opening)
    assert {lines[0].removeprefix(opening), *lines[1:]} <= said


def test_a_clause_that_does_not_answer_is_not_read_out_as_if_it_did(assistant: Assistant) -> None:
    for question, clause, answers in (("首贷 贴息", LOAN, True), ("首贷 利率 多少", LOAN, False)):
        opened = open_clause(assistant, clause, question)
        assert opened.script.startswith("文件没有直接回答来电人问的事") is not answers


def test_without_a_plain_record_the_text_itself_is_read_out(
    corpus: Corpus, bigram_encoder: BigramEncoder, assistant: Assistant
) -> None:
    bare = Assistant(build_index(replace(corpus, plain={}), bigram_encoder), assistant.settings)
    opened = open_clause(bare, "harbin-66:33", "税务注销")
    assert opened.script_lines[-1] == f"哈尔滨的文件，原文：{opened.quote}"
    assert opened.quote in corpus.clause("harbin-66:33").text


def test_a_script_says_whose_rule_it_is_once_and_leaves_out_name_address_and_quotes() -> None:
    blocks = [
        Block(BlockKind.NOTICE, "相近的规定。"),
        Block(BlockKind.SOURCE, "《办法》第一条", (1, 2)),
        Block(BlockKind.QUOTE, "原文一", (1,)),
        Block(BlockKind.QUOTE, "原文二", (2,)),
        Block(BlockKind.NAME, "名称", (1, 2)),
        Block(BlockKind.GIST, "其一。", (1,)),
        Block(BlockKind.GIST, "其二。", (2,)),
        Block(BlockKind.NOTICE, "没有写明。"),
    ]
    assert script_lines(blocks, ("合肥", "芜湖"), ZH) == (
        "相近的规定。",
        "合肥、芜湖的文件，通俗地说：其一。",
        "其二。",
        "没有写明。",
    )
    quotes = [block for block in blocks if block.kind is BlockKind.QUOTE]
    assert script_lines(quotes, (), EN) == ("The text in Chinese: 原文一", "原文二")
