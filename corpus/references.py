"""The inverse of a label: which clauses and parts a text names, read with the tables the parser uses.

    第三条第一款（二）项 · 附件1第一条 · 典型案例 一、（三）四是 · 33条 34条 · law:3.1.2 · Article 3, paragraph 1, item (2)

A number is an address where it stands for itself, or in 第…条 that nothing else governs: 3条生产线 and 1.5万元 are counts,
and the articles of a text that is not held are not ours.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.address_book import Admits, PrintedAddress, Step, walk
from corpus.address_context import Context, follows, is_count
from corpus.address_grammar import (
    NUMBER,
    SEPARATOR,
    numerals,
    read_following,
    read_part,
    read_part_list,
    read_parts_en,
    read_steps,
    read_steps_en,
)
from corpus.clause import Clause, Part
from corpus.corpus import Corpus
from corpus.document_names import union
from corpus.numbering import NumberingStyle, number_value
from corpus.places.gazetteer import english_name, load_gazetteer
from corpus.text.characters import fold
from corpus.text.numeral import to_chinese

_S = NumberingStyle
_LONGEST_RANGE = 200  # clauses; 第1至9999条 is a slip of the finger
_ARTICLE = (_S.ARTICLE,)
_START = re.compile(
    rf"第|附件|末段|措施|举措|任务|条款|案例|[{numerals()}(㈠-㈩⑴-⒇①-⑳]|"
    r"\b(?:attachment|enclosed text|covering text|unnumbered paragraph|part|book|sub-book|chapter|section|article|measure|"
    r"clause|case|provision|item|[a-z]+ (?=\d))"
)
_RANGE = re.compile(rf"第?\s?({NUMBER})\s?条?\s?(?:至|到|-|~|—)\s?第?\s?({NUMBER})\s?条")
_LIST = re.compile(
    rf"第\s?({NUMBER}(?:\s?[、,和与及]\s?第?\s?{NUMBER}){{1,20}})\s?条|(\d{{1,4}}(?:\s?[、,和与及]\s?\d{{1,4}}){{1,20}})\s?条"
)
_LIST_EN = re.compile(
    r"\b(?:measures|articles|clauses|cases|items) (\d{1,4}(?:(?:, ?and |, ?| and | ?& ?)\d{1,4}){1,20})\b"
)
_RANGE_EN = re.compile(r"\b(?:measures|articles|clauses|cases) (\d{1,4}) ?(?:to|-|–|through) ?(\d{1,4})\b")
_TERSE = re.compile(r"(\d{1,5})\s?条")
_KIND = re.compile(rf"(?:措施|举措|任务|条款|案例)\s?({NUMBER})(?![.\d]|\s?、?\s?\()")
_DOTTED = re.compile(r"(?:案例\s?)?(\d{1,3}(?:-\d{1,2})?(?:\.\d{1,3}){1,3})(?![\d.])")
_DOTTED_AFTER = re.compile(r"(?:case|clause) ?$|案例\s?$")
_IN_ORDER = re.compile(rf"案例第\s?({NUMBER})(?:个|条|$)|第\s?({NUMBER})个(?:典型)?案例")
_ATTACHMENT = re.compile(rf"附件\s?({NUMBER})?(?:\s?-\s?(\d{{1,2}}))?[,:、]?\s?")
_ATTACHMENT_EN = re.compile(r"(attachment|enclosed text) (\d{1,3})(?:-(\d{1,3}))?, ")
_COVER_EN = re.compile(r"covering text, ")
_PARAGRAPH = re.compile(rf"第\s?({NUMBER})\s?段|(末段)(?: (\d{{1,3}}))?")
_PARAGRAPH_EN = re.compile(r"unnumbered paragraph (\d{1,4})")
_INTRODUCTION_EN = ", introductory text"
_BARE = re.compile(r"\s*(\D{0,12}?)\s?(?:no\.? ?|#)?(\d{1,4})[.。?!\s]*", re.IGNORECASE)

Choose = Callable[[Sequence[Clause]], Sequence[Clause]]


@dataclass(frozen=True, slots=True)
class ClauseReferences:
    """What a text names. Numbers and ids are in its order, each once."""

    ids: tuple[str, ...] = ()  # of clauses and parts
    absent: tuple[str, ...] = ()  # numbers that no clause has: 67, 1.9
    not_held: tuple[str, ...] = ()  # texts of others whose articles it names: 公司法, 国发〔2023〕4号
    documents: tuple[str, ...] = ()  # of ours, named by title or number
    spans: tuple[tuple[int, int], ...] = ()  # the words of all these, half open, in order: they ask for nothing
    omitted: int = 0  # clauses named beyond those in `ids`

    @property
    def names_clause(self) -> bool:
        """Whether some clause is named, here or elsewhere, held or not."""
        return bool(self.ids or self.absent or self.not_held)


def only_one(candidates: Sequence[Clause]) -> Sequence[Clause]:
    """The clause where it is the only one that a number fits, else none."""
    return candidates if len(candidates) == 1 else ()


def read_references(
    text: str, corpus: Corpus, *, admits: Admits = lambda _: True, choose: Choose = only_one
) -> ClauseReferences:
    """Every clause and part that the text names, among the clauses that `admits`; `choose` decides between several."""
    return _Reader(text, corpus, admits, choose).read()


def read_parts(text: str, clause: Clause) -> tuple[str, ...]:
    """The ids of the parts of one clause that the text names by number alone: 第二点和第四点."""
    parts = (walk(clause, [step]) for step, _ in _parts_named(fold(text)))
    return tuple(dict.fromkeys(part.id for part in parts if isinstance(part, Part)))


def _parts_named(text: str, begin: int = 0) -> Iterator[tuple[Step, tuple[int, int]]]:
    """The numbers of parts in a folded text that stand behind no clause's number, each with its span."""
    for match in re.compile("第").finditer(text, begin):
        if re.search(r"[条(]\s?$", text[max(begin, match.start() - 2) : match.start()]):
            continue
        listed, one = read_part_list(text, match.start()), read_part(text, match.start())
        steps, end = listed or (([one[0]], one[1]) if one else ([], 0))
        yield from ((step, (match.start(), end)) for step in steps)


