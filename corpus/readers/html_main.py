"""Which lines of a web page are the text that it was made for.

Running text, and rows of tables, that cannot be clicked say where the text is; its container is the smallest that holds
nearly all of it. Nothing is dropped between the first and the last of these lines. Above them the title is added and
below them what ends a document (annexes, who signed and when); navigation, facts and footers stay outside.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from corpus.readers.html_blocks import Block
from corpus.readers.html_facts import Facts, facts_of, read_facts

_CONTAINERS = {"body", "html", "div", "section", "article", "main", "td", "tr", "tbody", "table", "center", "form"}
_CONTAINERS |= {"blockquote", "dl", "dd", "ul", "ol", "li", "fieldset", "figure", "details"}
_NEARLY_ALL = 0.9
# Names that makers of pages give to what is not the text.
_FURNITURE_NAMES = set(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs footer foot copyright share bdshare sharebox"
    " bdsharebuttonbox sidebar pagination pager related relate relation recommend toolbar search qrcode ewm comment"
    " comments mbx dqwz weizhi topbar toplink friendlink yqlj".split()
)
_TEXT_NAMES = {"article", "content", "text", "main", "zoom", "body", "wrapper", "wrap", "container", "page"}
_MOST_FURNITURE = 0.25  # of the running text: an element that holds more is no furniture, whatever its name
_SURELY = re.compile(  # in a line of any length
    r"当前的?位置|您(?:现在)?(?:所在)?的?位置|(?:首页|主页)\s*[>»＞›/→]|分享[到至]|扫一扫|责任编辑|(?:ICP|icp)\s?备|公网安备|版权所有"
    r"|网站标识码|上一[篇条]\s?[:：]|下一[篇条]\s?[:：]|浏览(?:次数|量)|点击(?:次数|数|量)|访问量|阅读(?:次数|量)|(?i:copyright|all rights reserved)"
    r"|最佳浏览|建议使用.{0,20}浏览器|您是第.{0,12}位"
)
_FOOTER = re.compile(
    r"(?:主办|承办|主管|协办|制作维护|技术支持|运行维护|运行管理|维护单位|网站管理)(?:单位)?\s?[:：]|(?:ICP|icp)\s?备|公网安备|版权所有"
    r"|网站标识码|(?i:copyright)|友情链接|网站地图|联系我们|法律声明|隐私声明"
)
_FURTHER = re.compile(
    r"[【\[]?(?:相关|延伸|推荐|热门|更多|精彩)\s?(?:链接|阅读|文章|新闻|信息|解读|稿件|文档|政策|推荐|内容|资讯|报道|文件|专题|图解)"
    r"|上一[篇条页]|下一[篇条页]|猜你喜欢|友情链接|网友评论|发表评论|我要评论|免责声明|政策解读$|图解$|一图读懂$|推荐$|附近"
)
_CLICKS = re.compile(  # a line of nothing but these is a bar of buttons
    r"打\s?印(?:本页|本文|此页|文章)?|关\s?闭(?:本页|窗口|页面|此页)?|字\s?[体号]|[大中小]|收\s?藏(?:本页|此文)?|加入收藏|设为首页|返回(?:顶部|首页|列表|上一?页|目录)?"
    r"|首\s?页|分享(?:到|至)?|微信|微博|QQ空间|QQ好友|QQ|朋友圈|复制(?:链接|网址)|此文|网址|下载(?:文字版|图片版|PDF版|全文)?|我要(?:纠错|评论|收藏)|纠错|无障碍(?:浏览|阅读)?"
    r"|长者(?:模式|助手|版)|适老(?:化|版)?|关怀版|繁體|繁体(?:版|中文)?|简体(?:版|中文)?|English|EN|手机版|移动版|电脑版|登录|注册|语音播报|朗读|播报|点赞|转发|评论|阅读"
    r"|回到顶部|顶部|top|TOP|[【】\[\]（）()<>|｜/·:：+\-AaTt\s]"
)
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
_NEAR = 40  # lines above the text in which its title is looked for


def main_text(blocks: Sequence[Block], body: etree._Element, titles: Iterable[str]) -> tuple[list[Block], Facts]:
    """The lines of the text in their order, and the facts stated above it; `titles` is what the page calls itself."""
    blocks = _without_named(blocks, body)
    weights = [_weight(blocks, index) for index in range(len(blocks))]
    if not any(weights):
        kept = [block for block in blocks if not _is_furniture(block) and block.linked * 2 < len(block.text)]
        return kept, []
    core = _core(body, blocks, weights)
    within = set(core.iter())
    inside = [index for index, block in enumerate(blocks) if block.element in within]
    running = [index for index in inside if weights[index]]
    first, last = running[0], running[-1]
    named = {squeezed for title in titles if len(squeezed := _squeezed(title)) >= 6}
    title = _title_above(blocks, inside[0], first, named)
    facts, stated = read_facts(blocks[:first])
    stated -= set(title)
    above = [
        index
        for index in (*title, *range(inside[0], first))
        if index not in stated and (index in title or _may_stand_above(blocks[index], named))
    ]
    below = _below(blocks, last + 1, inside[-1])
    return [blocks[index] for index in (*above, *range(first, last + 1), *below)], facts


def _without_named(blocks: Sequence[Block], body: etree._Element) -> list[Block]:
    """The lines without those of elements that are called footer, breadcrumb and the like, and hold little."""
    sizes = _sums(body, blocks, [block.own if _RUNNING.search(block.text) or block.is_row else 0 for block in blocks])
    most = sizes[body] * _MOST_FURNITURE
    named = {element for element in body.iter() if _is_named(element) and sizes[element] <= most}
    dropped: set[etree._Element] = set()
    for element in body.iter():  # from outside inwards
        if element in named or element.getparent() in dropped:
            dropped.add(element)
    return [block for block in blocks if block.element not in dropped]


def _is_named(element: etree._Element) -> bool:
    if element.tag in {"body", "html", "form"}:
        return False
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", f"{element.get('class', '')} {element.get('id', '')}"[:200])
    words = set(re.split(r"[\s_\-]+", name.lower()))
    return bool(words & _FURNITURE_NAMES) and not words & _TEXT_NAMES


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
    if block.linked * 2 >= len(block.text) or _is_furniture(block) or _FOOTER.search(block.text):
        return 0
    if facts_of(blocks, index)[1]:
        return 0
    if block.is_row or (_RUNNING.search(block.text) and len(block.text) >= 12):
        return block.own
    return 0


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


def _title_above(blocks: Sequence[Block], begin: int, first: int, named: set[str]) -> list[int]:
    """The lines of the title above the container of the text, where they do not stand in it as well."""
    inside = "".join(_squeezed(block.text) for block in blocks[begin : first + 3])
    for index in range(begin - 1, max(-1, begin - _NEAR), -1):
        block = blocks[index]
        if _is_title(block, named) and not facts_of(blocks, index)[1] and _squeezed(block.text) not in inside:
            start = index
            while start and blocks[start - 1].element is block.element and not _is_furniture(blocks[start - 1]):
                start -= 1
            end = index + 1
            return [one for one in range(start, end) if not facts_of(blocks, one)[1]]
    return []


def _is_title(block: Block, named: set[str]) -> bool:
    words = _squeezed(block.text)
    if len(words) < 6 or block.is_row or block.linked * 2 >= len(block.text) or _is_furniture(block):
        return False
    heading = block.line.level in {1, 2}
    return heading or bool(_TITLE.search(words)) or any(words in title or title in words for title in named)


def _may_stand_above(block: Block, named: set[str]) -> bool:
    """Whether a line between the beginning of the container and the first running text belongs to the document."""
    if _is_furniture(block):
        return False
    return block.linked * 2 < len(block.text) or _squeezed(block.text) in named


def _below(blocks: Sequence[Block], begin: int, end: int) -> list[int]:
    """The lines below the running text that end a document: in its container nearly all, behind it few."""
    kept: list[int] = []
    for index in range(begin, len(blocks)):
        block = blocks[index]
        if _FOOTER.search(block.text) or (_FURTHER.match(block.text) and not _ANNEX.match(block.text)):
            break
        if _is_furniture(block):
            continue
        if _ANNEX.match(block.text):
            kept.append(index)
        elif block.linked * 2 >= len(block.text):
            continue
        elif index <= end or _ENDS.match(block.text):
            kept.append(index)
        else:
            break
    return kept


def _is_furniture(block: Block) -> bool:
    """Whether a line is surely of the site: where one is, what can be clicked, who runs it."""
    text = block.text
    if len(text) > 200 or block.is_row:
        return False
    return bool(_SURELY.search(text)) or len(_CLICKS.sub("", text)) <= (1 if len(text) > 3 else 0)


def _squeezed(text: str) -> str:
    return "".join(text.split())
