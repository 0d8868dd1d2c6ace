"""The second corpus on every page and in the terminal: numbers, parts, ids and brackets that the shipped texts lack."""

import io
import re
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from rich.console import Console

from assistant.answer import Answer
from assistant.messages import Messages, languages, messages
from assistant.service import Assistant, Turn
from corpus.clause import Clause, Part
from corpus.corpus import Corpus
from corpus.label import label
from corpus.validity import today
from index.retriever import Hit
from tests.ui.marks import RecordedMarks
from ui.chat.answer_view import answer_html
from ui.chat.chat import Chat
from ui.chat.start_page import page_shells
from ui.clause.page import clause_pages, clause_url
from ui.cli.terminal import show_answer, show_hits
from ui.console.routes import console_router
from ui.document.address import document_url
from ui.document.page import document_pages

WORDS = [pytest.param(messages(code), id=code) for code in languages()]
QUESTIONS = (
    "游船牌照要什么条件", "How do I renew the boat licence?", "捕捞许可证多少钱", "第八条", "附件1第二条",
    "第三条第一款（二）项", "第十条之一", "云渔发〔2021〕9号第四条", "notice_Fish-9:0.1.1~2", "第99条", "北京的游船",
    "东湾几个泊位", "你好", "hello", "红烧肉怎么做才入味", "民法典第五条", "Who issued this notice?",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(second_assistant: Assistant) -> TestClient:
    """The pages of clauses and documents, and the console."""
    app = FastAPI()
    app.include_router(clause_pages(second_assistant.corpus))
    app.include_router(document_pages(second_assistant.corpus))
    app.include_router(console_router(second_assistant, RecordedMarks()))
    return TestClient(app)


def _addresses(corpus: Corpus) -> list[tuple[Clause, Part | None]]:
    return [(clause, part) for clause in corpus.clauses for part in (None, *clause.all_parts())]


def _words(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


def _in_columns(text: str) -> str:
    """The text with a blank where the cells of a row are apart: a terminal has no tabs."""
    return re.sub(r"[ \t]+", " ", text)


def _printed(answer: Answer, *, terminal: bool) -> str:
    file = io.StringIO()
    width = 60 if terminal else 10_000
    show_answer(answer, Console(file=file, force_terminal=terminal, width=width, color_system=None))
    return file.getvalue()


def _answers(assistant: Assistant) -> list[Answer]:
    corpus = assistant.corpus
    by_label = [
        label(corpus.document(clause.document_id), clause, part, code)
        for clause, part in _addresses(corpus)
        for code in languages()
    ]
    return [assistant.ask(question) for question in (*QUESTIONS, *by_label)]


@pytest.mark.parametrize("words", WORDS)
def test_every_clause_and_part_has_its_page_with_exactly_its_words_marked(
    second_corpus: Corpus, site: TestClient, words: Messages
) -> None:
    for clause, part in _addresses(second_corpus):
        page = site.get(clause_url((part or clause).id, words=words))
        assert page.status_code == 200
        assert _words(clause.text) in _words(page.text)
        marked = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page.text, flags=re.DOTALL))
        assert _words(marked) == (_words(part.text) if part else "")
        assert label(second_corpus.document(clause.document_id), clause, part) in unescape(page.text)


@pytest.mark.parametrize("words", WORDS)
def test_every_quote_of_an_answer_arrives_in_the_chat(second_assistant: Assistant, words: Messages) -> None:
    for answer in _answers(second_assistant):
        html = answer_html(answer, second_assistant.corpus, words)
        quotes = [unescape(one) for one in re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", html, flags=re.DOTALL)]
        assert quotes == [citation.quote for citation in answer.citations], answer.question
        for citation in answer.citations:
            assert citation.label in unescape(html)


def test_every_link_of_an_answer_leads_to_its_quote(second_assistant: Assistant, site: TestClient) -> None:
    for answer in _answers(second_assistant):
        html = answer_html(answer, second_assistant.corpus, messages("zh"))
        links = dict(re.findall(r'<a class="pq-mark" href="([^"]*)">\[(\d+)\]', html))
        for link, number in links.items():
            page = site.get(unescape(link))
            assert page.status_code == 200, link
            quote = _words(answer.citations[int(number) - 1].quote)
            marked = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page.text, flags=re.DOTALL))
            assert _words(marked) == quote or ("/document/" in link and quote in _words(page.text))


