"""Drafts of conditions from the wording of clauses, for a clerk to correct and confirm.

They are written in the form of `corpus.records.condition`, each with `draft: true`, which its reader refuses: nothing
that nobody has looked at decides who a clause is for. What a draft quotes stands in the clause; where the words are an
answer's own, the question is named, else an office decides (`judged`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.records.condition import Test
from corpus.records.profile import ProfileQuestion
from corpus.text.numeral import from_chinese

HEAD = """\
# 草稿，未经确认：每条请对照条款改好，再删去 draft 一行；条款不是写给办事人的，整条删去。
# 改好的放进文件旁边的 {document}.apply.yaml，再运行 policyqa records check。
# Drafts that nobody has confirmed: correct each beside its clause, then delete its line "draft"; delete a record
# whose clause is not for readers. Put what is done into {document}.apply.yaml, then run policyqa records check.
"""
_FIRST_WORDS = 80  # characters of a clause's text, for the clerk to know it by
_MOST = 6  # conditions of one clause; what names more is a list, and the first of it shows the clerk where
_LEAST_VALUE = 3  # characters of an answer that is looked for anywhere: 企业 alone stands in every other sentence

_SHARED = 2  # pairs of characters that words and a question about a number have in common, where they are of one thing

_SENTENCE = re.compile(r"[^。；;！？!?\n]+")
_NUMBERED = re.compile(r"\s*(?:第?[一二三四五六七八九十百\d]+[条章节、.．]|[(（][一二三四五六七八九十\d]+[)）])?\s*")
# Sentences about what is forbidden, punished or done among offices say nothing of who may have something.
_OTHERS = re.compile(
    r"违反|罚款|责令|处分|追究|吊销|没收|赔偿|不得|禁止|撤销|注销|拒绝|拒不|违规|伪造|变造|骗[取领]|虚假|不正当"
    r"|玩忽职守|民事责任|诉讼|职责分工|本(?:办法|条例|规定|细则)所称"
)
_PUNISHES = re.compile(r"罚款|行为之一|处分|刑事责任|吊销")  # such a clause says who is punished
_IN = r"[^，,。；;：:\n]"
_WHO = (
    "(?:企业(?!家)|个体工商户|[经营市场]{2}主体|用人单位|建设单位|合作社|农户|家庭|居民|公民|市民|群众|人员|人才|毕业生|学生|儿童"
    "|职工|员工|申请人|当事人|持有人|纳税人|缴费人|求职者|创业者|经营者|投资者|消费者|老年人|残疾人|流动人口|外国人)+"
)
# Words for readers that are seldom anything else, found wherever they stand.
_READERS = "小微企业|中小微?企业|新办企业|出口企业|高校毕业生|求职者|购房人|收件人|纳税人缴费人"
_N = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千半]+)"
_PATTERNS = tuple(
    re.compile(one)
    for one in (
        rf"(?:对于?|针对|面向|凡是?|凡属|指导|允许|鼓励)(?P<quote>{_IN}{{0,30}}?的{_WHO}|{_IN}{{2,40}}?的(?=[，,]))",
        rf"(?:针对|面向|为(?!了|规范|加强|保障|促进|进一步)|帮助|支持|方便)(?P<quote>{_IN}{{1,12}}?{_WHO}|企业(?!家))",
        rf"(?P<quote>(?:暂?[不未])?(?:符合|具备|满足){_IN}{{0,24}}?(?:条件|要求|规定|标准|情形)(?:之一)?的(?:{_IN}{{0,10}}?{_WHO})?)",
        rf"(?P<quote>属于{_IN}{{2,30}}?的)(?=[，,]|$)",
        rf"(?P<quote>(?:[^，,。；;：:、的\n]{{0,24}}?)(?:已?满|达到?|不少于|不低于|超过|连续|累计)\s*{_N}个?(?:周岁|岁|年|月)(?:以上)?)",
        rf"(?P<quote>(?:[^，,。；;：:、的\n]{{0,24}}?){_N}个?(?:周岁|岁|年|月|人|平方米|万元|千瓦)(?:\([^()]*\)|（[^（）]*）)?(?:及)?(?:以上|以下))",
        rf"(?:^|[，,：:])(?P<quote>{_IN}{{2,60}}的)(?=[，,：:](?:可|应|给|予|按|由|免|不|享|优|凭|视|在|自|向))",
        rf"(?:^|[，,：:])(?P<quote>{_IN}{{2,30}}?的{_WHO})(?=可|应|凭|免|享|申|在|，|,)",
        rf"(?P<quote>(?:[^，,。；;：:、“”\n]{{1,16}}的)?(?:{_READERS}))",
        rf"^(?P<quote>{_IN}{{3,60}}的)$",  # an item of a list
    )
)
_NO_CONDITION = re.compile(
    r"^(?:依照|按照|根据|依据|由|经|可以|应当?|其他|其它|法律|本市的|有关|上述|前款)"
    r"|其他情形|下列|以下(?:条件|情形)|部门|机关|政府|相关职能"
)
_LEADING = re.compile(r"(?:[\s、“”]|但|将|把|对于?(?!象)|凡是?|针对|面向|指导|允许|鼓励|其中|明确)+")
_NUMBER = re.compile(rf"(?P<number>{_N})个?(?P<unit>周岁|岁|年|月|人|平方米|万元|千瓦)")
_AT_MOST = re.compile(r"以下|以内|不超过|未满|不满")


@dataclass(frozen=True, slots=True)
class _Found:
    """Words of a clause that look like a condition, by their place in its text, and which sentence holds them."""

    start: int
    end: int
    sentence: int


def suggested_conditions(
    corpus: Corpus, profile: Sequence[ProfileQuestion], known: frozenset[str] = frozenset()
) -> Mapping[str, str]:
    """Document id → the drafts for its clauses, as the text of a file; without the documents in `known`.

    Documents whose wording states no condition are left out.
    """
    found: dict[str, list[str]] = {}
    for clause in corpus.clauses:
        if clause.document_id not in known and (needs := suggested_needs(clause, profile)):
            found.setdefault(clause.document_id, []).append(_draft(clause, needs))
    return {id_: HEAD.format(document=id_) + "\n" + "\n".join(drafts) for id_, drafts in found.items()}


def suggested_needs(clause: Clause, profile: Sequence[ProfileQuestion]) -> list[dict[str, Any]]:
    """The conditions of a clause, as its record would hold them: those of one sentence together, sentences apart."""
    sentences: dict[int, list[dict[str, Any]]] = {}
    for one in _conditions(clause, profile):
        sentences.setdefault(one.sentence, []).extend(_leaves(clause.text[one.start : one.end], profile))
    groups = list(sentences.values())
    if len(groups) < 2:
        return groups[0] if groups else []
    return [{"any": [group[0] if len(group) == 1 else {"all": group} for group in groups]}]


def _conditions(clause: Clause, profile: Sequence[ProfileQuestion]) -> list[_Found]:
    """In order of the text, none inside another; of those that overlap the longest."""
    found = sorted(_candidates(clause, profile), key=lambda one: (one.start - one.end, one.start))
    kept: list[_Found] = []
    said: set[str] = set()
    for one in found:
        words = clause.text[one.start : one.end]
        if words not in said and all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
            said.add(words)
    return sorted(kept, key=lambda one: one.start)[:_MOST]


def _candidates(clause: Clause, profile: Sequence[ProfileQuestion]) -> Iterator[_Found]:
    values = [choice.value for question in profile for choice in question.choices if len(choice.value) >= _LEAST_VALUE]
    heading = len(clause.title) if clause.text.startswith(clause.title, clause.number_length) else 0
    begin = clause.number_length + (heading if heading < len(clause.text) - clause.number_length else 0)
    if _PUNISHES.search(clause.text):
        return
    for number, sentence in enumerate(_SENTENCE.finditer(clause.text, begin)):
        if _OTHERS.search(sentence[0]):
            continue
        begin = sentence.start() + len(_match(_NUMBERED, sentence[0]))
        text = clause.text[begin : sentence.end()]
        for pattern in _PATTERNS:
            for match in pattern.finditer(text):
                one = _trimmed(text, match.start("quote"), match.end("quote"), begin, number)
                if one.start < one.end and not _NO_CONDITION.search(clause.text[one.start : one.end]):
                    yield one
        for value in values:
            if (at := text.find(value)) >= 0:
                yield _Found(begin + at, begin + at + len(value), number)


def _match(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return match[0] if match else ""


def _trimmed(text: str, start: int, end: int, begin: int, sentence: int) -> _Found:
    """Without blanks around it, which the reader of records takes off, and without what leads to a condition."""
    start += len(_match(_LEADING, text[start:end]))
    return _Found(begin + start, begin + start + len(text[start:end].rstrip()), sentence)


def _leaves(quote: str, profile: Sequence[ProfileQuestion]) -> list[dict[str, Any]]:
    """The questions that the words answer, by a number and by a name; else that an office decides."""
    found: list[dict[str, Any]] = []
    for question in profile:
        if not found and (bound := _bound(quote, question)) is not None:
            test = Test.AT_MOST if _AT_MOST.search(quote) else Test.AT_LEAST
            found.append({"ask": question.key, str(test): bound, "quote": quote})
    said = {question: [one.value for one in question.choices if _says(quote, one.value)] for question in profile}
    best = max(said, key=lambda question: max(map(len, said[question]), default=0), default=None)
    if best is not None and said[best]:
        found.append({"ask": best.key, str(Test.IS): said[best], "quote": quote})
    return found or [{str(Test.JUDGED): True, "quote": quote}]


def _says(quote: str, value: str) -> bool:
    """Whether words name an answer; a short one, which is in many a word, at their end."""
    return value in quote if len(value) >= _LEAST_VALUE else quote.endswith(value)


def _bound(quote: str, question: ProfileQuestion) -> float | None:
    """The number that words put to a question of this unit which they share a word with."""
    match = _NUMBER.search(quote)
    if question.number is None or match is None or match["unit"] != question.number.unit:
        return None
    before = quote[: match.start()]
    if sum(before[at : at + 2] in question.question for at in range(len(before) - 1)) < _SHARED:
        return None
    digits = match["number"].replace("两", "二")
    number = 0.5 if digits == "半" else float(digits) if digits[0].isdigit() else float(from_chinese(digits))
    if not question.number.least <= number <= question.number.most:
        return None
    return int(number) if number == int(number) else number


def _draft(clause: Clause, needs: list[dict[str, Any]]) -> str:
    """One record, below the heading and the first words of its clause."""
    heading = " › ".join(map(_on_one_line, (*clause.path, clause.number, clause.title)))
    words = _on_one_line(clause.text[clause.number_length :])[:_FIRST_WORDS]
    record = {"clause": clause.id.removeprefix(f"{clause.document_id}:"), "draft": True, "needs": needs}
    written = yaml.safe_dump([record], allow_unicode=True, sort_keys=False, width=10_000)
    return f"# {clause.id}  {heading}\n# {words}\n{written}"


def _on_one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
