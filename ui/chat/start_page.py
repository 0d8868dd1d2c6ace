"""What the chat page says before Gradio has started: its name, what it can answer, and questions to start from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.messages import Messages, languages, messages
from corpus.corpus import Corpus
from ui.chat.answer_view import ask_url
from ui.chat.chat import Chat
from ui.document.address import document_url
from ui.page.gateway import PageShell
from ui.page.languages import page_path
from ui.page.templates import render


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document: its title, its page, and what is known of it."""

    title: str | None  # in the language of the page, where it is not the Chinese one
    chinese_title: str
    url: str
    number: str | None
    places: tuple[str, ...]
    issued: date | None
    clause_count: int


def page_shells(chat: Chat) -> Mapping[str, PageShell]:
    """Head and top of the page in every language, by its path without a slash at the end."""
    return {page_path(words).rstrip("/"): _page_shell(chat, words) for words in map(messages, languages())}


def _page_shell(chat: Chat, words: Messages) -> PageShell:
    top = render(
        "chat/top.html",
        words,
        documents=tuple(_documents(chat.assistant.corpus, words)),
        topics=chat.topics[words.code],
        ask_url=ask_url,
        max_question=chat.limits.max_question,
    )
    return PageShell(words.html, render("chat/head.html", words), top)


def _documents(corpus: Corpus, words: Messages) -> Iterator[DocumentView]:
    for document in corpus.documents:
        clauses = [clause for clause in corpus.clauses if clause.document_id == document.id]
        yield DocumentView(
            title=document.title_en if words.code != languages()[0] else None,
            chinese_title=messages(languages()[0])("language.title", title=document.title),
            url=document_url(document.id, words),
            number=document.number,
            places=tuple(dict.fromkeys(place for clause in clauses for place in clause.jurisdiction)),
            issued=document.issued,
            clause_count=len(clauses),
        )
