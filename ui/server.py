"""`policyqa serve`: API and pages in one process. Everything a server is made of is put together here."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp
from threadpoolctl import threadpool_limits

from assistant.access.access import Access, open_access
from assistant.access.gate import Gate
from assistant.access.local import is_loopback
from assistant.audit.writes import AGENT_WRITES, AuditedWrites, Record
from assistant.feedback.store import FeedbackStore
from assistant.handover.keys import KeyFile
from assistant.messages import languages, messages
from assistant.operations.admission import Admission, Turns
from assistant.operations.body_limit import BodyLimit
from assistant.operations.connections import Connections
from assistant.operations.head import HeadAsGet
from assistant.operations.hosts import ANY, AllowedHosts, allowed_names
from assistant.operations.log_lines import set_up_logging
from assistant.operations.metrics import Metrics
from assistant.operations.proxies import TrustedProxies
from assistant.operations.request_log import RequestLog
from assistant.operations.security_headers import SecurityHeaders
from assistant.operations.sparing import Sparing, spare
from assistant.operations.tracing import Tracing
from assistant.publication.generations import Pointer
from assistant.publication.opening import open_generation
from assistant.publication.watching import Watcher
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits
from assistant.rates.kept import UNLIMITED
from assistant.rates.rates import Rates, open_rates
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.switches.operation import EVERYTHING_ON, Operation
from corpus.errors import SettingsError
from ui.chat.page import chat_page
from ui.chat.payload import PagePayloads
from ui.console.notes import NOWHERE, Sending, note_sending
from ui.edition import Edition, Press, Site
from ui.office import office_app
from ui.operation.notice import NoticeOnPages
from ui.operation.running import Control
from ui.page.languages import page_path
from ui.page.older_scripts import OlderScripts
from ui.page.problems import ProblemPages
from ui.page.root import RootPath, build_under
from ui.rooms import Rooms
from ui.signin.app import said_at_start, signin_app
from ui.signin.refusals import refuse

_LOG = logging.getLogger(__name__)
_SPARING = Sparing()
_HERE = Path(__file__).parent
# Seconds after which a working thread lets others run: with Python's 5 ms, two that compute kept the event loop from a
# request for up to 49 ms (p99), with 1 ms for 14.
_SWITCH_INTERVAL = 0.001
# Seconds in which requests must end once the server is told to stop. An answer takes milliseconds, but a page left open
# and a client that never sends the rest of its request would hold the server for ever.
_GRACE = 1
# Seconds between two looks of Gradio at the queue of a page. It looks every millisecond, and on two pages nobody uses
# that takes 5 % of a core.
_QUEUE_POLL = 0.01
_OWN_FILES = 512  # of index, databases and threads; with room
# Sessions of which Gradio keeps a copy of the page's state, where it would keep ten thousand. The page needs none of
# it: one that is dropped is made anew at the next call, and whoever names ever new sessions fills no memory.
_SESSIONS = 64
_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]


async def create_site(
    assistant: Assistant,
    *,
    feedback: FeedbackStore,
    limits: RequestLimits = DEFAULT_LIMITS,
    concurrency: int = 2,
    max_queue: int = 64,
    cors_origins: Sequence[str] = (),
    allowed_hosts: Sequence[str] = (ANY,),
    trusted_proxies: Sequence[str] = (),
    office: Callable[[Site], ASGIApp] | None = None,
    operator: str | None = None,
    listens_locally: bool = False,
    access: Access | None = None,
    root_path: str = "",
    on_site: Callable[[Site], None] | None = None,
    sending: Sending = NOWHERE,
    rates: Rates | None = None,
    operation: Operation = EVERYTHING_ON,
    record: Record | None = None,
    tracing: Tracing | None = None,
) -> ASGIApp:
    """The chat page in each language, the console, the clauses, and the API beside them, over one store of feedback.

    `office` makes the clerks' pages. `access`: who may do what; None: open access, in which whatever wants a role
    answers only at the machine itself, and only if the server `listens_locally`. `on_site` is told of the part
    that changes from one generation to the next; `sending` is where work-order notes go; `rates` limit how often a
    client may ask; `operation` says what is switched off and what every page says; `record` keeps what the office
    writes. All of it stands under `root_path`: "" or a path like /policy.

    A coroutine because Gradio, built outside an event loop, opens loops of its own and never closes them.
    """
    build_under(root_path)
    metrics = Metrics()
    turns = Turns(concurrency, max_queue, metrics)
    allowance = rates.allowance if rates else UNLIMITED
    press = Press(feedback, metrics, turns, limits, cors_origins, operator, root_path, sending, allowance, operation)
    site = Site(press, press.chat(assistant))
    # The first language last: its mount at / takes every path.
    chats = {page_path(words): chat_page(site.chat, words) for words in map(messages, reversed(languages()))}
    pages = BodyLimit(
        PagePayloads(Admission(_pages(chats), turns, metrics), chats), limits.max_body, limits.max_seconds
    )
    site.open(OlderScripts(pages), chats)
    if on_site:
        on_site(site)
    app: ASGIApp = HeadAsGet(site)
    app = AuditedWrites(app, record, AGENT_WRITES) if record else app
    if rates:
        app = ProblemPages(rates.layer(app, metrics))
    app = rooms(app, office(site) if office else None, access, record)
    app = Gate(app, refuse, access.finding if access else None, listens_locally=listens_locally)
    app = SecurityHeaders(AllowedHosts(app, allowed_hosts))
    identity = access.finding.proxy.headers if access and access.finding.proxy else ()
    app = NoticeOnPages(TrustedProxies(app, trusted_proxies, identity), operation)
    app = tracing.layer(app) if tracing else app
    return RequestLog(RootPath(app, root_path), trusted_proxies)


def rooms(site: ASGIApp, office: ASGIApp | None, access: Access | None, record: Record | None = None) -> ASGIApp:
    """Site, office and the pages of access, behind the Gate. What the office writes goes into the `record`."""
    signin = HeadAsGet(signin_app(access)) if access else None
    desk = HeadAsGet(office) if office else None
    return Rooms(site, AuditedWrites(desk, record) if desk and record else desk, signin)


def _pages(chats: Mapping[str, gr.Blocks]) -> FastAPI:
    """Gradio's pages, by path, and the files of all pages."""
    pages = FastAPI(openapi_url=None)
    for folder in sorted(_HERE.glob("*/static")):
        pages.mount(f"/ui/{folder.parent.name}", StaticFiles(directory=folder))
    favicon = str(_HERE / "page" / "static" / "favicon.svg")
    for path, chat in chats.items():
        chat.state_session_capacity = _SESSIONS
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
    sys.setswitchinterval(_SWITCH_INTERVAL)
    threadpool_limits(1, user_api="blas")  # a product of one question is small; the cores have other questions
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # an orderly end, as with Ctrl+C: uvicorn raises it again
    if said := said_at_start(open_access(settings) if settings.access == "roles" else None, host):
        print(said, file=sys.stderr)
    store = FeedbackStore.open(settings.feedback, settings.feedback_days)
    set_up_logging(settings.log, settings.log_level)
    try:
        KeyFile(settings.keys).ensure()  # before any worker proves what it says with a key of its own
    except SettingsError as error:
        _LOG.warning("%s", error)
    _allow_files(settings.connections)
    with suppress(KeyboardInterrupt), listen(host, port) as listening, store as feedback:
        assistant.warm_up()
        gc.freeze()  # what is loaded by now stays: no collection needs to walk through it again
        where = f"http://[{host}]" if ":" in host else f"http://{host}"
        said = f"{where}:{listening.getsockname()[1]}  按 Ctrl+C 停止 · Ctrl+C to stop"
        if settings.log == "json":
            _LOG.warning(said)  # whatever the level: it is looked for
        else:
            print(said, file=sys.stderr)
        with asyncio.Runner(loop_factory=_event_loop()) as runner:
            runner.run(_run(assistant, settings, feedback, host, listening))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections send at once. Raises SettingsError when the address cannot be had.

    Without TCP_NODELAY an answer over a kept connection waits 40 ms for the client to acknowledge what came before.
    Accepted sockets inherit it; asyncio sets it itself only on sockets made with the protocol number of TCP.
    """
    try:
        listening = socket.create_server((host.encode("idna").decode(), port), family=_family(host))
    except (OSError, UnicodeError) as error:  # the latter: no name of a host
        message = (
            f"无法监听 {host}:{port}，请换一个端口（--port）或地址（--host）。"
            f"Cannot listen there ({error}); choose another --port or --host."
        )
        raise SettingsError(message) from error
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _allow_files(connections: int) -> None:
    """Let the process hold so many connections beside its own files, as far as the system allows it."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # on Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OWN_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


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


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


