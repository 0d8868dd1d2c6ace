"""Page numbers that a scan or a printed page leaves between the lines of a text."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.parser.lines import Line

_PAGE = re.compile(r"[-—–－]{1,2}\s?\d{1,4}\s?[-—–－]{1,2}|第\s?\d{1,4}\s?页(?:\s?[,，/]?\s?共\s?\d{1,4}\s?页)?")


def without_pages(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the text and the page numbers. A sentence that a page number cuts in two goes on below it."""
    kept: list[Line] = []
    pages: list[Line] = []
    for line in lines:
        if _PAGE.fullmatch(line.text):
            pages.append(line)
        elif kept and pages and pages[-1].start > kept[-1].start:
            kept.append(replace(line, after_page=True, after_blank=kept[-1].finished))
        else:
            kept.append(line)
    return kept, pages
