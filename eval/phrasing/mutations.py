"""True replies made false: one fact of a sentence changed, so that it says what its clause does not say.

Each kind takes a true reply and gives a false one, or None where it has nothing to change.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence

from corpus.text.numeral import to_chinese
from eval.phrasing.well_formed import Said

Mutation = Callable[[Said, random.Random], str | None]

_DIGITS = re.compile(r"(?<!\[)\d+(?!\])")
_NUMERAL = re.compile(r"[二三四五六七八九十百两]+(?=个?(?:日|天|年|月|元|项|次|米|尾|种|周岁|分))")
_UNITS = {
    "日": "个工作日",
    "天": "个月",
    "年": "个月",
    "元": "万元",
    "米": "公里",
    "个月": "年",
    "项": "类",
    "分": "元",
}
_BOUNDS = {"不超过": "不少于", "不能超过": "不能少于", "不得超过": "不得少于", "以内": "以上", "前": "后", "满": "不满"}
_NOT = re.compile(r"不得(?=[^超])|不能(?=[^超])|不再|无需|不必|未能|未|没有|不(?=[存予需])|无(?=[牌法还])")
_MAY = re.compile(r"可以|可(?=[自在直申])|应当|要(?=[在完])|必须")
_VERB = re.compile(r"(?<=[一-鿿])(?=给予|提供|办理|收取|申请|提交|补领|停靠|查询|推行|建立|实行|开展|设立|施行|开放)")
_PLACES = ("北京市", "上海市", "深圳市", "长春市", "松江区", "海南省", "大连", "浙江")
_PLACE = re.compile(r"芜湖市?|合肥市?|滁州市?|哈尔滨市?|道里区|南岗区|上海|东湾|西渚|云泽")
_PEOPLE = ("王建国", "李秀英", "欧阳明", "张伟")
_TITLES = ("《中华人民共和国公司法》", "《安徽省首贷管理办法》", "《企业补贴实施细则》")
_NOUNS = {
    "企业": "个人",
    "申请人": "代理人",
    "船主": "乘客",
    "纳税人": "税务师",
    "卖方": "买方",
    "买方": "卖方",
    "贷款": "罚款",
    "申请": "撤销",
    "免费": "收费",
    "线上": "线下",
    "银行": "学校",
    "登记": "拍卖",
    "退休": "失业",
    "服务": "处罚",
    "审批": "举报",
    "管理": "买卖",
}
_WIDER = ("一律", "全部", "所有人都", "任何情况下都", "永久")
_NARROWER = ("仅限本地户籍的，", "需缴纳保证金后，", "经市长批准，", "除外国人外，", "年满60周岁的，")


def _replaced(text: str, pattern: re.Pattern[str], other: Callable[[str], str], random_: random.Random) -> str | None:
    """The text with one of the matches replaced by something else."""
    found = list(pattern.finditer(text))
    if not found:
        return None
    match = random_.choice(found)
    return text[: match.start()] + other(match[0]) + text[match.end() :]


def number(said: Said, random_: random.Random) -> str | None:
    """A number in figures."""
    return _replaced(said.reply, _DIGITS, lambda old: str(int(old) + random_.choice((1, 2, 7, 90))), random_)


def numeral(said: Said, random_: random.Random) -> str | None:
    """A number in Chinese numerals."""
    return _replaced(said.reply, _NUMERAL, lambda old: to_chinese(random_.randint(41, 99)) + old[:0], random_)


def unit(said: Said, random_: random.Random) -> str | None:
    """What a number counts."""
    pattern = re.compile(r"(?<=[\d一二三四五六七八九十两])(?:" + "|".join(_UNITS) + ")")
    return _replaced(said.reply, pattern, lambda old: _UNITS[old], random_)


def bound(said: Said, random_: random.Random) -> str | None:
    """On which side of a number."""
    pattern = re.compile("|".join(_BOUNDS))
    return _replaced(said.reply, pattern, lambda old: _BOUNDS[old], random_)


def swapped_numbers(said: Said, _: random.Random) -> str | None:
    """Two numbers of a reply in each other's place."""
    found = list(_DIGITS.finditer(said.reply))
    if len(found) < 2 or found[0][0] == found[1][0]:
        return None
    first, second = found[:2]
    text = said.reply
    return text[: first.start()] + second[0] + text[first.end() : second.start()] + first[0] + text[second.end() :]


def negation_dropped(said: Said, random_: random.Random) -> str | None:
    """A negation left out."""
    return _replaced(said.reply, _NOT, lambda old: "需" if old == "无需" else "", random_)


def negation_added(said: Said, random_: random.Random) -> str | None:
    """A negation that nobody wrote."""
    return _replaced(said.reply, _VERB, lambda _: random_.choice(("不", "不得", "无需", "未")), random_)


