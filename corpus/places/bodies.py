"""Offices of the state: what they issue applies everywhere, unless a place stands behind their name."""

import re

_PARTY = re.compile(r"^中共(?!中央)|^中国共产党(?!中央)")
_NATIONAL = re.compile(
    r"^(?:中华人民共和国|中共中央|中国共产党中央|国务院|全国人民代表大会|全国人大|全国总工会|全国妇联"
    r"|最高人民法院|最高人民检察院|中国人民银行|国家[\u4e00-\u9fff]{1,10}?(?:总局|局|委员会|发展改革委|卫生健康委|医保局)"
    r"|(?:财政|公安|教育|民政|司法|商务|水利|外交|交通运输|生态环境|自然资源|科学技术|科技|农业农村|应急管理|文化和旅游"
    r"|退役军人事务|工业和信息化|人力资源和?社会保障|住房和?城乡建设)部(?!门)"
    r"|(?:海关|审计)总?署|(?:税务|市场监管|市场监督管理|体育|广播电视)总局)"
)


def without_party(issuer: str) -> str:
    """An issuer without the words 中共 before its place: 中共柳河县委 → 柳河县委."""
    return _PARTY.sub("", issuer)


def national_body(issuer: str) -> int:
    """Where the name of an office of the state ends that an issuer begins with; 0 where it begins with none."""
    found = _NATIONAL.match(issuer)
    return found.end() if found else 0
