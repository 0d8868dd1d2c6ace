"""What stands around the numbered text: site navigation, title, 文号, addressee, 目录; signature, date, source."""

import re
from collections.abc import Sequence

from corpus.heading import Style, match_marker
from corpus.lines import Line
from corpus.node import Kind, Node

_NAVIGATION = re.compile(
    r"(?:首页|网站首页|发布时间|发布日期|发文时间|成文日期|索\s*引\s*号|主题分类|发文机[关构]|浏览(?:次数)?|阅读|点击|字体|字号|打印|"
    r"分享|收藏|上一篇|下一篇|相关链接|返回顶部|关闭)(?=[\s：:>》»|｜/【\[（(]|$)|扫一扫|当前位置|您(?:现在)?的位置"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s|$)"
)
_RUNNING = re.compile(
    r"[，,。；;]|^(?:为|根据|按照|依据|现将|近年来)"
)  # a sentence, though its line may end in mid-air
_GENRE = re.compile(
    r"(?:通知|意见|通告|公告|公报|决定|决议|命令|办法|条例|规定|规则|细则|章程|规程|法|方案|计划|规划|措施|举措|指南|"
    r"指引|标准|清单|目录|\d+条|[一二三四五六七八九十]+条)(?:[（(][^）)]{1,20}[）)])?$"
)
_NUMBER = re.compile(r"\S{0,20}[〔\[【（(]\d{4}[〕\]】）)]\s*第?\s*\d+\s*号|[（(]?\S{0,20}令\s*第?\s*\d+\s*号[）)]?")
_DATE = re.compile(r"[（(]?\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*\S{1,2}\s*月\s*\S{1,3}\s*日\s*[）)]?")
_ADOPTED = re.compile(r"[（(].*\d{4}\s*年.*")
_SENTENCE_END = re.compile(r"[。；;！？!?][”’」』）)]?$")
_ADDRESSED = re.compile(r"各|政府|单位|部门|[局委院办]|公司|企业")
_LEADING_IN = re.compile(r"如下|以下|下列|为[了：:]")
_SOURCE = re.compile(r"(?:信息|文章|稿件|内容|新闻)?来\s*源\s*[|｜:：]|(?:责任编辑|责编|编辑|审核|校对)\s*[|｜:：]")
_REMARK = re.compile(r"[（(](?:此件|联系人|联系电话).*[）)]$|抄\s*送\s*[:：]|.{2,30}\d{4}年\d{1,2}月\d{1,2}日\s*印发$")
_ORGAN = re.compile(r"[^，,。；;：:、]{2,40}(?:[府室厅局委会部院组处署行站队司所社办]|中心|集团|公司)")


def is_sentence(line: Line) -> bool:
    """Whether the line ends as a sentence does, so that it is neither title nor name."""
    return bool(_SENTENCE_END.search(line.text))


def _is_signature(line: Line) -> bool:
    """Whether the line may be the name of an issuing body."""
    return len(line.text) <= 40 and bool(_ORGAN.fullmatch(line.text)) and not match_marker(line.text)


def _is_addressee(line: Line) -> bool:
    text = line.text
    if not text.endswith(("：", ":")) or len(text) > 160 or _NAVIGATION.match(text):
        return False
    return bool(_ADDRESSED.search(text)) and not _LEADING_IN.search(text)


def _is_contents(line: Line) -> bool:
    return line.squeezed.strip("【】[]") == "目录"


def _is_front(line: Line) -> bool:
    if _ADOPTED.fullmatch(line.text):
        return True
    if _NAVIGATION.match(line.text) or _SOURCE.match(line.text):
        return True
    if _is_contents(line) or _RUNNING.search(line.text):
        return False
    return not (is_sentence(line) or match_marker(line.text) or line.text.endswith(("：", ":")))


def read_front(lines: Sequence[Line], title: str | None) -> tuple[list[Node], int]:
    """Nodes of the lines above the text proper, and how many lines they take.

    `title` is the title known from metadata, which makes sure of it where it is printed.
    """
    count = next((i for i, line in enumerate(lines) if not _is_front(line)), len(lines))
    squeezed = "".join((title or "").split())
    kinds = [_front_kind(line, squeezed) for line in lines[:count]]
    if count == len(lines):
        # Nothing but short lines: only what is recognised for certain is front matter, the rest is the text.
        count = next((i for i, kind in enumerate(kinds) if kind is None), count)
        kinds = kinds[:count]
    nodes = [Node(kind, line.start, line.end) for kind, line in zip(_settle(kinds, lines), lines, strict=False)]
    for reader in (_read_contents, _read_addressee):
        more, taken = reader(lines[count:])
        nodes += more
        count += taken
    return nodes, count


