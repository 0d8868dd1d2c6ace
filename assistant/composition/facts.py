"""Where a question asks for one thing (how long, how much, when, where, who), the words of the quotes that state it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.composition.sentences import QuotedSentence
from corpus.clause import Clause
from index.index import Index
from index.query import Query
from index.rows import Cell
from index.text.answer_types import AnswerType, answer_types, any_count, contains
from index.text.normalizer import normalize
from index.text.tokenizer import token_set

SHORT = 60  # characters up to which a sentence is repeated whole; of a longer one, the phrases that state the thing
NUMBERS = frozenset(["rate", "amount", "hours", "duration", "date", "count"])  # what a number in one phrase can say
_NUMBER = re.compile(
    r"\d|当[日天场]|即时|即办|百分之|每个?[日周月季年]|[一二两三四五六七八九十百千]+(?:[个日天年元万倍只名项家户张份次条种类岁层米台人]|小时|分钟|周岁)"
)
_OFFICE = "(?:局|委|厅|部门|中心|法院|检察院|银行|机构|政府|机关|办事处|派出所|公司|协会|单位|专班|站|所)"
# What a phrase that states a thing of another type looks like: more than a word that may belong to it.
_STATES = dict.fromkeys(NUMBERS, _NUMBER) | {
    "count": re.compile(
        r"\d(?:\.\d+)?[余多]?(?:%|[\u3400-\u9fff])|[一二两三四五六七八九十百千]+[个只名项家户张份次条种类岁层米台人步套门]"
    ),
    "fee": re.compile(r"\d\s*(?:\.\d+)?\s*[万千百]?元|不收[^，,。]{0,6}费|不收取|免费|免收|免缴|零费用|零成本|无偿"),
    "telephone": re.compile(r"(?<!\d)(?:(?:0\d{2,3}[-－—])?\d{7,8}|1[02]\d{3}|400-?\d{3,4}-?\d{3,4})(?!\d)"),
    "link": re.compile(r"https?://|www\.|\.gov\.cn"),
    "street": re.compile(r"[路街道]\s*\d+\s*号|\d+[楼层]|(?:地址|地点)(?:为|是|：|:)"),
    "place": re.compile(
        r"(?:到|至|在|向|通过|前往|登录|依托|就近|纳入|进驻)[^，,。；;]{1,40}?"
        r"(?:窗口|大厅|中心|平台|网站|公众号|小程序|app|系统|专区|专栏|网点|服务点|办税厅|派出所|局|银行|社区|驿站|服务港)"
    ),
    "body": re.compile(
        rf"由[^，,。；;]{{1,40}}?{_OFFICE}[^，,。；;]{{0,16}}(?:负责|受理|审[批核查]|办理|牵头|组织|认定|登记|核发|责令|处|确定)"
        rf"|{_OFFICE}(?:会同[^，,]{{1,30}})?(?:负责|受理|审[批核查]|牵头|主管|核发)|向[^，,。；;]{{1,40}}?{_OFFICE}[^，,。；;]{{0,16}}(?:申请|提出|申报|备案)"
    ),
    "materials": re.compile(
        r"(?:提交|提供|携带|出具|递交|上传|持|凭|材料(?:包括|为|：|:))[^。；;]{0,80}(?:、|证|表|书|合同|材料|信息)"
    ),
    "person": re.compile(r"(?:联系人|负责人)[:：]"),
}
LEADS = frozenset(_STATES)
# How people ask for one of these beside what `answer_types.toml` knows, which is weighed in the search too.
_ALSO_ASKED = {
    "date": re.compile(r"最[晚迟]|哪[天日]|几月|几号|\b(?:by|on) (?:what|which) (?:day|date)\b|\bwhen\b"),
    "duration": re.compile(r"多久|几[天日]|\bhow (?:long|soon)\b"),
    "amount": re.compile(
        r"(?:补|奖|贴|给|拿|取|贷|罚|领)[^，,]{0,8}(?:多少|几)|(?:多少|几)[^，,]{0,3}(?:钱|元)"
        r"|\bhow (?:much|big|large|high)\b|\bwhat does .{1,40} (?:pay|give)\b"
    ),
    "count": re.compile(
        r"多[远大高宽深重]|(?<![哪那这好第前后])(?:多少|几)(?![天日月号点])"
        r"|\bhow (?:many|far|old|tall|wide|big|large)\b|\bby how much\b|\bwhat distance\b"
    ),
}
_CLEARLY = 0.1  # by how much one phrase must be nearer to the question than the next
_MEASURE = re.compile(r"(\d+(?:\.\d+)?)(米|公里|千瓦|千伏|平方米|平米|岁|周岁|年|个月|天|日|万元|元|人|户)")
_PHRASE = re.compile(r"[^，,]+(?:,(?=\d{3})[^，,]+)*")


@dataclass(frozen=True, slots=True)
class ExtractedFact:
    """The words of a quote that state the thing asked for.

    `words` is a stretch of the quote of that number; of a row of a table one cell behind its head.
    """

    answer_type: AnswerType
    words: str
    number: int


def extract_fact(
    expected: Sequence[AnswerType], sentences: Sequence[QuotedSentence], nearest: float
) -> ExtractedFact | None:
    """The sentence of the quotes that states what is asked for; None where it lies off what the question is about.

    Its cosine with the question must reach the share `nearest` of the nearest sentence's.
    """
    least = nearest * max((one.cosine for one in sentences), default=0.0)
    for one in (wanted for wanted in expected if wanted.name in LEADS):
        holding = [sentence for sentence in sentences if _states(one, sentence.normal)]
        best = max(holding, key=lambda sentence: sentence.cosine, default=None)
        if best is not None and best.cosine >= least:
            return ExtractedFact(one, _shortened(one, best.written), best.number)
    return None


def asked_types(question: str, expected: Sequence[AnswerType]) -> tuple[AnswerType, ...]:
    """What a question in normal form asks for: the types that the search expects, then what else it may mean."""
    known = {one.name: one for one in (*answer_types(), any_count())}
    names = {one.name for one in expected}
    also = [known[name] for name, pattern in _ALSO_ASKED.items() if name not in names and pattern.search(question)]
    return (*expected, *also)


def stating_phrase(fact: ExtractedFact, query: Query, index: Index) -> str:
    """The phrase of the words that states the thing; of several the one that is clearly nearest to the question.

    All of the words where none is.
    """
    phrases = [one.group() for one in _PHRASE.finditer(fact.words) if _states(fact.answer_type, normalize(one.group()))]
    near = sorted(((float(index.sentences(one).vectors[0] @ query.vector), one) for one in phrases), reverse=True)
    if not near or (len(near) > 1 and near[0][0] - near[1][0] < _CLEARLY):
        return fact.words
    return near[0][1]


def extract_measure(question: str, sentences: Sequence[QuotedSentence]) -> ExtractedFact | None:
    """What the nearest sentence says of a measure of which the question has another number: 30米以内 for 60米."""
    best = max(sentences, key=lambda one: one.cosine, default=None)
    if best is None:
        return None
    for number, unit in _MEASURE.findall(question):
        measured = re.compile(rf"\d\s*{unit}")
        if number not in best.normal and measured.search(best.normal):
            phrases = (match.group() for match in _PHRASE.finditer(best.written))
            words = next((one for one in phrases if measured.search(normalize(one))), best.written)
            return ExtractedFact(any_count(), words, best.number)
    return None


def extract_cell(
    query: Query, expected: Sequence[AnswerType], citations: Sequence[Citation], row: Clause, index: Index
) -> ExtractedFact | None:
    """The same of a row of a table: one of its cells, of several the one whose head the question names most nearly."""
    asked = frozenset(query.tokens)
    for one in (wanted for wanted in expected if wanted.name in LEADS):
        holding = [cell for cell in index.view(row).cells if _in_cell(one, cell)]
        shares = [_share_named(cell.head, asked, index) for cell in holding]
        if holding and shares.count(best := max(shares)) == 1:
            cell = holding[shares.index(best)]
            # A cell that is merged with one above stands in no quote of this row.
            quoted = next((c.number for c in citations if c.clause_id == row.id and cell.text in c.quote), None)
            words = cell.written.rstrip("。；;")
            return ExtractedFact(one, words, quoted) if quoted and len(words) <= SHORT else None
    return None


def _in_cell(answer_type: AnswerType, cell: Cell) -> bool:
    """Whether a cell holds a thing of this type; one of a number has a number of its own."""
    numbered = answer_type.name not in NUMBERS or _NUMBER.search(cell.normal)
    return bool(numbered) and contains(answer_type, cell.under_head)


def _states(answer_type: AnswerType, text: str) -> bool:
    """Whether a sentence or phrase in normal form states a thing of this type."""
    return contains(answer_type, text) and bool(_STATES[answer_type.name].search(text))


def _share_named(head: str, asked: frozenset[str], index: Index) -> float:
    """How much of a head the question names, 0..1; single characters come by chance."""
    return index.idf_share({token for token in token_set(head) if len(token) > 1}, asked)


def _shortened(answer_type: AnswerType, sentence: str) -> str:
    """The sentence; of a long one the unbroken stretch of phrases that state the thing."""
    if len(sentence) <= SHORT:
        return sentence
    spans = [m.span() for m in _PHRASE.finditer(sentence) if _states(answer_type, normalize(m.group()))]
    return sentence[spans[0][0] : spans[-1][1]] if spans else sentence
