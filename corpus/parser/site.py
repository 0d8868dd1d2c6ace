"""The lines a website puts around a text: where one is, the facts of the page, what can be clicked, who runs it."""

import re

from corpus.parser.lines import Line
from corpus.parser.node import Kind
from corpus.parser.words import alternatives

_LINK = alternatives("site_links")
_FACT = alternatives("site_facts", spaced=True)
_WORDS = re.compile(rf"[【\[]?\s*(?:{_LINK})(?=[\s：:>》»|｜/】\[（(]|$)")
_FACTS = re.compile(rf"(?:{_FACT})(?=[\s：:|｜]|$)|[【\[]\s*(?:{_FACT})\s*[】\]]")
_ANYWHERE = re.compile(
    r"扫一扫|当前位置|您(?:现在)?的位置|.{0,30}(?:ICP备|公网安备)|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s|$)|"
    r"(?:时间|日期)\s*[:：]\s*\d{4}|分享到?\s*[:：]?\s*[\d.]*[Kk万]?$|(?:上|下)一[篇条]\s*[:：]|浏览?次数|我要(?:分享|纠错|打印)$"
)
_RUN_BY = re.compile(  # anywhere in a short line that is no sentence
    r"版权所有|[Cc]opyright|All [Rr]ights? [Rr]eserved|ICP备|公网安备|技术支持|网站标识码|网站地图|使用帮助|联系我们|"
    r"(?:主办|承办|网站维护|运行管理)(?:单位)?\s*[:：]|\s(?:主办|承办)(?:\s|$)|(?:人民政府|办公[厅室])(?:主办|承办)|"
    r"分辨率|浏览器|不良信息举报|值班电话|邮政编码\s*[:：]|设为首页|加入收藏"
)
_BARS = re.compile(
    r"[^|｜。，；]{1,14}(?:[|｜][^|｜。，；]{1,14}){2,}[|｜]?|[^|｜。，；]{1,8}[|｜][^|｜。，；]{1,8}[|｜]"
)
# possessive: 返回首页 is one link or two, and a long line of them must not be tried in every way
_BUTTONS = re.compile(rf"(?:[【\[]\s*[^】\]]{{1,8}}\s*[】\]]\s*){{2,}}+|(?:(?>{_LINK})[\s|｜·、]*+){{2,}}+")
_TRAIL = re.compile(r"[^，,。；;：:]{1,30}?\s*(?:>|»|＞)\s*[^，,。；;]{1,60}$")  # 首页 > 政务公开 > 政策文件
_SOURCE = re.compile(r"(?:信息|文章|稿件|内容|新闻)?来\s*源\s*[|｜:：]|(?:责任编辑|责编|编辑|审核|校对)\s*[|｜:：]")
_BELOW = re.compile(
    r"分享到?\s*[:：]?\s*[\d.]*[Kk万]?$|(?:上|下)一[篇条]\s*[:：]|相关(?:链接|文件|阅读|文章|新闻|文档)\s*[:：]?$|扫一扫"
)
_LONGEST = 200  # of a line that says who runs the site


def ends_page(text: str) -> bool:
    """Whether a line is one of those that a site puts below a text, and nowhere in it: buttons, 上一篇, who runs it."""
    if len(text) > _LONGEST or text.endswith(("。", "；", ";")):
        return False
    return bool(_BELOW.match(text) or _BUTTONS.fullmatch(text) or _BARS.fullmatch(text) or _RUN_BY.search(text))


def site_kind(line: Line) -> Kind | None:
    """SOURCE or NAVIGATION where the line is surely a website's, else None."""
    return site_kind_of(line.text)


def site_kind_of(text: str) -> Kind | None:
    """The same for a text without the blanks around it."""
    if _SOURCE.match(text):
        return Kind.SOURCE
    if any(pattern.match(text) for pattern in (_WORDS, _FACTS, _ANYWHERE, _TRAIL)):
        return Kind.NAVIGATION
    if len(text) > _LONGEST or text.endswith(("。", "；", ";")):
        return None
    clicked = _BARS.fullmatch(text) or _BUTTONS.fullmatch(text)
    return Kind.NAVIGATION if clicked or _RUN_BY.search(text) else None
