"""Where quoted words say that one can turn: a named account, app, window or hotline, a telephone number.

For documents beside which nobody has written their channels down.
"""

import re
from collections.abc import Iterable

_MOST = 4
_KIND = (
    "公众号|服务号|小程序|APP|App|客户端|政务服务网|官网|网站|服务平台|平台|服务专区|专区|"
    "服务大厅|办事大厅|政务大厅|大厅|服务专窗|专窗|服务窗口|综合窗口|窗口|服务热线|热线"
)
# A name in quotation marks, or what a word of going there introduces, up to the kind of place it is.
_NAMED = re.compile(rf"“[^“”\n]{{1,20}}”(?:微信|手机|政务)?(?:{_KIND})")
_REACHED = re.compile(
    rf"(?:通过|依托|登录|关注|拨打|进入|打开|前往)((?:(?!{_KIND})[^\s“”《》，,。；;：:、（）()等的在]){{2,12}}(?:{_KIND}))"
)
TELEPHONE = re.compile(r"(?<![\d-])(?:0\d{2,3}-\d{7,8}|400-?\d{3}-?\d{4}|12\d{3})(?![\d-])")


def channels_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The first few that these texts name, each once, in their own words; a number where nothing names it."""
    found: list[str] = []
    for text in texts:
        for name in (*_NAMED.findall(text), *_REACHED.findall(text)):
            if not any(name in known or known in name for known in found):
                found.append(name)
        found += (number for number in dict.fromkeys(TELEPHONE.findall(text)) if not _is_in(number, found))
    return tuple(found[:_MOST])


def _is_in(number: str, found: Iterable[str]) -> bool:
    return any(number in known for known in found)
