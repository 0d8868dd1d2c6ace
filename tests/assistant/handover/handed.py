"""A conversation to be handed over, and what stands in the files of a database."""

from collections.abc import Callable
from pathlib import Path

from assistant.handover.conversation import Conversation
from assistant.handover.telephone import Telephone
from assistant.question.history import Turn

SAID = Conversation(
    (Turn("user", "怎么注销抵押"), Turn("assistant", "在网上申请。[1]", ("harbin-66:11",)), Turn("user", "要多久")),
    ("要多久",),
    "哈尔滨",
)


def saying(conversation: Conversation = SAID) -> Callable[[Telephone | None], Conversation]:
    return lambda _: conversation


def bytes_of(folder: Path) -> bytes:
    """All that the database keeps on the disk: the file, its log, and what else lies beside them but the key."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".key")
