"""Pictures and scanned pages: the words come out in order, whole paragraphs, numbers exact, doubt marked."""

import io
import sys
import unicodedata

import pytest
from PIL import Image

from corpus.errors import DocumentError
from corpus.readers import image, ocr
from corpus.readers.image import read_image
from corpus.readers.pdf import read_pdf
from corpus.readers.pdf_process import read_pages
from corpus.readers.printed.document import to_source
from corpus.readers.source import LineKind
from tests.corpus.readers.pdf_files import Placed, picture, picture_pdf, scan_font, set_lines, set_pages, text_pdf

needs_recognition = pytest.mark.skipif(
    not ocr.is_installed() or scan_font() is None, reason="the extra `ocr` or the font of the pictures is not installed"
)
PARAGRAPHS = [
    "第二章 停车场的管理",
    "第十一条 公共停车场应当在入口处公示收费标准、监督电话和营业时间，并使用统一的票据，接受社会监督。",
    "（一）小型车辆首小时收费5元，以后每小时2元，每日最高20元。",
    "1.新能源汽车免收前两小时的停车费；",
]
CELLS = (("车辆类型", 100, 120), ("收费标准", 300, 120), ("小型汽车", 100, 160), ("每小时2元", 300, 160))
SECOND_CASE = "（二）大型车辆每小时收费8元。"


def _folded(text: str) -> str:
    """Without white space, full-width forms as half-width ones: a picture does not tell them apart."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def png(picture: Image.Image, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


@needs_recognition
def test_a_scanned_page_gives_its_paragraphs_whatever_its_skew() -> None:
    page = set_pages(PARAGRAPHS, head="")[0][:-1]
    scan = picture(page, turn=1.2).crop((0, 0, 1653, 800))
    source = read_image(png(scan), "扫描.png")
    assert [_folded(line.text) for line in source.lines] == [_folded(text) for text in PARAGRAPHS]
    assert not any(line.doubtful for line in source.lines)


@needs_recognition
def test_a_pdf_may_hold_a_page_of_text_and_a_page_that_is_a_picture() -> None:
    scan = picture([Placed(SECOND_CASE, 87.5, 110)])
    width, height = scan.size
    pages = [set_lines(PARAGRAPHS[1], 87.5, 110), []]

    def draw(canvas: object, number: int) -> None:
        if number == 2:
            canvas.drawInlineImage(scan, 0, 0, width * 72 / 200, height * 72 / 200)  # type: ignore[attr-defined]

    source = read_pdf(text_pdf(pages, draw=draw), "混合.pdf")
    assert [_folded(line.text) for line in source.lines] == [_folded(PARAGRAPHS[1]), _folded(SECOND_CASE)]
    assert source.lines[1].anchor.page == 2
    assert any("2" in notice and "图片识别" in notice for notice in source.notices)


@needs_recognition
def test_a_ruled_table_in_a_picture_is_rows_of_cells() -> None:
    from PIL import ImageDraw  # noqa: PLC0415

    scan = picture([Placed(t, x, y, 12) for t, x, y in CELLS]).crop((0, 0, 1653, 600))
    draw = ImageDraw.Draw(scan)
    xs, ys = [round(x * 200 / 72) for x in (90, 280, 480)], [round(y * 200 / 72) for y in (100, 135, 170)]
    for y in ys:
        draw.line((xs[0], y, xs[-1], y), fill=0, width=3)
    for x in xs:
        draw.line((x, ys[0], x, ys[-1]), fill=0, width=3)
    source = read_image(png(scan), "表.png")
    assert [line.text for line in source.lines if line.kind is LineKind.ROW] == [
        "车辆类型\t收费标准",
        "小型汽车\t每小时2元",
    ]


def test_importing_the_readers_loads_no_recognition() -> None:
    import subprocess  # noqa: PLC0415

    code = "import sys, corpus.readers.image, corpus.readers.pdf, corpus.readers.ofd; print('rapidocr' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


@pytest.mark.usefixtures("without_the_extra")
def test_without_the_extra_a_picture_says_what_to_install() -> None:
    with pytest.raises(DocumentError, match=r'^图\.png:1: .*pip install "policyqa\[ocr\]"'):
        read_image(png(Image.new("L", (50, 50), 255)), "图.png")


@pytest.mark.usefixtures("without_the_extra")
def test_without_the_extra_a_page_that_is_a_picture_is_named_and_the_others_are_read() -> None:
    pages = read_pages(picture_pdf([Image.new("L", (800, 1100), 255)]))
    assert [page.unread for page in pages] == [True]
    text = read_pages(text_pdf([set_lines(PARAGRAPHS[1], 87.5, 110)]))
    source = to_source([*text, *pages])
    assert source.text == PARAGRAPHS[1]
    assert any("图片" in notice and 'pip install "policyqa[ocr]"' in notice for notice in source.notices)


@pytest.mark.usefixtures("without_the_extra")
def test_letters_that_a_scanner_put_behind_its_picture_are_doubtful() -> None:
    def draw(canvas: object, _: int) -> None:
        canvas.drawInlineImage(Image.new("L", (800, 1100), 255), 0, 0, 595, 842)  # type: ignore[attr-defined]
        text = canvas.beginText(100, 700)  # type: ignore[attr-defined]
        text.setFont("STSong-Light", 12)
        text.setTextRenderMode(3)
        text.textOut("扫描仪自己认出的字")
        canvas.drawText(text)  # type: ignore[attr-defined]

    source = to_source(read_pages(text_pdf([[]], draw=draw)))
    assert [(line.text, line.doubtful) for line in source.lines] == [("扫描仪自己认出的字", True)]


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", png(Image.new("L", (9, 9)))[:40]])
def test_a_damaged_picture_says_so(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    with pytest.raises(DocumentError, match=r"^坏\.png:1: .*已损坏.*damaged"):
        read_image(data, "坏.png")


@pytest.mark.parametrize("side", [8_000, 14_000])
def test_a_picture_of_too_many_pixels_says_so(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    header = png(Image.new("1", (side, side)))
    with pytest.raises(DocumentError, match=r"^大\.png:1: 图片超过.*million pixels"):
        read_image(header, "大.png")


def test_a_tif_of_too_many_pages_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(image, "MOST_PAGES", 2)
    out, page = io.BytesIO(), Image.new("1", (20, 20))
    page.save(out, "TIFF", save_all=True, append_images=[page, page])
    with pytest.raises(DocumentError, match=r"^厚\.tif:1: 超过 2 页"):
        read_image(out.getvalue(), "厚.tif")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("笫三条 收费", "第三条 收费"),
        ("弟十二章 附则", "第十二章 附则"),
        ("第三条 笫", "第三条 笫"),
        ("弟弟的户口", "弟弟的户口"),
        ("第—条 目的", "第一条 目的"),
        ("第二十—章 附则", "第二十一章 附则"),
        ("(二)）大型车辆", "（二）大型车辆"),
        ("(一) 小型车辆", "（一）小型车辆"),
        ("㈡）大型车辆", "（二）大型车辆"),
        ("三）免费", "（三）免费"),
        ("三）项的规定", "三）项的规定"),
        ("—、总体要求", "一、总体要求"),
        ("十-、附则", "十一、附则"),
        ("l.新能源汽车", "1.新能源汽车"),
        ("I.O.接口", "I.O.接口"),
        ("—2—", "—2—"),
        ("一般规定", "一般规定"),
    ],
)
def test_slips_of_recognition_at_the_start_of_a_line_are_mended(slip: str, meant: str) -> None:
    assert ocr.mended(slip) == meant
