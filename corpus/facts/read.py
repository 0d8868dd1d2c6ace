"""All facts of one document."""

from corpus.facts.audience import read_audience
from corpus.facts.enclosed import find_enclosed
from corpus.facts.fact import Facts
from corpus.facts.flat import flatten
from corpus.facts.issued import SURE, read_issued
from corpus.facts.issuer import read_issuer
from corpus.facts.layout import Layout
from corpus.facts.number import read_number
from corpus.facts.places import STATE, read_places
from corpus.facts.repeals import read_repeals
from corpus.facts.signature import read_signature
from corpus.facts.status import read_status
from corpus.facts.title import own_title
from corpus.facts.validity import read_effective, read_expires
from corpus.parser.node import Outline
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
    cited = (
        [flatten(source, layout.segments[end:]), flatten(source, layout.segments[begin:end])]
        if enclosed
        else [flatten(source, layout.segments[begin:])]
    )
    known = read_places(layout, titles, None, number, cited)
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
        repeals=read_repeals(cited, title),
        places=read_places(layout, titles, issuer, number, cited),
        audience=read_audience(layout, cited),
        encloses=enclosed.fact if enclosed else None,
        status=read_status(layout, title),
    )


def _body_end(layout: Layout) -> int:
    """How many segments stand above the first attachment."""
    offset = layout.attachments[0].start if layout.attachments else len(layout.source.text)
    return next((i for i, segment in enumerate(layout.segments) if segment.start >= offset), len(layout.segments))
