"""Reads a pdf in a process of its own: `python -m corpus.readers.pdf_process`, the file on standard input.

A pdf may ask for hours of work or for all memory there is, and a library cannot be told to stop. A process can: it is
given so much memory, so many seconds of work a page, and its parent ends it when all that did not help. What it found
goes to standard output as JSON: `{"pages": […]}` or `{"error": "password"}`.
"""

import io
import json
import logging
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from corpus.readers.pdf_page import pdf_pages, pictures, printed_page, upright
from corpus.readers.printed.page import PrintedPage
from corpus.readers.printed.recognised import Recognised
from corpus.readers.printed.ruled import Box

MOST_PAGES = 1000
MOST_SECONDS_A_PAGE = 20  # of work, which a busy machine does not change
MOST_SECONDS_A_PICTURE = 180  # recognising a page of small print takes some ten seconds
MOST_SECONDS = 900  # until the last page that is only text
MOST_SECONDS_PICTURES = 3000  # until the last one with pictures
MOST_MEMORY = 6 * 2**30  # bytes


class RefusedError(Exception):
    """The file cannot be read; the reason is one of the words that `pdf.py` has a sentence for."""

    def __init__(self, reason: str, page: int = 0, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.page, self.detail = reason, page, detail


def read_pages(data: bytes) -> list[PrintedPage]:
    """Every page of a pdf. Raises RefusedError."""
    try:
        pdf = pdfplumber.open(io.BytesIO(data), strict_metadata=False)
    except PdfminerException as error:
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in error.args)
        raise RefusedError("password" if locked else "damaged") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise RefusedError("damaged") from error
    reader = _PictureReader(data)
    pages = []
    for page in _counted(pdf_pages(pdf)):
        pages.append(_read_page(page, reader))
        page.close()
    if not pages:
        raise RefusedError("damaged")
    return pages


def _counted(pages: Iterator[Page]) -> Iterator[Page]:
    number = 0
    while True:
        try:
            with _seconds(MOST_SECONDS_A_PAGE, number + 1):
                page = next(pages, None)
        except RefusedError:
            raise
        except Exception as error:  # pdfminer raises nearly every kind of error for a damaged file
            raise RefusedError("damaged", number + 1) from error
        if page is None:
            return
        number += 1
        if number > MOST_PAGES:
            raise RefusedError("pages")
        yield page


def _read_page(page: Page, reader: "_PictureReader") -> PrintedPage:
    number = page.page_number
    try:
        with _seconds(_left(MOST_SECONDS, MOST_SECONDS_A_PAGE, number), number):
            page = upright(page)
            boxes = pictures(page)
        recognised = _recognised(reader, number, boxes)
        with _seconds(_left(MOST_SECONDS_PICTURES, MOST_SECONDS_A_PAGE, number), number):
            return printed_page(page, recognised, pictured=bool(boxes))
    except (RefusedError, MemoryError):
        raise
    except Exception as error:
        raise RefusedError("damaged", number) from error


def _recognised(reader: "_PictureReader", number: int, boxes: list[Box]) -> Recognised | None:
    try:
        return reader.read(number, boxes) if boxes else None
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # of pdfium, onnxruntime or opencv
        raise RefusedError("recognition", number, f"{type(error).__name__}: {error}"[:200]) from error


class _PictureReader:
    """Reads what stands in pictures, where recognition is installed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def read(self, number: int, boxes: list[Box]) -> Recognised | None:
        """What stands in these parts of the page (from 1), in points; None where recognition is not installed."""
        from corpus.readers import ocr  # noqa: PLC0415 — an extra

        if not ocr.is_installed():
            return None
        with _seconds(_left(MOST_SECONDS_PICTURES, MOST_SECONDS_A_PICTURE, number), number):
            if self._document is None:
                import pypdfium2  # noqa: PLC0415

                self._document = pypdfium2.PdfDocument(self._data)
            page = self._document[number - 1]
            scale = min(ocr.POINTS_TO_PIXELS, ocr.LONGEST_SIDE / (max(page.get_size()) or 1.0))
            picture = page.render(scale=scale).to_pil()
            parts = []
            for box in boxes:
                cut = picture.crop(tuple(round(side * scale) for side in box))
                parts.append(ocr.recognise(cut).placed(1 / scale, box[0], box[1]))
        letters, rules = [one for part in parts for one in part.letters], [one for part in parts for one in part.rules]
        return Recognised(letters, rules, picture.width / scale, picture.height / scale)


_started = time.process_time()


def _left(allowed: float, once: float, page: int) -> float:
    left = min(once, allowed - (time.process_time() - _started))
    if left <= 0:
        raise RefusedError("slow", page)
    return left


@contextmanager
def _seconds(limit: float, page: int) -> Iterator[None]:
    """Raises RefusedError when what is done inside takes longer; no limit where there are no signals (Windows)."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise RefusedError("slow", page)

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, limit, 1.0)  # again and again: pdfminer may swallow an error
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 — not on Windows

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, hard))
    except (ImportError, ValueError, OSError):
        pass  # the parent's time limit is left


def main() -> None:
    """Standard input to standard output."""
    _limit_memory()
    logging.disable(logging.CRITICAL)  # pdfminer remarks on every odd font
    answer: dict[str, Any]
    try:
        answer = {"pages": [asdict(page) for page in read_pages(sys.stdin.buffer.read())]}
    except RefusedError as refused:
        answer = {"error": refused.reason, "page": refused.page, "detail": refused.detail}
    except MemoryError:
        answer = {"error": "memory"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
