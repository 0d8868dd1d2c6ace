"""Pdf files that cannot be read: each says why, and what to do next, in bounded time."""

import gc
import io
import subprocess
from collections.abc import Iterator

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import DocumentError
from corpus.readers import pdf_process
from corpus.readers.pdf import read_pdf
from tests.corpus.readers.pdf_files import Placed, draw_text, text_pdf


def test_a_pdf_locked_by_a_password_says_so() -> None:
    with pytest.raises(DocumentError, match=r"^密\.pdf:1: .*密码.*password"):
        read_pdf(_encrypted("geheim"), "密.pdf")


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    assert [line.text for line in read_pdf(_encrypted(""), "限.pdf").lines] == ["Readable by all"]


def _encrypted(password: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password, ownerPassword="besitzer", canPrint=0))
    draw_text(canvas, Placed("Readable by all", 100, 100))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"not a pdf", text_pdf([[]])[:300]])
def test_a_damaged_pdf_says_so(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^坏\.pdf:\d+: .*已损坏.*damaged"):
        read_pdf(data, "坏.pdf")


def test_a_pdf_without_words_or_pictures_says_so() -> None:
    with pytest.raises(DocumentError, match=r"^空\.pdf:1: 没有文字.*no text"):
        read_pdf(text_pdf([[]]), "空.pdf")


def test_a_pdf_of_too_many_pages_says_so() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(1001):
        canvas.showPage()
    canvas.save()
    with pytest.raises(DocumentError, match=r"^厚\.pdf:1: 超过 1,000 页.*split"):
        read_pdf(out.getvalue(), "厚.pdf")


@pytest.fixture
def no_collection() -> Iterator[None]:
    """An error that a signal raises within a callback of the garbage collector, as Hypothesis has one, is lost."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection")
def test_a_page_that_takes_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "MOST_SECONDS_A_PAGE", 0.05)
    page = [Placed("数" * 40, 10, 20 + 0.5 * number, 10) for number in range(1500)]
    with pytest.raises(pdf_process.RefusedError, match="slow") as refused:
        pdf_process.read_pages(text_pdf([page]))
    assert refused.value.page == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (b'{"error": "slow", "page": 3}', r"^慢\.pdf:3: .*takes too long"),
        (b'{"error": "memory"}', r"^慢\.pdf:1: .*too much memory"),
        (b"", r"^慢\.pdf:1: .*damaged"),
    ],
)
def test_what_the_process_says_or_fails_to_say_becomes_an_error(
    answer: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.CompletedProcess([], 0, answer, b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    with pytest.raises(DocumentError, match=message):
        read_pdf(b"%PDF", "慢.pdf")


def test_a_process_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("python", 1)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(DocumentError, match=r"^慢\.pdf:1: .*takes too long"):
        read_pdf(b"%PDF", "慢.pdf")
