import pytest

from assistant.question.references import cited_by, parse_references, resolve_anaphora, without_addresses
from corpus.addresses.clause_references import ClauseReferences
from corpus.corpus import Corpus
from corpus.label import label
from index.retriever import EVERYTHING, Scope


def _one(named: ClauseReferences) -> str | None:
    assert len(named.ids) <= 1
    return named.ids[0] if named.ids else None


def find(question: str, corpus: Corpus, *places: str) -> str | None:
    scope = Scope(jurisdictions=frozenset(places)) if places else EVERYTHING
    return _one(parse_references(question, corpus, scope, places))


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
    assert find("合肥典型案例里的第（四）项", corpus, "合肥") == "anhui-2023-4:2.4"


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


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("第一条和第二条", [1, 2]),
        ("33条 34条 分别讲啥", [33, 34]),
        ("1、2条", [1, 2]),
        ("第16条、18条", [16, 18]),
        ("第一条至第四条", [1, 2, 3, 4]),
        ("Clauses 33 and 34", [33, 34]),
        ("article 1 and article 2", [1, 2]),
        ("32条 谁负责", [32]),
        ("hrb 48", [48]),
        ("66条里第三十三条", [33]),
    ],
)
def test_every_clause_that_is_named_is_found_in_order(corpus: Corpus, question: str, numbers: list[int]) -> None:
    named = parse_references(question, corpus, Scope(documents=frozenset(["harbin-66"])), ())
    assert list(named.ids) == [f"harbin-66:{number}" for number in numbers]
    assert named.absent == ()


@pytest.mark.parametrize(
    ("question", "number"), [("哈尔滨措施第67条是什么", "67"), ("第100条", "100"), ("clause 67", "67")]
)
def test_a_number_that_no_clause_has_is_said_to_be_absent(corpus: Corpus, question: str, number: str) -> None:
    named = parse_references(question, corpus, EVERYTHING, ())
    assert (named.ids, named.absent) == ((), (number,))


def test_a_point_belongs_to_the_clause_that_is_named(corpus: Corpus) -> None:
    assert find("32条第二款", corpus) == "harbin-66:32"


def test_a_notices_own_clause_is_meant_in_its_place(corpus: Corpus) -> None:
    assert find("安徽第三条", corpus, "安徽") == "anhui-2023-4:0.3"


@pytest.mark.parametrize(
    ("question", "cited", "found"),
    [
        ("下一条呢", ["harbin-66:33"], "harbin-66:34"),
        ("上一条讲什么", ["harbin-66:33"], "harbin-66:32"),
        ("这条的第二点", ["anhui-2023-4:1.3.1"], "anhui-2023-4:1.3.2"),
        ("the next clause", ["gone:1", "anhui-2023-4:1.3"], "anhui-2023-4:1.4"),
        ("下一条", ["harbin-66:66"], None),
        ("下一条", [], None),
        ("多少钱", ["harbin-66:33"], None),
    ],
)
def test_what_a_question_points_at_is_found_from_the_ids_of_the_last_answer(
    corpus: Corpus, question: str, cited: list[str], found: str | None
) -> None:
    assert _one(resolve_anaphora(question, cited, corpus)) == found


def test_the_ids_an_answer_cites_are_read_from_its_labels_and_not_from_its_quotes(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:1.3")
    where = label(corpus.document(clause.document_id), clause, clause.parts[0])
    assert cited_by(f"如第五条所说 [1]\n[1] {where}", corpus) == (clause.parts[0].id,)


def test_the_words_of_an_address_leave_the_question_unless_nothing_is_left_or_it_is_absent(corpus: Corpus) -> None:
    def rest(question: str) -> str:
        return without_addresses(question, parse_references(question, corpus, EVERYTHING, ()))

    assert rest("根据皖营商环境办〔2023〕4号，企业上市怎么辅导") == "企业上市怎么辅导"
    assert rest("第26条讲什么") == "第26条讲什么"
    assert rest("66条里第70条怎么办证") == "66条里第70条怎么办证"


def test_a_number_of_several_documents_means_each(second_corpus: Corpus) -> None:
    found = parse_references("第四条讲什么", second_corpus, EVERYTHING, ())
    assert found.ids == ("Yunze_Lake 湖泊条例:4", "notice_Fish-9:4", "notice_Points-3:4")


@pytest.mark.parametrize("question", ["第二点", "第二点呢？", "那第二点讲什么"])
def test_a_part_by_its_number_alone_is_one_of_the_clause_spoken_of(corpus: Corpus, question: str) -> None:
    assert resolve_anaphora(question, ["anhui-2023-4:1.3"], corpus).ids == ("anhui-2023-4:1.3.2",)


@pytest.mark.parametrize("question", ["第二点半开门吗", "二十", "注册要几点"])
def test_other_numbers_point_at_nothing(corpus: Corpus, question: str) -> None:
    assert resolve_anaphora(question, ["anhui-2023-4:1.3"], corpus).ids == ()


def test_a_label_is_found_before_the_title_of_its_clause(corpus: Corpus) -> None:
    for clause in corpus.clauses:
        line = f"依据{label(corpus.document(clause.document_id), clause)} {clause.title}："
        assert cited_by(line, corpus) == (clause.id,), line
