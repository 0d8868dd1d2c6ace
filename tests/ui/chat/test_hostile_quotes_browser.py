"""A quote on the page is the quote of the API, character for character, whatever the document holds."""

import pytest
from playwright.sync_api import Page, expect

from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.load import Corpus
from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.text.numeral import to_chinese
from index.building import build_index
from index.encoder.encoder import Encoder
from tests.ui.browsing import ask, open_page, unfolded

pytestmark = pytest.mark.browser

QUOTES = (
    "  2. 先行受理。\n3. 在 4. 个工作日内补齐 - 逾期退回。\n- 甲\n- 乙\n* 丙\n1) 丁",
    "依据[1]和国发[2020]3号，另见[链接](http://x.test/)、![图](x.png)、<http://x.test>、www.x.test。[a]: x",
    "*斜* **粗** _斜_ __粗__ ~~删~~ `码` ``` \n```\n块\n```\n# 题\n> 引\n---\n===\n| a | b |\n|--|--|\n| 1 | 2 |",
    "<b>粗</b> </blockquote></div><script>alert(1)</script> &amp; &#60; &nbsp; & < > \" ' <!-- 注 --> <br> <x-y>",
    "$x^2$ $$y$$ \\(z\\) \\[w\\] \\begin{a} \\* \\_ {{ t }} {% x %} {0} %s :smile: @人 #号",
    "    四个空格\n\n\n    隔了三行  \n 末尾空格  ",
    "\t制表\t\u3000全角\u00a0不断\u2003长空",
    "零\u200b宽\ufeff连\u2060字\u200d符\u00ad软\u202e向\u202c",
    "行\u2028段\u2029页\f竖\v回\r回\r\n组\x1c记\x1d单\x1e完",
)


def _corpus() -> Corpus:
    """One document, each quote an article of its own."""
    text, clauses = "某市办法\n", []
    for number, quote in enumerate(QUOTES, 1):
        start = len(text)
        text += f"{quote}\n"
        name, numbers = f"第{to_chinese(number)}条", (HeadingNumber(NumberingStyle.ARTICLE, number),)
        clauses.append(
            Clause(f"law:{number}", "law", name, name, (), quote, start, start + len(quote), numbers=numbers)
        )
    return Corpus((Document("law", "某市办法", text),), tuple(clauses))


@pytest.fixture(scope="module")
def assistant(assistant: Assistant, encoder: Encoder) -> Assistant:
    """Over these quotes; the server of `page` is given it."""
    return Assistant(build_index(_corpus(), encoder), assistant.settings)


@pytest.mark.parametrize("number", range(1, len(QUOTES) + 1))
def test_every_character_arrives(page: Page, number: int) -> None:
    question = f"第{to_chinese(number)}条讲什么"
    answer = page.request.post("/v1/ask", data={"question": question}).json()
    quotes = [citation["quote"] for citation in answer["citations"]]
    assert quotes == [QUOTES[number - 1]]
    open_page(page)
    shown = ask(page, question).locator("blockquote")
    assert shown.evaluate_all("all => all.map((one) => one.textContent)") == quotes
    assert [block["text"] for block in answer["blocks"] if block["kind"] == "quote"] == quotes
    assert shown.evaluate_all("all => all.flatMap((one) => [...one.children])") == []


def test_line_breaks_and_blanks_of_a_quote_are_seen(page: Page) -> None:
    open_page(page)
    quote = unfolded(ask(page, "第六条讲什么")).locator("blockquote")
    assert quote.evaluate("one => one.innerText").count("\n") == QUOTES[5].count("\n")
    assert quote.evaluate("one => getComputedStyle(one).whiteSpace") == "pre-wrap"
    expect(quote).to_have_css("display", "inline")
