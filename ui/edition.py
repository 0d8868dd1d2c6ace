"""Everything that is made of one generation, and the site that changes from one to the next between two requests.

A request that has begun ends in the edition in which it began. Gradio's pages are made once: they ask the site which
chat is in service, and only what a page offers, the places, is set anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.answer import Answer
from assistant.api.app import create_app
from assistant.feedback.recorded import Channel
from assistant.feedback.store import FeedbackStore
from assistant.messages import languages, messages
from assistant.operations.admission import Turns
from assistant.operations.metrics import Metrics
from assistant.phrasing.told import model_of
from assistant.question.limits import RequestLimits
from assistant.rates.kept import UNLIMITED, Allowance
from assistant.service import Assistant, Turn
from assistant.switches.operation import EVERYTHING_ON, Operation
from assistant.switches.state import Channel as Answering
from ui.chat.chat import Chat
from ui.chat.page import offer_places
from ui.chat.start_page import page_shells
from ui.clause.page import clause_pages
from ui.compare.address import COMPARE_PATH
from ui.compare.page import compare_page
from ui.console.notes import NOWHERE, Sending
from ui.console.routes import console_router
from ui.document.page import document_pages
from ui.event.address import EVENTS_PATH
from ui.event.page import event_pages
from ui.match.page import match_pages
from ui.operation.notice import notice_page
from ui.page.gateway import Gateway
from ui.page.gradio import gradio as gr
from ui.page.languages import page_path
from ui.page.root import build_under
from ui.plate.address import PLATES_PATH
from ui.plate.page import plate_pages
from ui.widget.page import widget_pages


class Adapter(Protocol):
    """A channel outside of the site, by which people ask as well."""

    @property
    def channel(self) -> Channel:
        """As which its questions are recorded."""
        ...

    def router(
        self, assistant: Assistant, on_answer: Callable[[Answer, Sequence[Turn]], None], metrics: Metrics
    ) -> APIRouter:
        """Its routes over an assistant. `on_answer` is told of every answer that is given and the turns before it."""
        ...


@dataclass(frozen=True, slots=True)
class Edition:
    """What answers from one generation."""

    assistant: Assistant
    chat: Chat
    app: ASGIApp


@dataclass(frozen=True, slots=True)
class Press:
    """What all editions share, and how one is made."""

    feedback: FeedbackStore
    metrics: Metrics
    turns: Turns
    limits: RequestLimits
    cors_origins: Sequence[str] = ()
    operator: str | None = None
    root_path: str = ""
    sending: Sending = NOWHERE  # where work-order notes go
    allowance: Allowance = UNLIMITED  # how much of each client is recorded
    operation: Operation = EVERYTHING_ON  # what the operator has switched
    mcp: bool = False  # whether agents may ask at /mcp
    adapters: Sequence[Adapter] = ()  # channels outside of the site

    def chat(self, assistant: Assistant) -> Chat:
        """The chat over an assistant."""
        is_off = partial(self.operation.is_off, Answering.CHAT)
        return Chat(assistant, self._on_answer(assistant, Channel.CHAT), self.limits, is_off)

    def edition(self, assistant: Assistant, chat: Chat, pages: ASGIApp) -> Edition:
        """An edition in front of Gradio's `pages`; it may take a second, and any thread may ask for it."""
        build_under(self.root_path)
        api = self.api(assistant)
        return Edition(
            assistant, chat, Gateway(pages, api, page_shells(chat, self.operator, hands_over=self.feedback.is_kept))
        )

    def api(self, assistant: Assistant) -> FastAPI:
        """API and pages of an edition, all but Gradio's."""
        api = create_app(
            assistant,
            feedback=self.feedback,
            metrics=self.metrics,
            on_answer=self._on_answer(assistant, Channel.API),
            turns=self.turns,
            limits=self.limits,
            cors_origins=self.cors_origins,
            computing=(COMPARE_PATH, EVENTS_PATH, PLATES_PATH),
            operation=self.operation,
        )
        api.include_router(clause_pages(assistant.corpus, assistant.services, assistant.channels))
        api.include_router(document_pages(assistant.corpus))
        api.include_router(compare_page(assistant, self.limits))
        api.include_router(widget_pages(assistant))
        api.include_router(match_pages(assistant))
        api.include_router(event_pages(assistant, self.limits))
        api.include_router(plate_pages(assistant))
        api.include_router(notice_page(self.operation))
        is_off = partial(self.operation.is_off, Answering.CONSOLE)
        api.include_router(console_router(assistant, self.feedback, self.limits, self.sending, is_off))
        if self.mcp:
            api.router.routes.append(self._mcp(assistant))
        for adapter in self.adapters:
            api.include_router(adapter.router(assistant, self._on_answer(assistant, adapter.channel), self.metrics))
        return api

    def _mcp(self, assistant: Assistant) -> BaseRoute:
        from assistant.mcp.endpoint import mcp_route  # noqa: PLC0415  (an extra, off unless it is switched on)
        from assistant.mcp.tools import Served  # noqa: PLC0415

        is_off = partial(self.operation.is_off, Answering.API)
        served = Served(assistant, self.limits, self._on_answer(assistant, Channel.API), is_off)
        return mcp_route(served)

    def _on_answer(self, assistant: Assistant, channel: Channel) -> Callable[[Answer, Sequence[Turn]], None]:
        def on_answer(answer: Answer, history: Sequence[Turn]) -> None:
            self.metrics.count_answer(answer)
            self.metrics.count_violations(assistant.assembler)
            if model := model_of(assistant.settings):
                self.metrics.count_phrasings(model.outcomes.take())
            if not self.feedback.record(answer, history, channel, self.allowance.take):
                self.metrics.count_unrecorded()

        return on_answer


