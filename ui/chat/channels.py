"""Where the quoted words say that one can turn: a named account, app, window or hotline, a telephone number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

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
_TELEPHONE = re.compile(r"(?<![\d-])(?:0\d{2,3}-\d{7,8}|400-?\d{3}-?\d{4}|12\d{3})(?![\d-])")


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to get it done; `number` is what can be dialled."""

    name: str
    number: str = ""


def channels_in(texts: Iterable[str]) -> tuple[Channel, ...]:
    """The first few that these texts name, each once, in the texts' own words."""
    found: dict[str, Channel] = {}
    for text in texts:
        for name in (*_NAMED.findall(text), *_REACHED.findall(text)):
            if not any(name in known or known in name for known in found):
                found[name] = Channel(name)
        for number in _TELEPHONE.findall(text):
            if not any(number in known for known in found):
                found[number] = Channel(number, number)
    return tuple(found.values())[:_MOST]