def read_attachment_front(lines: Sequence[Line]) -> tuple[list[Node], int]:
    """Nodes of an attachment's title lines and table of contents, and how many lines they take."""
    count = next((i for i, line in enumerate(lines) if not _is_front(line)), min(len(lines), 1))
    nodes = [Node(_front_kind(line, line.squeezed) or Kind.TITLE, line.start, line.end) for line in lines[:count]]
    contents, taken = _read_contents(lines[count:])
    return nodes + contents, count + taken


def _front_kind(line: Line, title: str) -> Kind | None:
    """The kind of a line above the text, None where only its neighbours can tell."""
    text = line.text
    if _ADOPTED.fullmatch(text) and not _NUMBER.fullmatch(text):
        return Kind.NOTE
    for kind, pattern in ((Kind.NUMBER, _NUMBER), (Kind.DATE, _DATE)):
        if pattern.fullmatch(text):
            return kind
    if _NAVIGATION.match(text) or _SOURCE.match(text):
        return Kind.NAVIGATION
    if line.squeezed == title or (len(text) > 3 and line.squeezed in title) or _GENRE.search(line.squeezed):
        return Kind.TITLE
    return None


def _settle(kinds: Sequence[Kind | None], lines: Sequence[Line]) -> list[Kind]:
    """Names what is left: above the first title a site's navigation, unless the title runs on from it (…\\n关于…)."""
    settled: list[Kind] = []
    untitled = Kind.TITLE not in kinds
    for index, kind in enumerate(kinds):
        following = lines[index + 1].text if index + 1 < len(kinds) else ""
        if kind is not None:
            settled.append(kind)
        elif untitled:
            later = any(other is None for other in kinds[index + 1 :])
            settled.append(Kind.NAVIGATION if later else Kind.TITLE)
        elif Kind.TITLE in settled or following.startswith("关于"):
            settled.append(Kind.TITLE)
        else:
            settled.append(Kind.NAVIGATION)
    return settled


def _read_contents(lines: Sequence[Line]) -> tuple[list[Node], int]:
    """A table of contents: 目录 and the headings below it, up to where the first of them comes again."""
    if len(lines) < 2 or not _is_contents(lines[0]):
        return [], 0
    first = match_marker(lines[1].text)
    if first is None or first.style > Style.HAN:
        return [], 0
    for index in range(2, len(lines)):
        again = match_marker(lines[index].text)
        if again and (again.style, again.value) == (first.style, first.value):
            return [Node(Kind.CONTENTS, lines[0].start, lines[index - 1].end)], index
    return [], 0


def _read_addressee(lines: Sequence[Line]) -> tuple[list[Node], int]:
    if len(lines) > 1 and _is_addressee(lines[0]):
        return [Node(Kind.ADDRESSEE, lines[0].start, lines[0].end)], 1
    return [], 0


def read_tail(lines: Sequence[Line]) -> tuple[list[Node], int]:
    """Nodes of the site's lines at the very end (source, editor, links), and how many lines remain above them."""
    count = len(lines)
    nodes: list[Node] = []
    while count > 1 and not match_marker(lines[count - 1].text):
        line = lines[count - 1]
        if _SOURCE.match(line.text):
            kind = Kind.SOURCE
        elif _NAVIGATION.match(line.text) and not is_sentence(line):
            kind = Kind.NAVIGATION
        else:
            break
        nodes.insert(0, Node(kind, line.start, line.end))
        count -= 1
    return nodes, count


def read_back(lines: Sequence[Line]) -> tuple[list[Node], int]:
    """Nodes of signature, date and remarks below a text, and how many lines remain above them."""
    count = len(lines)
    nodes: list[Node] = []
    signed = False
    while count > 1:
        line = lines[count - 1]
        if match_marker(line.text):
            break
        if _REMARK.match(line.text):
            kind = Kind.NOTE
        elif _DATE.fullmatch(line.text):
            kind, signed = Kind.DATE, True
        elif _is_signature(line) and (signed or line.after_blank):
            kind, signed = Kind.SIGNATURE, True
        else:
            break
        nodes.insert(0, Node(kind, line.start, line.end))
        count -= 1
    return nodes, count
