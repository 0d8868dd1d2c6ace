"""One pass over a text from left to right: where addresses stand in it, and in which form."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.addresses.address import PrintedAddress, Step
from corpus.addresses.book import OUTER, Admits
from corpus.addresses.clause_references import ClauseReferences
from corpus.addresses.context import Context, follows, is_count
from corpus.addresses.findings import Choose, Findings
from corpus.addresses.forms import (
    ARTICLE,
    START,
    read_attachment,
    read_bare,
    read_dotted,
    read_english,
    read_in_order,
    read_level,
    read_ordinal_en,
    read_paragraph,
    read_several,
    read_terse,
    read_without_unit,
)
from corpus.addresses.grammar import SEPARATOR, read_following, read_part, read_part_list, read_steps
from corpus.addresses.names import DocumentName
from corpus.addresses.written_ids import read_ids, read_parts_behind
from corpus.corpus import Corpus
from corpus.label import BRACKETED
from corpus.numbering import NumberingStyle
from corpus.text.characters import fold
from corpus.text.numeral import ANY_NUMERAL

_MOST_STARTS = 150  # places looked at where an address might begin; no question has so many, an attack has
_RUN = re.compile(rf"[{ANY_NUMERAL}]+|\d+")
_NUMERALS = frozenset(ANY_NUMERAL)


class Reader:
    """One pass over a text from left to right."""

    def __init__(
        self,
        raw: str,
        corpus: Corpus,
        admits: Admits,
        choose: Choose,
        names: Sequence[DocumentName] | None = None,
    ) -> None:
        """`names` are the documents named in the text, where somebody has looked for them."""
        self.raw, self.text = raw, fold(raw)
        self.corpus, self.admits = corpus, admits
        self.context = Context(self.text, corpus.address_book, names)
        self.findings = Findings(self.text, corpus.address_book, self.context, admits, choose)

    def read(self) -> ClauseReferences:
        """What the text names."""
        found = self.findings
        found.take_rows()
        if not read_ids(self.raw, self.corpus, self.admits, self.findings):
            self._scan()
        if not (found.ids or found.absent or found.not_held):
            self._bare()
        if not (found.ids or found.absent or found.not_held or any(name.documents for name in self.context.names)):
            self._others()
        if len(found.ids) == 1 and (clause := self.corpus.clause_by_id(next(iter(found.ids)))):
            read_parts_behind(clause, 0, self.findings)
        return found.references()

    def _scan(self) -> None:
        position = looked_at = 0
        while looked_at < _MOST_STARTS and (match := START.search(self.text, position)):
            start = self.context.free(match.start())
            if start > match.start():
                position = start
                continue
            looked_at += 1
            end, run = self._address(start), _RUN.match(self.text, start)
            position = max(end, run.end() if run else start + 1)  # no address begins within a numeral

    def _address(self, at: int) -> int:
        """Reads the address that begins here, if one does; returns its end, or `at`."""
        for read in self._readers(at):
            end = read(at)
            if end > at:
                self.context.taken(at, end)
                return end
        return at

    def _readers(self, at: int) -> tuple[Callable[[int], int], ...]:
        """The forms that may begin with the character here, in the order in which they are tried."""
        first = self.text[at]
        if first.isdigit() or first in _NUMERALS:
            return self._several, self._chinese, self._terse, self._dotted, self._ordinal
        if first == "第":
            if self.text.endswith("倒数", 0, at):
                return ()  # counted from the end
            return (
                self._several,
                self._in_group,
                self._in_order,
                self._chinese,
                self._item_of_document,
                self._without_unit,
                self._dotted,
            )
        if first.isascii() and first.isalpha():
            return self._several, self._english, self._ordinal
        return self._in_group, self._in_order, self._chinese, self._terse, self._dotted

    def _several(self, at: int) -> int:
        """Lists and ranges: 第16、18条, 第3条到第5条, clauses 33 and 34."""
        found = read_several(self.text, at)
        if found is None:
            return at
        numbers, end = found
        strong = self.text[at] == "第" or (self.text[at].isascii() and self.text[at].isalpha())
        if is_count(self.text, end) or not (strong or self._stands_alone(at, end)):
            return at
        if not self._belongs_elsewhere(at, end):
            for number in numbers:
                self.findings.take(PrintedAddress((Step(number, 0, ARTICLE),)), at, end)
        return end

    def _in_group(self, at: int) -> int:
        """省清单第九项, 芜湖自选事项（三）: a clause by the heading above it."""
        found = self.corpus.address_book.groups.read(self.text, at)
        if found is None or not follows(self.text, found[2]):
            return at
        clauses, start, end = found
        documents = self.context.scope(at)[0].documents
        admitted = [one for one in clauses if self.admits(one) and (not documents or one.document_id in documents)]
        return self.findings.take_clauses(admitted, start, end) if admitted else at

    def _in_order(self, at: int) -> int:
        found = read_in_order(self.text, at)
        return self.findings.take(found[0], at, found[1], quietly=True) if found else at

    def _chinese(self, at: int) -> int:
        """第三条第一款（二）项, 附件1第一条, 一、（三）四是, 附件2第一段."""
        attachment, start = read_attachment(self.text, at) or (None, at)
        if paragraph := read_paragraph(self.text, start):
            key, end = paragraph
            steps, stop = read_following(self.text, end)
            address = PrintedAddress(tuple(steps), attachment=attachment, key=key)
            stands = attachment or self.context.anchored(at) or self._stands_alone(at, end)
            return self._with_more(address, at, stop, quietly=True) if stands else at
        digits = attachment is not None or self.context.anchored(at)
        steps, end = read_steps(self.text, start, digits=digits)
        if not steps or self.text[end : end + 1].isdigit():
            return at
        article = any(step.styles == ARTICLE for step in steps)
        if article and (is_count(self.text, end) or self._belongs_elsewhere(at, end)):
            return end
        case = len(steps) > 1 and self.context.behind_kind(at)
        if not article and not (attachment or case or self.context.begins_text(at)):
            return at
        if not article and not (follows(self.text, end) if len(steps) > 1 else self._whole(at, end, attachment)):
            return at
        return self._with_more(PrintedAddress(tuple(steps), attachment=attachment), at, end, quietly=not article)

    def _item_of_document(self, at: int) -> int:
        """第（九）项 behind a document's name: a clause of its own, as a 款 or 点 never is."""
        found = read_part(self.text, at)
        if found is None or not follows(self.text, found[1]) or not self.context.behind_text(at):
            return at
        if set(BRACKETED).isdisjoint(found[0].styles):
            return at
        address = PrintedAddress((replace(found[0], part=False),), in_group=True)
        if not self.corpus.address_book.find(self.findings.scoped(address, at), self.admits):
            address = replace(address, in_group=False)
        return self._with_more(address, at, found[1], quietly=True)

    def _without_unit(self, at: int) -> int:
        """第六十六 at the end of a sentence about clauses: 条 is left out."""
        found = read_without_unit(self.text, at)
        if found is None or not self.context.is_about_clauses(at):
            return at
        return self.findings.take(PrintedAddress((found[0],)), at, found[1], quietly=True)

    def _english(self, at: int) -> int:
        found = read_english(self.text, at, self.corpus.address_book.kinds_en)
        if found is None:
            return at
        address, end, word = found
        if not self.text[end - 1].isdigit() and self.text[end - 1].isalpha() and not follows(self.text, end):
            return at  # measure two things
        if word == "case" and self.text.endswith("in ", 0, at) and not follows(self.text, end):
            return at  # in case 5 partners quit
        if self._belongs_elsewhere(at, end):
            return end
        quietly = bool(address.steps) and not set(OUTER).isdisjoint(address.steps[-1].styles)  # section 5 of anything
        return self._with_more(address, at, end, quietly=quietly)

    def _ordinal(self, at: int) -> int:
        """The 31st measure; of cases and items only where a document is named."""
        found = read_ordinal_en(self.text, at)
        if found is None or (found[2] in ("case", "item") and not self.context.names):
            return at
        address, end, _ = found
        return end if self._belongs_elsewhere(at, end) else self._with_more(address, at, end)

    def _terse(self, at: int) -> int:
        found = read_terse(self.text, at)
        if found is None or not follows(self.text, found[1]):
            return at
        if self.text[at].isdigit() and not self.context.begins(at):
            return at
        if self.text[at] in _NUMERALS and (found[0].value == 1 or not self.context.begins_text(at)):
            return at
        return self._with_parts([found[0]], at, found[1])

    def _dotted(self, at: int) -> int:
        """1.3, 第2.1.1条, 附件1 2.1; behind a name also the 2 that is a heading of such a text."""
        attachment, start = read_attachment(self.text, at) or (None, at)
        found = read_dotted(self.text, start)
        if found is None:
            return self._level(at, start, attachment)
        if not (follows(self.text, found[1]) or read_following(self.text, found[1])[0]):
            return at
        if self.text[at].isdigit() and not self.context.begins_text(at):
            return at
        return self._with_parts(found[0], at, found[1], attachment)

    def _level(self, at: int, start: int, attachment: tuple[NumberingStyle, str] | None) -> int:
        found = read_level(self.text, start) if attachment or self.context.anchored(at) else None
        if found is None:
            return at
        address = PrintedAddress(tuple(found[0]), attachment=attachment)
        held = self.corpus.address_book.find(self.findings.scoped(address, at), self.admits)
        decimal = any(clause.numbers[-1].style is NumberingStyle.DECIMAL for clause, _ in held if clause.numbers)
        return self._with_parts(found[0], at, found[1], attachment) if decimal else at

    def _with_parts(
        self, steps: list[Step], at: int, end: int, attachment: tuple[NumberingStyle, str] | None = None
    ) -> int:
        more, end = read_following(self.text, end)
        return self._with_more(PrintedAddress((*steps, *more), attachment=attachment), at, end)

    def _whole(self, at: int, end: int, attachment: object) -> bool:
        """Whether a single 一、 or （二） is an address: behind a name, or nothing else; else it numbers a list."""
        return bool(attachment) or self.context.anchored(at) or not self.text[end:].strip("。.?!？！ ")

    def _stands_alone(self, at: int, end: int) -> bool:
        return self.context.begins(at) and (end == at or follows(self.text, end))

    def _belongs_elsewhere(self, at: int, end: int) -> bool:
        """Whether the article is that of a text that is not held, which is then noted."""
        name = self.context.other_text(at, end)
        if name:
            start, stop = name
            start -= start > 0 and self.raw[start - 1] == "《"
            stop += self.raw[stop : stop + 1] == "》"
            self.findings.not_held[self.raw[start:stop].strip("《》 ")] = None
            self.findings.spans.append((min(start, at), max(stop, end)))
        return name is not None

    def _with_more(self, address: PrintedAddress, at: int, end: int, *, quietly: bool = False) -> int:
        """Takes an address, and behind it further parts of the same clause: 第二点和第四点."""
        base = address.steps[:-1] if address.steps and address.steps[-1].part else address.steps
        if listed := read_part_list(self.text, end):  # 第三条第一款第一、二项
            base, (steps, end) = address.steps, listed
            for step in steps:
                self.findings.take(replace(address, steps=(*base, step)), at, end, quietly=True)
        else:
            end = self.findings.take(address, at, end, quietly=quietly)
        while separator := SEPARATOR.match(self.text, end):
            begin = separator.end()
            one = read_part(self.text, begin)
            steps, stop = read_part_list(self.text, begin) or (([one[0]], one[1]) if one else ([], begin))
            if not steps:
                break
            for step in steps:
                self.findings.take(replace(address, steps=(*base, step)), begin, stop, quietly=True)
            end = stop
        return end

    def _others(self) -> None:
        """Texts that are not held and that the question is to be answered from: by number, or in 《》 by title."""
        named = [(name.start, name.end) for name in self.context.names]
        for start, end in (*named, *self.context.titles_of_others()):
            words = self.raw[start:end].strip("《》 ")
            if not any(words in document.text for document in self.corpus.documents):  # else it is what one speaks of
                self.findings.not_held[words] = None
                self.findings.spans.append((start, end))

    def _bare(self) -> None:
        """A text that is nothing but a number, a place or a document's name before it or not: hrb 48, 66条 48."""
        names = self.context.names
        if found := read_bare(self.text, names[-1].end if names else 0):
            self.findings.take(PrintedAddress((Step(found[0], 0, ARTICLE),)), *found[1])
