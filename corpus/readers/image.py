"""Pictures of documents: scans and photographs in png, jpg, tif, bmp, gif or webp. Needs the extra `ocr`."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from corpus.errors import DocumentError
from corpus.readers import ocr
from corpus.readers.printed.document import to_source
from corpus.readers.printed.lines import printed_lines
from corpus.readers.printed.page import PrintedPage
from corpus.readers.printed.recognised import INSTALL
from corpus.readers.printed.ruled import with_tables
from corpus.readers.source import Source

MOST_PAGES = 300  # of one tif


def read_image(data: bytes, file: str) -> Source:
    """The words of a picture, or of each page of a tif.

    Raises DocumentError where recognition is not installed, and for pictures that are damaged, too large or wordless.
    """
    if not ocr.is_installed():
        raise DocumentError(
            f"{file}:1: 是图片，需要文字识别，请运行 {INSTALL} 后重试。"
            f"a picture; run {INSTALL}, which recognises its words, and read it again"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                pages = [_page(frame, number) for number, frame in enumerate(_frames(picture, file), 1)]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(file) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise DocumentError(
            f"{file}:1: 图片已损坏或格式不识别，请重新扫描或另存为 png。"
            f"damaged, or no picture ({type(error).__name__}); scan it again or save it as png"
        ) from error
    source = to_source(pages)
    if not source.text.strip():
        raise DocumentError(
            f"{file}:1: 图片里没有认出文字，请换一张更清晰的。no words recognised; get a clearer picture"
        )
    return source


def _frames(picture: Image.Image, file: str) -> Iterator[Image.Image]:
    """The pages of a tif; of anything else that moves, the first picture."""
    if picture.width * picture.height > ocr.MOST_PIXELS:
        raise _too_large(file)
    count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if count > MOST_PAGES:
        raise DocumentError(f"{file}:1: 超过 {MOST_PAGES} 页，请拆分。more than {MOST_PAGES} pages; split the file")
    for number in range(count):
        picture.seek(number)
        if picture.width * picture.height > ocr.MOST_PIXELS:
            raise _too_large(file)
        yield ocr.sized(ImageOps.exif_transpose(picture))


def _page(picture: Image.Image, number: int) -> PrintedPage:
    found = ocr.recognise(picture)
    tables, rest = with_tables(found.rules, found.letters, found.width)
    return PrintedPage(number, found.width, found.height, printed_lines(rest), tables, pictured=True)


def _too_large(file: str) -> DocumentError:
    return DocumentError(
        f"{file}:1: 图片超过 {ocr.MOST_PIXELS // 1_000_000} 百万像素，请缩小或以 200–300 dpi 重新扫描。"
        f"more than {ocr.MOST_PIXELS // 1_000_000} million pixels; make it smaller or scan it at 200 to 300 dpi"
    )
