"""E-mail addresses in folded text, also with Chinese names and domains, and with the signs spelled out."""

import re
from collections.abc import Iterator

from assistant.privacy.numbers import Found

MAIL = "〔邮箱〕"

_HAN = r"\u3400-\u9fff"
_AT = r" ?(?:@|[(\[（【] ?(?:AT|@|艾特) ?[)\]）】]|艾特) ?"
_DOT = r"(?:[.。]| ?(?:点|[(\[（] ?(?:DOT|点|\.) ?[)\]）]| DOT ) ?)"
_LABEL = rf"(?:(?!点)[A-Z\d{_HAN}-]){{1,63}}"
_HAN_DOMAIN = r"中国|中國|公司|网络|網絡|香港|台湾|澳门|政务|公益|集团|在线|中文网|网址|网站|商城|商标|信息|企业"
_DOMAIN = (
    rf"(?:{_LABEL}{_DOT}){{1,5}}"
    rf"(?:[A-Z]{{2,24}}(?:{_DOT}(?:CN|HK|TW|MO|UK|JP|KR|AU))?(?![A-Z\d-])|{_HAN_DOMAIN})"
)
_PROVIDERS = r"(?:QQ|163|126|139|189|GMAIL|OUTLOOK|HOTMAIL|FOXMAIL|SINA|YAHOO|ICLOUD|SOHU|ALIYUN|LIVE|YEAH|MSN)"
# Before the name stands what announces it: 邮箱是张三@…, 发到张三@….
_HAN_NAME = rf"(?:(?![是为到给发寄箱址至在的])[{_HAN}]){{1,6}}"

_MAIL = re.compile(rf"(?:(?<![A-Z\d.%+_-])[A-Z\d.%+_-]{{1,64}}|{_HAN_NAME}[\d._-]{{0,20}}){_AT}{_DOMAIN}")
# " at " is a word too; it separates name and domain where the domain is one that people have their mail from.
_SPELLED = re.compile(rf"(?<![A-Z\d.%+_-])[A-Z\d.%+_-]{{1,64}} AT {_PROVIDERS}{_DOT}(?:COM|CN|NET)(?![A-Z\d-])")


def find_mail(folded: str) -> Iterator[Found]:
    """E-mail addresses, from left to right."""
    for pattern in (_MAIL, _SPELLED):
        for address in pattern.finditer(folded):
            yield Found(address.start(), address.end(), MAIL)
