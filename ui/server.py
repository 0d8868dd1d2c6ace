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
from assistant.operations.body_limit import BodyLimit
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import SettingsError
from ui.chat.page import Chat, chat_page
from ui.chat.start_page import dress
from ui.clause.page import clause_pages
from ui.console.routes import console_router
from ui.page.gateway import Wall
from ui.page.messages import EN, ZH, Words

_HERE = Path(__file__).parent
_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]


async def create_site(assistant: Assistant) -> ASGIApp:
    """The chat page at `/` and `/en`, the console, the clauses, and the API beside them, over one store of feedback.

    A coroutine because Gradio, built outside an event loop, opens loops of its own and never closes them.
    """
    api = create_app(assistant)
    api.include_router(clause_pages(assistant.corpus))
    api.include_router(console_router(assistant, api.state.feedback))
    chat = Chat(assistant, api.state.told)
    page = FastAPI(openapi_url=None)
    for name in ("page", "chat", "console", "clause"):
        page.mount(f"/ui/{name}", StaticFiles(directory=_HERE / name / "static"))
    for words in (EN, ZH):  # the longer path first: the mount at / takes every path
        _mount(page, chat, words)
    dresses = {words.path.rstrip("/"): dress(chat, words) for words in (ZH, EN)}
    return Wall(BodyLimit(page, assistant.settings.max_body), api, dresses)


def _mount(page: FastAPI, chat: Chat, words: Words) -> None:
    gr.mount_gradio_app(
        page,
        chat_page(chat, words),
        path=words.path,
        theme=_theme(),
        favicon_path=str(_HERE / "page" / "static" / "favicon.svg")
        if words.path == "/"
        else None,  # Gradio has one per server
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
