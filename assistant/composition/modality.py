"""What a phrase says of something: that it may, may not, must or need not be done, that it is there or is done.

Of texts in normal form. The words are those of Chinese official prose; what only looks like them is left out (许可,
可行, 应急, 不可抗力).
"""

import re
from collections.abc import Iterator
from enum import StrEnum


class Says(StrEnum):
    """What a phrase says; the message of each is `verdict.{name}`."""

    MAY = "may"
    MAY_NOT = "may_not"
    MUST = "must"
    NEED_NOT = "need_not"
    NOT = "not"  # something is not given, not counted in: 不享受财政贴息
    FREE = "free"  # of charge
    CHARGED = "charged"  # it costs something
    INSTEAD = "instead"  # something else may take its place: 以保函替代现金
    HAS = "has"  # something is set up
    DONE = "done"  # something is done already: 实现全程网上办理


_SAYS = {
    Says.NEED_NOT: (
        r"无需|无须|毋需|不再(?!享受|具备|符合|予以|批准|受理|办理)|不需要?|不用(?!于)|不必|不要求|免于|免去|免除|免予"
        r"|免(?=[提填证申登办审检跑交缴])|可不(?=[再予办提交申])|可以不|取消(?=[^，,]{1,12}(?:环节|要求|手续|证明|材料|收费))"
    ),
    Says.MAY_NOT: (
        r"不得(?![不已]|超过|[少低高大小晚早多]于)|禁止|严禁|不准|不许|不允许|不可以|不可(?![抗或撤分避])"
        r"|不予(?=受理|批准|办理|许可|登记|颁发)"
    ),
    Says.NOT: (
        r"不(?:再|能)?(?:享受|给予|发放|补助|补贴|贴息|承担|纳入|列入|计入|适用(?!于本))|不予(?:补[助贴]|奖励|支持|报销|支付)"
        r"|不对[^，,]{1,16}(?:给予|发放|提供)"
    ),
    Says.MUST: (
        r"应当|必须|(?<![无毋不])须(?!知)|(?<![不无所必急供亟刚])需(?!求)"
        r"|(?<![对相适响反供回呼答])应(?=[由在向按依将于经提办及自持符先])|方可"
    ),
    Says.MAY: (
        r"(?<!不)可以(?!不)|(?<!不)允许|(?<!不)准许|(?<!不)准予"
        r"|(?<![许认不宁无非适尚方])可(?![能行持靠以研见观避分抗视操得溯复燃信控惜不根“])(?!办[”\"])"
    ),
    Says.INSTEAD: r"代替|替代|取代",
    Says.HAS: r"设立|建立|开设|设置|推出|上线|开通|提供|打造|搭建|开辟|配备|组建|成立",
    Says.DONE: r"实现|支持|推行|推出|提供|便利|方便",
}
STRICT = (Says.NEED_NOT, Says.MAY_NOT, Says.MUST, Says.MAY)
WEAK = frozenset([Says.INSTEAD, Says.HAS, Says.DONE])  # count where nothing is permitted, forbidden or required
_PATTERNS = {says: re.compile(pattern) for says, pattern in _SAYS.items()}
_EXCEPTS = re.compile(r"[，,；;](?:但|不过|然而)")
_TRIALS = re.compile(r"探索|试点|试行|研究(?=制定|建立|出台|推出|开展|推进)|逐步|拟(?!定)|计划|鼓励|力争|争取|条件成熟")
_FIRST = re.compile(r"试点|试行|先行|率先|首批|探索")
_ATTRIBUTE = re.compile(r"的$")  # 不得公开的, 可以公开的: a case, of which something is said


def says_in(phrase: str) -> Says | None:
    """What a phrase in normal form says, by the first of its words that say so; None where it only names a case.

    What is set up or done counts only where nothing is permitted, forbidden or required. What may be used in place of
    something says that.
    """
    if _ATTRIBUTE.search(phrase):
        return None
    found = [(match.start(), says) for says, pattern in _PATTERNS.items() if (match := pattern.search(phrase))]
    strict = [one for one in found if one[1] not in WEAK]
    says = min(strict or found)[1] if found else None
    return Says.INSTEAD if says is Says.MAY and any(one is Says.INSTEAD for _, one in found) else says


def strict_words(text: str) -> Iterator[tuple[int, int, Says]]:
    """The words of a text that permit, forbid, require or exempt, as half-open spans in order, without overlap."""
    found = ((match.start(), -match.end(), says) for says in STRICT for match in _PATTERNS[says].finditer(text))
    taken = 0
    for start, end, said in sorted(found):
        if start >= taken:
            taken = -end
            yield start, taken, said


def takes_back(text: str) -> bool:
    """Whether a sentence takes back something of what it says."""
    return bool(_EXCEPTS.search(text))


def tried_in_places(text: str) -> bool:
    """Whether a text says of some place that something is tried there first."""
    return bool(_FIRST.search(text))


def trials_in(text: str) -> bool:
    """Whether a text speaks of what is tried, planned or encouraged, which need not be there yet."""
    return bool(_TRIALS.search(text))
