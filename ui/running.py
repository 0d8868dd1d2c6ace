"""A process that serves: what it is made of by the settings, and what runs beside its requests until it ends."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp
from threadpoolctl import threadpool_limits

from assistant.access.access import open_access
from assistant.access.local import is_loopback
from assistant.feedback.store import FeedbackStore
from assistant.handover.keys import KeyFile
from assistant.mcp.extra import require_sdk
from assistant.operations.hosts import allowed_names
from assistant.operations.log_lines import set_up_logging
from assistant.operations.outbox import Standing
from assistant.publication.generations import Pointer
from assistant.publication.opening import open_generation
from assistant.publication.running import present_apart
from assistant.publication.watching import Watcher
from assistant.rates.rates import Rates, open_rates
from assistant.service import Assistant
from assistant.settings import PREFIX, Settings
from corpus.errors import SettingsError
from ui.console.notes import note_sending
from ui.edition import Adapter, Edition, Site
from ui.listening import announce, listen, quieten, server_config
from ui.office import office_app
from ui.operation.running import Control
from ui.server import create_site
from ui.signin.app import said_at_start

if TYPE_CHECKING:
    from assistant.webhooks.running import Webhooks

_LOG = logging.getLogger(__name__)
_UNKEPT = (
    f"{PREFIX}WEBHOOK_URL 设置了，但反馈存储已关闭（{PREFIX}FEEDBACK），没有可通知的，也没有地方存放。"
    f"{PREFIX}WEBHOOK_URL is set, and nobody is told: nothing is kept ({PREFIX}FEEDBACK is off)."
)
# Seconds after which a working thread lets others run: with Python's 5 ms, two that compute kept the event loop from a
# request for up to 49 ms (p99), with 1 ms for 14.
_SWITCH_INTERVAL = 0.001


def serve(assistant: Assistant, settings: Settings, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until interrupted or terminated, then leave the feedback file complete. Raises what `listen` raises."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # an orderly end, as with Ctrl+C: uvicorn raises it again
    with suppress(KeyboardInterrupt), ExitStack() as stack:
        listening = stack.enter_context(listen(host, port))
        say_who_may(settings, host)  # first, so that a database without which nobody may sign in is told of once
        feedback = stack.enter_context(FeedbackStore.open(settings.feedback, settings.feedback_days))
        prepare(assistant, settings)
        announce(listening, host, settings.log)
        with asyncio.Runner(loop_factory=_event_loop()) as runner:
            runner.run(_run(assistant, settings, feedback, host, listening))


def say_who_may(settings: Settings, host: str) -> None:
    """Who gets in, on standard error, where that is worth a word. Raises SettingsError."""
    if said := said_at_start(open_access(settings) if settings.access == "roles" else None, host):
        print(said, file=sys.stderr)


def prepare(assistant: Assistant, settings: Settings) -> None:
    """Make this process one that serves the assistant. Raises SettingsError where an extra that it wants is missing."""
    if settings.mcp:
        require_sdk("POLICYQA_MCP")
    sys.setswitchinterval(_SWITCH_INTERVAL)
    threadpool_limits(1, user_api="blas")  # a product of one question is small; the cores have other questions
    set_up_logging(settings.log, settings.log_level)
    try:
        KeyFile(settings.keys).ensure()  # before any worker proves what it says with a key of its own
    except SettingsError as error:
        _LOG.warning("%s", error)
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
        await uvicorn.Server(server_config(site, settings)).serve([listening])


@asynccontextmanager
async def opened_site(
    assistant: Assistant, settings: Settings, feedback: FeedbackStore, host: str, workers: int = 1
) -> AsyncIterator[ASGIApp]:
    """The site of a process that is one of so many `workers`, with what runs beside it: it follows what is published
    and sends what is to be sent, until the end.
    """
    watchers: list[Watcher[Edition]] = []
    sending, control = note_sending(settings, feedback), Control(settings)
    rates = open_rates(settings)
    access = open_access(settings, control.access_rows()) if settings.access == "roles" else None

    webhooks: list[Webhooks] = []

    def on_site(site: Site) -> None:
        watchers.append(watcher(site, settings))
        site.follow(control.published)
        webhooks.extend(webhooks_of(settings, feedback, site))

    def standing() -> Standing | None:
        return webhooks[0].standing() if webhooks else None

    site = await create_site(
        assistant,
        feedback=feedback,
        limits=settings.request_limits,
        concurrency=settings.concurrency or max(1, _cores() // workers),
        max_queue=settings.max_queue,
        cors_origins=settings.cors_origins,
        allowed_hosts=allowed_names(host, settings.allowed_hosts),
        trusted_proxies=settings.trusted_proxies,
        office=lambda site: office_app(settings, site, feedback, control.pages(standing)),
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
        mcp=settings.mcp,
        adapters=adapters_of(settings, control, rates),
    )
    control.start()
    for telling in webhooks:
        telling.start()
    if sending.webhook:
        sending.webhook.start()
    for one in watchers if settings.corpus is None else ():
        one.start()
    try:
        with present_apart(settings.library_folder) if settings.corpus else nullcontext():
            yield site
    finally:
        rates.close()
        for one in watchers if settings.corpus is None else ():
            one.stop()
        if sending.webhook:
            sending.webhook.stop()
        for telling in webhooks:
            telling.stop()
        control.stop()


def webhooks_of(settings: Settings, feedback: FeedbackStore, site: Site) -> "list[Webhooks]":
    """What tells another system of what happens; nothing, and nothing is imported, where no address is set."""
    if settings.webhook_url is None:
        return []
    if feedback.database is None:  # what is to be told is kept there
        _LOG.warning("%s", _UNKEPT)
        return []
    from assistant.webhooks.running import open_webhooks  # noqa: PLC0415

    found = open_webhooks(settings, feedback.database, settings.library_folder, lambda: site.assistant().index.read)
    found.told = site.press.metrics.set_webhooks
    site.follow(found.look_soon)
    return [found]


def adapters_of(settings: Settings, control: Control, rates: Rates) -> Sequence[Adapter]:
    """The channels outside of the site; none, and nothing is imported, where none is set."""
    if settings.wechat_token is None:
        return ()
    from ui.channel.opening import open_wechat  # noqa: PLC0415

    return (open_wechat(settings, control.audit.database, control.operation, rates.counting),)


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
