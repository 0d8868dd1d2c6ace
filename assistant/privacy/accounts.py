"""Numbers of QQ and names of WeChat accounts in folded text, behind the word that says which it is.

Those of offices and companies, which are public, stay, and so do groups, official accounts and mini programs.
"""

import re
from collections.abc import Iterator

from assistant.privacy.numbers import Found

ACCOUNT = "〔网络账号〕"

_IS = r"[ ]*(?:是|为|就是|IS)?[ ]*[:=]?[ ]*"
_QQ = re.compile(
    rf"(?:(?<![A-Z])QQ|扣扣)[ ]*(?:号码?|账号|帐号)?{_IS}(?P<id>[1-9]\d{{4,10}})(?![\dA-Z@]|[.]\d)", re.ASCII
)
_WECHAT = r"(?:微信|薇信|(?<![A-Z])(?:V信|WECHAT|VX|WX))"
_ID = r"(?P<{}>[A-Z][A-Z0-9-]{{5,19}})(?![A-Z0-9@-])"
_FIGURE = r"(?=[A-Z-]*[0-9-])"  # by which an account's name is told from a word, where the word before it says little
_ACCOUNT = re.compile(
    rf"{_WECHAT}[ ]*(?:号码?|账号|帐号|ID){_IS}{_ID.format('called')}"
    rf"|{_WECHAT}[ ]*(?:是|为|IS\b|[:=])[ ]*{_FIGURE}{_ID.format('told')}"
    rf"|(?:加我?|我的?|本人){_WECHAT}[ ]*{_FIGURE}{_ID.format('own')}",
    re.ASCII,
)
_REACH = 12  # characters before the word that are looked at
_PUBLIC = re.compile(
    r"(?:官方|公众|政务|关注|订阅|企业|单位|窗口|客服|咨询|投诉|公司|中心|大厅|值班|办公|[局厅委处科站院]|OFFICIAL|OFFICE)"
    r"[^。,;\n]{0,6}$"
)


def find_accounts(folded: str) -> Iterator[Found]:
    """QQ：12345678, 微信号 abc_123, from left to right of each kind."""
    for pattern in (_QQ, _ACCOUNT):
        for said in pattern.finditer(folded):
            if not _PUBLIC.search(folded[max(0, said.start() - _REACH) : said.start()]):
                yield Found(*said.span(said.lastgroup or 0), ACCOUNT)
