"""What stands around a number in a question: whose it is, and whether it stands for itself."""

import re
from bisect import bisect_right, insort
from collections.abc import Sequence
from functools import cache
from itertools import islice

from corpus.addresses.book import AddressBook
from corpus.addresses.grammar import words
from corpus.addresses.names import DocumentName, HeldName, union
from corpus.places.gazetteer import load_gazetteer
from corpus.text.characters import HAN

_LOOK_BACK = 48  # characters in front of a number that may say whose it is
_MOST_LOOKUPS = 8  # names of one text looked for in the titles; further ones are taken for names of others
_JOINING = re.compile(r"(?:的|中的?|里的?|里面的?|之|内|[\s,:》」”』])$")
_STATING = re.compile(r"(?:规定的?|文件|文)$")
_TITLE = re.compile(r"《([^《》]{1,60})》?$")
_QUOTED = re.compile(r"《([^《》]{2,60})》")
_RUN = re.compile(rf"[{HAN}a-z0-9“”·]{{1,{_LOOK_BACK}}}$")
_OPENING = re.compile(r"(?:^|[\s,.。!?！？;:、(\[「『“《\"'/])$")
_BEGINNING = re.compile(r"^[\s「『“\"'(]*(?:请问|问下|问一下|查一下|查|看|那|那么|what does|what is|show me)?\s*$")
_SEPARATED = re.compile(r"\s{0,2}(?:[、,;&]|以及|或者|还有|[和与及跟或至到~-]|and|or|to)?\s{0,2}")
_KIND = re.compile(r"案例\s?$")
_ABOUT_CLAUSES = re.compile(r"(?:哪|这|那|几|一|末|每|后|前|\d)\s?条(?!路|街|线|河)|条款|条文|法条")
_TRIAL = re.compile(r"\([^()]{1,12}\)$")


@cache
def _pattern(name: str, shape: str = "{}") -> re.Pattern[str]:
    return re.compile(shape.format("|".join(map(re.escape, words(name)))))


@cache
def _last_characters() -> frozenset[str]:
    """What a name ends with, its 规定 or 〔试行〕 too."""
    return frozenset({*(genre[-1] for genre in words("genres")), "定", ")"})


def follows(text: str, end: int) -> bool:
    """Whether what stands behind a number leaves it standing for itself: an end, a pause, 讲什么; not 万元."""
    shape = r"\s*(?:$|[,。?!;:、()》」』”\"'…~\]-]|\.(?!\d)|\d{{1,4}}\s?条|(?:{})(?![a-z]))"
    return bool(_pattern("followers", shape).match(text, end))


def is_count(text: str, end: int) -> bool:
    """Whether the number counts the thing behind it: 3条生产线."""
    return bool(_pattern("counted", r"\s?(?:{})").match(text, end))


