"""Makes OFD files: a zip of XML in which every run of letters has its place, in millimetres."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.corpus.readers.pdf_files import Page, Placed, text_width

_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MILLIMETRE = 25.4 / 72  # of a point


def ofd(
    pages: Sequence[Page],
    *,
    template: Page = (),  # type: ignore[assignment]
    rules: Sequence[tuple[float, float, float, float]] = (),
    picture: bytes | None = None,
    more: Mapping[str, str] | None = None,
) -> bytes:
    """An OFD with these pages; `rules` are lines x0, y0, x1, y1 (points) on each, `picture` a png on each."""
    parts: dict[str, str | bytes] = {
        "OFD.xml": _xml("OFD", "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"),
        "Doc_0/Document.xml": _document(len(pages), template=bool(template)),
        "Doc_0/Tpls/Tpl_0/Content.xml": _xml("Page", _content(template, ())),
        "Doc_0/DocumentRes.xml": _xml("Res", _MEDIA, ' BaseLoc="Res"'),
    }
    for number, page in enumerate(pages):
        layers = _content(page, rules, picture is not None)
        used = '<ofd:Template TemplateID="2"/>' if template else ""
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _xml("Page", used + layers)
    if picture is not None:
        parts["Doc_0/Res/scan.png"] = picture
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **(more or {})}.items():
            archive.writestr(name, content)
    return out.getvalue()


_MEDIA = (
    '<ofd:MultiMedias><ofd:MultiMedia Type="Image" ID="7"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia>'
    "</ofd:MultiMedias>"
)


def _document(pages: int, *, template: bool) -> str:
    used = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    each = "".join(f'<ofd:Page ID="{10 + n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages))
    return _xml(
        "Document",
        "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{used}</ofd:CommonData><ofd:Pages>{each}</ofd:Pages>",
    )


def _content(page: Page, rules: Sequence[tuple[float, float, float, float]], picture: bool = False) -> str:
    things = "".join(map(_text, page)) + "".join(map(_rule, rules))
    if picture:
        things += '<ofd:ImageObject ID="9" ResourceID="7" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'
    return f'<ofd:Content><ofd:Layer ID="1">{things}</ofd:Layer></ofd:Content>'


def _text(placed: Placed) -> str:
    size = placed.size * _MILLIMETRE
    x, base = placed.x * _MILLIMETRE, placed.y * _MILLIMETRE
    advances = " ".join(f"{text_width(letter, placed.size) * _MILLIMETRE:.3f}" for letter in placed.text[:-1])
    boundary = f"{x:.3f} {base - size:.3f} 200 {size * 1.2:.3f}"
    return (
        f'<ofd:TextObject ID="3" Font="1" Size="{size:.3f}" Boundary="{boundary}">'
        f'<ofd:TextCode X="0" Y="{size:.3f}" DeltaX="{advances}">{escape(placed.text)}</ofd:TextCode></ofd:TextObject>'
    )


def _rule(rule: tuple[float, float, float, float]) -> str:
    x0, y0, x1, y1 = (value * _MILLIMETRE for value in rule)
    path = f"M 0 0 L {x1 - x0:.3f} {y1 - y0:.3f}"
    return (
        f'<ofd:PathObject ID="4" Boundary="{x0:.3f} {y0:.3f} {x1 - x0 + 0.1:.3f} {y1 - y0 + 0.1:.3f}">'
        f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _xml(name: str, content: str, attributes: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{name} {_NAMESPACE}{attributes}>{content}</ofd:{name}>'
