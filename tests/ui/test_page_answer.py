"""An answer as HTML: escaped, every mark linked to its quote, each quote marked in its clause."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.answer import Answer, Citation, Reason, Related, Status, Understood
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.library import Corpus
from ui.page_answer import answer_html, question_html

HOSTILE = '<img src=x onerror="alert(1)"> **粗** [1](x) &amp; $y$'


class _Reader(HTMLParser):
    """Collects what a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.marked: dict[str, str] = {}
        self.text = ""
        self._mark = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        if tag == "a":
            self.links.append((found["href"] or "").removeprefix("#"))
        if tag == "mark":
            self._mark = found["id"] or ""
            self.marked[self._mark] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._mark = ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._mark:
            self.marked[self._mark] += data


def _citation(number: int, document: Document, quote: str) -> Citation:
    start = document.text.index(quote)
    return Citation(
        number, "d:1", None, f"《办法》第一条{number}", "办法", ("某市",), quote, start, start + len(quote), 1.0
    )


TEXT = f"总则\n1.甲乙丙丁戊己。{HOSTILE}\n\n末段。"
DOCUMENT = Document("d", "办法", TEXT)
CLAUSE = Clause("d:1", "d", "第一条", HOSTILE, (), TEXT[3:], 3, len(TEXT), ("某市",))
OTHER = Clause("d:2", "d", "第二条", "末段", (), "末段。", len(TEXT) - 3, len(TEXT))
CORPUS = Corpus((DOCUMENT,), (CLAUSE, OTHER))
ANSWER = Answer(
    id="a" * 32,
    question=HOSTILE,
    language="zh",
    status=Status.ANSWERED,
    reason=None,
    text=f"{HOSTILE.replace('[1]', '')}\n\n甲乙 [1]\n末段 [2]",
    citations=(_citation(1, DOCUMENT, "甲乙丙"), _citation(2, DOCUMENT, "末段。")),
    related=(Related("d:2", "《办法》第二条", 0.1),),
    confidence=0.9,
    understood=Understood("x"),
    index_version="v",
)


def test_nothing_of_a_text_becomes_markup() -> None:
    html = answer_html(ANSWER, CORPUS) + question_html(HOSTILE)
    reader = _Reader(html)
    assert "img" not in reader.tags
    assert reader.text.count('<img src=x onerror="alert(1)"> **粗**') == 4  # answer, card title, clause, question


def test_each_piece_is_one_line_so_that_markdown_leaves_it_alone() -> None:
    breaks = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
    assert len(answer_html(ANSWER, CORPUS).splitlines()) == 1
    assert len(question_html("第一行\n\n    第二行\r\n" + "行".join(breaks) + "末").splitlines()) == 1


def test_every_mark_leads_to_its_quote() -> None:
    reader = _Reader(answer_html(ANSWER, CORPUS))
    assert [reader.marked[link] for link in reader.links] == ["甲乙丙", "末段。"]


def test_citations_of_one_clause_share_a_card_with_an_address_each() -> None:
    html = answer_html(ANSWER, CORPUS)
    sources = html.partition("pq-related")[0]
    assert sources.count("<details") == 1
    assert "[1][2] 第一条" in sources
    assert re.findall(r'pq-address">([^<]*)<', sources) == ["《办法》第一条1", "《办法》第一条2"]


def test_overlapping_quotes_keep_the_clause_whole() -> None:
    citations = (_citation(1, DOCUMENT, "甲乙丙"), _citation(2, DOCUMENT, "乙丙丁"), _citation(3, DOCUMENT, "丙"))
    answer = replace(ANSWER, text="[1] [2] [3]", citations=citations, related=())
    reader = _Reader(answer_html(answer, CORPUS))
    assert list(reader.marked.values()) == ["甲乙丙", "丁", ""]
    assert "甲乙丙丁戊己。" in reader.text


def test_related_clauses_are_said_not_to_answer() -> None:
    related = answer_html(ANSWER, CORPUS).partition("pq-related")[2]
    assert "相关条款（不一定回答了您的问题）" in related
    assert "末段。" in related


def test_no_answer_has_no_sources() -> None:
    answer = replace(
        ANSWER, status=Status.NO_ANSWER, reason=Reason.NOT_IN_DOCUMENTS, text="没有规定。", citations=(), related=()
    )
    html = answer_html(answer, CORPUS)
    assert "<details" not in html
    assert "没有规定。" in html


@pytest.mark.parametrize("question", ["怎么申请首贷", "how do I get first-loan support", "今天天气", "你好"])
def test_any_answer_of_the_assistant_is_shown_with_all_its_quotes(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    reader = _Reader(answer_html(answer, assistant.corpus))
    quotes = [re.sub(r"\s*\n\s*", "", citation.quote) for citation in answer.citations]
    assert list(reader.marked.values()) == quotes
    assert len(set(reader.links)) == len(quotes), "the plain sentence and the quote lead to the same citation"
