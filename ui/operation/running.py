"""What a server runs beside its requests so that it can be operated: the switches followed, the audit kept."""

import logging
from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter

from assistant.access.caller import Means, working
from assistant.audit.audit import Audit
from assistant.audit.journal import take_over
from assistant.audit.keeping import Keeping
from assistant.audit.of_access import AccessRows
from assistant.audit.start import record_settings
from assistant.operations.outbox import Standing
from assistant.operations.tracing import Tracing, open_tracing
from assistant.settings import Settings
from assistant.switches.kept_file import KeptFile
from assistant.switches.operation import Following, Operation
from assistant.switches.switchboard import Switchboard
from corpus.errors import DatabaseError
from ui.operation.routes import operation_pages

_LOG = logging.getLogger(__name__)


class Control:
    """One worker's switches, audit and spans, from `start` to `stop`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._library: Path = settings.library_folder
        self.audit = Audit.open(settings)
        self.switchboard = Switchboard(self.audit)
        self.operation = Operation()
        self.tracing: Tracing | None = open_tracing()
        self._following = Following(self.operation, self.switchboard, kept=KeptFile(settings.kept_switches))
        self._keeping = Keeping(self.audit, self._library)

    def access_rows(self) -> AccessRows:
        """Takes what happens to accounts and keys into the audit: by whoever is signed in, or has just done so."""
        return AccessRows(self.audit, self._who)

    @staticmethod
    def _who(event: str, what: dict[str, object]) -> str:
        whose = "" if event == "signin_failed" else what.get("account", "")  # who failed may be anybody
        by, caller = str(what.pop("by", None) or whose), working()
        means = caller.means if caller and caller.name == by else Means.SESSION
        return f"{means}:{by}" if by else ""

    def pages(self, told: Callable[[], Standing | None] = lambda: None) -> APIRouter:
        """The operator's pages; a change that is made there holds in this worker at once. `told`: see there."""
        return operation_pages(self.audit, self.switchboard, self._following.look, told)

    def published(self) -> None:
        """What the library has just written down is taken over; a database that is away gets it later."""
        try:
            take_over(self.audit, self._library)
        except DatabaseError as error:
            _LOG.error("%s: %s", type(error).__name__, error)

    def start(self) -> None:
        """Begin: the settings that hold go into the audit, nothing is answered that is switched off."""
        try:
            record_settings(self.audit, self._settings)
        except DatabaseError as error:
            _LOG.error("the settings are not in the audit: %s", error)
        self._following.start()
        self._keeping.start()

    def stop(self) -> None:
        """End, and leave the database complete."""
        self._following.stop()
        self._keeping.stop()
        if self.tracing:
            self.tracing.stop()
        try:
            self.audit.database.close()
        except DatabaseError as error:
            _LOG.error("%s: %s", type(error).__name__, error)
