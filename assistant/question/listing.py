"""Whether a message asks for a list, read as a row of kinds of words: 把 跟 养老 有关 的 规定 都 列出来.

The kinds stand in `intents_lists.toml`; what is of none of them is the matter. Which rows ask for a list is decided by
what stands beside what, so that no whole sentence need be known. Whether there is anything to list is not told here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.question.intents import intent
from index.text.tokenizer import segment

# A sign for each kind, so that a row of them can be matched; of two that are as long the first stands.
_KINDS = {
    "c": "list_city",
    "o": "list_order",
    "u": "list_unit",
    "w": "list_which",
    "a": "list_all",
    "t": "list_tell",
    "g": "list_gain",
    "e": "list_own",
    "n": "list_noun",
    "b": "list_about",
    "p": "list_people",
    "i": "list_inside",
    "h": "list_have",
    "v": "list_break",
    "f": "list_filler",
}
_MATTER, _PAUSE = "m", "."
_SILENT = "fh"  # kinds that only join the others
_WANTS_ALL = "oucwa"
_JOINS = frozenset(("和", "与", "及", "以及", "或", "或者", "、", "and", "or"))
_BREAKS = re.compile(r"[,.;?!:、]")
# A row that asks for clauses. A noun for them may have its matter before it or behind it; 哪些 before anything else
# asks for that: 哪些材料, 哪些企业.
_ASKS = re.compile(
    r"[wu]a?[mpib]{0,6}n(?!i)"  # 哪些破产方面的措施
    r"|n[.at]*[eg]?[.at]*[wu](?![mpi])"  # 措施都有哪些
    r"|u(?![mpi])|[ut]*[wu][.at]*b"  # 哪几条, 有哪些是讲税的
    r"|b[.at]*w(?![mpi])|b[mpb.]{0,6}a?w(?![mpi])"  # 税方面的有哪些, 讲税的有哪些
    r"|g[.at]*w(?![mpi])|w[.at]*g(?![mi])"  # 能享受哪些, 有什么能用上的
    r"|[gnb][.]*a[.]*t|t[.]*a[mpi]*[gnb]|t[.]*[gnb][.]*a|a[.]*g"  # 有关的都告诉我, show me everything about
)
_ASKS_FOR_ALL = re.compile(r"[t.]*[mpe]*a[mpeb]*n[b.]*[mpe]*[.t]*|[t.]*[mpe]*n[.]*a[.t]*|[t.]*ab[mpe]+[.t]*")
_ASKS_OF_WHOLE = re.compile(r"[.aepb]*w[.aept]*")
_HEADS = "nib"
_LONGEST = 160  # characters: a longer message is a story with its question at the end
_ENOUGH = 3  # characters that tell a matter, so that whom it is for need not be said: 注销 alone is too little
_IS_ANOTHER = re.compile(r"w[mp]{1,4}v|w[mpib]{0,4}[mpi][mpib]{0,4}g|wv")  # 哪些企业可以享受政策

_ELSEWHERE = re.compile(r"\b(?:what|how) about\W*$")  # what was asked before, somewhere else


@dataclass(frozen=True, slots=True)
class Listing:
    """What a message asks to have listed."""

    matters: tuple[str, ...] = ()  # each by itself, in the words of the message; none where everything is wanted
    people: str = ""  # for whom, where it names no other matter
    cities: bool = False  # whether it asks which places
    own: bool = False  # whether it wants what a place rules for itself alone
    of_clauses: bool = False  # whether it says that clauses about a matter are wanted: one is then a list too
    plain: bool = False  # whether it only asks which there are, as of things inside a clause


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    text: str
    start: int


def may_list(normal: str) -> bool:
    """Whether a message in normal form holds any word that asks for a list: a cheap look before all others."""
    return any(intent(_KINDS[sign]).pattern.search(normal) for sign in _WANTS_ALL)


def read_listing(normal: str, *, in_chapter: bool = False, of_whole: bool = False) -> Listing | None:
    """What a message in normal form, without places, documents and chapters, asks to have listed; None for another.

    `in_chapter` says that it named a chapter, `of_whole` that it named a place or a document.
    """
    if len(normal) > _LONGEST or _ELSEWHERE.search(normal):
        return None
    words = _words(normal)
    row = "".join(word.kind for word in words if word.kind not in _SILENT)
    if not _asks_for_list(row, normal, in_chapter=in_chapter, of_whole=of_whole):
        return None
    matters = tuple(_matters(words)) if _MATTER in row or (_is_inside(row) and "b" in row) else ()
    people = "" if matters else " ".join(word.text for word in words if word.kind == "p")
    plain = not re.search("[oucaeb]", row)
    return Listing(matters, people, "c" in row, "e" in row, bool(re.search("b.*[nou]|[nou].*b", row)), plain)


def opens_business(normal: str) -> bool:
    """Whether a message in normal form tells that somebody opens a business."""
    return intent("list_opens").found_in(normal)


def _asks_for_list(row: str, normal: str, *, in_chapter: bool, of_whole: bool) -> bool:
    if "c" in row:
        return True
    if "o" in row:
        return not _is_inside(row)
    if in_chapter and re.search("[wuatbg]", row) and not re.search("[mi]", row):
        return True
    if ("u" not in row and intent("list_asks").found_in(normal)) or _IS_ANOTHER.search(row):
        return False
    return bool(_ASKS.search(row) or _ASKS_FOR_ALL.fullmatch(row) or (of_whole and _ASKS_OF_WHOLE.fullmatch(row)))


def _is_inside(row: str) -> bool:
    """Whether an order wants what stands inside a clause: the last thing it names, or else the first behind it."""
    at = row.find("o")
    named = [kind for kind in (*reversed(row[:at]), *row[at:]) if kind in _HEADS]
    return named[:1] == ["i"]


def _words(normal: str) -> list[_Word]:
    """The message as words of one kind each; the longest known one at each place counts."""
    starts = _piece_starts(normal)
    found: list[_Word] = []
    at = 0
    while at < len(normal):
        kind, end = _longest(normal, at, starts) if at in starts else ("", at)
        if end == at and _BREAKS.match(normal, at):
            kind, end = _PAUSE, at + 1
        elif end == at:
            kind, end = _MATTER, next((i for i in range(at + 1, len(normal)) if i in starts), len(normal))
        if kind != _MATTER or any(map(str.isalnum, normal[at:end])):
            found.append(_Word(kind, normal[at:end], at))
        at = end
    return found


def _longest(normal: str, at: int, starts: frozenset[int]) -> tuple[str, int]:
    """Kind and end of the longest word that begins here; one character counts only where it is a word by itself."""
    best, last = "", at
    for sign, name in _KINDS.items():
        match = intent(name).pattern.match(normal, at)
        if match and match.end() > last and (match.end() - at > 1 or match.end() in starts):
            best, last = sign, match.end()
    return best, last


def _piece_starts(normal: str) -> frozenset[int]:
    ends = [0]
    for piece in segment(normal).pieces:
        ends.append(ends[-1] + len(piece))
    return frozenset((*ends, *(i + 1 for i, character in enumerate(normal) if not character.isalnum())))


def _matters(words: Sequence[_Word]) -> Iterator[str]:
    """What it is about, the things that 和 joins each by itself; words side by side stay so."""
    kept: list[_Word] = []
    for word in words:
        if word.kind in "mpi":
            kept.append(word)
        elif word.text.strip() in _JOINS and kept:
            yield from _joined(kept)
            kept = []
    yield from _joined(kept)


def _joined(words: Sequence[_Word]) -> Iterator[str]:
    """One text of these; without the people, where enough is said beside them: 企业 of 企业招学徒."""
    said = [word for word in words if word.kind != "p"]
    if not said:
        return
    if sum(len(word.text) for word in said) >= _ENOUGH:
        words = said
    text = ""
    end = words[0].start
    for word in words:
        text += word.text if word.start == end else f" {word.text}"
        end = word.start + len(word.text)
    yield " ".join(text.split())
