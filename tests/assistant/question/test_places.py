import pytest

from assistant.question.places import place_words, places_from_filter, places_in, without_places
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.errors import InputError
from corpus.places.gazetteer import NATIONAL
from index.retriever import UNPLACED


def corpus_of(*jurisdictions: tuple[str, ...]) -> Corpus:
    """A corpus of one document of one clause for each of these."""
    clauses = [Clause(f"d{n}:1", f"d{n}", "第一条", "", (), "条", 0, 1, where) for n, where in enumerate(jurisdictions)]
    documents = [Document(one.document_id, "办法", "条", jurisdiction=one.jurisdiction) for one in clauses]
    return Corpus(tuple(documents), tuple(clauses))


LOCAL = corpus_of(("浙江",), ("嵊泗",), ("福州鼓楼区",))
MIXED = corpus_of((NATIONAL,), ("浙江",), ())


@pytest.mark.parametrize(
    ("text", "covered", "missing"),
    [
        ("哈尔滨怎么注销税务", ("哈尔滨",), ()),
        ("道里区的数字政务门牌", ("哈尔滨",), ()),
        ("冰城企业服务平台", ("哈尔滨",), ()),
        ("安徽首贷怎么办", ("安徽",), ()),
        ("合肥的项目管家", ("合肥",), ()),
        ("北京怎么办首贷", (), ("北京",)),
        ("合肥和上海的首贷", ("合肥",), ("上海",)),
        ("怎么申请首贷", (), ()),
    ],
)
def test_a_place_is_covered_or_missing(
    corpus: Corpus, text: str, covered: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    places = places_in([text], corpus)
    assert (places.covered, places.missing) == (covered, missing)


@pytest.mark.parametrize(
    ("text", "jurisdictions"),
    [
        ("合肥的项目管家", {"合肥", "安徽"}),
        ("安徽首贷怎么办", {"安徽", "合肥", "芜湖", "滁州"}),
        ("黑龙江怎么退休", {"哈尔滨"}),
        ("蚌埠首贷怎么办", {"安徽"}),
    ],
)
def test_a_city_reaches_its_province_and_a_province_its_cities(
    corpus: Corpus, text: str, jurisdictions: set[str]
) -> None:
    assert places_in([text], corpus).jurisdictions == frozenset(jurisdictions)


def test_without_a_place_anything_may_answer(corpus: Corpus) -> None:
    assert places_in(["怎么申请首贷"], corpus).jurisdictions is None


def test_the_question_wins_over_the_history(corpus: Corpus) -> None:
    assert places_in(["换成合肥呢", "哈尔滨税务注销"], corpus).covered == ("合肥",)
    assert places_in(["需要什么材料", "哈尔滨税务注销"], corpus).covered == ("哈尔滨",)


def test_a_place_given_by_the_caller_may_be_an_alias(corpus: Corpus) -> None:
    assert places_from_filter(["哈尔滨市"], corpus).covered == ("哈尔滨",)
    assert places_from_filter(["北京"], corpus).missing == ("北京",)


def test_a_place_given_by_the_caller_is_a_filter_even_where_nothing_is_held(corpus: Corpus) -> None:
    assert places_from_filter(["北京"], corpus).jurisdictions == frozenset()
    assert places_in(["北京怎么办首贷"], corpus).jurisdictions is None


def test_an_unknown_place_is_refused(corpus: Corpus) -> None:
    with pytest.raises(InputError, match="火星") as caught:
        places_from_filter(["合肥", "火星"], corpus)
    assert caught.value.field == "jurisdiction[1]"


def test_the_places_held_are_those_of_the_clauses(corpus: Corpus) -> None:
    assert set(corpus.places) == {"哈尔滨", "安徽", "合肥", "芜湖", "滁州"}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("合肥市和芜湖市的退税", "和 的退税"),
        ("loans for Hefei and in Wuhu", "loans and"),
        ("退税", "退税"),
        ("合肥市", "合肥市"),
    ],
)
def test_the_matter_of_a_question_is_what_is_left_without_its_places(text: str, rest: str) -> None:
    assert without_places(text) == rest


def test_the_words_of_a_place_are_all_its_names_in_normal_form() -> None:
    assert {"哈尔滨", "哈尔滨市", "冰城", "harbin"} <= place_words("哈尔滨怎么退税")
    assert place_words("怎么退税") == frozenset()


@pytest.mark.parametrize(
    ("text", "covered", "missing", "reachable"),
    [
        ("嵊泗县怎么登记渔船", ("嵊泗",), (), {"嵊泗", "浙江"}),
        ("舟山怎么登记渔船", ("浙江",), (), {"嵊泗", "浙江"}),
        ("浙江省舟山市岱山县怎么登记", ("浙江",), (), {"浙江"}),
        ("鼓楼区怎么登记", ("福州鼓楼区",), (), {"福州鼓楼区"}),
        ("徐州鼓楼区怎么登记", (), ("徐州鼓楼区",), set()),
        ("白云区怎么登记", (), ("白云区",), set()),
    ],
)
def test_a_county_reaches_what_applies_there_and_a_shared_name_means_the_one_that_is_held(
    text: str, covered: tuple[str, ...], missing: tuple[str, ...], reachable: set[str]
) -> None:
    places = places_in([text], LOCAL)
    assert (places.covered, places.missing, places.reachable) == (covered, missing, frozenset(reachable))


def test_a_shared_name_means_the_place_spoken_of_before() -> None:
    corpus = corpus_of(("福州鼓楼区",), ("南京鼓楼区",))
    assert set(places_in(["鼓楼区呢"], corpus).covered) == {"福州鼓楼区", "南京鼓楼区"}
    assert places_in(["鼓楼区呢"], corpus, ["南京怎么登记"]).covered == ("南京鼓楼区",)


@pytest.mark.parametrize(
    ("text", "jurisdictions"),
    [
        ("舟山怎么登记", {"浙江", NATIONAL, UNPLACED}),
        ("上海怎么登记", {NATIONAL, UNPLACED}),
        ("怎么登记", None),
    ],
)
def test_what_applies_everywhere_and_what_does_not_say_where_may_answer_for_any_place(
    text: str, jurisdictions: set[str] | None
) -> None:
    assert places_in([text], MIXED).jurisdictions == (None if jurisdictions is None else frozenset(jurisdictions))


def test_a_place_given_by_the_caller_leaves_what_applies_everywhere() -> None:
    assert places_from_filter(["上海"], MIXED).jurisdictions == frozenset({NATIONAL, UNPLACED})
    assert places_from_filter([NATIONAL], MIXED).covered == (NATIONAL,)
    assert places_from_filter(["浙江省嵊泗县"], LOCAL).covered == ("嵊泗",)
    assert places_from_filter(["鼓楼区"], LOCAL).covered == ("福州鼓楼区",)
    assert places_from_filter(["上海"], LOCAL).jurisdictions == frozenset()


def test_the_country_is_no_choice_of_places() -> None:
    assert MIXED.places == ("浙江",)
    assert (MIXED.is_national, MIXED.has_unplaced) == (True, True)
    assert (LOCAL.is_national, LOCAL.has_unplaced) == (False, False)


def test_the_words_of_an_address_are_those_of_all_its_places() -> None:
    assert {"浙江", "舟山市", "嵊泗县"} <= place_words("浙江省舟山市嵊泗县怎么登记")
    assert without_places("浙江省舟山市嵊泗县怎么登记") == "怎么登记"
