"""What a page states of its text beside it: rows such as 索引号, 发文机关, 成文日期, and its <meta> tags."""

import re
from collections.abc import Sequence

from lxml import etree

from corpus.readers.html_blocks import Block
from corpus.readers.html_words import one_of, page_words

Facts = list[tuple[str, str]]

_SURE_LABEL = re.compile(one_of("fact_labels", "short_labels"))
_ANY = one_of("fact_labels", "short_labels", "doubtful_labels", spaced=True)
_WITH_COLON = re.compile(rf"[\[【]?({_ANY})[\]】]?\s*[:：]\s*")
_BARE = re.compile(rf"[\[【]?({one_of('fact_labels', 'doubtful_labels', spaced=True)})[\]】]?\s*[:：]?")
_PAIR = re.compile(rf"({one_of('fact_labels', spaced=True)})\s{{0,9}}([^\s，。；：:][^，。；]*)")
_STAMP = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d{2}(?::\d{2})?)?(?=\s|$)")
_BUTTONS = re.compile(
    r"[\[【（(]?\s?(?:字\s?[体号]\s?[:：]?)?\s?[\[【（(]?\s?大\s?中\s?小[\s\S]*|[\[【]?\s?(?:字\s?[体号]|打印|关闭)[\s\S]*"
)
_LONGEST = 200
_NOTHING = {"", "-", "--", "无", "/", "null"}


def meta_facts(root: etree._Element) -> Facts:
    """What the page's head says: the known <meta> tags, and its title as `title`."""
    wanted = set(page_words("meta_names"))
    facts: Facts = []
    for meta in root.iter("meta"):
        name, value = meta.get("name") or meta.get("property") or "", " ".join((meta.get("content") or "").split())
        if name.lower() in wanted and value:
            facts.append((name, value[:_LONGEST]))
    title = next(root.iter("title"), None)
    if title is not None and (words := " ".join("".join(title.itertext()).split())):
        facts.append(("title", words[:_LONGEST]))
    return facts


def read_facts(blocks: Sequence[Block]) -> tuple[Facts, set[int]]:
    """The facts in the lines above a text, and which of the lines hold nothing else.

    Labels that a text may bear too, such as 名称, count only where two that are surely a page's stand beside them.
    """
    found: list[tuple[range, Facts]] = []
    index = 0
    while index < len(blocks):
        facts, used = facts_of(blocks, index)
        if used:
            found.append((range(index, index + used), facts))
        index += max(1, used)
    if sum(_is_sure(facts) for _, facts in found) < 2:
        found = [(lines, facts) for lines, facts in found if _is_sure(facts)]
    stated = [(label, value) for _, facts in found for label, value in facts if value.lower() not in _NOTHING]
    return stated, {line for lines, _ in found for line in lines}


def _is_sure(facts: Facts) -> bool:
    """Whether a line is surely a page's: one of its labels is, or it has several, as 来源：… 日期：… does."""
    return len(facts) > 1 or any(_SURE_LABEL.fullmatch(label) for label, _ in facts)


def facts_of(blocks: Sequence[Block], index: int) -> tuple[Facts, int]:
    """The facts of a line, and how many lines they take: 0 where it holds none, 2 where the value stands below."""
    block, text = blocks[index], blocks[index].text
    if block.is_row:
        return _of_cells(block.line.text.split("\t"))
    if len(text) > _LONGEST:
        return [], 0
    if (pairs := _with_colons(text)) and any(value for _, value in pairs):
        return pairs, 1
    if bare := _BARE.fullmatch(text):
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        stands = below is not None and not (below.is_row or _with_colons(below.text) or _BARE.fullmatch(below.text))
        value = below.text[:_LONGEST] if below is not None and stands else ""
        return [(_squeezed(bare[1]), value)], 2 if stands else 1
    pair = _PAIR.fullmatch(text)
    return ([(_squeezed(pair[1]), pair[2])], 1) if pair else ([], 0)


def _of_cells(cells: list[str]) -> tuple[Facts, int]:
    """The facts of a row: cells of label and value in turn, or both in one cell."""
    facts: Facts = []
    index = 0
    while index < len(cells):
        cell = cells[index].strip()
        if (pairs := _with_colons(cell)) and pairs[0][1]:
            facts += pairs
        elif bare := _BARE.fullmatch(cell):
            value = cells[index + 1].strip() if index + 1 < len(cells) else ""
            facts.append((_squeezed(bare[1]), value[:_LONGEST]))
            index += 1
        elif cell and not facts:
            return [], 0
        index += 1
    return facts, 1 if facts else 0


def _with_colons(text: str) -> Facts:
    """The facts of a line such as 来源：某局 发布时间：2020-01-01; none where it begins with anything else."""
    if stamp := _STAMP.match(text):
        return [("时间", stamp[0]), *_with_colons(text[stamp.end() :].strip())]
    places = list(_WITH_COLON.finditer(text)) if "：" in text or ":" in text else []
    if not places or places[0].start() > 0:
        return []
    ends = [place.start() for place in places[1:]] + [len(text)]
    return [
        (_squeezed(place[1]), _BUTTONS.sub("", text[place.end() : end]).strip(" \t|｜[]【】")[:_LONGEST])
        for place, end in zip(places, ends, strict=True)
    ]


def _squeezed(label: str) -> str:
    return "".join(label.split())
