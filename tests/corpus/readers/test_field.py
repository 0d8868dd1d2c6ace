"""Over real files: every one is read, and says what the text of the same document says."""

from collections import Counter
from statistics import median

import pytest

from corpus.metadata import Metadata
from corpus.parser.node import Kind
from corpus.readers.source import Source
from corpus.reading import make_document
from tests.corpus.field import FIELD, needs_field, received, rows

# Of one Word file the second half is hidden text, which is not read: its text was made by a program that does.
HIDDEN = 1
# Of one PDF a table runs over six pages, and its head is said once.
REPEATED = 0.975


def proper(source: Source, name: str) -> str:
    """The characters of a document, without blanks and what its own outline calls a website's."""
    outline = make_document("document", source, Metadata(), name).outline
    furniture = [node for node in outline.root.walk() if node.kind in (Kind.NAVIGATION, Kind.SOURCE)]
    kept = bytearray(b"\1" * len(source.text))
    for node in furniture:
        kept[node.start : node.end] = b"\0" * (node.end - node.start)
    shown = zip(source.text, kept, strict=True)
    return "".join(character for character, keep in shown if keep and not character.isspace())


def pairs(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(len(text) - 1))


@needs_field
def test_every_file_as_received_says_what_its_text_says() -> None:
    shares: dict[str, float] = {}
    for row in rows():
        if (name := row["raw"]) is None:
            continue
        wanted = pairs(proper(received(FIELD / "text" / f"{row['slug']}.txt"), name))
        read = pairs("".join(received(FIELD / "raw" / name).text.split()))
        shares[name] = (wanted & read).total() / wanted.total()
    print(sorted(shares.items(), key=lambda item: item[1])[:4])
    assert len(shares) == 34
    assert median(shares.values()) >= 0.995
    below = sorted(share for share in shares.values() if share < 0.98)
    assert len(below) <= HIDDEN + 1, shares
    assert below[HIDDEN:] == pytest.approx([REPEATED], abs=0.006)
