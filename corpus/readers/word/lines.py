"""From a paragraph's text to lines, alike for every format of Word."""

from corpus.readers.source import LineKind, SourceLine, source_line

_LONGEST_HEADING = 80  # characters; longer paragraphs were given a level by mistake


def paragraph_lines(text: str, level: int = 0, *, furniture: bool = False) -> list[SourceLine]:
    """The lines of a paragraph, headings where it has a level; more than one where it breaks its lines itself."""
    kind = LineKind.FURNITURE if furniture else LineKind.PARAGRAPH
    if level and not furniture and len(text) <= _LONGEST_HEADING:
        kind = LineKind.HEADING
    level = level if kind is LineKind.HEADING else 0
    return [source_line(line, kind, level=level) if line.strip() else SourceLine("") for line in text.split("\n")]


def without_empty_ends(lines: list[SourceLine]) -> list[SourceLine]:
    """The lines with at most one blank one between two others and none around them."""
    kept: list[SourceLine] = []
    for line in lines:
        if line.text or (kept and kept[-1].text):
            kept.append(line)
    return kept[:-1] if kept and not kept[-1].text else kept
