"""The blocks of an answer as one text: what a terminal prints and `Answer.text` holds.

A rendering and nothing more: whoever wants the pieces of an answer takes its blocks. Plain words are named ours behind
them, by the line of their source, or, where the source stands first, before them. A quote whose words have just been
read is not printed again.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.answer import MARK, Block, BlockKind
from assistant.messages import Messages

_OF_A_CLAUSE = (BlockKind.NAME, BlockKind.GIST, BlockKind.SOURCE, BlockKind.QUOTE, BlockKind.LIST)
_ENDS = " \n。；;."
_MARKED = (BlockKind.LEAD, BlockKind.GIST, BlockKind.QUOTE, BlockKind.LIST, BlockKind.PHRASED)


def render_text(blocks: Sequence[Block], words: Messages) -> str:
    """Paragraphs separated by an empty line, one for each clause; a `[n]` stands after what is cited."""
    return "\n\n".join("\n".join(_lines(group, before, words)) for group, before in with_line_before(blocks))


def with_line_before(blocks: Sequence[Block]) -> Iterator[tuple[list[Block], Block | None]]:
    """The groups of blocks, each with the block that stands before it."""
    before = None
    for group in grouped(blocks):
        yield group, before
        before = group[-1]


def grouped(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks in order, those of one clause, of one list and the choices together, every other one by itself."""
    groups: list[list[Block]] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        goes_on = groups and groups[-1][-1].kind is BlockKind.LIST and _is_entry(block, following)
        if groups and (goes_on or _belongs(block, groups[-1])):
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _is_entry(block: Block, following: Block | None) -> bool:
    """Whether a block is an entry of a list, or the plain name of the one that follows."""
    named = block.kind is BlockKind.NAME and following is not None and following.kind is BlockKind.LIST
    return block.kind is BlockKind.LIST or named


def _belongs(block: Block, group: Sequence[Block]) -> bool:
    if block.kind is BlockKind.CALL:
        return group[-1].kind in (BlockKind.NOTICE, BlockKind.CALL)
    if block.kind in (BlockKind.CHOICE, BlockKind.PHRASED):
        return group[-1].kind is block.kind
    if block.kind is BlockKind.GIST and group[-1].kind is BlockKind.GIST:
        return True
    cited = {number for other in group for number in other.citations}
    return block.kind in _OF_A_CLAUSE and group[0].kind in _OF_A_CLAUSE and not cited.isdisjoint(block.citations)


def _lines(group: Sequence[Block], before: Block | None, words: Messages) -> list[str]:
    lines: list[str] = []
    for number, (block, name) in enumerate(named(group), 1):
        if is_said(block, before):
            continue
        line = without_marks(block.text.strip())
        if block.kind is BlockKind.SOURCE:
            line = source_line(block, group, before, words)
        elif block.kind is BlockKind.LIST and name:
            line = f"{without_marks(name)}{words('language.colon')}{line}"
        marks = "".join(f"[{number}]" for number in block.citations) if block.kind in _MARKED else ""
        lines.append(f"{opening_of(block, number, group, words)}{line} {marks}".rstrip())
    return lines


def opening_of(block: Block, number: int, group: Sequence[Block], words: Messages) -> str:
    """What stands before a block, the `number`-th of its group from 1: a dash, a number, whose words they are."""
    if block.kind is BlockKind.CHOICE:
        return f"{number}. "
    if block.kind is BlockKind.LIST:
        return "- "
    if block.kind is BlockKind.PHRASED:
        return words("answer.phrased") + words("language.colon").rstrip() + "\n" if number == 1 else ""
    gists = [other for other in group if other.kind is BlockKind.GIST]
    if block.kind is not BlockKind.GIST:
        return ""
    if block is not gists[0]:
        return "- "
    return "" if _is_told(group) else words("answer.in_short") + words("language.colon")


def source_line(block: Block, group: Sequence[Block], before: Block | None, words: Messages) -> str:
    """Where the words behind it stand, and that those before it are ours."""
    line = words("answer.source_told" if _is_told(group) else "answer.source", address=without_marks(block.text))
    shows = any(other.kind is BlockKind.QUOTE and not is_said(other, before) for other in group)
    return line + (words("language.colon").rstrip() if shows else "")


def _is_told(group: Sequence[Block]) -> bool:
    """Whether the plain words of a clause stand before its source."""
    kinds = [block.kind for block in group if block.kind in (BlockKind.GIST, BlockKind.SOURCE)]
    return kinds[:1] == [BlockKind.GIST] and BlockKind.SOURCE in kinds


def is_said(block: Block, before: Block | None) -> bool:
    """Whether a quote has just been read, word for word, in the line before its group; of several lines, it has not."""
    if before is None or block.kind is not BlockKind.QUOTE or before.kind is not BlockKind.LEAD:
        return False
    if "\n" in block.text.strip():
        return False
    words, read = ("".join(text.split()) for text in (block.text.strip(_ENDS), before.text))
    return set(block.citations) <= set(before.citations) and words in read


def named(group: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """The blocks of a group, each entry of a list with the plain name that stands before it, else with ""."""
    name = ""
    for block, following in zip_longest(group, group[1:]):
        if block.kind is BlockKind.NAME and _is_entry(block, following):
            name = block.text
        else:
            yield block, name if block.kind is BlockKind.LIST else ""
            name = ""


def without_marks(text: str) -> str:
    """A text of the documents, with a bracketed number of its own, such as [2020], in the brackets 〔〕 of 文号."""
    return MARK.sub(r"〔\1〕", text)
