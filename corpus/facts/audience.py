"""Whom a text is for: 本办法适用于…, …适用本办法, 适用对象：…"""

import re
from collections.abc import Sequence

from corpus.facts.fact import Fact
from corpus.facts.flat import Flat
from corpus.facts.layout import Layout

_GENRES = r"(?:办法|规定|细则|意见|通知|条例|方案|规则|政策|措施|标准|指南)"
_FOR = re.compile(
    rf"本(?:实施|暂行|试行|管理|若干)?{_GENRES}(?:只|仅|主要)?适用(?:于|对象(?:为|是)|范围(?:为|是))(?P<who>[^。；\n]{{4,160}})"
)
_APPLIES = re.compile(rf"(?P<who>[^。；：\n]{{4,180}}?)[，,]?(?:均|应当|都)?适用本(?:实施|暂行|试行|管理)?{_GENRES}")
_NUMBER = re.compile(
    r"^第.{1,6}?条(?:[（(〔【][^（）()〔〕【】]{2,14}[）)〕】])?|^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]"
)
_NEGATED = re.compile(r"不$|除外$|参照|所称|“[^”]*$")
# Persons and units, who alone can be an audience; 中华人民共和国, 委员会 and 无人机 are none.
_PERSONS = re.compile(
    r"(?<![华无机])人(?![工行防大造])|者|(?<!委)[员工](?=$|[^会作程业商])|户(?!外)|企业|单位|公司|机构|组织|部门|学校|院校|医院|家庭|儿童|学生|子女"
    r"|群众|农民|居民|村民|市民|公民|职工|青年|妇女|主体|团体|个体|对象|用户|业主|商家|教师|医生|队伍|[局委厅办]$|政府"
)
_NEAR, _FAR = 1200, 20_000  # characters


def read_audience(layout: Layout, cited: Sequence[Flat]) -> Fact[str] | None:
    """The persons and matters that the text says it is for, in its words."""
    for flat in cited:
        near = min(max(_NEAR, len(flat.text) // 4), _FAR)  # what comes later is said of a special case
        found = (_FOR.search(flat.text, 0, near), _APPLIES.search(flat.text, 0, near))
        for match in sorted(filter(None, found), key=lambda m: m.start()):
            start, end = match.span("who")
            number = _NUMBER.match(match["who"])
            start += number.end() if number else 0
            who = flat.text[start:end].rstrip("，,")
            if len(who) >= 4 and not _NEGATED.search(who) and _PERSONS.search(who):
                return flat.words(start, start + len(who)).as_value(who, 0.85)
    for row in layout.stated("audience"):
        if 2 <= len(row.words.value) <= 300:
            return row.words.as_value("".join(row.words.value.split()), 0.85)
    return None
