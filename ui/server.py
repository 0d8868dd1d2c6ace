"""`policyqa serve`: API and pages in one process. Everything a server is made of is put together here."""

import asyncio
import gc
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp
from threadpoolctl import threadpool_limits

from assistant.feedback.store import FeedbackStore
from assistant.messages import languages, messages
from assistant.operations.admission import Admission, Turns
from assistant.operations.body_limit import BodyLimit
from assistant.operations.head import HeadAsGet
from assistant.operations.hosts import ANY, AllowedHosts, allowed_names
from assistant.operations.metrics import Metrics
from assistant.operations.proxies import TrustedProxies
from assistant.publication.generations import Pointer
from assistant.publication.opening import open_generation
from assistant.publication.watching import Watcher
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits
from assistant.service import Assistant
from assistant.settings import Settings
from ui.chat.page import chat_page
from ui.chat.payload import PagePayloads
from ui.console.notes import NOWHERE, Sending, note_sending
from ui.edition import Edition, Press, Site
from ui.library.access import LocalLibrary, is_loopback
from ui.listening import announce, listen, quieten, server_config
from ui.office import office_app
from ui.page.languages import page_path
from ui.page.older_scripts import OlderScripts
from ui.page.root import RootPath, build_under

_HERE = Path(__file__).parent
# Seconds after which a working thread lets others run: with Python's 5 ms, two that compute kept the event loop from a
# request for up to 49 ms (p99), with 1 ms for 14.
_SWITCH_INTERVAL = 0.001
# Seconds between two looks of Gradio at the queue of a page. It looks every millisecond, and on two pages nobody uses
# that takes 5 % of a core.
_QUEUE_POLL = 0.01
_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]


async def create_site(
    assistant: Assistant,
    *,
    feedback: FeedbackStore,
    limits: RequestLimits = DEFAULT_LIMITS,
    concurrency: int = 2,
    max_queue: int = 256,
    cors_origins: Sequence[str] = (),
    allowed_hosts: Sequence[str] = (ANY,),
    trusted_proxies: Sequence[str] = (),
    office: Callable[[Site], ASGIApp] | None = None,
    operator: str | None = None,
    listens_locally: bool = False,
    root_path: str = "",
    on_site: Callable[[Site], None] | None = None,
    sending: Sending = NOWHERE,
) -> ASGIApp:
    """The chat page in each language, the console, the clauses, and the API beside them, over one store of feedback.

    `office` makes the clerks' pages, which answer only if the server `listens_locally`; `on_site` is told of the part
    that changes from one generation to the next; `sending` is where work-order notes go. All of it stands under
    `root_path`: "" or a path like /policy.

    A coroutine because Gradio, built outside an event loop, opens loops of its own and never closes them.
    """
    build_under(root_path)
    metrics = Metrics()
    turns = Turns(concurrency, max_queue, metrics)
    press = Press(feedback, metrics, turns, limits, cors_origins, operator, root_path, sending)
    site = Site(press, press.chat(assistant))
    # The first language last: its mount at / takes every path.
    chats = {page_path(words): chat_page(site.chat, words) for words in map(messages, reversed(languages()))}
    pages = BodyLimit(PagePayloads(Admission(_pages(chats), turns, metrics), chats), limits.max_body)
    site.open(OlderScripts(pages), chats)
    if on_site:
        on_site(site)
    app: ASGIApp = TrustedProxies(AllowedHosts(HeadAsGet(site), allowed_hosts), trusted_proxies)
    if office:
        app = LocalLibrary(app, HeadAsGet(office(site)), listens_locally=listens_locally)
    return RootPath(app, root_path)


def _pages(chats: Mapping[str, gr.Blocks]) -> FastAPI:
    """Gradio's pages, by path, and the files of all pages."""
    pages = FastAPI(openapi_url=None)
    for folder in sorted(_HERE.glob("*/static")):
        pages.mount(f"/ui/{folder.parent.name}", StaticFiles(directory=folder))
    favicon = str(_HERE / "page" / "static" / "favicon.svg")
    for path, chat in chats.items():
        gr.mount_gradio_app(
            pages,
            chat,
            path=path,
            theme=_theme(),
            favicon_path=favicon if path == "/" else None,  # Gradio has one per server
            footer_links=[],
            run_history=False,
            show_error=False,
            ssr_mode=False,
            mcp_server=False,
            enable_monitoring=False,
            max_file_size=1,
        )
        chat._queue.sleep_when_free = chat._queue.progress_update_sleep_when_free = _QUEUE_POLL
    return pages


