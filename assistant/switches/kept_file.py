"""What was switched when the database was last read, in a file beside it: for who starts while it is away."""

import json
import logging
import os
from pathlib import Path

from assistant.switches.state import State

_LOG = logging.getLogger(__name__)
_OWNER_ALONE = 0o600


class KeptFile:
    """A State in a file of its own, written in one step. Workers write the same."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> State | None:
        """What is kept; None where nothing is, or nothing that can be read."""
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            return State.from_json(int(kept["version"]), kept["state"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def write(self, state: State) -> None:
        """Keep this one; where that fails, as on a full disk, the log says so."""
        draft = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ALONE)
            with os.fdopen(opened, "w", encoding="utf-8") as file:
                json.dump({"version": state.version, "state": state.to_json()}, file, ensure_ascii=False)
            draft.replace(self._file)
        except OSError as error:
            _LOG.warning("what is switched cannot be kept beside the database: %s", error)
