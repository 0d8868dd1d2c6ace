"""Yes or no in the words of the text: 可以, 不得, 需要, 不用, 有, where the sentence nearest to the question says so.

A wrong yes is far worse than none. Nothing is said where the sentence says two things, unless one of them is a no and
clearly nearer, where the question denies what is permitted (能不去吗), brings a number that the sentence has not, or
where little speaks for it that the words meant are those asked about. How much must was settled on the yes-or-no
questions of `eval/questions` and ../shared/field_fit.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.composition.modality import WEAK, Says, says_in, takes_back, trials_in
from assistant.composition.sentences import QuotedSentence, nearest
from index.index import Index
from index.query import Query
from index.text.normalizer import normalize

_PHRASE = re.compile(r"[^，,：:]+")
A_OR_NOT = re.compile(r"([\u3400-\u9fff])不\1")  # 收不收, 贴不贴
_ITEM = re.compile(r"[（(][一二三四五六七八九十\d]{1,3}[)）]")
_CONDITION = re.compile(
    r"的[，,]|符合[^，,]{0,12}(?:条件|规定|要求)|(?:条件|规定|要求)的|经[^，,]{1,12}(?:批准|同意|审核)|除[^，,]{1,30}外|视情|特殊情况"
)
_ASKS_MAY = re.compile(
    r"(?<!只)(?<!才)能|可以|可否|可不可|行不行|[行成]吗|行不|让不|准不|成不|(?<!不)许|(?<!不)允许|合规|合法|会不会|会.{1,20}吗|规矩"
    r"|\b(?:can|could|may|allowed|possible|able)\b"
)
_ASKS_MUST = re.compile(
    r"(?<!只)(?<!不)(?<!想)要(?!是|么|求|回|来的)|还得|得(?:先|去|再|跑|交|带|办|亲自|本人)|是不是得|必须|须|用不用|非[得要]|用.{1,16}吗"
    r"|\b(?:must|need|needs|have to|has to|required|should|still)\b"
)
_ASKS_IS_THERE = re.compile(r"有没有|是否有|(?<!会)有.{1,20}[吗不么]\W*$|\b(?:is|are) there\b")
_ASKS_PAY = re.compile(r"(?:交|缴|花|付|给|掏|收)(?:[^，,？?]{0,6})(?:钱|费|税|金)|\b(?:pay|fee|cost|charge|tax)")
_ASKS_FREE = re.compile(r"免费(?:的?[吗么不]|的?\W*$)|免不免费|要钱|收钱|收不收|\b(?:is|are) .{1,60}\bfree\b")
_FREE_THING = re.compile(r"[找弄搞个份张用]免费|免费的(?![吗么不]|\W*$)")
_PAYS = re.compile(r"[费税钱金]|交纳|缴纳")
_DENIES = re.compile(
    r"(?<![能可要用算该须准让许是会行对好])不(?!动产|同|[？?了]|$)(?=[\u3400-\u9fff])|[能以]不(?![能可够])(?=[\u3400-\u9fff])|别[^的]|n't\b|\b(?:not|without|refuse)\b"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?=个?[^\d\s.,，。、一二三四])")
_FREE = re.compile(
    r"不收(?:取)?[^，,。；;]{0,6}费|不收取|免费|免收|免缴|免交[^，,。；;]{0,6}[费金]|无偿|零[\"”“]?(?:投资|费用|成本)"
    r"|(?:无需|无须|不需要?|不用)(?:[缴交支]?付|缴纳|交纳|承担)[^，,。；;]{0,6}[费钱金]"
)
_CHARGES = re.compile(r"(?:[收缴交]取?纳?|支付|承担|费)[^，,。；;]{0,12}\d[\d.]{0,8}[百千万]?元")
_INSTEAD = re.compile(r"代替|替代|取代")

_ALIKE = {
    Says.MAY: 0.3,
    Says.MAY_NOT: -1.0,
    Says.NEED_NOT: 0.2,
    Says.NOT: 0.4,
    Says.INSTEAD: 0.4,
}  # cosine of the phrase with the question, at least
_ALIKE_OF_NO = 0.3  # the same of a no that is clearly likelier than what the sentence says else
_ALIKE_OF_TWO = 0.4  # the same where the sentence says something else too
_NAMED_OF_TWO = 0.6  # or share of the question's words in that sentence
_CLEARLY = 0.1  # how much likelier a no must be than what else the sentence says
_CONTRARY = ({Says.MAY, Says.MAY_NOT}, {Says.MUST, Says.NEED_NOT})
_SURE = 0.9  # confidence in the answer from which less likeness will do
_NAMED = {Says.MUST: 0.3, Says.HAS: 0.4, Says.DONE: 0.45}  # share of the question's words in the phrase, by idf
_NEARLY_NAMED = 0.4  # or mean cosine of its words with the nearest of the phrase's


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words of a quote say to the question; `words` are a stretch of the quote of that number."""

    says: Says
    words: str
    number: int
    conditional: bool = False  # it is said of some cases, which the words name