def contains_id(text: str, corpus: Corpus) -> bool:
    """Whether a text holds the id of a clause, or of one that its document might have."""
    folded = fold(text)
    return any(corpus.address_book.id_at(text, folded, match.start()) for match in re.finditer(":", folded))


@dataclass(slots=True)
class _Reader:
    """One pass over a text from left to right."""

    raw: str
    corpus: Corpus
    admits: Admits
    choose: Choose
    text: str = ""
    context: Context = field(init=False)
    ids: dict[str, None] = field(default_factory=dict)
    absent: dict[str, None] = field(default_factory=dict)
    not_held: dict[str, None] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def read(self) -> ClauseReferences:
        self.text = fold(self.raw)
        book = self.corpus.address_book
        self.context = Context(self.text, book)
        names = self.context.names
        for name in names:
            if name.documents:
                self.spans.append((name.start, name.end))
                if (row := self._row(name.documents)) and self.admits(row):
                    self.ids[row.id] = None
        written = self._ids_written()
        if not written:
            self._scan()
        if not self.ids and not self.absent and not self.not_held:
            self._bare()
        return ClauseReferences(
            tuple(self.ids), tuple(self.absent), tuple(self.not_held), union(names), tuple(sorted(set(self.spans)))
        )

    def _row(self, documents: Sequence[str]) -> Clause | None:
        return self.corpus.address_book.only_clause(documents[0]) if len(documents) == 1 else None

    def _ids_written(self) -> int:
        """Reads every id in the text; returns how many there are."""
        count = 0
        for match in re.finditer(":", self.text):
            found = self.corpus.address_book.id_at(self.raw, self.text, match.start())
            if found is None:
                continue
            start, end, document, key = found
            named = self.corpus.address_book.by_key(document, key)
            count += 1
            self.context.taken(start, end)
            if named is None:
                self.absent[key] = None
            elif self.admits(named[0]):
                self.ids[named[1].id if named[1] else named[0].id] = None
                if named[1] is None:
                    self._parts_behind(named[0], end)
            self.spans.append((start, end))
        return count

    def _parts_behind(self, clause: Clause, end: int) -> None:
        for step, span in _parts_named(self.text, end):
            part = walk(clause, [step])
            if isinstance(part, Part):
                self.ids.pop(clause.id, None)
                self.ids[part.id] = None
                self.spans.append(span)

    def _scan(self) -> None:
        position = 0
        while match := _START.search(self.text, position):
            start = self.context.free(match.start())
            if start > match.start():
                position = start
                continue
            position = max(self._address(start), start + 1)

    def _address(self, at: int) -> int:
        """Reads the address that begins here, if one does; returns its end, or `at`."""
        for reader in (self._several, self._in_order, self._chinese, self._english, self._short):
            end = reader(at)
            if end > at:
                self.context.taken(at, end)
                return end
        return at

    def _several(self, at: int) -> int:
        """Lists and ranges: 第16、18条, 第3条到第5条, clauses 33 and 34."""
        if match := _RANGE.match(self.text, at) or _RANGE_EN.match(self.text, at):
            first, last = (number_value(match[group]) for group in (1, 2))
            numbers: Iterable[int] = range(first, min(last, first + _LONGEST_RANGE) + 1)
        elif match := _LIST.match(self.text, at) or _LIST_EN.match(self.text, at):
            listed = next(filter(None, match.groups()))
            numbers = [number_value(one) for one in re.findall(NUMBER, listed)]
        else:
            return at
        strong = self.text[at] == "第" or self.text[at].isalpha()
        if is_count(self.text, match.end()) or not (strong or self._stands_alone(at, match.end())):
            return at
        if self._belongs_elsewhere(at, match.end()):
            return match.end()
        for number in numbers:
            self._take(PrintedAddress((Step(number, 0, _ARTICLE),)), at, match.end())
        return match.end()

    def _in_order(self, at: int) -> int:
        """案例第三个: by its place in the group."""
        match = _IN_ORDER.match(self.text, at)
        if match is None:
            return at
        step = Step(number_value(match[1] or match[2]), 0, (_S.HAN_BRACKET,))
        self._take(PrintedAddress((step,), in_group=True), at, match.end(), quietly=True)
        return match.end()

    def _chinese(self, at: int) -> int:
        attachment, start = self._attachment(at)
        if start > at and (whole := self._paragraph(start, attachment, at)):
            return whole
        steps, end = read_steps(self.text, start)
        if not steps:
            return self._paragraph(at, None, at) or at
        article = any(_S.ARTICLE in step.styles for step in steps)
        if article:
            if is_count(self.text, end) or self._belongs_elsewhere(at, end):
                return end
        elif not (start > at or self.context.begins_text(at)) or not follows(self.text, end):
            return at
        address = PrintedAddress(tuple(steps), attachment=attachment)
        return self._with_more(address, at, end, quietly=not article)

    def _attachment(self, at: int) -> tuple[tuple[NumberingStyle, str] | None, int]:
        match = _ATTACHMENT.match(self.text, at)
        if match is None:
            return None, at
        key = str(number_value(match[1])) if match[1] else "1"
        return (_S.ATTACHMENT, f"{key}-{match[2]}" if match[2] else key), match.end()

    def _paragraph(self, at: int, attachment: tuple[NumberingStyle, str] | None, begin: int) -> int:
        match = _PARAGRAPH.match(self.text, at)
        if match is None or not (attachment or self.context.anchored(begin) or self._stands_alone(begin, match.end())):
            return 0
        key = _printed_paragraph(match)
        steps, end = read_following(self.text, match.end())
        address = PrintedAddress(tuple(steps), attachment=attachment, key=key)
        return self._with_more(address, begin, end, quietly=True)

    def _english(self, at: int) -> int:
        start, attachment, cover = at, None, False
        if match := _ATTACHMENT_EN.match(self.text, at):
            style = _S.ATTACHMENT if match[1] == "attachment" else _S.ENCLOSURE
            attachment, start = (style, match[2] + (f"-{match[3]}" if match[3] else "")), match.end()
        elif match := _COVER_EN.match(self.text, at):
            cover, start = True, match.end()
        if match := _PARAGRAPH_EN.match(self.text, start):
            key = "p" + match[1]
            steps, end = read_parts_en(self.text, match.end())
            word = "paragraph"
        else:
            key = None
            kind = next((kind for kind in self._kinds() if self.text.startswith(f"{kind} ", start)), "")
            steps, end, word = read_steps_en(self.text, start, kind)
        if not steps and not key:
            return at
        if word == "case" and re.search(r"\bin $", self.text[:at][-4:]) and not follows(self.text, end):
            return at
        if self._belongs_elsewhere(at, end):
            return end
        introduction = self.text.startswith(_INTRODUCTION_EN, end)
        address = PrintedAddress(
            tuple(steps), attachment=attachment, cover=cover, english=True, key=key, introduction=introduction
        )
        end += len(_INTRODUCTION_EN) * bool(introduction)
        if introduction:
            more, end = read_parts_en(self.text, end)
            address = replace(address, steps=(*steps, *more))
        return self._with_more(address, at, end)

    def _kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fold(d.attachment_en) for d in self.corpus.documents if d.attachment_en))

    def _short(self, at: int) -> int:
        """What agents type: 33条, 措施48, 1.3."""
        if match := _TERSE.match(self.text, at) or _KIND.match(self.text, at):
            if not (match[0][0] in "措举任条案" or self._stands_alone(at, at)) or not follows(self.text, match.end()):
                return at
            more, end = read_following(self.text, match.end())
            steps = (Step(number_value(match[1]), 0, (_S.ARTICLE, _S.MEASURE)), *more)
            return self._with_more(PrintedAddress(steps), at, end)
        match = _DOTTED.match(self.text, at)
        if match is None or not follows(self.text, match.end()):
            return at
        if match[0][0].isdigit() and not (self.context.begins_text(at) or _DOTTED_AFTER.search(self.text[:at][-8:])):
            return at
        pieces = [piece.partition("-") for piece in match[1].split(".")]
        more, end = read_following(self.text, match.end())
        steps = (*(Step(int(value), int(sub or 0)) for value, _, sub in pieces), *more)
        return self._with_more(PrintedAddress(steps), at, end)

    def _stands_alone(self, at: int, end: int) -> bool:
        return self.context.begins(at) and (end == at or follows(self.text, end))

    def _belongs_elsewhere(self, at: int, end: int) -> bool:
        """Whether the article is that of a text that is not held, which is then noted."""
        name = self.context.other_text(at, end)
        if name:
            start, stop = name
            start -= start > 0 and self.raw[start - 1] == "《"
            stop += self.raw[stop : stop + 1] == "》"
            self.not_held[self.raw[start:stop].strip("《》 ")] = None
            self.spans.append((min(start, at), max(stop, end)))
        return name is not None

    def _with_more(self, address: PrintedAddress, at: int, end: int, *, quietly: bool = False) -> int:
        """Takes an address, and behind it further parts of the same clause: 第二点和第四点."""
        end = self._take(address, at, end, quietly=quietly)
        base = address.steps[:-1] if address.steps and address.steps[-1].part else address.steps
        while separator := SEPARATOR.match(self.text, end):
            listed = read_part_list(self.text, separator.end())
            one = read_part(self.text, separator.end())
            if not listed and not one:
                break
            steps, stop = listed or ([one[0]], one[1])  # type: ignore[index]
            for step in steps:
                self._take(replace(address, steps=(*base, step)), separator.end(), stop, quietly=True)
            end = stop
        return end

    def _take(self, address: PrintedAddress, at: int, end: int, *, quietly: bool = False) -> int:
        """Notes what an address names; returns its end, with the heading and place that a label prints behind it.

        A number that no clause has is noted as absent, unless `quietly`.
        """
        book = self.corpus.address_book
        documents, division = self.context.scope(at)
        address = replace(address, documents=documents, division=division if not address.attachment else None)
        found = book.find(address, self.admits)
        chosen = self.choose([clause for clause, _ in found]) if found else ()
        named = [(clause, part) for clause, part in found if clause in chosen]
        if len(named) == 1:
            clause, part = named[0]
            self.ids[part.id if part else clause.id] = None
            end = _behind_label(self.text, end, clause)
        elif not found and not quietly and not book.knows(address):
            self.absent[address.number] = None
        if found or not quietly:
            self.spans.append((at, end))
        return end

    def _bare(self) -> None:
        """A text that is nothing but a number, behind a place or not: hrb 48."""
        match = _BARE.fullmatch(self.text)
        if match and (not match[1].strip() or load_gazetteer().get(match[1])):
            self._take(PrintedAddress((Step(int(match[2]), 0, _ARTICLE),)), match.start(2), match.end(2))


def _printed_paragraph(match: re.Match[str]) -> str:
    if match[2]:
        return "末段" + (f" {match[3]}" if match[3] else "")
    return f"第{to_chinese(number_value(match[1]) or 1)}段"


def _behind_label(text: str, end: int, clause: Clause) -> int:
    """Behind the heading and the place that a label prints after the number of this clause."""
    places = clause.jurisdiction
    printed = [f"({clause.path[-1]})"] if clause.path else []
    printed += [f"({'、'.join(places)})", f" ({', '.join(map(english_name, places))})"]
    for words in map(fold, printed):
        if text.startswith(words, end):
            end += len(words)
    return end
