"""Gaps that have opened, by themselves or again: how often it was asked and how it was lacking, no word of what."""

from collections.abc import Callable, Iterator
from datetime import datetime

from assistant.gaps.book import Gap, GapBook
from assistant.gaps.grouping import Read
from assistant.webhooks.happening import Happening, Kind, Link


class OpenedGaps:
    """The gaps of one book."""

    def __init__(self, book: GapBook, read: Callable[[], Read], is_my_turn: Callable[[], bool], link: Link) -> None:
        """`read` gives what reads questions; `is_my_turn`: whether this process looks now, for it takes its time."""
        self._book = book
        self._read = read
        self._is_my_turn = is_my_turn
        self._link = link

    def __call__(self, since: datetime) -> Iterator[Happening]:
        if not self._is_my_turn():
            return
        self._book.refresh(self._read())  # nobody may have opened the page since
        reopened = self._book.reopened(since)
        for gap in self._book.gaps():
            if gap.created >= since:
                yield Happening(Kind.GAP_OPENED, f"gap:{gap.id}", gap.created, self._told(gap, is_again=False))
            if times := reopened.get(gap.id):
                key = f"gap:{gap.id}:{max(times).isoformat()}"
                yield Happening(Kind.GAP_OPENED, key, max(times), self._told(gap, is_again=True))

    def _told(self, gap: Gap, *, is_again: bool) -> dict[str, object]:
        return {
            "gap": gap.id,
            "state": gap.state.value,
            "again": is_again,
            "questions": len(gap.questions),
            "count": gap.count,
            "kinds": dict(sorted(gap.kinds().items())),
            "places": sorted(gap.places()),
            "link": self._link(f"/gaps/{gap.id}"),
        }
