"""What the address of `/match` holds: answers, place, what was skipped, and the question that a small screen shows.

Nothing of it is kept anywhere else. What cannot be read is left out, and the page says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from assistant.matching.answers import Answer, Answers, Profile, read_written, written
from assistant.matching.matcher import Matcher
from assistant.matching.place import read_places
from assistant.messages import Messages, languages
from corpus.errors import InputError
from corpus.records.profile import RESERVED
from ui.page.root import under_root

MATCH_PATH, FEED_PATH = "/match", "/match/feed"
Pairs = Sequence[tuple[str, str]]
_MOST_UNKNOWN = 3  # keys of no question that are told of


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be read and was left out: the answer to a question, the place, or a key that no question has."""

    key: str
    error: InputError


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody has told so far. `ask` is the key of the question on the screen; "" is the result."""

    answers: Answers
    places: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    ask: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been answered or skipped."""
        return not self.answers and not self.skipped

    def passed(self, key: str) -> bool:
        """Whether a question has been answered or skipped."""
        return key in self.answers or key in self.skipped

    def pairs(self, profile: Profile) -> tuple[tuple[str, str], ...]:
        """The address, without the question on the screen."""
        places = tuple(("place", place) for place in self.places)
        return (*places, *written(self.answers, profile), *(("skip", key) for key in self.skipped))


def match_path(words: Messages, path: str = MATCH_PATH) -> str:
    """The route in this language; of the first language without its code."""
    return path if words.code == languages()[0] else f"/{words.code}{path}"


def match_url(words: Messages, pairs: Pairs = (), *, ask: str = "", path: str = MATCH_PATH) -> str:
    """The address of the page, or of the feed, with these answers; with the question `ask` on a small screen."""
    query = urlencode((*pairs, *((("ask", ask),) if ask else ())))
    address = under_root(match_path(words, path))
    return f"{address}?{query}" if query else address


def read_asked(pairs: Pairs, matcher: Matcher) -> Asked:
    """What an address holds. The first place counts; of a question that is answered and skipped the answer does."""
    profile, faults = matcher.profile, list[Fault]()
    answers: dict[str, Answer] = {}
    unknown = list(dict.fromkeys(key for key, _ in pairs if key not in profile and key not in RESERVED))
    for key in (*profile, *unknown[:_MOST_UNKNOWN]):
        try:
            answers |= read_written([pair for pair in pairs if pair[0] == key], profile)
        except InputError as error:
            faults.append(Fault(key, error))
    places: tuple[str, ...] = ()
    try:
        places = read_places([value for key, value in pairs if key == "place" and value][:1], matcher.corpus.places)
    except InputError as error:
        faults.append(Fault("place", error))
    unsure = [key for key, value in pairs if key in profile and not value and not profile[key].number]
    skipped = [value for key, value in pairs if key == "skip" and value in profile]
    ask = next((value for key, value in pairs if key == "ask" and value in profile), "")
    left = tuple(key for key in profile if key in {*unsure, *skipped} and key not in answers)
    return Asked({key: answers[key] for key in profile if key in answers}, places, left, ask, tuple(faults))


def moved(asked: Asked, to: str, matcher: Matcher) -> Asked:
    """Where a button leads: `next`, `back`, `skip`, or to the result. What was left blank on the way on is skipped."""
    here = asked.ask
    if to == "skip" or (to == "next" and here and not asked.passed(here)):
        kept = {key: answer for key, answer in asked.answers.items() if key != here}
        asked = replace(asked, answers=kept, skipped=tuple(dict.fromkeys((*asked.skipped, *filter(None, (here,))))))
    path = matcher.path(asked.answers, asked.places, asked.skipped)
    if to == "back":
        return replace(asked, ask=before(here, path))
    if to in ("next", "skip"):
        return replace(asked, ask=_after(asked, path))
    return replace(asked, ask="")


def before(key: str, path: Sequence[str]) -> str:
    """The question that came up before one; of the first one, itself."""
    if key in path:
        return path[max(path.index(key) - 1, 0)]
    return path[-1] if path else ""


def _after(asked: Asked, path: Sequence[str]) -> str:
    """The question that comes up after the one on the screen; "" where there is none left."""
    if asked.ask in path:
        return next(iter(path[path.index(asked.ask) + 1 :]), "")
    return path[-1] if path and not asked.passed(path[-1]) else ""
