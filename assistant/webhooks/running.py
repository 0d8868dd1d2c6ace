"""What a server runs so that another system is told: it looks for what has happened, and sends, until it stops."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from assistant.access.local import is_loopback
from assistant.database.database import Database
from assistant.gaps.book import GapBook
from assistant.gaps.grouping import Read
from assistant.operations.outbox import Outbox, Standing
from assistant.operations.webhook import Webhook
from assistant.settings import PREFIX, Settings
from assistant.webhooks.announcer import Announcer
from assistant.webhooks.callbacks import DueCallbacks
from assistant.webhooks.gaps import OpenedGaps
from assistant.webhooks.happening import Kind, links_to
from assistant.webhooks.published import Published
from assistant.webhooks.standard import standard_headers
from corpus.clock import china_now
from corpus.errors import DatabaseError

_LOG = logging.getLogger(__name__)
_SECONDS = 30.0  # between two looks
_GAPS_EVERY = timedelta(minutes=10)  # grouping questions takes its time
_PLAIN = (
    f"{PREFIX}WEBHOOK_URL 不是 https：通知在网络上不加密；只在自己的内网里这样用。"
    f"{PREFIX}WEBHOOK_URL is no https: what is told crosses the network unencrypted; only inside your own."
)


class Webhooks:
    """Looks and sends from `start` to `stop`, in threads of its own."""

    def __init__(
        self, announcer: Announcer, outbox: Outbox, webhook: Webhook, told: Callable[[Standing], object] = lambda _: 0
    ) -> None:
        """`told` is called with how it stands after each look."""
        self._announcer = announcer
        self._outbox = outbox
        self._webhook = webhook
        self.told = told
        self._stopping = threading.Event()
        self._news = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begin, with what happened while no server ran."""
        self._webhook.start()
        self._thread.start()

    def stop(self) -> None:
        """End; what has not been sent stays."""
        self._stopping.set()
        self._news.set()
        self._thread.join()
        self._webhook.stop()

    def look_soon(self) -> None:
        """Something has happened: look without waiting for the next time."""
        self._news.set()

    def look(self) -> int:
        """One look; how much there was to tell. Raises DatabaseError."""
        found = self._announcer.look()
        if found:
            self._webhook.send_soon()
        self.told(self.standing())
        return found

    def standing(self) -> Standing:
        """How many wait or have failed, and why. Raises DatabaseError."""
        return self._outbox.standing()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._news.clear()
            try:
                self.look()
            except DatabaseError as error:
                _LOG.error("nothing can be told for now: %s", error)
            except Exception:  # it must go on, whatever happens to one look
                _LOG.exception("looking for what has happened failed")
            self._news.wait(_SECONDS)


def open_webhooks(settings: Settings, database: Database, library: Path, read: Callable[[], Read]) -> Webhooks:
    """What the settings name, in the database of the answers. It looks and sends nothing before it is started.

    `read` gives what reads questions, of the assistant in service.
    """
    assert settings.webhook_url is not None
    assert settings.webhook_secret is not None
    url = urlsplit(settings.webhook_url)
    if url.scheme == "http" and not is_loopback(url.hostname or ""):
        _LOG.warning("%s", _PLAIN)
    outbox, link = Outbox(database, kinds=[kind.value for kind in Kind]), links_to(settings.public_url)
    announcer = Announcer(database, outbox)
    announcer.sources = (
        Published(library, link),
        OpenedGaps(GapBook(database), read, lambda: announcer.is_my_turn("gaps", _GAPS_EVERY), link),
        DueCallbacks(database, china_now, link),
    )
    webhook = Webhook(outbox, settings.webhook_url, settings.webhook_secret, signed=standard_headers)
    return Webhooks(announcer, outbox, webhook)
