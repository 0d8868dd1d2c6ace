import pytest

from assistant.question.places import covered_by, places_of
from corpus.errors import InputError
from corpus.corpus import Corpus


@pytest.mark.parametrize(
    ("text", "covered", "missing"),
    [
        ("哈尔滨怎么注销税务", ("哈尔滨",), ()),
        ("道里区的数字政务门牌", ("哈尔滨",), ()),
        ("冰城企业服务平台", ("哈尔滨",), ()),
        ("安徽首贷怎么办", ("安徽",), ()),
        ("合肥的项目管家", ("合肥",), ()),
        ("北京怎么办首贷", (), ("北京",)),
        ("怎么申请首贷", (), ()),
    ],
)
def test_a_place_is_covered_or_missing(
    corpus: Corpus, text: str, covered: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    places = places_of([text], corpus)
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
    assert places_of([text], corpus).jurisdictions == frozenset(jurisdictions)


def test_without_a_place_anything_may_answer(corpus: Corpus) -> None:
    assert places_of(["怎么申请首贷"], corpus).jurisdictions is None


def test_the_question_wins_over_the_history(corpus: Corpus) -> None:
    assert places_of(["换成合肥呢", "哈尔滨税务注销"], corpus).covered == ("合肥",)
    assert places_of(["需要什么材料", "哈尔滨税务注销"], corpus).covered == ("哈尔滨",)


def test_a_place_given_by_the_caller_may_be_an_alias(corpus: Corpus) -> None:
    assert covered_by(["哈尔滨市"], corpus).covered == ("哈尔滨",)
    assert covered_by(["北京"], corpus).missing == ("北京",)


def test_a_place_given_by_the_caller_is_a_filter_even_where_nothing_is_held(corpus: Corpus) -> None:
    assert covered_by(["北京"], corpus).jurisdictions == frozenset()
    assert places_of(["北京怎么办首贷"], corpus).jurisdictions is None


def test_an_unknown_place_is_refused(corpus: Corpus) -> None:
    with pytest.raises(InputError, match="火星") as caught:
        covered_by(["火星"], corpus)
    assert caught.value.field == "jurisdiction[0]"


def test_the_places_held_are_those_of_the_clauses(corpus: Corpus) -> None:
    assert set(corpus.places) == {"哈尔滨", "安徽", "合肥", "芜湖", "滁州"}
