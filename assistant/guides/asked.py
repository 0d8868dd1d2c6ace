"""Which aspects of a matter a question asks for: 条件 材料 流程 时限 费用."""

import re
from collections.abc import Mapping, Sequence

from assistant.question.history import own_words
from assistant.question.places import place_words
from assistant.question.question import Reading
from corpus.records.guides import Aspect

# The kinds of things a question asks for, of index/text/answer_types.toml, and the aspects that they are.
_TYPES: Mapping[Aspect, str] = {Aspect.MATERIALS: "materials", Aspect.TIME_LIMIT: "duration", Aspect.FEE: "fee"}
_NEXT = r"(?=[和跟、,，]|以及|条件|材料|流程|时限|费用)"  # another aspect is named behind one
_WORDS: Mapping[Aspect, re.Pattern[str]] = {
    Aspect.CONDITIONS: re.compile(
        r"(?:什么|哪些|啥|有何)(?:申请|办理|具体)?(?:条件|资格|要求|门槛)|(?:条件|资格|门槛)(?:是|有|呢|都|高|$|[?？])"
        rf"|条件{_NEXT}|\b(?:conditions?|requirements?|eligib\w+|qualif\w+)\b"
    ),
    Aspect.MATERIALS: re.compile(
        rf"(?:材料|证件|资料)(?:{_NEXT}|呢|有|都|$|[?？])|(?:要|得|用)带.{{1,8}}[吗么]|\b(?:documents?|paperwork|bring)\b"
    ),
    Aspect.PROCESS: re.compile(
        r"流程|步骤|(?:手续|程序)(?:怎么|咋|如何|是什么)|(?:怎么|咋|如何)(?:个)?走|先(?:干|做|办|去)"
        r"|\b(?:process|procedures?|steps?|step by step)\b"
    ),
    Aspect.TIME_LIMIT: re.compile(r"时限|当[天场]能|啥时候能|\bhow long\b"),
    Aspect.FEE: re.compile(r"费用|收费|多少钱|花钱|\b(?:fees?|costs?|charges?|free)\b"),
}
# Words that ask for an aspect and name no matter, beside those that any procedure may be asked about.
_ASKING = frozenset(
    (
        *(
            "带",
            "带上",
            "准备",
            "提交",
            "需提交",
            "提供",
            "证件",
            "资料",
            "文件",
            "清单",
            "东西",
            "几样",
            "拿",
            "拿到",
            "得",
        ),
        *("要钱", "花钱", "免费", "手续费", "不", "程序", "走", "先", "干", "后", "符合", "批", "下来"),
        *("多长时间", "时限", "工作日", "几个", "当天", "当场", "啥时候", "时候", "说", "说说", "告诉", "请问", "想"),
        *("bring", "submit", "prepare", "free"),
    )
)


def asked_aspects(reading: Reading) -> tuple[Aspect, ...]:
    """The aspects that a question asks for, in the order in which a guide has them."""
    expected, text = {one.name for one in reading.expected}, reading.normal
    return tuple(one for one in Aspect if _TYPES.get(one) in expected or _WORDS[one].search(text))


def matter_words(reading: Reading) -> Sequence[str]:
    """The words of a question that say of what the aspect is asked, in its order, each once."""
    own = own_words(reading.alone, place_words(reading.normal)) - _ASKING
    return tuple(word for word in dict.fromkeys(reading.alone.words) if word in own)


def names_no_matter(reading: Reading) -> bool:
    """Whether a question asks for an aspect of what was spoken of before, and names no matter itself: 要带什么材料."""
    return reading.refers_back or not matter_words(reading)
