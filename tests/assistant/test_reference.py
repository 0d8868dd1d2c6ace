import pytest

from assistant.reference import find_reference
from corpus.library import Corpus
from index.retriever import EVERYTHING, Scope


def find(question: str, corpus: Corpus, *places: str) -> str | None:
    scope = Scope(jurisdictions=frozenset(places)) if places else EVERYTHING
    return find_reference(question, corpus, scope, places)


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("哈尔滨措施第十二条是什么", "harbin-66:12"),
        ("第33条说的啥", "harbin-66:33"),
        ("哈尔滨66条第33条", "harbin-66:33"),
        ("《哈尔滨市优化营商环境改革措施66条》第三十三条", "harbin-66:33"),
        ("措施48", "harbin-66:48"),
        ("what does measure 26 say", "harbin-66:26"),
        ("harbin-66:48", "harbin-66:48"),
        ("anhui-2023-4:1.3 全文", "anhui-2023-4:1.3"),
        ("典型案例一、（三）", "anhui-2023-4:1.3"),
        ("典型案例 四、(五) 第二点", "anhui-2023-4:4.5.2"),
    ],
)
def test_a_named_clause_is_found(corpus: Corpus, question: str, clause: str) -> None:
    assert find(question, corpus) == clause


def test_the_place_decides_between_equal_numbers(corpus: Corpus) -> None:
    assert find("典型案例芜湖（二）", corpus, "芜湖") == "anhui-2023-4:3.2"
    assert find("典型案例（二）", corpus) is None


@pytest.mark.parametrize(
    "question",
    [
        "怎么申请首贷",
        "哈尔滨66条措施有哪些",
        "第九十九条是什么",
        "办理第一次贷款",
        "三个环节合并成一个",
        "12345热线升级了哪些功能",
        "《公司法》第二十条规定了什么",
        "民法典第三十条是什么",
        "Article 12 of the Company Law",
        "优化营商环境的措施一共有多少条",
        "措施一般多久能办完",
    ],
)
def test_a_question_that_names_no_clause_has_no_reference(corpus: Corpus, question: str) -> None:
    assert find(question, corpus) is None


def test_a_clause_outside_the_scope_is_not_meant(corpus: Corpus) -> None:
    assert find("第十二条", corpus, "合肥") is None
