"""`policyqa serve`: API and chat page in one process, over one Assistant."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from assistant.api.app import create_app
from assistant.messages import Messages, languages, messages
from assistant.operations.body_limit import BodyLimit
from assistant.question.limits import RequestLimits
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import SettingsError
from ui.chat.chat import Chat
from ui.chat.page import chat_page
from ui.chat.predict_check import PredictCheck, inputs_of
from ui.chat.start_page import page_shells
from ui.clause.page import clause_pages
from ui.console.routes import console_router
from ui.page.gateway import Gateway
from ui.page.languages import page_path

_HERE = Path(__file__).parent
_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]


async def create_site(assistant: Assistant) -> ASGIApp:
    """The chat page in each language, the console, the clauses, and the API beside them, over one store of feedback.

    A coroutine because Gradio, built outside an event loop, opens loops of its own and never closes them.
    """
    settings = assistant.settings
    limits = RequestLimits(settings.max_question, settings.max_history)
    api = create_app(assistant)
    api.include_router(clause_pages(assistant.corpus))
    api.include_router(console_router(assistant, api.state.feedback, limits))
    chat = Chat(assistant, api.state.told, limits)
    return Gateway(BodyLimit(_pages(chat), settings.max_body), api, page_shells(chat))


def _pages(chat: Chat) -> FastAPI:
    """What Gradio serves, and the files of all pages."""
    pages = FastAPI(openapi_url=None)
    for name in ("page", "chat", "console", "clause"):
        pages.mount(f"/ui/{name}", StaticFiles(directory=_HERE / name / "static"))
    blocks = {words: chat_page(chat, words) for words in map(messages, languages())}
    for words in reversed(blocks):  # the first language last: its mount at / takes every path
        _mount(pages, blocks[words], words)
    inputs = next(inputs_of(page) for page in blocks.values())  # the same functions in every language
    places = chat.assistant.corpus.places
    pages.add_middleware(PredictCheck, inputs=inputs, places=places, max_question=chat.limits.max_question)
    return pages


def _mount(pages: FastAPI, page: gr.Blocks, words: Messages) -> None:
    favicon = str(_HERE / "page" / "static" / "favicon.svg") if page_path(words) == "/" else None  # one per server
    gr.mount_gradio_app(
        pages,
        page,
        path=page_path(words),
        theme=_theme(),
        favicon_path=favicon,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        max_file_size=1,
    )


def _theme() -> gr.themes.Base:
    """Fonts of the reader's own machine only; a blue dark enough for white letters (WCAG contrast 4.5)."""
    theme = gr.themes.Default(primary_hue="blue", font=_FONTS, font_mono=["monospace"])
    return theme.set(button_primary_background_fill="*primary_700", button_primary_background_fill_hover="*primary_800")


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until interrupted. Raises what `Assistant.open` and `listen` raise."""
    assistant = Assistant.open(settings)
    assistant.warm_up()
    with listen(host, port) as listening, suppress(KeyboardInterrupt):  # how Ctrl+C ends a clean shutdown
        asyncio.run(_run(assistant, listening))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises SettingsError when the address cannot be had."""
    try:
        return socket.create_server((host, port), reuse_port=False)
    except OSError as error:
        message = (
            f"无法监听 {host}:{port}，请换一个端口（--port）。Cannot listen there ({error}); choose another --port."
        )
        raise SettingsError(message) from error


async def _run(assistant: Assistant, listening: socket.socket) -> None:
    site = await create_site(assistant)
    # No access log: a question asked by link stands in the address, and questions are nobody else's business.
    config = uvicorn.Config(site, access_log=False, server_header=False)
    await uvicorn.Server(config).serve([listening])
