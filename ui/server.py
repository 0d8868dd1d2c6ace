"""The site: API and pages, and the layers that every request passes. Everything that it is made of is given."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from assistant.access.access import Access
from assistant.access.gate import Gate
from assistant.audit.writes import AGENT_WRITES, AuditedWrites, Record
from assistant.completions.errors import OpenAIErrors
from assistant.feedback.store import FeedbackStore
from assistant.messages import languages, messages
from assistant.operations.admission import Admission, Turns
from assistant.operations.body_limit import BodyLimit
from assistant.operations.head import HeadAsGet
from assistant.operations.hosts import ANY, AllowedHosts
from assistant.operations.metrics import Metrics
from assistant.operations.proxies import TrustedProxies
from assistant.operations.request_log import RequestLog
from assistant.operations.security_headers import SecurityHeaders
from assistant.operations.tracing import Tracing
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits
from assistant.rates.kept import UNLIMITED
from assistant.rates.plan import refused_kind
from assistant.rates.rates import Rates
from assistant.service import Assistant
from assistant.switches.operation import EVERYTHING_ON, Operation
from ui.chat.page import chat_page
from ui.chat.payload import PagePayloads
from ui.console.notes import NOWHERE, Sending
from ui.edition import Adapter, Press, Site
from ui.operation.notice import NoticeOnPages
from ui.page.doors import WithDoors
from ui.page.gradio import gradio as gr
from ui.page.languages import page_path
from ui.page.older_scripts import OlderScripts
from ui.page.problems import ProblemPages
from ui.page.root import RootPath, build_under
from ui.rooms import Rooms
from ui.signin.address import ADMIN
from ui.signin.app import signin_app
from ui.signin.refusals import refuse, told

_HERE = Path(__file__).parent
# Seconds between two looks of Gradio at the queue of a page. It looks every millisecond, and on two pages nobody uses
# that takes 5 % of a core.
_QUEUE_POLL = 0.01
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
    max_queue: int = 256,
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
    mcp: bool = False,
    adapters: Sequence[Adapter] = (),
) -> ASGIApp:
    """The chat page in each language, the console, the clauses, and the API beside them, over one store of feedback.

    `office` makes the clerks' pages. `access`: who may do what; None: open access, in which whatever wants a role
    answers only at the machine itself, and only if the server `listens_locally`. `on_site` is told of the part
    that changes from one generation to the next; `sending` is where work-order notes go; `rates` limit how often a
    client may ask; `operation` says what is switched off and what every page says; `record` keeps what the office
    writes; `mcp`: whether agents may ask at /mcp; `adapters` are channels outside of the site. All of it stands under
    `root_path`: "" or a path like /policy.

    A coroutine because Gradio, built outside an event loop, opens loops of its own and never closes them.
    """
    build_under(root_path)
    metrics = Metrics()
    turns = Turns(concurrency, max_queue, metrics)
    allowance = rates.allowance if rates else UNLIMITED
    press = Press(
        feedback,
        metrics,
        turns,
        limits,
        cors_origins,
        operator,
        root_path,
        sending,
        allowance,
        operation,
        mcp,
        adapters,
    )
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
    limited = partial(rates.layer, metrics=metrics) if rates else None
    app = rooms(app, office(site) if office else None, access, record, limited)
    site.doors |= {ADMIN} if access else set()
    app = Gate(
        app,
        partial(refuse, limited=partial(rates.layer, metrics=metrics, kind_of=refused_kind)) if rates else refuse,
        access.finding if access else None,
        listens_locally=listens_locally,
        tell=told,
    )
    app = WithDoors(app, lambda: site.doors)
    app = SecurityHeaders(AllowedHosts(app, allowed_hosts, told))
    identity = access.finding.proxy.headers if access and access.finding.proxy else ()
    app = NoticeOnPages(TrustedProxies(app, trusted_proxies, identity), operation)
    app = OpenAIErrors(app)
    app = tracing.layer(app) if tracing else app
    return RequestLog(RootPath(app, root_path), trusted_proxies)


def rooms(
    site: ASGIApp,
    office: ASGIApp | None,
    access: Access | None,
    record: Record | None = None,
    limited: Callable[[ASGIApp], ASGIApp] | None = None,
) -> ASGIApp:
    """Site, office and the pages of access, behind the Gate. What the office writes goes into the `record`; `limited`
    puts limits in front of the office and of the pages of access, at which strangers knock.
    """
    limited = limited or (lambda app: app)
    signin: ASGIApp | None = HeadAsGet(signin_app(access)) if access else None
    signin = ProblemPages(limited(signin)) if signin else None
    desk = ProblemPages(limited(HeadAsGet(office))) if office else None
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