def verdict(
    query: Query,
    question: str,
    sentences: Sequence[QuotedSentence],
    index: Index,
    confidence: Callable[[], float],
    *,
    fee: bool,
) -> Verdict | None:
    """What the nearest sentence says to a yes-or-no question in normal form; None where it cannot be said for sure.

    `fee` says that it asks whether something costs money; `confidence` gives that of the answer, and is asked only
    where it decides.
    """
    best = nearest([one for one in sentences if not one.is_heading])
    if best is None or _ITEM.match(best.written) or takes_back(best.written):
        return None
    if any(number not in best.normal for number in _NUMBER.findall(question)):
        return None
    conditional = bool(_CONDITION.search(best.written))
    says = _costs(best) if fee or _asks_cost(question) else None
    if says is None and not (fee and not _FREE_THING.search(question)):
        tried = any(trials_in(one.normal) for one in sentences)
        says = _permits(query, best, _wanted(question, best.normal, tried=tried), index, confidence)
    if says is None or (says is Says.CHARGED and conditional):
        return None
    return Verdict(says, best.written, best.number, conditional)


def _permits(
    query: Query, best: QuotedSentence, wanted: frozenset[Says], index: Index, confidence: Callable[[], float]
) -> Says | None:
    """What a sentence says of what would be a reply to the question."""
    phrases = [(phrase, says) for phrase in _PHRASE.findall(best.written) if (says := says_in(normalize(phrase)))]
    said = {says for _, says in phrases if says not in WEAK}
    clear = _clear_no(phrases, query, index) if len(said) > 1 else None
    if clear or not wanted or len(said) > 2 or said in _CONTRARY:
        return clear if clear in wanted and len(said) < 3 else None
    is_named = _share_named(query, best.normal, index) >= _NAMED_OF_TWO
    only_must = Says.MUST in wanted and Says.MAY not in wanted
    for phrase, says in phrases:
        if says is Says.INSTEAD and only_must and not _takes_its_place(phrase, query, index):
            continue
        if len(said) > 1 and not is_named and _likeness(phrase, query, index) < _ALIKE_OF_TWO:
            continue
        if says in wanted and (not said or says in said) and _is_meant(says, phrase, query, index, confidence):
            return Says.MAY if says is Says.DONE or (says is Says.INSTEAD and not only_must) else says
    return None


def _asks_cost(question: str) -> bool:
    """Whether a question asks if money is to be paid, and does not only speak of a thing that is free."""
    return bool(_ASKS_PAY.search(question) or _ASKS_FREE.search(question)) and not _FREE_THING.search(question)


def _costs(sentence: QuotedSentence) -> Says | None:
    """Whether a sentence says that something is free, or that it costs a sum; None where it says neither or both."""
    free, charges = _FREE.search(sentence.normal), _CHARGES.search(sentence.normal)
    if bool(free) is bool(charges):
        return None
    return Says.FREE if free else Says.CHARGED


def _clear_no(phrases: Sequence[tuple[str, Says]], query: Query, index: Index) -> Says | None:
    """The no of a sentence that says two things, where its phrase is clearly the likeliest."""
    by_likeness = sorted(((_likeness(phrase, query, index), says) for phrase, says in phrases), reverse=True)
    (first, says), *others = by_likeness
    second = max((likeness for likeness, other in others if other is not says), default=0.0)
    is_no = says in (Says.MAY_NOT, Says.NEED_NOT, Says.NOT)
    return says if is_no and first >= max(_ALIKE_OF_NO, second + _CLEARLY) else None


def _wanted(question: str, sentence: str, *, tried: bool) -> frozenset[Says]:
    """What would be a reply to the question; what is only tried is not there and not done."""
    denies = bool(_DENIES.search(A_OR_NOT.sub("", question)))
    wanted: set[Says] = set()
    if _ASKS_MAY.search(question):
        wanted |= {Says.NEED_NOT} if denies else {Says.MAY, Says.MAY_NOT}
        wanted.add(Says.INSTEAD)
        if not denies and not tried:
            wanted.add(Says.DONE)
    if _ASKS_MUST.search(question):
        wanted |= {Says.NEED_NOT, Says.INSTEAD} if denies else {Says.MUST, Says.NEED_NOT, Says.MAY_NOT, Says.INSTEAD}
    elif not denies:
        wanted.add(Says.NOT)
    if _ASKS_IS_THERE.search(question) and not denies and not tried:
        wanted.add(Says.HAS)
    if _ASKS_PAY.search(question) and not _PAYS.search(sentence):
        wanted -= {Says.NEED_NOT, Says.MUST, Says.MAY_NOT, Says.NOT}
    return frozenset(wanted)


def _is_meant(says: Says, phrase: str, query: Query, index: Index, confidence: Callable[[], float]) -> bool:
    """Whether enough speaks for it that what the phrase permits, forbids or requires is what was asked about."""
    if says in _NAMED:
        return _share_named(query, normalize(phrase), index) >= _NAMED[says] or index.maxsim_text(query, phrase) >= max(
            _NEARLY_NAMED, _NAMED[says]
        )
    return _likeness(phrase, query, index) >= _ALIKE[says] or confidence() >= _SURE


def _takes_its_place(phrase: str, query: Query, index: Index) -> bool:
    """Whether what something else takes the place of is what was asked about."""
    new, _, old = _INSTEAD.sub("\n", phrase, count=1).partition("\n")
    return _likeness(old, query, index) > _likeness(new, query, index)


def _share_named(query: Query, text: str, index: Index) -> float:
    """How much of the question's words a text in normal form has, by idf, 0..1."""
    words = {word for word in query.words if len(word) > 1 or not word.isascii()}
    return index.idf_share(words, {word for word in words if word in text})


def _likeness(phrase: str, query: Query, index: Index) -> float:
    """Cosine of a phrase with the question; 0 for one without words."""
    vectors = index.sentences(phrase).vectors
    return float(vectors[0] @ query.vector) if len(vectors) else 0.0
