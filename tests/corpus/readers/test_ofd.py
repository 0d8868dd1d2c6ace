"""OFD files are read as pdf files are: by where their letters stand."""

import pytest

from corpus.errors import DocumentError
from corpus.load import SHIPPED
from corpus.readers import ocr
from corpus.readers.normal_form import normalise_text
from corpus.readers.ofd import read_ofd
from corpus.readers.source import LineKind, Source
from tests.corpus.readers.ofd_files import ofd
from tests.corpus.readers.pdf_files import Placed, set_lines, set_pages

FIRST = "第一条 为了规范本市公共停车场的建设和管理，满足居民停车需求，改善交通环境，根据有关法律、法规，制定本办法。"
SECOND = "第二条 本市行政区域内公共停车场的规划、建设、使用和监督管理，适用本办法。"


def texts(source: Source, kind: LineKind = LineKind.PARAGRAPH) -> list[str]:
    return [line.text for line in source.lines if line.text and line.kind is kind]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.txt")), ids=lambda path: path.stem)
def test_the_shipped_texts_as_ofd_give_the_same_paragraphs(path: object) -> None:
    text = normalise_text(path.read_text("utf-8"))  # type: ignore[attr-defined]
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    assert texts(read_ofd(ofd(set_pages(paragraphs)), "文.ofd")) == paragraphs


def test_what_a_template_prints_on_every_page_is_left_out() -> None:
    head = [Placed("云泽市人民政府公报", 240, 50, 9)]
    pages = [set_lines(FIRST, 87.5, 110), set_lines(SECOND, 87.5, 110), set_lines(FIRST, 87.5, 110)]
    assert texts(read_ofd(ofd(pages, template=head), "文.ofd")) == [FIRST, SECOND, FIRST]


def test_a_ruled_table_is_rows_of_cells() -> None:
    xs, ys = (90.0, 250.0, 450.0), (200.0, 230.0, 260.0)
    rules = [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
    words = [("车型", 100, 220), ("收费", 260, 220), ("小型车", 100, 250), ("5元", 260, 250)]
    page = [*set_lines(FIRST, 87.5, 110), *(Placed(text, x, y, 12) for text, x, y in words)]
    source = read_ofd(ofd([page], rules=rules), "表.ofd")
    assert texts(source, LineKind.ROW) == ["车型\t收费", "小型车\t5元"]
    assert texts(source) == [FIRST]


def test_a_picture_without_recognition_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(DocumentError, match=r'^扫\.ofd:1: .*pip install "policyqa\[ocr\]"'):
        read_ofd(ofd([[]], picture=b"png"), "扫.ofd")


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><OFD>&a;</OFD>'
    with pytest.raises(DocumentError, match=r"^弹\.ofd:1: .*entities"):
        read_ofd(ofd([[]], more={"OFD.xml": bomb}), "弹.ofd")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", ofd([[]])[:200], ofd([[]], more={"OFD.xml": "<ofd"})])
def test_a_damaged_file_says_so(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^坏\.ofd:1: .*已损坏.*damaged"):
        read_ofd(data, "坏.ofd")


@pytest.mark.parametrize("place", ["../../../etc/passwd", "/etc/passwd", "Nowhere.xml", ""])
def test_a_reference_out_of_the_file_leads_nowhere(place: str) -> None:
    root = f'<ofd:OFD xmlns:ofd="x"><ofd:DocBody><ofd:DocRoot>{place}</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
    with pytest.raises(DocumentError, match=r"^坏\.ofd:1: "):
        read_ofd(ofd([[]], more={"OFD.xml": root}), "坏.ofd")


def test_an_ofd_without_words_says_so() -> None:
    with pytest.raises(DocumentError, match=r"^空\.ofd:1: 文件里没有文字.*no text"):
        read_ofd(ofd([[]]), "空.ofd")


def test_an_encrypted_ofd_says_so() -> None:
    with pytest.raises(DocumentError, match=r"^密\.ofd:1: .*加密.*encrypt"):
        read_ofd(ofd([[]], more={"Encryptions.xml": "<x/>"}), "密.ofd")
