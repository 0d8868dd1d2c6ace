"""Which lines of a web page are the text that it was made for.

Running text, and rows of tables, that cannot be clicked say where the text is; its container is the smallest that holds
nearly all of it. Nothing is dropped between the first and the last of these lines. Above them the title is added and
below them what ends a document (annexes, who signed and when); navigation, facts and footers stay outside.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from corpus.readers.html_blocks import Block
from corpus.readers.html_facts import Facts, facts_of, read_facts
from corpus.readers.html_words import one_of, page_words

_CONTAINERS = {"body", "html", "div", "section", "article", "main", "td", "tr", "tbody", "table", "center", "form"}
_CONTAINERS |= {"blockquote", "dl", "dd", "ul", "ol", "li", "fieldset", "figure", "details"}
_NEARLY_ALL = 0.95
_MOST_FURNITURE = 0.25  # of the running text: an element that holds more is no furniture, whatever its name
_SITE = re.compile(one_of("site"))
_FOOTER = re.compile(one_of("footer"))
_FURTHER = re.compile(one_of("further"))
_BUTTONS = re.compile(one_of("buttons"))
_ANNEX = re.compile(
    r"附\s?[件表录]|相关附件|(?:.{1,100}\.(?:docx?|xlsx?|pdf|wps|et|rar|zip|ofd|jpe?g|png|tif)(?:\s?[（(].{0,20}[)）])?)$"
)
_ENDS = re.compile(
    r"[（(].{1,30}[)）]$|.{0,30}(?:\d{4}|[一二〇○零]{4})\s?年.{1,4}月.{1,4}日(?:印发)?$|抄\s?送|主题词|联\s?系\s?(?:人|电话|方式)|此页无正文"
    r"|[^，。；：:]{2,30}(?:局|厅|部|委|委员会|办公室|政府|中心|院|处|法院|公司|协会|会|署|司|站|所|队|校|行)$"
)
_TITLE = re.compile(
    "(?:办法|规定|细则|通知|意见|条例|方案|规划|计划|措施|决定|公告|通告|指南|规则|规程|标准|批复|函|问答|答)(?:[（(].{1,12}[）)])*$"
)
_RUNNING = re.compile("[，。；：、！？]")
_SENTENCE_END = re.compile(".{4}[。；]$")
_CONTACT = re.compile(r"(?:联系|单位)?(?:地\s?址|邮\s?编|电\s?话|传\s?真|邮\s?箱)|(?i:e-?mail|tel|fax)")
_LONGEST = 200  # characters of a line of the site
_LEAST_FOOT = 0.15  # of the running text: what stands below a footer is no more than this
_LEAST_TITLE, _LEAST_H1 = 6, 3  # characters: a page marks one title as its first heading, sites print many lines
_NEAR = 40  # lines above the text in which its title is looked for


def main_text(blocks: Sequence[Block], body: etree._Element, titles: Iterable[str]) -> tuple[list[Block], Facts]:
    """The lines of the text in their order, and the facts stated above it; `titles` is what the page calls itself."""
    blocks = _without_named(blocks, body)
    weights = [_weight(blocks, index) for index in range(len(blocks))]
    if not any(weights):
        kept = [block for block in blocks if not _is_furniture(block) and not _is_clicked(block)]
        return kept, []
    core = _core(body, blocks, weights)
    within = set(core.iter())
    inside = [index for index, block in enumerate(blocks) if block.element in within]
    running = [index for index in inside if weights[index]]
    first, last = running[0], _last(blocks, running, weights)
    named = {squeezed for title in titles if len(squeezed := _squeezed(title)) >= 6}
    title = _title_above(blocks, inside[0], first, named)
    facts, stated = read_facts(blocks[:first])
    stated -= set(title)
    above = [
        index
        for index in range(min(title, default=inside[0]), first)
        if index not in stated and (index in title or _may_stand_above(blocks[index], named))
    ]
    below = _below(blocks, last + 1, inside[-1])
    return [blocks[index] for index in (*above, *range(first, last + 1), *below)], facts


def _without_named(blocks: Sequence[Block], body: etree._Element) -> list[Block]:
    """The lines without those of elements that are called footer, breadcrumb and the like, and hold little."""
    sizes = _sums(body, blocks, [block.own if _RUNNING.search(block.text) or block.is_row else 0 for block in blocks])
    most = sizes[body] * _MOST_FURNITURE
    linked = _sums(body, blocks, [block.linked for block in blocks])
    lengths = _sums(body, blocks, [len(block.text) for block in blocks])
    lists = _sums(body, blocks, [int(_is_clicked(block)) for block in blocks])
    named: set[etree._Element] = set()
    listing: set[etree._Element] = set()  # mostly links, three or more: a list of other pages, with their summaries
    for element in body.iter():  # from outside inwards
        small = sizes[element] <= most and element is not body
        if element.getparent() in named or (small and _is_named(element)):
            named.add(element)
        if element.getparent() in listing or (small and lists[element] >= 3 and linked[element] * 2 > lengths[element]):
            listing.add(element)
    return [
        block
        for block in blocks
        if block.element not in named and (block.element not in listing or _ANNEX.match(block.text))
    ]


def _is_clicked(block: Block) -> bool:
    """Whether a line is mostly a link."""
    return block.linked * 2 >= len(block.text)


def _is_named(element: etree._Element) -> bool:
    if element.tag in {"body", "html", "form"}:
        return False
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", f"{element.get('class', '')} {element.get('id', '')}"[:200])
    words = set(re.split(r"[\s_\-]+", name.lower()))
    return not words.isdisjoint(page_words("furniture_names")) and words.isdisjoint(page_words("text_names"))


def _sums(body: etree._Element, blocks: Sequence[Block], values: Sequence[int]) -> Counter[etree._Element]:
    """For every element the sum over the lines inside it."""
    sums: Counter[etree._Element] = Counter()
    for block, value in zip(blocks, values, strict=True):
        sums[block.element] += value
    for element in reversed(list(body.iter())):
        parent = element.getparent()
        if element is not body and parent is not None and sums[element]:
            sums[parent] += sums[element]
    return sums


def _weight(blocks: Sequence[Block], index: int) -> int:
    """How much a line says that the text is here: its characters, where it is running text or a row of a table."""
    block = blocks[index]
    if _is_clicked(block) or _is_furniture(block) or _ends_text(block):
        return 0
    if facts_of(blocks, index)[1]:
        return 0
    sentence = len(block.text) >= 12 and _RUNNING.search(block.text)
    return block.own if block.is_row or sentence or _SENTENCE_END.search(block.text) else 0


def _core(body: etree._Element, blocks: Sequence[Block], weights: Sequence[int]) -> etree._Element:
    """The smallest container with nearly all of the weight, and with more than one line."""
    sums = _sums(body, blocks, weights)
    lines = _sums(body, blocks, [1 for _ in blocks])
    core = body
    while True:
        best = max(core.iterchildren(etree.Element), key=lambda element: sums[element], default=None)
        if best is None or best.tag not in _CONTAINERS or lines[best] < 2 or sums[best] < sums[core] * _NEARLY_ALL:
            return core
        core = best


def _last(blocks: Sequence[Block], running: Sequence[int], weights: Sequence[int]) -> int:
    """The last line of running text, without what stands below a footer: addresses, summaries of other pages."""
    left = sum(weights[index] for index in running) * _LEAST_FOOT
    last = running[-1]
    for index in range(len(blocks) - 1, running[0], -1):
        left -= weights[index]
        if left < 0:
            break
        if _ends_text(blocks[index]):
            last = _above_address(blocks, running, max(0, bisect_left(running, index) - 1))
    return last


def _above_address(blocks: Sequence[Block], running: Sequence[int], place: int) -> int:
    """The running line at `place`, or above the address that stands with the footer and not with the text."""
    while place and _is_apart(blocks, running[place]):
        place -= 1
    return running[place]


def _is_apart(blocks: Sequence[Block], index: int) -> bool:
    """Whether a line is an address that stands in another element than the line above it."""
    parents = [block.element.getparent() for block in blocks[max(0, index - 1) : index + 1]]
    return bool(_CONTACT.match(blocks[index].text)) and parents[0] is not parents[-1]


def _ends_text(block: Block) -> bool:
    """Whether a line is the foot of the page, or announces other pages."""
    if block.is_row or len(block.text) > _LONGEST or _ANNEX.match(block.text):
        return False
    return bool(_FOOTER.search(block.text) or _FURTHER.match(block.text))


def _title_above(blocks: Sequence[Block], begin: int, first: int, named: set[str]) -> list[int]:
    """The lines of the title above the container of the text, where they do not stand in it as well."""
    inside = "".join(_squeezed(block.text) for block in blocks[begin:first]), _squeezed(blocks[first].text)
    for index in range(begin - 1, max(-1, begin - _NEAR), -1):
        block = blocks[index]
        if _is_title(block, named) and not facts_of(blocks, index)[1]:
            if (words := _squeezed(block.text)) in inside[0] or words == inside[1]:
                return []
            start = index
            while start and blocks[start - 1].element is block.element and not _is_furniture(blocks[start - 1]):
                start -= 1
            end = index + 1
            return [one for one in range(start, end) if not facts_of(blocks, one)[1]]
    return []


def _is_title(block: Block, named: set[str]) -> bool:
    words = _squeezed(block.text)
    least = _LEAST_H1 if block.line.level == 1 else _LEAST_TITLE
    if len(words) < least or block.is_row or _is_furniture(block):
        return False
    if _is_clicked(block):
        return block.line.level > 0 and (words in named or bool(_TITLE.search(words)))
    heading = block.line.level in {1, 2}
    return heading or bool(_TITLE.search(words)) or any(words in title or title in words for title in named)


def _may_stand_above(block: Block, named: set[str]) -> bool:
    """Whether a line between the beginning of the container and the first running text belongs to the document."""
    if _is_furniture(block):
        return False
    return not _is_clicked(block) or _squeezed(block.text) in named or block.text.endswith(("？", "?"))


def _below(blocks: Sequence[Block], begin: int, end: int) -> list[int]:
    """The lines below the running text that end a document: in its container nearly all, behind it few."""
    kept: list[int] = []
    for index in range(begin, len(blocks)):
        block = blocks[index]
        if _ends_text(block) or _is_apart(blocks, index):
            break
        if _is_furniture(block):
            continue
        if _ANNEX.match(block.text):
            kept.append(index)
        elif _is_clicked(block):
            continue
        elif index <= end or _ENDS.match(block.text):
            kept.append(index)
        else:
            break
    return kept


def _is_furniture(block: Block) -> bool:
    """Whether a line is surely of the site: where one is, what can be clicked, who runs it."""
    text = block.text
    if len(text) > _LONGEST or block.is_row:
        return False
    return bool(_SITE.search(text)) or len(_BUTTONS.sub("", text)) <= (1 if len(text) > 3 else 0)


def _squeezed(text: str) -> str:
    return "".join(text.split())
