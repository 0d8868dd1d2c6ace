"""The lines a website puts around a text: where one is, the facts of the page, what can be clicked, who runs it."""

import re

from corpus.parser.lines import Line
from corpus.parser.node import Kind
from corpus.parser.words import alternatives

_WORDS = re.compile(rf"[【\[]?\s*(?:{alternatives('site_links')})(?=[\s：:>》»|｜/【】\[（(]|$)")
_FACTS = re.compile(rf"(?:{alternatives('site_facts', spaced=True)})(?=[\s：:|｜]|$)")
_ANYWHERE = re.compile(
    r"扫一扫|当前位置|您(?:现在)?的位置|.{0,30}(?:ICP备|公网安备)|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s|$)"
)
_TRAIL = re.compile(r"[^，,。；;：:]{1,30}?\s*(?:>|»|＞)\s*[^，,。；;]{1,60}$")  # 首页 > 政务公开 > 政策文件
_SOURCE = re.compile(r"(?:信息|文章|稿件|内容|新闻)?来\s*源\s*[|｜:：]|(?:责任编辑|责编|编辑|审核|校对)\s*[|｜:：]")


def site_kind(line: Line) -> Kind | None:
    """SOURCE or NAVIGATION where the line is surely a website's, else None."""
    return site_kind_of(line.text)


def site_kind_of(text: str) -> Kind | None:
    """The same for a text without the blanks around it."""
    if _SOURCE.match(text):
        return Kind.SOURCE
    patterns = (_WORDS, _FACTS, _ANYWHERE, _TRAIL)
    return Kind.NAVIGATION if any(pattern.match(text) for pattern in patterns) else None