async def _run(
    assistant: Assistant, settings: Settings, feedback: FeedbackStore, host: str, listening: socket.socket
) -> None:
    watchers: list[Watcher[Edition]] = []
    sending, control = note_sending(settings, feedback), Control(settings)
    rates = open_rates(settings)
    access = open_access(settings, control.record_access) if settings.access == "roles" else None

    def on_site(site: Site) -> None:
        watchers.append(watcher(site, settings))
        site.follow(control.published)

    site = await create_site(
        assistant,
        feedback=feedback,
        limits=settings.request_limits,
        concurrency=settings.concurrency or _cores(),
        max_queue=settings.max_queue,
        cors_origins=settings.cors_origins,
        allowed_hosts=allowed_names(host, settings.allowed_hosts),
        trusted_proxies=settings.trusted_proxies,
        office=lambda site: office_app(settings, site, feedback, control.pages()),
        listens_locally=is_loopback(host),
        access=access,
        operator=settings.operator,
        root_path=settings.root_path,
        on_site=on_site,
        sending=sending,
        rates=rates,
        operation=control.operation,
        record=control.audit,
        tracing=control.tracing,
    )
    control.start()
    if sending.webhook:
        sending.webhook.start()
    for one in watchers if settings.corpus is None else ():
        one.start()
    try:
        connections = Connections(settings.connections, settings.receive_seconds)
        await uvicorn.Server(server_config(site, settings.keep_alive, connections)).serve([listening])
    finally:
        rates.close()
        for one in watchers if settings.corpus is None else ():
            one.stop()
        if sending.webhook:
            sending.webhook.stop()
        control.stop()


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


def server_config(site: ASGIApp, keep_alive: int, connections: Connections | None = None) -> uvicorn.Config:
    """How uvicorn serves the site. No access log of its own: a question asked by link stands in the address, and
    questions are nobody else's business; RequestLog tells routes. Forwarded headers are the affair of TrustedProxies.
    """
    config = uvicorn.Config(
        site,
        http=(connections or Connections()).protocol(),
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=keep_alive,
        timeout_graceful_shutdown=_GRACE,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_no_cancellation)
    spare(_SPARING)
    return config


def _is_no_cancellation(record: logging.LogRecord) -> bool:
    """That requests are cut off at the end, uvicorn says in one line; the traceback of each says no more."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))
