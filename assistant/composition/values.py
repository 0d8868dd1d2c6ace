"""The number with its unit, or the day, that a phrase states: 20万元, in English 200,000 yuan.

Only one that stands in its phrase alone is told: of two sums nobody knows which was asked for.
"""

import re
from calendar import month_name

from corpus.text.numeral import from_chinese
from index.text.normalizer import normalize

_NUMBER = r"(\d[\d,]{0,15}(?:\.\d{1,6})?|[一二两三四五六七八九十百千]{1,7})"
_DAY = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]|(?P<end>底))?+(?P<relation>之?前|起)?+(?![至到—-])"
)
_MONEY = re.compile(rf"{_NUMBER}(亿|万|千|百)?[余多]?(?:元|块钱)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
_TIME = re.compile(rf"{_NUMBER}个?(工作日|自然日|日|天|小时|分钟|月|周(?!岁)|年)(?![月日底])")
_COUNT = re.compile(
    rf"{_NUMBER}[余多]?(千瓦|千伏|公里|平方米|米|吨|周?岁|个|项|只|名|位|家|户|人|台|条|种|类|张|份|次|步|套|门|笔|本|辆|层)"
)
_ANY = re.compile(r"\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+(?=[个只名项家户张份次条种类层台])")
_OF_TYPE = {
    "date": (_DAY,),
    "amount": (_MONEY,),
    "fee": (_MONEY,),
    "rate": (_PERCENT,),
    "duration": (_TIME,),
    "count": (_COUNT, _PERCENT, _TIME, _MONEY),
}
_SCALES = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}
_UNITS = {
    "工作日": "working days",
    "自然日": "days",
    "日": "days",
    "天": "days",
    "小时": "hours",
    "分钟": "minutes",
    "月": "months",
    "周": "weeks",
    "年": "years",
    "千瓦": "kW",
    "千伏": "kV",
    "公里": "km",
    "平方米": "m²",
    "米": "m",
    "吨": "t",
    "周岁": "years old",
    "岁": "years old",
}  # what else is counted has as many words in English as there are things
_MONTHS = list(month_name)[1:]
_BEFORE = re.compile(r"(?:不得?超过|最[高多长低少短]|不得?[少低]于|至少)$")
_BEHIND = re.compile(r"以[内上下]|之?[内前]|起")
_AT_MOST = re.compile(r"不得?超过|最[高多长]|上限|以[内下]|限[养购报]")
_AT_LEAST = re.compile(r"不得?[少低]于|至少|以上|最[少低短]")


def value_in(phrase: str, answer_type: str, *, in_english: bool) -> str:
    """The one value of an answer type in a Chinese phrase; empty where there is none or more than one."""
    text = normalize(phrase)
    for pattern in _OF_TYPE.get(answer_type, ()):
        if found := list(pattern.finditer(text)):
            alone = len(found) == 1 and (answer_type != "count" or len(_ANY.findall(text)) == 1)
            tell = _in_english if in_english else _in_chinese
            return tell(found[0], text) if alone else ""
    return ""


def _in_chinese(match: re.Match[str], text: str) -> str:
    """The value as it stands, with the words around it that bound it."""
    before, behind = _BEFORE.search(text[: match.start()]), _BEHIND.match(text[match.end() :])
    return "".join((before[0] if before else "", match[0], behind[0] if behind else ""))


def _in_english(match: re.Match[str], text: str) -> str:
    if match.re is _DAY:
        return _day(match)
    if match.re is _PERCENT:
        return _bound(text) + match[0]
    number = _number(match[1])
    if match.re is _MONEY:
        return f"{_bound(text)}{number * _SCALES.get(match[2], 1):,.12g} yuan"
    unit = _UNITS.get(match[2], "")
    return f"{_bound(text)}{number:,.12g} {unit.removesuffix('s') if number == 1 else unit}".rstrip()


def _bound(text: str) -> str:
    return "at most " if _AT_MOST.search(text) else "at least " if _AT_LEAST.search(text) else ""


def _number(written: str) -> float:
    plain = written.replace(",", "")
    return float(plain) if plain[0].isdigit() else float(from_chinese(plain.replace("两", "二")))


def _day(match: re.Match[str]) -> str:
    relation = match["relation"] or ""
    month = int(match["month"])
    if not 1 <= month <= len(_MONTHS):
        return ""
    said = (
        "by" if "前" in relation else "from" if relation else "",
        "the end of" if match["end"] else match["day"],
        _MONTHS[month - 1],
        match["year"],
    )
    return " ".join(filter(None, said))