class Context:
    """The surroundings of the numbers of one folded text."""

    def __init__(self, text: str, book: AddressBook, names: Sequence[DocumentName] | None = None) -> None:
        """`names` are the documents named in the text, where somebody has looked for them."""
        self._text = text
        self._book = book
        self.names = book.names.find(text) if names is None else names
        self._named = union(self.names)
        self._by_end = {name.end: name for name in self.names}
        self._inside = [0] * (len(text) + 1)  # at each character of a name or address, where that ends
        self._ends = [0]  # of names and addresses, in order
        self._last = -_LOOK_BACK  # where the last address ended
        self._partly: dict[int, tuple[HeldName, tuple[int, int]]] = {}  # names by the number they stand before
        self._addresses: set[int] = set()  # where addresses begin
        self._lookups: dict[str, HeldName | None] = {}  # of names that are a part of a title at most
        for name in self.names:
            self._mark(name.start, name.end)

    @property
    def partly_named(self) -> tuple[str, ...]:
        """The documents named by a part of their title before a number."""
        return tuple(dict.fromkeys(one for held, _ in self._used() for one in held.documents))

    @property
    def partly_named_spans(self) -> tuple[tuple[int, int], ...]:
        """Where those names stand."""
        return tuple(span for _, span in self._used())

    def _used(self) -> list[tuple[HeldName, tuple[int, int]]]:
        return [found for at, found in self._partly.items() if at in self._addresses]

    def _mark(self, start: int, end: int) -> None:
        self._inside[start:end] = [end] * (end - start)
        insort(self._ends, end)

    def taken(self, start: int, end: int) -> None:
        """Notes that an address stands here."""
        self._mark(start, end)
        self._addresses.add(start)
        self._last = end

    def free(self, at: int) -> int:
        """The position itself, or the end of the name or address around it."""
        return self._inside[at] or at

    def scope(self, at: int) -> tuple[HeldName, str | None]:
        """Whose the number is: what is named for it, and the division named right before it (典型案例)."""
        if at in self._partly:
            return self._partly[at][0], self._left(at)[1]
        before = bisect_right(self.names, at, key=lambda name: name.end)
        named = next((name.documents for name in reversed(self.names[:before]) if name.documents), self._named)
        return HeldName(named), self._left(at)[1]

    def anchored(self, at: int) -> bool:
        """Whether a name, a division, a place or an address stands right before."""
        position, division, moved = self._left(at)
        if division is not None or moved or self._name_ending(position):
            return True
        if 0 <= at - self._last < 8 and _SEPARATED.fullmatch(self._text, self._last, at):
            return True
        return self.behind_name(at)

    def behind_name(self, at: int) -> bool:
        """Whether a document of ours is named right before, in full or in part."""
        position = self._behind_words(at)
        if found := self._name_ending(position):
            return bool(found.documents)
        name = self._genre_before(position)
        return name is not None and self._unless_held(at, *name) is None

    def behind_text(self, at: int) -> bool:
        """Whether a document of ours or a division of one is named right before, and not a case by its matter."""
        position, division, _ = self._left(at)
        whole = division is not None and bool(_OPENING.search(self._text[max(0, position - 1) : position]))
        return whole or self.behind_name(at)

    def behind_kind(self, at: int) -> bool:
        """Whether the word for what is numbered stands right before: 案例 三、（二）."""
        return bool(_KIND.search(self._text[max(0, at - 3) : at]))

    def is_about_clauses(self, at: int) -> bool:
        """Whether a number that begins here, without the word 条, is one of a clause by what stands before it."""
        if self.behind_name(at):
            return True
        before = self._text[max(0, at - _LOOK_BACK) : at]
        return bool(_OPENING.search(before[-1:])) and bool(before.strip()) and bool(_ABOUT_CLAUSES.search(before))

    def _behind_words(self, at: int) -> int:
        """Where the words end that a number belongs to: before 的, 里的, blanks and commas."""
        position = at
        while position and (joining := _JOINING.search(self._text[max(0, position - 2) : position])):
            if joining[0] in "》」”』" or self._name_ending(position):
                break
            position -= len(joining[0])
        return position

    def begins(self, at: int) -> bool:
        """Whether the number begins the text, or something else does not run into it."""
        return bool(_OPENING.search(self._text[max(0, at - 1) : at])) or self.begins_text(at)

    def begins_text(self, at: int) -> bool:
        """Whether nothing but 请问 stands before the number, or what it belongs to does."""
        return (at < 40 and bool(_BEGINNING.match(self._text[:at]))) or self.anchored(at)

    def _name_ending(self, position: int) -> DocumentName | None:
        return self._by_end.get(position)

    def _left(self, at: int) -> tuple[int, str | None, bool]:
        """Where the words in front begin to say something else, the division among them, and whether a place is."""
        text, position, division, place = self._text, at, None, False
        while position > max(0, at - _LOOK_BACK):
            if self._name_ending(position):
                break
            if joining := _JOINING.search(text[position - 2 : position] if position > 1 else text[:position]):
                position -= len(joining[0])
            elif not place and (length := _place_before(text, position)):
                place, position = True, position - length
            elif division is None and (name := self._division_before(position)):
                division, position = name, position - len(name)
            else:
                break
        return position, division, place

    def _division_before(self, position: int) -> str | None:
        if self._text[position - 1] not in self._book.division_ends:
            return None
        before = self._text[max(0, position - 20) : position]
        found = (before[-length:] for length in range(len(before), 1, -1) if before[-length:] in self._book.divisions)
        return next(found, None)

    def other_text(self, at: int, end: int) -> tuple[int, int] | None:
        """The name, half open, of a text that is not held and whose the article is; None where it is ours."""
        text, position = self._text, self._behind_words(at)
        name = self._name_ending(position)
        if name:
            return None if name.documents else (name.start, name.end)
        if (title := _TITLE.search(text[max(0, position - _LOOK_BACK - 16) : position])) and text[position - 1] == "》":
            return self._unless_held(at, title[1], position - len(title[1]) - 1)
        stated = _STATING.search(text[max(0, position - 3) : position])
        if stated and self._name_ending(position - len(stated[0])):
            found = self._name_ending(position - len(stated[0]))
            return None if found is None or found.documents else (found.start, found.end)
        if run := self._genre_before(position):
            return self._unless_held(at, *run)
        return self._english_before(at) or self._english_behind(end)

    def titles_of_others(self) -> list[tuple[int, int]]:
        """Where titles in 《》 stand that are those of texts, and of none that is held."""
        titles = islice(_QUOTED.finditer(self._text), _MOST_LOOKUPS)
        texts = (match for match in titles if _pattern("genres", r"(?:{})$").search(match[1]))
        return [match.span() for match in texts if self._book.names.held(match[1]) is None]

    def _unless_held(self, at: int, name: str, start: int) -> tuple[int, int] | None:
        """Where the name stands that governs the number at `at`, unless it is part of a title of ours."""
        if name not in self._lookups and len(self._lookups) < _MOST_LOOKUPS:
            self._lookups[name] = self._book.names.held(name)
        span = (start, start + len(name))
        if held := self._lookups.get(name):
            self._partly[at] = (held, span)
        return None if held else span

    def _genre_before(self, position: int) -> tuple[str, int] | None:
        """A name such as 劳动合同 or 西安市居住证管理办法 that ends here, and where it begins.

        None where it only points: 本条例, 办法.
        """
        if self._text[position - 1 : position] not in _last_characters():
            return None
        begin = max(self._ends[bisect_right(self._ends, position) - 1], position - _LOOK_BACK)
        run = _RUN.search(_TRIAL.sub("", self._text[begin:position]))
        if run is None:
            return None
        name = run[0]
        cut = max((found.end() for found in _pattern("before_name").finditer(name)), default=0)
        name = name[cut:] if cut < len(name) else ""
        if _pattern("genres", r"(?:{})$").search(name.removesuffix("规定")):
            name = name.removesuffix("规定")  # 办法规定第五条
        genre = _pattern("genres", r"(?:{})$").search(name)
        if genre is None or name in words("no_genre") or name.endswith(words("no_genre_ends")):
            return None
        subject = name[: genre.start()]
        if length := _place_before(subject, len(subject)):
            subject = subject[: len(subject) - length]
        if not subject or subject in words("pointing"):
            return None
        return name, begin + run.start() + cut

    def _english_before(self, at: int) -> tuple[int, int] | None:
        before = self._text[max(0, at - _LOOK_BACK) : at]
        found = _pattern("genres_en", r"((?:[a-z'-]+ ){{1,5}}(?:{}))(?:'s)?,? ?$").search(before)
        return self._english(found, at - len(before)) if found else None

    def _english_behind(self, end: int) -> tuple[int, int] | None:
        shape = r"(?:[,)]? (?:of|in|under|from) )((?:[a-z'-]+ ){{0,8}}?(?:{}))\b"
        found = _pattern("genres_en", shape).match(self._text, end)
        return self._english(found, 0) if found else None

    def _english(self, found: re.Match[str], offset: int) -> tuple[int, int] | None:
        """The name without the words before it; None where nothing but "the law" is left, or it is ours."""
        name = found[1]
        pieces = name.split(" ")
        first = max((i for i, piece in enumerate(pieces) if piece in words("before_name_en")), default=-1) + 1
        kept = " ".join(pieces[first:])
        start, stop = offset + found.end(1) - len(kept), offset + found.end(1)
        ours = any(one.documents and one.start < stop and start < one.end for one in self.names)
        return None if first >= len(pieces) - 1 or ours else (start, stop)


@cache
def _ends_of_places() -> frozenset[str]:
    return frozenset(name[-1].lower() for place in load_gazetteer().places for name in (place.name, *place.aliases))


def _place_before(text: str, position: int) -> int:
    """How many characters the name of a place takes that ends here, with its 市; 0 where none does."""
    if text[position - 1 : position] not in _ends_of_places():
        return 0
    gazetteer = load_gazetteer()
    begin = max(0, position - 14)
    before = text[begin:position]
    for length in range(len(before), 1, -1):
        if gazetteer.get(before[-length:]) and (not before[-length:].isascii() or not before[:-length][-1:].isalnum()):
            return length
    return 0
