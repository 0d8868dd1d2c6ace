"""An answer as plain text of so many bytes, for channels that take no more: quotes with their address and a link.

What does not fit is left out as a whole, and it is said so. A quote is cut between two sentences alone, and never
without the words that say that it goes on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Block, BlockKind, Status
from assistant.channels.offered import HOTLINE
from assistant.composition.text import is_said, named, opening_of, source_line, with_line_before, without_marks
from assistant.messages import Messages, messages
from corpus.text.sentences import sentences

Link = Callable[[str], str]  # the whole address of a clause or part
_CLOSING = (BlockKind.NOTICE, BlockKind.CALL)  # of these what ends an answer
_NEAREST = 2  # clauses that are named beside no answer
_LONGEST_LINK = 300  # bytes; the id of a document may be a long title


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What belongs together: plain words before a quote, its address, the quotes, the link; or entries of a list."""

    head: tuple[str, ...] = ()  # left out before anything else of it is
    address: str = ""
    quotes: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()  # whole or not at all
    link: str = ""

    def text(self, end: str = "") -> str:
        """As it is shown, with something behind the quotes or the entries."""
        lines = (*self.head, self.address, *self.quotes, *self.entries, end, self.link)
        return "\n".join(line for line in lines if line)


def fitted(answer: Answer, site: str, link: Link, most: int) -> str:
    """The text of an answer, at most `most` bytes of UTF-8 (500 or more). `site` is the address of the whole site."""
    words = messages(answer.language)
    groups = list(with_line_before(answer.blocks))
    ends = max((at for at, (group, _) in enumerate(groups, 1) if group[0].kind not in _CLOSING), default=0)
    told = [_paragraph(group, before, answer, words, link) for group, before in groups[:ends]]
    tail = _tail(_closing([group for group, _ in groups[ends:]], answer, words, link), most // 2 if told else most)
    parts, room, left = [], most - _size(*tail), 0
    more = _size(words("channel.more", count=len(told), link=site))
    for at, paragraph in enumerate(told, 1):
        shown = _fit(paragraph, room - (more if left or at < len(told) else 0), words)
        parts += [shown] if shown else []
        room -= _size(shown)
        left += not shown
    if left:
        parts.append(words("channel.more", count=left, link=site))
    return "\n\n".join((*parts, *tail))


def _paragraph(group: Sequence[Block], before: Block | None, answer: Answer, words: Messages, link: Link) -> _Paragraph:
    head: list[str] = []
    quotes: list[str] = []
    entries: list[str] = []
    address = ""
    for number, (block, name) in enumerate(named(group), 1):
        line = opening_of(block, number, group, words) + without_marks(block.text.strip())
        if block.kind is BlockKind.SOURCE:
            address = source_line(block, group, before, words)
        elif block.kind is BlockKind.QUOTE:
            quotes += [] if is_said(block, before) else [line]
        elif block.kind in (BlockKind.LIST, BlockKind.CHOICE):
            entries.append(f"- {without_marks(name)}{words('language.colon')}{line[2:]}" if name else line)
        else:
            head.append(line)
    numbers = [number for block in group for number in block.citations]
    cited = next((one for one in answer.citations if one.number in numbers), None)
    address_of = _link(link(cited.part_id or cited.clause_id), words) if cited else ""
    if entries and group[0].kind is BlockKind.CHOICE:
        address_of = words("channel.pick")
    return _Paragraph(tuple(head), address, tuple(quotes), tuple(entries), address_of)


def _link(address: str, words: Messages) -> str:
    return words("channel.link", link=address) if len(address.encode()) <= _LONGEST_LINK else ""


def _closing(groups: Sequence[Sequence[Block]], answer: Answer, words: Messages, link: Link) -> list[str]:
    """Notices and whom to call, behind them what is nearest where nothing answers; whom to call is never left out."""
    found = ["\n".join(without_marks(block.text.strip()) for block in group) for group in groups]
    if answer.status is Status.NO_ANSWER and answer.related:
        near = [f"- {one.label}\n  {link(one.clause_id)}" for one in answer.related[:_NEAREST]]
        found.append("\n".join((words("channel.nearest"), *near)))
    return found


def _tail(closing: Sequence[str], most: int) -> list[str]:
    """What of it fits: what says whom to call comes first."""
    kept: list[str] = []
    for one in sorted(closing, key=lambda one: HOTLINE not in one):
        if _size(*kept, one) <= most:
            kept.append(one)
    return [one for one in closing if one in kept]


def _fit(paragraph: _Paragraph, room: int, words: Messages) -> str:
    """A paragraph in so many bytes: whole, else shortened; "" where that cannot be."""
    if _size(paragraph.text()) <= room:
        return paragraph.text()
    shorter = (*_with_fewer(paragraph, words), *_with_fewer(replace(paragraph, head=()), words))
    return next((text for text in shorter if _size(text) <= room), "")


def _with_fewer(paragraph: _Paragraph, words: Messages) -> Iterator[str]:
    """Ever shorter: with fewer entries, or the quotes cut between two sentences, to the address and the link alone."""
    yield paragraph.text()
    if paragraph.entries:
        for kept in range(len(paragraph.entries) - 1, 0, -1):
            left = len(paragraph.entries) - kept
            yield replace(paragraph, entries=paragraph.entries[:kept]).text(words("channel.more_entries", count=left))
        return
    for at in range(len(paragraph.quotes) - 1, -1, -1):
        text = paragraph.quotes[at]
        for _, end in reversed(sentences(text, semicolons=True)[:-1]):
            cut = (*paragraph.quotes[:at], text[:end] + words("channel.cut"))
            yield replace(paragraph, quotes=cut).text()
    if paragraph.address:
        yield replace(paragraph, quotes=()).text(words("channel.unquoted"))


def _size(*texts: str) -> int:
    """Bytes of paragraphs, each with the empty line behind it."""
    return sum(len(text.encode()) + 2 for text in texts if text)
