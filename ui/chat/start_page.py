"""What the chat page opens with: what it is and who runs it above the box, life events and documents below it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.messages import Messages, languages, messages
from corpus.corpus import Corpus
from ui.chat.answer_view import ask_url
from ui.chat.chat import Chat
from ui.chat.names import clause_names
from ui.compare.address import COMPARE_PATH
from ui.document.address import document_url
from ui.event.address import events_url
from ui.match.asked import match_url
from ui.page.gateway import PageShell
from ui.page.languages import page_path, with_language
from ui.page.templates import render

_LISTED = 8  # documents that are in view; the others unfold


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


def page_shells(chat: Chat, operator: str | None = None, *, hands_over: bool = False) -> Mapping[str, PageShell]:
    """What stands around the page in every language, by its path without a slash at the end.

    `operator` is who runs the service, in words for everybody to read; `hands_over`: whether a code can be drawn.
    """
    every = map(messages, languages())
    return {page_path(words).rstrip("/"): _page_shell(chat, words, operator, hands_over) for words in every}


def _page_shell(chat: Chat, words: Messages, operator: str | None, hands_over: bool) -> PageShell:
    corpus = chat.assistant.corpus
    documents = tuple(_documents(corpus, words))
    names = json.dumps(clause_names(corpus, words), ensure_ascii=False)
    top = render("chat/top.html", words, operator=operator, names=names, chat=chat, hands_over=hands_over)
    bottom = render(
        "chat/opening.html",
        words,
        documents=documents[:_LISTED],
        more_documents=documents[_LISTED:],
        events=chat.events[words.code],
        ask_url=ask_url,
        all_events=events_url(words) if chat.assistant.services.events else "",
        compare=with_language(COMPARE_PATH, words),
        match=match_url(words) if chat.assistant.services.conditions else "",
        several_places=len(corpus.places) > 1,
    )
    return PageShell(words.html, render("chat/head.html", words), top, bottom)


def _documents(corpus: Corpus, words: Messages) -> Iterator[DocumentView]:
    for document in corpus.browsable.documents:
        clauses = corpus.clauses_of(document.id)
        yield DocumentView(
            title=document.title_en if words.code != languages()[0] else None,
            chinese_title=messages(languages()[0])("language.title", title=document.title),
            url=document_url(document.id, words),
            number=document.number,
            places=tuple(dict.fromkeys(place for clause in clauses for place in clause.jurisdiction)),
            issued=document.issued,
            clause_count=len(clauses),
        )
