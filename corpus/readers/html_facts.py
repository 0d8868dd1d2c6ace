"""What a page states of its text beside it: rows such as 索引号, 发文机关, 成文日期, and its <meta> tags."""

import re
from collections.abc import Sequence

from lxml import etree

from corpus.readers.html_blocks import Block

Facts = list[tuple[str, str]]

_SURE = (  # labels that only a page's facts bear
    "索引号|信息索引号|索引编号|信息索引|发文机关|发文机构|发文单位|发布机构|发布机关|发布单位|公开机构|公开主体|公开机关|制定机关|制发机关|制作机关"
    "|信息来源|文章来源|稿件来源|信息提供|发布来源|成文日期|成文时间|发文日期|发文时间|发布日期|发布时间|公开日期|公开时间|印发日期|印发时间|生成日期"
    "|生成时间|制发日期|签发日期|更新日期|更新时间|录入时间|信息时间|发文字号|发文文号|公文文号|文件编号|文件文号|文件字号|政策文号|规范性文件编号"
    "|统一登记号|登记号|统一编号|主题分类|信息分类|信息类别|内容分类|体裁分类|组配分类|服务对象分类|公文种类|公文类型|公文体裁|文件类型|文种|有效性"
    "|时效性|效力状态|有效状态|文件状态|是否有效|效力级别|效力等级|政策级别|公开方式|公开范围|公开类别|公开形式|公开属性|公开时限|内容概述|信息名称|公文名称"
    "|文件名称|政策名称|实施日期|施行日期|生效日期|生效时间|失效日期|失效时间|废止日期|废止时间|有效期限|浏览次数|浏览量|点击数|点击量|点击次数|访问量"
    "|阅读次数|阅读量|责任编辑|责编"
)
_WEAK = "名称|标题|文号|字号|来源|时间|日期|主题词|关键词|关键字|摘要|概述|有效期|编辑|作者|审核|点击|浏览|阅读|分类|体裁|发布人|编号"
_SURE_LABEL = re.compile(_SURE)


def _spaced(words: str) -> str:
    return "|".join(r"\s?".join(word) for word in sorted(words.split("|"), key=len, reverse=True))


_ANY = _spaced(f"{_SURE}|{_WEAK}")
_WITH_COLON = re.compile(rf"(?<![^\s\[【（(|｜/])[\[【]?({_spaced(_SURE + '|' + _WEAK)})[\]】]?\s*[:：]\s*")
_BARE = re.compile(rf"[\[【]?({_ANY})[\]】]?\s*[:：]?")
_PAIR = re.compile(rf"({_spaced(_SURE)})\s+(\S.*)")
_LONGEST = 200
_METAS = (
    "ArticleTitle", "PubDate", "ContentSource", "SiteName", "SiteDomain", "ColumnName", "ColumnType", "Author", "Keywords",
    "Description", "publishdate", "source", "og:title", "dc.title", "dc.date", "dc.publisher",
)  # fmt: skip
_NOTHING = {"", "-", "--", "无", "/", "null"}


def meta_facts(root: etree._Element) -> Facts:
    """What the page's head says: the known <meta> tags, and its title as `title`."""
    wanted = {name.lower() for name in _METAS}
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
    if sum(_SURE_LABEL.fullmatch(label) is not None for _, facts in found for label, _ in facts) < 2:
        found = [(lines, facts) for lines, facts in found if all(_SURE_LABEL.fullmatch(label) for label, _ in facts)]
    stated = [(label, value) for _, facts in found for label, value in facts if value.lower() not in _NOTHING]
    return stated, {line for lines, _ in found for line in lines}


def facts_of(blocks: Sequence[Block], index: int) -> tuple[Facts, int]:
    """The facts of a line, and how many lines they take: 0 where it holds none, 2 where the value stands below."""
    block = blocks[index]
    if block.is_row:
        return _of_cells(block.line.text.split("\t"))
    text = block.text
    if len(text) <= _LONGEST and (pairs := _with_colons(text)) and any(value for _, value in pairs):
        return pairs, 1
    if bare := _BARE.fullmatch(text):
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        if below is None or below.is_row or _with_colons(below.text) or _BARE.fullmatch(below.text):
            return [(_squeezed(bare[1]), "")], 1
        return [(_squeezed(bare[1]), below.text[:_LONGEST])], 2
    if pair := _PAIR.fullmatch(text[:_LONGEST]):
        return [(_squeezed(pair[1]), pair[2])], 1
    return [], 0


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
    places = list(_WITH_COLON.finditer(text))
    if not places or places[0].start() > 0:
        return []
    ends = [place.start() for place in places[1:]] + [len(text)]
    return [
        (_squeezed(place[1]), text[place.end() : end].strip(" \t|｜[]【】")[:_LONGEST])
        for place, end in zip(places, ends, strict=True)
    ]


def _squeezed(label: str) -> str:
    return "".join(label.split())
