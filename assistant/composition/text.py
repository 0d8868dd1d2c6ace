"""The blocks of an answer as one text: what a terminal prints and `Answer.text` holds.

A rendering and nothing more: whoever wants the pieces of an answer takes its blocks.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.answer import MARK, Block, BlockKind
from assistant.messages import Messages

_OF_A_CLAUSE = (BlockKind.NAME, BlockKind.GIST, BlockKind.SOURCE, BlockKind.QUOTE, BlockKind.LIST)
_MARKED = (BlockKind.LEAD, BlockKind.GIST, BlockKind.QUOTE, BlockKind.LIST)


def render_text(blocks: Sequence[Block], words: Messages) -> str:
    """Paragraphs separated by an empty line, one for each clause; a `[n]` stands after what is cited."""
    return "\n\n".join("\n".join(_lines(group, words)) for group in grouped(blocks))


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
        return group[-1].kind is BlockKind.NOTICE
    if block.kind is BlockKind.CHOICE:
        return group[-1].kind is BlockKind.CHOICE
    cited = {number for other in group for number in other.citations}
    return block.kind in _OF_A_CLAUSE and group[0].kind in _OF_A_CLAUSE and not cited.isdisjoint(block.citations)


def _lines(group: Sequence[Block], words: Messages) -> list[str]:
    lines: list[str] = []
    gists = [block for block in group if block.kind is BlockKind.GIST]
    for number, (block, name) in enumerate(named(group), 1):
        line = without_marks(block.text.strip())
        if block.kind is BlockKind.SOURCE:
            line = words("answer.source", address=line) + words("language.colon").rstrip()
        elif block.kind is BlockKind.GIST and len(gists) == 1:
            line = words("answer.in_short") + words("language.colon") + line
        elif block.kind is BlockKind.GIST:
            if block is gists[0]:
                lines.append(words("answer.in_short") + words("language.colon").rstrip())
            line = f"- {line}"
        elif block.kind is BlockKind.LIST:
            line = f"- {without_marks(name) + words('language.colon') if name else ''}{line}"
        elif block.kind is BlockKind.CHOICE:
            line = f"{number}. {line}"
        marks = "".join(f"[{number}]" for number in block.citations) if block.kind in _MARKED else ""
        lines.append(f"{line} {marks}".rstrip())
    return lines


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
