"""Other places' clauses beside the best one, and what is said where there is none."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.question.history import Turn
from assistant.question.understand import QuestionReader
from assistant.retrieval.elsewhere import answering_elsewhere, holds_only_for
from assistant.retrieval.retrieve import MAX_PLACES
from assistant.thresholds import load_thresholds
from corpus.corpus import Corpus
from index.index import Index
from index.retriever import Hit
from tests.assistant.retrieval.made_up import found, hit

THRESHOLDS = replace(load_thresholds(), near_elsewhere=0.8)
ASKED = "遛狗要不要办证"


@pytest.fixture(scope="module")
def reader(index: Index) -> QuestionReader:
    return QuestionReader(index)


def always(_: Hit) -> bool:
    return True


@pytest.fixture
def elsewhere(reader: QuestionReader) -> Callable[..., list[str]]:
    """The places of the clauses cited beside the first, as far as `answers` says that they answer."""

    def places(*hits: Hit, text: str = ASKED, answers: Callable[[Hit], bool] = always) -> list[str]:
        others = answering_elsewhere(found(reader, text, hits), THRESHOLDS, answers)
        return ["".join(one.clause.jurisdiction) for one in others]

    return places


def test_the_best_clause_of_each_other_place_that_is_near_enough_is_cited(
    elsewhere: Callable[..., list[str]],
) -> None:
    hits = [hit("苏州", 0.9), hit("苏州", 0.89, 2), hit("成都", 0.88), hit("青岛", 0.8), hit("成都", 0.79, 2)]
    assert elsewhere(*hits, hit("桂林", 0.71)) == ["成都", "青岛"]


def test_no_more_places_than_fit_a_first_line(elsewhere: Callable[..., list[str]]) -> None:
    cities = ("苏州", "成都", "青岛", "桂林", "洛阳", "大连", "三亚")
    assert elsewhere(*(hit(city, 0.9) for city in cities)) == list(cities[1:MAX_PLACES])


def test_a_place_above_or_below_one_that_is_cited_is_no_other_place(elsewhere: Callable[..., list[str]]) -> None:
    assert elsewhere(hit("昆山", 0.9), hit("苏州", 0.9), hit("江苏", 0.9), hit("南京", 0.9)) == ["南京"]
    assert elsewhere(hit("成都", 0.9), hit("江苏", 0.9), hit("苏州", 0.9)) == ["江苏"]


def test_the_best_clause_of_a_place_speaks_for_it(elsewhere: Callable[..., list[str]]) -> None:
    hits = [hit("苏州", 0.9), hit("成都", 0.9), hit("成都", 0.9, 2), hit("江苏", 0.9), hit("青岛", 0.9)]
    assert elsewhere(*hits, answers=lambda one: one.clause.id != "成都:1") == ["青岛"]


def test_what_applies_everywhere_stands_beside_a_citys_rule(elsewhere: Callable[..., list[str]]) -> None:
    assert elsewhere(hit("苏州", 0.9), hit("全国", 0.85), hit("", 0.84), hit("成都", 0.8)) == ["全国", "", "成都"]


def test_beside_what_applies_everywhere_one_place_is_enough(elsewhere: Callable[..., list[str]]) -> None:
    for everywhere in ("全国", ""):
        assert elsewhere(hit(everywhere, 0.9), hit("成都", 0.9), hit("青岛", 0.9)) == ["成都"]


@pytest.mark.parametrize("text", ["合肥遛狗要不要办证", "上海遛狗要不要办证", "哈尔滨措施第33条"])
def test_a_question_for_a_place_or_a_clause_is_not_answered_for_others(
    elsewhere: Callable[..., list[str]], text: str
) -> None:
    assert elsewhere(hit("苏州", 0.9), hit("成都", 0.9), text=text) == []


def test_only_near_clauses_are_judged_and_never_more_than_a_few(elsewhere: Callable[..., list[str]]) -> None:
    judged: list[str] = []

    def never(one: Hit) -> bool:
        judged.append(one.clause.id)
        return False

    assert elsewhere(hit("苏州", 0.9), hit("成都", 0.9), hit("青岛", 0.5), answers=never) == []
    assert judged == ["成都:1"]
    elsewhere(*(hit(f"村{number}", 0.9) for number in range(40)), answers=never)
    assert len(judged) <= 1 + 2 * MAX_PLACES


# The only place


def test_the_only_place_of_an_answer_is_named_where_others_are_held(reader: QuestionReader, corpus: Corpus) -> None:
    one, another = hit("合肥", 0.9), hit("芜湖", 0.9)
    result = found(reader, ASKED, [one])
    assert holds_only_for(result, [one.clause], corpus) == ("合肥",)
    assert holds_only_for(result, [one.clause, another.clause], corpus) == ()
    for everywhere in (hit("全国", 0.9), hit("", 0.9)):
        assert holds_only_for(result, [everywhere.clause], corpus) == ()


@pytest.mark.parametrize("text", ["合肥遛狗要不要办证", "哪个城市遛狗要办证", "第26条"])
def test_it_is_not_where_the_question_or_the_answer_says_so(reader: QuestionReader, corpus: Corpus, text: str) -> None:
    assert holds_only_for(found(reader, text, []), [hit("合肥", 0.9).clause], corpus) == ()


def test_the_page_and_the_conversation_may_have_said_so(reader: QuestionReader, corpus: Corpus) -> None:
    for reading in (
        reader.read(ASKED, jurisdiction=["合肥"]),
        reader.read(ASKED, history=[Turn("user", "合肥怎么买房")]),
        reader.read(ASKED, documents=["harbin-66"]),
    ):
        result = replace(found(reader, ASKED, []), reading=reading)
        result = replace(result, candidate=replace(result.candidate, places=reading.places))
        assert holds_only_for(result, [hit("哈尔滨", 0.9).clause], corpus) == ()
    left = found(reader, ASKED, [])
    left = replace(left, candidate=replace(left.candidate, abandoned_places=("合肥",)))
    assert holds_only_for(left, [hit("哈尔滨", 0.9).clause], corpus) == ()
    reading = reader.read(ASKED, documents=["anhui-2023-4"])
    result = replace(found(reader, ASKED, []), reading=reading)
    assert holds_only_for(result, [hit("合肥", 0.9).clause], corpus) == ("合肥",)
