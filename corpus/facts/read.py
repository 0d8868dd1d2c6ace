"""All facts of one document."""

from corpus.facts.audience import read_audience
from corpus.facts.enclosed import Enclosed, find_enclosed
from corpus.facts.fact import Fact, Facts
from corpus.facts.flat import Flat, flatten
from corpus.facts.issued import SURE, read_issued
from corpus.facts.issuer import read_issuer
from corpus.facts.layout import Layout
from corpus.facts.number import read_number
from corpus.facts.places import STATE, read_places
from corpus.facts.repeals import read_repeals
from corpus.facts.signature import read_signature
from corpus.facts.status import read_status
from corpus.facts.title import Title, own_title, plain_title
from corpus.facts.validity import read_effective, read_expires
from corpus.parser.covering import forwards_letter
from corpus.parser.node import Kind, Outline
from corpus.readers.source import Source


def read_facts(source: Source, outline: Outline) -> Facts:
    """What a document says about itself: in its words, and in the facts of its page. What it does not say stays None.

    `outline` is that of `source.text`. Never raises on a readable source.
    """
    layout = Layout(source, outline)
    title = own_title(layout)
    enclosed = find_enclosed(layout, title)
    if enclosed and title and enclosed.fact is title.fact:
        title = None
    begin = title.segments[-1] + 1 if title and title.segments else 0
    end = enclosed.begin if enclosed else _body_end(layout)
    signature = read_signature(layout, begin, end)
    number = read_number(layout)
    titles = [fact for fact in (enclosed and enclosed.fact, title and title.fact) if fact]
    cited = _cited(layout, title, begin, enclosed)
    named = titles or _printed(layout)  # a line above the text may name its place though it ends as no title does
    known = read_places(layout, named, None, number, cited)
    names = known.value if known and known.value != (STATE,) else ()
    issuer = read_issuer(layout, title, signature, names)
    printed = read_effective(layout, cited, None)
    issued = read_issued(layout, title, signature, number, printed.value if printed else None)
    counted_from = issued.value if issued and issued.confidence >= SURE else None
    effective = read_effective(layout, cited, counted_from)
    return Facts(
        title=titles[0] if titles else None,
        number=number,
        issuer=issuer,
        issued=issued,
        effective=effective,
        expires=read_expires(layout, cited, effective),
        repeals=read_repeals(cited, title, number),
        places=read_places(layout, named, issuer, number, cited),
        audience=read_audience(layout, cited),
        encloses=enclosed.fact if enclosed else None,
        status=read_status(layout, title),
    )


def _cited(layout: Layout, title: Title | None, begin: int, enclosed: Enclosed | None) -> list[Flat]:
    """The words that facts are read from: of what people cite, then of the notice around it."""
    if enclosed:
        spans = [layout.segments[enclosed.begin :], layout.segments[begin : enclosed.begin]]
    elif title and forwards_letter(title.fact.value, layout.attachments, layout.source.text):
        spans = [layout.segments[begin : _body_end(layout)]]  # the other letter speaks for itself
    else:
        spans = [layout.segments[begin:]]
    return [flatten(layout.source, span) for span in spans]


def _printed(layout: Layout) -> list[Fact[str]]:
    """The first line that the parser takes for a title."""
    node = next((node for node in layout.outline.root.children if node.kind is Kind.TITLE), None)
    if node is None:
        return []
    words = layout.source.text[node.start : node.end]
    return [Fact(plain_title(words), words, node.start, node.end, 0.6)]


def _body_end(layout: Layout) -> int:
    """How many segments stand above the first attachment."""
    offset = layout.attachments[0].start if layout.attachments else len(layout.source.text)
    return next((i for i, segment in enumerate(layout.segments) if segment.start >= offset), len(layout.segments))