class Site:
    """ASGI app that gives every request to the edition in service."""

    def __init__(self, press: Press, first: Chat) -> None:
        self.press = press
        self._chat = first
        self._pages: ASGIApp | None = None
        self._blocks: Mapping[str, gr.Blocks] = {}
        self._edition: Edition | None = None
        self._followers: list[Callable[[], object]] = []
        self.doors = {"/agent"}  # paths to which heads of the office lead; whoever adds pages there adds theirs

    def chat(self) -> Chat:
        """The chat in service."""
        return self._chat

    def assistant(self) -> Assistant:
        """The assistant in service."""
        return self._chat.assistant

    def in_service(self) -> Edition:
        """The edition in service. The site is open."""
        assert self._edition is not None, "the site is not open yet"
        return self._edition

    def open(self, pages: ASGIApp, blocks: Mapping[str, gr.Blocks]) -> None:
        """Begin, with Gradio's pages; `blocks` are these by their addresses."""
        self._pages, self._blocks = pages, blocks
        self.switch(self.edition(self._chat.assistant, self._chat))

    def edition(self, assistant: Assistant, chat: Chat | None = None) -> Edition:
        """An edition that `switch` can put in service, with everything worked out that an asker would wait for."""
        assert self._pages is not None, "the site is not open yet"
        if chat is None:
            assistant.warm_up()
        return self.press.edition(assistant, chat or self.press.chat(assistant), self._pages)

    def switch(self, edition: Edition) -> None:
        """Put an edition in service, between two requests."""
        for words in map(messages, languages()):
            offer_places(self._blocks[page_path(words)], edition.assistant.corpus.places, words)
        self._edition, self._chat = edition, edition.chat
        self.press.metrics.set_in_service(edition.assistant)

    def follow(self, act: Callable[[], object]) -> None:
        """Have something done whenever a generation has been put in service, outside of any request."""
        self._followers.append(act)

    def followed(self) -> None:
        """Do what follows a switch; it may take as long as it takes."""
        for act in self._followers:
            act()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.in_service().app(scope, receive, send)
