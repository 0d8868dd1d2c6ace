"""OFD, the page format of Chinese offices (GB/T 33190): its letters are read at their places, as those of a pdf are.

No library is used: the one that is kept up (easyofd) turns an OFD into pictures and needs PyMuPDF, whose licence (AGPL)
forbids it here. An OFD is a zip file of XML, and its letters carry their places.
"""

import io
import posixpath
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree
from PIL import Image

from corpus.errors import DocumentError
from corpus.readers import ocr
from corpus.readers.archive import damaged, open_archive, read_entry
from corpus.readers.ofd_page import MILLIMETRE, OfdPage, children, local, numbers
from corpus.readers.printed.document import to_source
from corpus.readers.printed.lines import printed_lines
from corpus.readers.printed.page import PrintedPage
from corpus.readers.printed.recognised import INSTALL, Recognised
from corpus.readers.printed.ruled import with_tables
from corpus.readers.source import Source

MOST_PAGES = 1000
_A4 = (210.0, 297.0)  # millimetres, where no size is stated


def read_ofd(data: bytes, file: str) -> Source:
    """The text of an OFD: paragraphs and rows of tables; pages that are pictures where recognition is installed.

    Raises DocumentError for an OFD that is damaged, encrypted, too long, or holds no text.
    """
    try:
        with open_archive(data, file) as archive:
            pages = [page for document in _documents(archive, file) for page in document.pages()]
    except (etree.LxmlError, zipfile.BadZipFile, ValueError, KeyError, RecursionError) as error:
        raise damaged(file, error) from error
    if any(page.unread for page in pages) and not any(page.lines or page.tables for page in pages):
        raise DocumentError(
            f"{file}:1: 页面是扫描图片，需要文字识别，请运行 {INSTALL} 后重试。"
            f"its pages are pictures; run {INSTALL} and read it again"
        )
    source = to_source(pages)
    if not source.text.strip():
        raise DocumentError(f"{file}:1: 文件里没有文字，请换一份。no text in it; get another copy")
    return source


def _documents(archive: zipfile.ZipFile, file: str) -> Iterator["_Document"]:
    """The documents of an OFD, most often one."""
    names = set(archive.namelist())
    if "Encryptions.xml" in names:
        raise DocumentError(f"{file}:1: 文件已加密，请解密后另存再试。encrypted; save it without encryption")
    parts = _Parts(archive, names, file)
    for root in children(parts.xml("OFD.xml"), "DocBody", "DocRoot"):
        yield _Document(parts, parts.path("", root.text or ""))


class _Parts:
    """The files inside an OFD."""

    def __init__(self, archive: zipfile.ZipFile, names: set[str], file: str) -> None:
        self.archive, self.names, self.file = archive, names, file

    def path(self, folder: str, place: str) -> str:
        """Where a reference leads that stands in a file of `folder`."""
        place = place.strip()
        if place.startswith("/"):
            return place.lstrip("/")
        near = posixpath.normpath(posixpath.join(folder, place))
        return near if near in self.names else place

    def xml(self, name: str) -> Any:  # noqa: ANN401 — lxml's element has no public type
        """The root of one XML file; no entity in it is followed."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(read_entry(self.archive, name, self.file), parser)


class _Document:
    def __init__(self, parts: _Parts, place: str) -> None:
        self._parts, self._folder = parts, posixpath.dirname(place)
        self._root = parts.xml(place)
        self._size = _box(self._root, "CommonData", "PageArea") or (0.0, 0.0, *_A4)
        self._templates = {
            template.get("ID"): template.get("BaseLoc", "")
            for template in children(self._root, "CommonData", "TemplatePage")
        }
        self._pictures = self._media()

    def pages(self) -> Iterator[PrintedPage]:
        """The pages in their order. Raises DocumentError where they are too many."""
        found = list(children(self._root, "Pages", "Page"))
        if len(found) > MOST_PAGES:
            raise DocumentError(
                f"{self._parts.file}:1: 超过 {MOST_PAGES} 页，请拆分。more than {MOST_PAGES} pages; split the document"
            )
        for number, page in enumerate(found, 1):
            yield self._page(page.get("BaseLoc", ""), number)

    def _page(self, place: str, number: int) -> PrintedPage:
        root = self._parts.xml(self._parts.path(self._folder, place))
        box = _box(root, "Area") or self._size
        page = OfdPage(box[0], box[1])
        for template in children(root, "Template"):
            if base := self._templates.get(template.get("TemplateID")):
                page.add(self._parts.xml(self._parts.path(self._folder, base)))
        page.add(root)
        width, height = box[2] * MILLIMETRE, box[3] * MILLIMETRE
        recognised = self._recognised(page, width * height)
        letters, rules = page.letters, page.rules
        if recognised:
            letters, rules = [*letters, *recognised.letters], [*rules, *recognised.rules]
        tables, rest = with_tables(rules, letters, width)
        pictured = recognised is not None
        unread = not pictured and page.is_picture(width * height)
        return PrintedPage(number, width, height, printed_lines(rest), tables, pictured or unread, unread)

    def _recognised(self, page: OfdPage, area: float) -> Recognised | None:
        """What stands in the picture that the page consists of; None for a page of letters."""
        if not page.is_picture(area) or not ocr.is_installed():
            return None
        picture = max(page.pictures, key=lambda picture: picture.area)
        place = self._pictures.get(picture.resource)
        if place is None or place not in self._parts.names:
            return None
        try:
            content = read_entry(self._parts.archive, place, self._parts.file)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its size is asked below
                image = Image.open(io.BytesIO(content))
            with image:
                if image.width * image.height > ocr.MOST_PIXELS:
                    return None
                found = ocr.recognise(ocr.sized(image))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return None  # JBIG2 and the like, which Pillow does not read
        return found.placed((picture.x1 - picture.x0) / found.width, picture.x0, picture.top)

    def _media(self) -> dict[str, str]:
        """The files of the pictures, by the number that pages call them by."""
        found = {}
        for kind in ("DocumentRes", "PublicRes"):
            for place in children(self._root, "CommonData", kind):
                name = self._parts.path(self._folder, place.text or "")
                if name not in self._parts.names:
                    continue
                root = self._parts.xml(name)
                folder = posixpath.join(posixpath.dirname(name), root.get("BaseLoc", ""))
                for media in children(root, "MultiMedias", "MultiMedia"):
                    for each in children(media, "MediaFile"):
                        found[media.get("ID", "")] = self._parts.path(folder, each.text or "")
        return found


def _box(root: Any, *path: str) -> tuple[float, float, float, float] | None:  # noqa: ANN401
    """The place and size of a page, in millimetres, where it is stated."""
    for area in children(root, *path):
        for each in area:
            if local(each) == "PhysicalBox" and len(values := numbers(each.text or "")) == 4:
                return values[0], values[1], values[2], values[3]
    return None
