"""Laws of profile and conditions: what a file gives, and how each fault is named with its line."""

from pathlib import Path

import pytest

from corpus.corpus import Corpus
from corpus.load import load_corpus
from corpus.records.condition import ApplyRecord, Group, Leaf, read_conditions
from corpus.records.contradiction import can_be_true
from corpus.records.profile import ProfileQuestion, read_profile
from corpus.records.services import possible_conditions
from tests.corpus.records.says import assert_says

TEXT = "云泽市摊贩办法\n第一条 摆摊满一年的商户，可以申请补贴。\n第二条 下列人员优先：\n（一）残疾人；\n（二）老人。\n"
PROFILE = """\
- ask: kind
  question: 您是哪一类？
  question_en: Which are you?
  answers:
    - {value: 商户, en: Trader}
    - {value: 个人, en: Person}
- ask: who
  question: 哪些说的是您？
  question_en: Which of these are you?
  several: true
  answers: [{value: 残疾人, en: Disabled}, {value: 老人, en: Old}]
- ask: years
  question: 摆摊满几年了？
  question_en: For how many years?
  number: {unit: 年, unit_en: years, least: 0, most: 100}
  when: {kind: [商户]}
- ask: licensed
  question: 有证吗？
  question_en: Have you a licence?
  yes_no: true
  help: 经营许可证
"""
CONDITIONS = """\
- clause: "1"
  needs:
    - {ask: kind, is: [商户], quote: 商户}
    - any:
        - {ask: years, at_least: 1, quote: 满一年}
        - {judged: true, quote: 申请}
  gives: {quote: 补贴}
- clause: "2"
  part: "1"
  needs:
    - {ask: who, is: [残疾人], quote: 残疾人}
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder: Path = tmp_path_factory.mktemp("stalls")
    (folder / "d.txt").write_text(TEXT, encoding="utf-8")
    return load_corpus(folder)


def profile(text: str = PROFILE) -> dict[str, ProfileQuestion]:
    questions, faults = read_profile(text.encode(), "profile.yaml")
    assert faults == ()
    return {question.key: question for question in questions}


def needs(text: str, corpus: Corpus) -> Group:
    (record,), faults = read_conditions(text.encode(), "d.apply.yaml", "d", corpus, profile())
    assert faults == ()
    return record.needs


def test_a_profile_gives_its_questions_in_order() -> None:
    found = profile()
    assert list(found) == ["kind", "who", "years", "licensed"]
    assert [choice.value for choice in found["licensed"].choices] == ["是", "否"]
    assert found["years"].when == (("kind", ("商户",)),)
    assert found["years"].number is not None
    assert (found["years"].line, found["who"].several, found["licensed"].help) == (12, True, "经营许可证")


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("- ask: kind", "- ask: Kind", 1, "'Kind' is no key"),
        ("- ask: who", "- ask: kind", 7, "the question 'kind' comes twice"),
        ("  question: 有证吗？\n", "", 17, "the key 'question' is missing"),
        ("  yes_no: true\n", "", 17, "give exactly one of answers, number, yes_no"),
        ("value: 个人", "value: 商户", 6, "the answer '商户' comes twice"),
        ("en: Trader", "zh: Trader", 5, "the key 'zh' is unknown"),
        ("several: true", "several: perhaps", 10, "true or false is expected"),
        ("least: 0", "least: 101", 15, "least is above most"),
        ("least: 0", "least: none", 15, "a number is expected"),
        ("when: {kind: [商户]}", "when: {licensed: [是]}", 16, "no earlier question has the key 'licensed'"),
        ("when: {kind: [商户]}", "when: {kind: [企业]}", 16, "'企业' is not known here"),
    ],
)
def test_a_fault_of_a_profile_is_named_with_its_line(old: str, new: str, line: int, problem: str) -> None:
    assert PROFILE.count(old) == 1
    _, faults = read_profile(PROFILE.replace(old, new).encode(), "profile.yaml")
    assert_says(faults[0], f"profile.yaml:{line}: ", problem)


def test_there_are_at_most_ten_questions() -> None:
    text = "".join(f"- {{ask: q{n}, question: 问, question_en: q, yes_no: true}}\n" for n in range(11))
    questions, faults = read_profile(text.encode(), "profile.yaml")
    assert len(questions) == 10
    assert_says(faults[0], "profile.yaml:11: ", "more than 10 questions")


def test_conditions_come_with_quotes_at_their_offsets(corpus: Corpus) -> None:
    records, faults = read_conditions(CONDITIONS.encode(), "d.apply.yaml", "d", corpus, profile())
    assert faults == ()
    first, second = records
    assert (first.id, first.line, second.id, second.clause_id) == ("d:1", 1, "d:2.1", "d:2")
    text = corpus.document("d").text
    for record in records:
        for leaf in _leaves(record):
            assert text[leaf.quote.start : leaf.quote.end] == leaf.quote.text
    assert first.gives is not None
    assert text[first.gives.start : first.gives.end] == "补贴"
    kind, either = first.needs.needs
    assert isinstance(kind, Leaf)
    assert isinstance(either, Group)
    assert (kind.test, kind.key, kind.values) == ("is", "kind", ("商户",))
    assert (either.any, [type(one) for one in either.needs]) == (True, [Leaf, Leaf])


def _leaves(record: ApplyRecord) -> list[Leaf]:
    waiting, found = [*record.needs.needs], list[Leaf]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, Leaf):
            found.append(one)
        else:
            waiting += one.needs
    return found


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ('- clause: "1"', '- clause: "7"', 1, "there is no clause d:7"),
        ('- clause: "1"', '- draft: true\n  clause: "1"', 1, "这是未经确认的草稿"),
        ('part: "1"', 'part: "3"', 9, "there is no part d:2.3"),
        ("quote: 商户", "quote: 企业", 3, "“企业” does not stand in d:1"),
        ("quote: 残疾人", "quote: 老人", 11, "“老人” does not stand in d:2.1"),
        ("quote: 补贴", "quote: 补助", 7, "“补助” does not stand in d:1"),
        (", quote: 商户", "", 3, "the key 'quote' is missing"),
        ("ask: kind, is: [商户]", "ask: kin, is: [商户]", 3, "'kin' is not known here"),
        ("is: [商户]", "is: [企业]", 3, "'企业' is not known here"),
        ("is: [商户]", "is: []", 3, "no answer of 'kind' is named"),
        ("is: [商户]", "is: 商户", 3, "a list is expected"),
        ("is: [商户]", "at_least: 1", 3, "'kind' has no number"),
        ("at_least: 1", "is: [1]", 5, "'years' is a number"),
        ("at_least: 1", "at_least: 101", 5, "101 is outside of what 'years' can be"),
        ("at_least: 1", "at_least: nan", 5, "a number is expected"),
        ("at_least: 1", "at_least: 1, at_most: 2", 5, "give exactly one of"),
        ("judged: true", "judged: false", 6, "write `judged: true` without `ask`"),
        ("judged: true", "judged: true, ask: kind", 6, "write `judged: true` without `ask`"),
        ("    - any:\n", "    - ask: kind\n      any:\n", 4, "nothing else may stand beside 'any'"),
        ("any:\n        - {ask", "any:\n        - any: []\n        - {ask", 5, "no condition here"),
        ('- clause: "2"\n  part: "1"', '- clause: "1"', 8, "d:1 comes twice"),
    ],
)
def test_a_fault_of_a_condition_is_named_with_its_line(
    corpus: Corpus, old: str, new: str, line: int, problem: str
) -> None:
    assert CONDITIONS.count(old) == 1
    _, faults = read_conditions(CONDITIONS.replace(old, new).encode(), "d.apply.yaml", "d", corpus, profile())
    assert_says(faults[0], f"d.apply.yaml:{line}: ", problem)


def test_one_faulty_record_hides_none_of_the_others(corpus: Corpus) -> None:
    text = CONDITIONS.replace("quote: 商户", "quote: 企业")
    records, faults = read_conditions(text.encode(), "d.apply.yaml", "d", corpus, profile())
    assert [record.id for record in records] == ["d:2.1"]
    assert len(faults) == 1


def test_conditions_are_no_deeper_than_a_reader_follows(corpus: Corpus) -> None:
    deep = "{judged: true, quote: 商户}"
    for _ in range(20):
        deep = f"{{any: [{deep}]}}"
    _, faults = read_conditions(f"- clause: '1'\n  needs: [{deep}]\n".encode(), "d", "d", corpus, profile())
    assert "deeper than" in str(faults[0])


@pytest.mark.parametrize(
    ("conditions", "possible"),
    [
        ("{ask: kind, is: [商户], quote: 商户}", True),
        ("{ask: kind, is: [商户], quote: 商户}, {ask: kind, is: [商户, 个人], quote: 商户}", True),
        ("{ask: kind, is: [商户], quote: 商户}, {ask: kind, is: [个人], quote: 商户}", False),
        ("{ask: kind, is: [商户], quote: 商户}, {ask: kind, not: [商户], quote: 商户}", False),
        ("{ask: kind, not: [商户, 个人], quote: 商户}", False),
        ("{ask: who, is: [残疾人], quote: 商户}, {ask: who, is: [老人], quote: 商户}", True),  # both can be ticked
        ("{ask: who, is: [残疾人], quote: 商户}, {ask: who, not: [残疾人], quote: 商户}", False),
        ("{ask: years, at_least: 3, quote: 商户}, {ask: years, at_most: 2, quote: 商户}", False),
        ("{ask: years, at_least: 2, quote: 商户}, {ask: years, at_most: 2, quote: 商户}", True),
        ("{ask: kind, is: [个人], quote: 商户}, {ask: years, at_least: 1, quote: 商户}", False),  # not put to a person
        ("{any: [{ask: kind, is: [个人], quote: 商户}, {judged: true, quote: 商户}]}", True),
        ("{ask: kind, is: [商户], quote: 商户}, {any: [{ask: kind, is: [个人], quote: 商户}]}", False),
    ],
)
def test_what_can_never_be_true_is_told(corpus: Corpus, conditions: str, possible: bool) -> None:
    text = f"- clause: '1'\n  needs: [{conditions}]\n"
    assert can_be_true(needs(text, corpus), profile()) is possible
    records, faults = possible_conditions(text.encode(), "d.apply.yaml", "d", corpus, profile())
    assert (len(records), len(faults)) == ((1, 0) if possible else (0, 1))
    assert all(str(fault).startswith("d.apply.yaml:1: 这些条件不可能同时成立") for fault in faults)
