"""Handing on a body that a layer has looked at."""

from starlette.types import Message, Receive


def replay(body: Message, receive: Receive) -> Receive:
    """A `receive` that gives `body`, the whole of it, and then what follows, which can only be the disconnect."""
    waiting: Message | None = body

    async def replaying() -> Message:
        nonlocal waiting
        if waiting is None:
            return await receive()
        message, waiting = waiting, None
        return message

    return replaying
