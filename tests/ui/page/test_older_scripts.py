"""What an older Safari cannot read is said in words that it can, whatever pieces a script comes in."""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send

from ui.page.older_scripts import OlderScripts

SCRIPT = rb"const a=/(?<!\w)_(.+?)_(?!\w)/g,b=/(?<!x)y/,c='\u4e2d';"
READABLE = rb"const a=/(?=_)\b_(.+?)_(?!\w)/g,b=/(?<!x)y/,c='\u4e2d';"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("assets")
    (folder / "src-1a2b.js").write_bytes(SCRIPT)
    (folder / "plain-3c.js").write_bytes(b"const a = 1;")
    return folder


def served(path: str, pieces: Sequence[bytes], folder: Path) -> bytes:
    """What is sent for a path. Pages that may compress what they send would be none that can be rewritten."""
    sent: list[Message] = []

    async def pages(scope: Scope, _receive: Receive, send: Send) -> None:
        assert (dict(scope["headers"]) == {}) is path.endswith("src-1a2b.js")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body"})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": path, "headers": [(b"accept-encoding", b"br"), (b"range", b"bytes=3-")]}
    asyncio.run(OlderScripts(pages, folder)(scope, receive, send))
    return b"".join(message.get("body", b"") for message in sent)


@pytest.mark.parametrize("size", range(1, len(SCRIPT) + 1))
def test_a_script_is_readable_in_pieces_of_any_size(size: int, folder: Path) -> None:
    pieces = [SCRIPT[at : at + size] for at in range(0, len(SCRIPT), size)]
    assert served("/en/assets/src-1a2b.js", pieces, folder) == READABLE
    assert len(READABLE) == len(SCRIPT)


@pytest.mark.parametrize(
    "path",
    ["/assets/theme.css", "/assets/plain-3c.js", "/assets/none.js", "/ui/chat/chat.js", "/gradio_api/run/predict", "/"],
)
def test_nothing_else_is_touched(path: str, folder: Path) -> None:
    assert served(path, [SCRIPT], folder) == SCRIPT


@given(st.text("a1_ é中-.", max_size=40))
def test_both_find_the_same(text: str) -> None:
    young, older = (re.compile(rf"{one}_(.+?)_(?!\w)", re.ASCII) for one in (r"(?<!\w)", r"(?=_)\b"))
    assert older.sub(r"<\1>", text) == young.sub(r"<\1>", text)
