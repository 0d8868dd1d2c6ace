"""Offices of the state: what they issue applies everywhere, unless a place stands behind their name."""

import re

_PARTY = re.compile(r"^中共(?!中央)|^中国共产党(?!中央)")
# Only names that no office of a place has: 医保局 and 发展改革委 are everywhere, 国家级某开发区 is one place.
_NATIONAL = re.compile(
    r"^(?:中华人民共和国|中共中央|中国共产党中央|国务院|全国人民代表大会|全国人大|全国政协|中华全国|全国总工会|全国妇联|共青团中央"
    r"|中央(?:军委|纪委|组织部|宣传部|统战部|政法委|编办|文明办|网信办)"
    r"|最高人民法院|最高人民检察院|中国人民银行|中国人民解放军"
    r"|中国(?:证券|银行业|保险|银行保险)监督管理委员会|中国(?:证|银|保|银保)监会|中国残疾人联合会|中国残联"
    r"|中国(?:民用航空|气象|地震)局|中国(?:科学|工程)院"
    r"|国家(?!级|电网)[\u4e00-\u9fff]{1,10}?(?:总局|局|委员会|发展改革委|卫生健康委|卫生计生委|民委|能源委|医保局)"
    r"|(?:财政|公安|教育|民政|司法|商务|水利|外交|国防|国家安全|交通运输|交通|铁道|生态环境|环境保护|环保|自然资源|国土资源|科学技术"
    r"|科技|农业农村|农业|卫生|应急管理|应急|文化和旅游|文化|退役军人事务|退役军人|工业和信息化|工信|建设|人事"
    r"|劳动(?:和社会)?保障|劳动|人力资源和?社会保障|住房和?城乡建设)部(?![门分队位件落])"
    r"|(?:海关|审计)总?署|(?:税务|市场监管|市场监督管理|体育|广播电视|广电|金融监管|金融监督管理)总局)"
)


def without_party(issuer: str) -> str:
    """An issuer without the words 中共 before its place: 中共柳河县委 → 柳河县委."""
    return _PARTY.sub("", issuer)


def national_body(issuer: str) -> int:
    """Where the name of an office of the state ends that an issuer begins with; 0 where it begins with none."""
    found = _NATIONAL.match(issuer)
    return found.end() if found else 0