@pytest.mark.parametrize("words", WORDS)
def test_every_clause_and_part_is_found_and_opened_in_the_console(
    second_corpus: Corpus, site: TestClient, words: Messages
) -> None:
    for clause, part in _addresses(second_corpus):
        question = label(second_corpus.document(clause.document_id), clause, part, words.code)
        found = site.post("/agent/rows", json={"q": question, "lang": words.code}).json()
        assert f'data-id="{clause.id}"' in found["rows"].partition("</li>")[0], question
        asked = {"q": question, "id": clause.id, "lang": words.code}
        opened = site.post("/agent/clause", json=asked).json()["clause"]
        assert opened == found["clause"]
        assert _words(clause.text) in _words(opened)
        assert _words(question) in _words(opened)


def test_the_start_page_lists_the_documents_and_offers_only_questions_of_theirs(second_assistant: Assistant) -> None:
    chat = Chat(second_assistant, lambda *_: None)
    for words, shell in zip(map(messages, languages()), page_shells(chat).values(), strict=True):
        for document in second_assistant.corpus.documents:
            title = document.title if words.is_chinese else document.title_en or document.title
            assert _words(title) in _words(shell.bottom)
        urls = [unescape(url) for url in re.findall(r'href="(/document/[^"]*)"', shell.bottom)]
        assert urls == [document_url(document.id, words) for document in second_assistant.corpus.documents]
        for event in chat.events[words.code]:
            assert second_assistant.ask(event.question).citations


def test_a_conversation_goes_from_clause_to_clause_in_the_order_of_the_text(second_assistant: Assistant) -> None:
    chat = Chat(second_assistant, lambda *_: None)
    said: list[Turn] = []
    for question, clause_id in (
        ("第十条", "Yunze_Lake 湖泊条例:10"),
        ("下一条", "Yunze_Lake 湖泊条例:10-1"),
        ("下一条呢", "Yunze_Lake 湖泊条例:11"),
        ("上一条", "Yunze_Lake 湖泊条例:10-1"),
    ):
        exchange = chat.ask(question, "", said)
        said += exchange.turns()
        assert [citation.clause_id for citation in exchange.answer.citations] == [clause_id], question


def test_the_quote_of_an_inserted_article_begins_behind_its_whole_number(second_assistant: Assistant) -> None:
    [citation] = second_assistant.ask("拒绝配合巡查怎么处理").citations
    assert citation.clause_id == "Yunze_Lake 湖泊条例:10-1"
    assert citation.quote.startswith("拒绝配合巡查的")


def test_a_conversation_without_ids_is_followed_by_the_labels_in_its_text(second_assistant: Assistant) -> None:
    said = second_assistant.ask("第十条")
    history = [Turn("user", said.question), Turn("assistant", said.text)]
    answer = second_assistant.ask("下一条", history=history)
    assert [citation.clause_id for citation in answer.citations] == ["Yunze_Lake 湖泊条例:10-1"]


def test_every_quote_arrives_in_a_terminal_and_whole_lines_in_a_file(second_assistant: Assistant) -> None:
    for answer in _answers(second_assistant):
        shown = re.sub(r"\s+", "", _printed(answer, terminal=True))
        piped = _printed(answer, terminal=False)
        for citation in answer.citations:
            quote = citation.quote.rstrip("。；;")  # as a first line it has no stop
            assert re.sub(r"\s+", "", quote) in shown
            assert _in_columns(quote) in _in_columns(piped)
            assert f"{citation.part_id or citation.clause_id}  {citation.label}\n" in piped


def test_the_hits_of_a_search_are_listed_with_ids_and_addresses(second_assistant: Assistant) -> None:
    hits: list[Hit] = second_assistant.search("游船牌照")
    file = io.StringIO()
    show_hits(hits, second_assistant.corpus, Console(file=file, width=10_000), today())
    for hit in hits:
        document = second_assistant.corpus.document(hit.clause.document_id)
        assert f"{hit.clause.title}  {hit.clause.id}\n" in file.getvalue()
        assert f"{label(document, hit.clause)}\n" in file.getvalue()
