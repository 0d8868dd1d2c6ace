"""Kinds of falsehood that were thought of when the gate stood, to see what it does with what nobody had in mind.

What it made of them at first sight stands in docs/model.md. Whatever passed led to a rule of the gate, and the kind
stays here; the next kind is better written by somebody else.
"""

import random
import re
from collections.abc import Mapping

from corpus.text.sentences import sentences
from eval.phrasing.mutations import Mutation
from eval.phrasing.well_formed import Said, cited

_HEDGE = re.compile(r"探索|试点|试行|逐步|鼓励|原则上|支持|引导|优先|一般|拟(?=[定订])")
_LIMIT = re.compile(
    r"首次|小微|符合条件的|连续|累计|有效的?|登记在册的|同一|当年|每[年月日次张]|高频|专属|依法|免费|应届|新建"
)
_PLACE = re.compile(r"(?:芜湖市?|合肥市?|滁州市?|哈尔滨市?|在[^，,。]{2,12}?区)(?=[^、，,。和])")
_OPPOSITE = {
    "先": "后",
    "再": "先",
    "线上": "窗口",
    "提前": "推迟",
    "减半": "全免",
    "当年": "次年",
    "或": "和",
    "增加": "减少",
    "公开": "保密",
    "自愿": "统一",
    "统一": "分别",
    "已": "将",
    "同时": "先后",
    "分批": "一次性",
    "免费": "付费",
}


def hedge_dropped(said: Said, random_: random.Random) -> str | None:
    """What is tried, encouraged or the rule, said as what is."""
    found = list(_HEDGE.finditer(said.reply))
    if not found:
        return None
    match = random_.choice(found)
    return said.reply[: match.start()] + said.reply[match.end() :]


def limit_dropped(said: Said, random_: random.Random) -> str | None:
    """Whom or what it is said of, said of more."""
    found = list(_LIMIT.finditer(said.reply))
    if not found:
        return None
    match = random_.choice(found)
    return said.reply[: match.start()] + said.reply[match.end() :]


def place_dropped(said: Said, _: random.Random) -> str | None:
    """Said of one place, now of all."""
    changed = _PLACE.sub("", said.reply, count=1)
    return changed if changed != said.reply else None


def opposite(said: Said, random_: random.Random) -> str | None:
    """One word turned into its opposite."""
    held = [word for word in _OPPOSITE if word in said.reply]
    if not held:
        return None
    word = random_.choice(held)
    return said.reply.replace(word, _OPPOSITE[word], 1)


def spliced(said: Said, random_: random.Random) -> str | None:
    """The beginning of one sentence with the end of a later one: somebody does what another does."""
    quote = said.quotes[0]
    held = [quote[start:end].rstrip("。；;") for start, end in sentences(quote, semicolons=True)]
    split = [re.split("[,，]", one) for one in held if len(re.split("[,，]", one)) > 1]
    if len(split) < 2:
        return None
    first = random_.randrange(len(split) - 1)
    last = random_.randrange(first + 1, len(split))
    begin = re.sub(r"^[（(]?[一二三四五六七八九十\d]+[是、.)）]+", "", split[first][0].strip())
    return cited(f"{begin}，{split[last][-1].strip()}", 1)


def middle_dropped(said: Said, _: random.Random) -> str | None:
    """A phrase that names who does what follows, left out between two others."""
    match = re.search(r"[，,](?:由|经|向|再由|先由)[^，,。]{2,30}(?=[，,])", said.reply)
    return said.reply[: match.start()] + said.reply[match.end() :] if match else None


def asked(said: Said, _: random.Random) -> str | None:
    """Put as a question, or as what is not so."""
    return said.reply.replace("[1]。", "吗？[1]。") if len(said.reply) % 2 else f"并非{said.reply}"


def other_quote(said: Said, _: random.Random) -> str | None:
    """With the handle of another quote."""
    return said.reply.replace("[1]", "[2]")


def halved(said: Said, _: random.Random) -> str | None:
    """Cut off in the middle of a phrase."""
    body = said.reply.replace("[1]。", "")
    cut = body[: len(body) * 2 // 3]
    return cited(cut, 1) if cut[-1] not in "，,、" and len(cut) > 8 else None


HELD_OUT: Mapping[str, Mutation] = {
    one.__name__: one
    for one in (
        hedge_dropped,
        limit_dropped,
        place_dropped,
        opposite,
        spliced,
        middle_dropped,
        asked,
        other_quote,
        halved,
    )
}
