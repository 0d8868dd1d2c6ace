"""The offices and telephone numbers that a clause names as those to turn to."""

import re
from collections.abc import Iterator

from corpus.clause import Clause

MOST = 4  # of each: more is no longer a hint
_KIND = r"(?:局|厅|委员会|管委会|办公室|办事处|中心|法院|检察院|大厅|窗口|支队|科|处|部门|机构)"
_ACTS = "统一|负责|牵头|受理|办理|审批|审核|组织|提出|申请|申报|提交|反映|投诉|举报|咨询|登记|备案|会同|提请|报|依法|按"
_GOVERNED = re.compile(rf"[由向到]([^\s，,。；;：:、“”（）()由向到报并]{{1,20}}?{_KIND})(?={_ACTS})")
_LABEL = "(?:责任|牵头|承办|受理|办理|负责|主管|实施|经办|咨询)(?:单位|部门|机构|科室|窗口)"
_LABELLED = re.compile(rf"{_LABEL}[：:]\s{{0,3}}([^\s，,。；;：:（）()]{{2,40}})")
_HEAD = re.compile(rf"{_LABEL}|科室|部门|单位|窗口")
_WHOSE = "各级|各|有关|相关|主管|其他|上级|本|该|当地|所在地|所在|职能|行政|政府"
_UNNAMED = re.compile(rf"(?>{_WHOSE})*+(?:部门|机构|窗口|中心)")
_LINES = r"0\d{2,3}-?\d{7,8}|1[02-9]\d{9}|12[0-9]{3}|[48]00-?\d{3}-?\d{4}"
_TELEPHONE = re.compile(rf"(?<![\d-])(?:{_LINES})(?![\d元万亿千百人户家件条]|-)")


def offices_in(clause: Clause) -> tuple[str, ...]:
    """The offices that a clause names by their names as doing the work or taking the applications, each once."""
    named = (office for office in _offices(clause) if not _UNNAMED.fullmatch(office))
    return tuple(dict.fromkeys(named))[:MOST]


def _offices(clause: Clause) -> Iterator[str]:
    yield from (words.strip() for head, words in clause.cells if _HEAD.fullmatch(head.strip()) and words.strip())
    for pattern in (_LABELLED, _GOVERNED):
        yield from (match[1] for match in pattern.finditer(clause.text))


def telephones_in(clause: Clause) -> tuple[str, ...]:
    """The telephone numbers that a clause states, each once."""
    return tuple(dict.fromkeys(_TELEPHONE.findall(clause.text)))[:MOST]
