"""What was put in service, from what the library has written down itself: every line is there once it is switched."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from assistant.publication.audit import lines
from assistant.publication.generations import SWITCHES, Generations
from assistant.webhooks.happening import Happening, Kind, Link
from corpus.errors import PolicyQAError
from corpus.library.place import generations_folder

_LISTED = 50  # documents of each list; how many there are in all is told beside


class Published:
    """The switches of one library."""

    def __init__(self, library: Path, link: Link) -> None:
        self._library = library
        self._link = link
        self._generations = Generations(generations_folder(library))

    def __call__(self, since: datetime) -> Iterator[Happening]:
        for line in lines(self._library):
            with suppress(ValueError, TypeError, LookupError, AttributeError):  # cut off as the machine went down
                said = json.loads(line)
                time = datetime.fromisoformat(said["time"]) if said.get("event") in SWITCHES else None
                if time and time >= since:
                    yield Happening(Kind.PUBLISHED, hashlib.sha256(line).hexdigest(), time, self._told(said))

    def _told(self, said: Mapping[str, Any]) -> dict[str, Any]:
        generation = int(said["generation"])
        titles: Mapping[str, str] = {}
        with suppress(PolicyQAError):  # it is kept no longer
            titles = self._generations.find(generation)[1].documents
        changes = {name: list(map(str, said.get(name) or ())) for name in ("added", "changed", "removed")}
        return {
            "event": str(said["event"]),
            "generation": generation,
            "before": said.get("before"),
            "documents": len(titles) or None,
            "counts": {name: len(ids) for name, ids in changes.items()},
            **{name: [self._document(id_, titles) for id_ in changes[name][:_LISTED]] for name in ("added", "changed")},
            "removed": changes["removed"][:_LISTED],  # by id alone: what it was called has gone with it
            "link": self._link("/library"),
        }

    def _document(self, id_: str, titles: Mapping[str, str]) -> dict[str, str | None]:
        return {"id": id_, "title": titles.get(id_), "link": self._link(f"/document/{quote(id_, safe='~')}")}
