"""An answer without how every answer ends: the lines that say where to turn."""

from collections.abc import Sequence

from assistant.answer import Answer, Block, BlockKind


def before_closing(answer: Answer) -> Sequence[Block]:
    """The blocks before the last ones of kind call."""
    blocks = list(answer.blocks)
    while blocks and blocks[-1].kind is BlockKind.CALL:
        blocks.pop()
    return blocks
