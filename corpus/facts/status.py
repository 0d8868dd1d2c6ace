"""What a text or its page says of its validity."""

import re

from corpus.facts.fact import Fact
from corpus.facts.layout import Layout
from corpus.facts.title import Title

CURRENT, AMENDED, REPEALED, EXPIRED, DRAFT = "现行", "已修改", "废止", "到期", "征求意见稿"
_STATED = (
    (re.compile(r"未生效|尚未|即将"), None),
    (re.compile(r"到期|过期|期满"), EXPIRED),
    (re.compile(r"废止|失效|无效|否|停止执行"), REPEALED),
    (re.compile(r"部分有效|修改|修订|修正"), AMENDED),
    (re.compile(r"有效|现行|生效|是"), CURRENT),
)
_DRAFT = re.compile(r"征求意见稿|公开征求意见|(?:修订|送审|审议|讨论)稿|修订草案|[（(]草案[）)]|草案$|草案[（(]")
_STAMP = re.compile(
    r"[（(【\[]?(?:已|本文已|该文件已|此件已|现已)?(废止|失效)[）)】\]]?|(?:本|该)(?:文件|办法|规定|通知|条例)已(?:经)?(废止|失效).{0,20}"
)


def read_status(layout: Layout, title: Title | None) -> Fact[str] | None:
    """The validity stated in the page's row or stamped on the text; a draft says so in its title."""
    for row in layout.stated("status"):
        value = next((value for pattern, value in _STATED if pattern.search(row.words.value)), None)
        if value:
            return row.words.as_value(value, 0.9)
    head = layout.segments[: layout.far_head]
    for segment in head:
        if not segment.label and _STAMP.fullmatch(segment.squeezed):
            return Fact(REPEALED, segment.text, segment.start, segment.end, 0.85)
    if title is None:
        return None
    printed = "".join(title.printed.split())
    if re.search(r"[（(【\[](?:已)?(?:废止|失效)[）)】\]]", printed):
        return title.fact.as_value(REPEALED, 0.9)
    return title.fact.as_value(DRAFT, 0.9) if _DRAFT.search(printed) else None
