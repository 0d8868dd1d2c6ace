"""What stands where: the head of a text (title, 文号, facts of the page), and where its body begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.facts.dates import find_dates
from corpus.facts.labels import Row, rows_of
from corpus.facts.segments import Segment, segments_of
from corpus.facts.words import words
from corpus.numbering import match_number
from corpus.parser.node import Kind, Node, Outline
from corpus.parser.site import site_kind_of
from corpus.readers.source import Source

_CONTENTS = re.compile(r"[【\[]?目录[】\]]?")
_NOTE = re.compile(
    r"[（(【\[].{0,20}?(?:\d{4}|[一二][〇○零ОO0o一二三四五六七八九]{3})年(?:[\d一二三四五六七八九十]{1,2}月|[^）)]{0,6}修[订正改]).*"
)
_ADDRESSED = re.compile(r"各|有关|政府|单位|部门|[局委院办厅]|公司|企业|学校|中心")
_MOST = 300  # segments in which a head is looked for


@dataclass(frozen=True)
class Layout:
    """A source, its outline and its segments."""

    source: Source
    outline: Outline

    @cached_property
    def segments(self) -> Sequence[Segment]:
        """All segments, in order."""
        return segments_of(self.source)

    @cached_property
    def head(self) -> int:
        """How many segments stand above the body.

        A sentence ends the head, unless it belongs to the site: no number or addressee has come yet, and a line that
        may be a title follows.
        """
        few = range(min(len(self.segments), _MOST))
        return next((i for i in few if self._is_body(i)), len(few))

    @cached_property
    def far_head(self) -> int:
        """As `head`, but sentences above the first number or addressee count as the site's."""
        few = self.segments[:_MOST]
        return next((i for i, s in enumerate(few) if self._is_body(i) and not _is_sentence(s)), self.head)

    def _is_body(self, index: int) -> bool:
        """Whether a segment is of the body; one with a colon that something follows in its line is a label."""
        segment, follows = self.segments[index], self.segments[index + 1 : index + 2]
        labels = segment.text.endswith(("：", ":")) and any(other.line == segment.line for other in follows)
        return _is_body(segment) and not labels

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The labelled facts."""
        return rows_of(self.source, self.segments, self.head)

    def stated(self, kind: str) -> list[Row]:
        """The labelled facts of one kind."""
        return [row for row in self.rows if row.kind == kind]

    @cached_property
    def attachments(self) -> Sequence[Node]:
        """The attachments and enclosed texts, as the parser finds them."""
        return [node for node in self.outline.root.children if node.kind is Kind.ATTACHMENT]


def is_note(segment: Segment) -> bool:
    """Whether it says in brackets who passed the text and when: （2012年5月25日某市人民政府令第3号公布）."""
    return bool(_NOTE.fullmatch(segment.squeezed))


def is_furniture(segment: Segment) -> bool:
    """Whether it is a line of the site: a menu, a trail, a label, a link."""
    return bool(segment.label) or site_kind_of(segment.text) is not None or segment.squeezed in words("menus")


def _is_sentence(segment: Segment) -> bool:
    text = segment.squeezed
    if segment.label or is_note(segment):
        return False
    long = len(text) > 100 or (len(text) > 45 and bool(re.search("[，,]", text)))
    return text.endswith(("。", "；", ";", "！")) or "。" in text or long


def _is_body(segment: Segment) -> bool:
    """Whether it is addressee, number, contents or sentence, so that the head ends above it."""
    text = segment.squeezed
    if segment.label or site_kind_of(segment.text) is not None:
        return False
    if _CONTENTS.fullmatch(text) or _is_sentence(segment):
        return True
    if text.endswith(("：", ":")) and len(text) > 3 and _ADDRESSED.search(text):
        return True
    number = match_number(segment.text)
    return number is not None and not any(find_dates(text[:12]))