def _theme() -> gr.themes.Base:
    """Fonts of the reader's own machine only; a blue dark enough for white letters (WCAG contrast 4.5)."""
    theme = gr.themes.Default(primary_hue="blue", font=_FONTS, font_mono=["monospace"])
    return theme.set(button_primary_background_fill="*primary_700", button_primary_background_fill_hover="*primary_800")


def serve(assistant: Assistant, settings: Settings, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until interrupted or terminated, then leave the feedback file complete. Raises what `listen` raises."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # an orderly end, as with Ctrl+C: uvicorn raises it again
    store = FeedbackStore.open(settings.feedback, settings.feedback_days)
    with suppress(KeyboardInterrupt), listen(host, port) as listening, store as feedback:
        prepare(assistant)
        announce(listening, host)
        with asyncio.Runner(loop_factory=_event_loop()) as runner:
            runner.run(_run(assistant, settings, feedback, host, listening))


def prepare(assistant: Assistant) -> None:
    """Make this process one that serves the assistant."""
    sys.setswitchinterval(_SWITCH_INTERVAL)
    threadpool_limits(1, user_api="blas")  # a product of one question is small; the cores have other questions
    assistant.warm_up()
    gc.freeze()  # what is loaded by now stays: no collection needs to walk through it again
    quieten()


def _event_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """That of uvloop, where there is one: it is not made for Windows."""
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory


def _cores() -> int:
    """The cores that this process may use, which in a container or under taskset are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


async def _run(
    assistant: Assistant, settings: Settings, feedback: FeedbackStore, host: str, listening: socket.socket
) -> None:
    async with opened_site(assistant, settings, feedback, host) as site:
        await uvicorn.Server(server_config(site, settings.keep_alive)).serve([listening])


@asynccontextmanager
async def opened_site(
    assistant: Assistant, settings: Settings, feedback: FeedbackStore, host: str, workers: int = 1
) -> AsyncIterator[ASGIApp]:
    """The site of a process that is one of so many `workers`, with what runs beside it: it follows what is published
    and sends what is to be sent, until the end.
    """
    watchers: list[Watcher[Edition]] = []
    sending = note_sending(settings, feedback)
    site = await create_site(
        assistant,
        feedback=feedback,
        limits=settings.request_limits,
        concurrency=settings.concurrency or max(1, _cores() // workers),
        max_queue=settings.max_queue,
        cors_origins=settings.cors_origins,
        allowed_hosts=allowed_names(host, settings.allowed_hosts),
        trusted_proxies=settings.trusted_proxies,
        office=lambda site: office_app(settings, site, feedback),
        listens_locally=is_loopback(host),
        operator=settings.operator,
        root_path=settings.root_path,
        on_site=lambda site: watchers.append(watcher(site, settings)),
        sending=sending,
    )
    if sending.webhook:
        sending.webhook.start()
    for one in watchers if settings.corpus is None else ():
        one.start()
    try:
        yield site
    finally:
        for one in watchers if settings.corpus is None else ():
            one.stop()
        if sending.webhook:
            sending.webhook.stop()


def watcher(site: Site, settings: Settings) -> Watcher[Edition]:
    """What keeps a site at the generation in service."""

    def load(pointer: Pointer) -> Edition:
        published = open_generation(settings, pointer, like=site.assistant().index)
        edition = site.edition(Assistant.over(published.index, settings, published.documents, published))
        gc.unfreeze()
        gc.collect()  # what the edition before the last one held
        gc.freeze()
        return edition

    published = site.assistant().published
    serving = (published.pointer, site.in_service()) if published else None
    return Watcher(settings.library_folder, load, site.switch, serving, site.followed)