def modality(said: Said, random_: random.Random) -> str | None:
    """May for must, must for may, must not for both."""
    other = {"可以": "应当", "可": "必须", "应当": "可以", "要": "不必", "必须": "可以"}
    return _replaced(said.reply, _MAY, lambda old: random_.choice((other[old], "不得")), random_)


def modality_added(said: Said, random_: random.Random) -> str | None:
    """A duty that nobody wrote."""
    if _MAY.search(said.reply):
        return None
    return _replaced(said.reply, _VERB, lambda _: random_.choice(("必须", "应当", "有权")), random_)


def place(said: Said, random_: random.Random) -> str | None:
    """Another place."""
    return _replaced(said.reply, _PLACE, lambda old: random_.choice([p for p in _PLACES if p[:2] != old[:2]]), random_)


def place_added(said: Said, random_: random.Random) -> str | None:
    """A place that nobody named."""
    return f"在{random_.choice(_PLACES)}，{said.reply}"


def date(said: Said, random_: random.Random) -> str | None:
    """A day that nobody named."""
    day = f"自20{random_.randint(19, 27)}年{random_.randint(1, 12)}月{random_.randint(2, 28)}日起，"
    return day + said.reply


def person(said: Said, random_: random.Random) -> str | None:
    """A name, or a number of somebody."""
    who = random_.choice(_PEOPLE)
    return random_.choice(
        (f"由{who}负责，{said.reply}", f"请联系{who}：{said.reply}", f"拨打0551-6599012，{said.reply}")
    )


def title(said: Said, random_: random.Random) -> str | None:
    """A document that the clause does not name."""
    return f"根据{random_.choice(_TITLES)}，{said.reply}"


def address(said: Said, random_: random.Random) -> str | None:
    """A clause that the clause does not name."""
    named = re.compile(r"第[一二三四五六七八九十]+条")
    other = f"第{to_chinese(random_.randint(12, 90))}条"
    return _replaced(said.reply, named, lambda _: other, random_) or f"按照{other}，{said.reply}"


def noun(said: Said, random_: random.Random) -> str | None:
    """Another thing in the place of one."""
    return _replaced(said.reply, re.compile("|".join(_NOUNS)), lambda old: _NOUNS[old], random_)


def wider(said: Said, random_: random.Random) -> str | None:
    """Said of all."""
    return _replaced(said.reply, _VERB, lambda _: random_.choice(_WIDER), random_)


def narrower(said: Said, random_: random.Random) -> str | None:
    """A condition that nobody wrote."""
    return random_.choice(_NARROWER) + said.reply


def condition_dropped(said: Said, _: random.Random) -> str | None:
    """A condition left out: the phrase in 的, 时, 后 or 外 that a sentence begins with."""
    match = re.match(
        r"^(?!其中|此外)[^，,。]*(?:的|的话|时|后|外|情形之一|条件：|捕捞：)[，,:：]?(?=[^，,。]{4})", said.reply
    )
    if not match or not match[0].endswith(("，", ",", "：", ":")):
        return None
    return said.reply[match.end() :]


def exception_dropped(said: Said, _: random.Random) -> str | None:
    """But … left out of what was said with it."""
    changed = re.sub(r"[，,](?:但|但是|不过)[^，。\[]*", "", said.reply)
    return changed if changed != said.reply and not re.search("但|不过", changed) else None


def parties(said: Said, _: random.Random) -> str | None:
    """Who does it and to whom it is done, the other way round."""
    changed = re.sub(r"([一-鿿]{2,6})(向|对)([一-鿿]{2,4})(发出|给予|申请|推送|开放)", r"\3\2\1\4", said.reply)
    return changed if changed != said.reply else None


FACTS: Mapping[str, Mutation] = {
    one.__name__: one
    for one in (
        number,
        numeral,
        unit,
        bound,
        swapped_numbers,
        negation_dropped,
        negation_added,
        modality,
        modality_added,
        place,
        place_added,
        date,
        person,
        title,
        address,
        noun,
        wider,
        narrower,
        condition_dropped,
        exception_dropped,
        parties,
    )
}


def replies(
    seeds: Sequence[Said], kinds: Mapping[str, Mutation], count: int, random_: random.Random
) -> list[tuple[str, Said]]:
    """So many false replies with their kind, of every kind as many as of any other where it has that many to change."""
    found: dict[tuple[str, str], Said] = {}
    for turn in range(count * 60):
        if len(found) == count:
            break
        kind = list(kinds)[turn % len(kinds)]
        seed = random_.choice(seeds)
        changed = kinds[kind](seed, random_)
        if changed is not None and changed != seed.reply:
            found.setdefault((kind, changed), Said(seed.quotes, changed, seed.source))
    return [(kind, said) for (kind, _), said in found.items()]
