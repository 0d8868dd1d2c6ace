"""Who a clause is for (`id.apply.yaml` beside `id.txt`): conditions on the answers of a profile, each with its words.

    - clause: "3"                          number path; `part: "2"` where one part alone is meant
      needs:                               all of these
        - {ask: kind, is: [个体工商户], quote: 个体工商户}
        - any:                             at least one; `all:` inside it; both may nest
            - {ask: years_registered, at_least: 1, quote: 注册登记一年以上}
            - {judged: true, quote: 产值和销售规模较大}      the text gives no measure: an office decides
      gives: {quote: 列为重点培育对象}       what one gets, in the text's words; may be left out

A leaf holds one of `is`, `not`, `at_least`, `at_most`, with `ask`, or `judged: true`; always `quote`. A record with
the key `draft` is one that nobody has confirmed, and is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import yaml

from corpus.clause import Clause, Part
from corpus.corpus import Corpus
from corpus.records.nodes import Read, RecordFile
from corpus.records.profile import ProfileQuestion
from corpus.records.quotes import Quote, find_clause, read_quote

_KEYS = {"clause", "part", "needs", "gives", "draft"}
_SCHEMA = "the head of corpus/records/condition.py"
_DEEPEST = 8
_UNCONFIRMED = (
    "这是未经确认的草稿：请对照条款改好，再删去 draft 一行。"
    "a draft that nobody has confirmed; correct it and delete its line `draft`, or delete the record"
)


class Test(StrEnum):
    """What a leaf holds an answer against."""

    IS = "is"
    NOT = "not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    JUDGED = "judged"  # nothing: an office decides


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition, with the words that state it."""

    test: Test
    quote: Quote
    key: str = ""  # of the question; "" where an office decides
    values: tuple[str, ...] = ()
    bound: float = 0


@dataclass(frozen=True, slots=True)
class Group:
    """All of these, or at least one."""

    needs: tuple["Condition", ...]
    any: bool = False


Condition = Leaf | Group


@dataclass(frozen=True, slots=True)
class ApplyRecord:
    """Who one clause, or one part of it, is for."""

    id: str  # of the clause or part
    clause_id: str
    needs: Group
    gives: Quote | None
    line: int


def read_conditions(
    data: bytes, path: str, document_id: str, corpus: Corpus, profile: Mapping[str, ProfileQuestion]
) -> Read[ApplyRecord]:
    """The records of one document in order, and every fault."""
    file = RecordFile(path, _SCHEMA)
    root = file.root(data)
    seen: set[str] = set()

    def read(node: yaml.Node) -> ApplyRecord | None:
        entry = file.mapping(node, _KEYS)
        if "draft" in entry:
            raise file.fault(entry["draft"], _UNCONFIRMED)
        id_ = f"{document_id}:{file.text(file.needed(entry, 'clause', node))}"
        clause = find_clause(file, node, id_, corpus)
        if clause is None:
            return None
        part = _part(file, entry["part"], clause) if "part" in entry else None
        key = part.id if part else clause.id
        if key in seen:
            raise file.fault(node, f"{key} 写了两次，请留一条。", f"{key} comes twice; keep one record")
        seen.add(key)
        needs = _group(_Within(file, clause, part, profile), file.needed(entry, "needs", node), 0)
        gives = entry.get("gives")
        quote = file.needed(file.mapping(gives, {"quote"}), "quote", gives) if gives else None
        return ApplyRecord(
            key, clause.id, needs, read_quote(file, quote, clause, part) if quote else None, file.line(node)
        )

    return file.each(file.sequence(root) if root else [], read)


def _part(file: RecordFile, node: yaml.Node, clause: Clause) -> Part:
    id_ = f"{clause.id}.{file.text(node)}"
    found = next((part for part in clause.all_parts() if part.id == id_), None)
    if found is None:
        raise file.fault(
            node, f"没有要点 {id_}，请改正编号。", f"there is no part {id_}; give the number of a part of this clause"
        )
    return found


@dataclass(frozen=True, slots=True)
class _Within:
    """Where a condition stands, and what it may ask."""

    file: RecordFile
    clause: Clause
    part: Part | None
    profile: Mapping[str, ProfileQuestion]


def _group(within: _Within, node: yaml.Node, depth: int, *, any_: bool = False) -> Group:
    nodes = within.file.sequence(node)
    if not nodes:
        raise within.file.fault(
            node, "这里没有条件，请写一个，或删去这条记录。", "no condition here; write one, or leave the record out"
        )
    if depth > _DEEPEST:
        raise within.file.fault(
            node,
            f"条件套了 {_DEEPEST} 层以上，请写得平一些。",
            f"conditions deeper than {_DEEPEST}; write them flatter",
        )
    return Group(tuple(_condition(within, one, depth + 1) for one in nodes), any_)


def _condition(within: _Within, node: yaml.Node, depth: int) -> Condition:
    file = within.file
    entry = file.mapping(node, {"any", "all", "ask", "quote", *Test})
    for key in ("any", "all"):
        if key in entry:
            if len(entry) > 1:
                raise file.fault(
                    node,
                    f"{key} 旁边不能再写别的，请另写一个条件。",
                    f"nothing else may stand beside {key!r}; put it into a condition of its own",
                )
            return _group(within, entry[key], depth, any_=key == "any")
    tests = [test for test in Test if test in entry]
    if len(tests) != 1:
        raise file.fault(node, f"请写且只写一个：{'、'.join(Test)}。", f"give exactly one of {', '.join(Test)}")
    quote = read_quote(file, file.needed(entry, "quote", node), within.clause, within.part)
    return _leaf(within, tests[0], entry, node, quote)


def _leaf(within: _Within, test: Test, entry: Mapping[str, yaml.Node], node: yaml.Node, quote: Quote) -> Leaf:
    file, value = within.file, entry[test]
    if test is Test.JUDGED:
        if not file.truth(value) or "ask" in entry:
            raise file.fault(
                node,
                "judged: true 旁边不写 ask；要问的写出要求。",
                "write `judged: true` without `ask`, or a question with what it needs",
            )
        return Leaf(test, quote)
    key = file.one_of(file.needed(entry, "ask", node), within.profile)
    question = within.profile[key]
    if test in (Test.AT_LEAST, Test.AT_MOST):
        if question.number is None:
            raise file.fault(value, f"{key} 不是数字，请用 is 或 not。", f"{key!r} has no number; use is or not")
        bound = file.number(value)
        if not question.number.least <= bound <= question.number.most:
            raise file.fault(
                value,
                f"{bound:g} 超出 {key} 的范围，请改正。",
                f"{bound:g} is outside of what {key!r} can be; correct one of them",
            )
        return Leaf(test, quote, key, bound=bound)
    if question.number is not None:
        raise file.fault(
            value, f"{key} 是数字，请用 at_least 或 at_most。", f"{key!r} is a number; use at_least or at_most"
        )
    known = [choice.value for choice in question.choices]
    values = tuple(file.one_of(one, known) for one in file.sequence(value))
    if not values:
        raise file.fault(
            value,
            f"没有写 {key} 的回答，请写一个，或删去这个条件。",
            f"no answer of {key!r} is named; name one, or leave the condition out",
        )
    return Leaf(test, quote, key, values)
