"""What one way of taking a question finds, and which hits an answer cites."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.question.history import Turn
from assistant.question.understand import QuestionReader
from assistant.retrieval.candidates import candidates
from assistant.retrieval.result import RetrievalResult
from assistant.retrieval.retrieve import (
    MAX_CLAUSES,
    MAX_PLACES,
    Searches,
    hits_to_cite,
    is_off_topic,
    places_without_citation,
    retrieve,
)
from assistant.thresholds import load_thresholds
from index.fusion import FusedQuery
from index.index import Index
from index.retriever import EVERYTHING, Hit, Scope
from tests.assistant.retrieval.made_up import found, hit

THRESHOLDS = replace(load_thresholds(), equally_good=0.85, side_by_side=0.6, near_elsewhere=0.8, off_topic=0.25)


@pytest.fixture(scope="module")
def reader(index: Index) -> QuestionReader:
    return QuestionReader(index)


def look(reader: QuestionReader, index: Index, text: str, *earlier: str, limit: int = 5) -> RetrievalResult:
    reading = reader.read(text, history=[Turn("user", one) for one in earlier])
    return retrieve(reading, candidates(reading)[0], Searches(index, limit), limit, THRESHOLDS)


# What is found


def test_every_query_is_searched_once_in_every_scope(
    reader: QuestionReader, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[tuple[int, Scope]] = []
    search = FusedQuery.search

    def counted(query: FusedQuery, *, limit: int, scope: Scope = EVERYTHING) -> Sequence[Hit]:
        searched.append((id(query), scope))
        return search(query, limit=limit, scope=scope)

    monkeypatch.setattr(FusedQuery, "search", counted)
    reading = reader.read("退休证怎么办", history=[Turn("user", "合肥的首贷")])
    searches = Searches(index, 5)
    for candidate in candidates(reading):
        retrieve(reading, candidate, searches, 5, THRESHOLDS)
    assert len(searched) == len(set(searched)) > 2
    assert len({query for query, _ in searched}) == 2, "alone and in context, each opened once"


def test_hits_are_those_of_the_index_best_first(reader: QuestionReader, index: Index) -> None:
    result = look(reader, index, "税务注销预检", limit=7)
    assert result.hits == index.search(result.query, limit=7)
    assert (result.used_history, result.named_part_ids, result.best_outside_scope) == (False, (), None)


def test_clauses_named_by_number_come_first_with_score_1_and_all_of_them(reader: QuestionReader, index: Index) -> None:
    result = look(reader, index, "哈尔滨措施第33条和第11条", limit=1)
    assert [(one.clause.id, one.score) for one in result.hits] == [("harbin-66:33", 1.0), ("harbin-66:11", 1.0)]
    assert result.best_outside_scope is None
    more = look(reader, index, "哈尔滨措施第33条和第11条", limit=9)
    assert len({one.clause.id for one in more.hits}) == len(more.hits) == 9


def test_a_part_named_without_its_clause_is_of_the_first_hit(reader: QuestionReader, index: Index) -> None:
    result = look(reader, index, "安徽首贷典型案例的第三点讲什么")
    assert result.hits[0].clause.id == "anhui-2023-4:1.3"
    assert result.named_part_ids == ("anhui-2023-4:1.3.3",)
    assert result.quoted_whole == ("anhui-2023-4:1.3.3",)


def test_the_best_clause_of_another_place_is_kept_where_it_scores_higher(reader: QuestionReader, index: Index) -> None:
    result = look(reader, index, "芜湖有没有数字政务门牌")
    assert result.best_outside_scope is not None
    assert result.best_outside_scope.clause.id == "harbin-66:63"
    assert result.best_outside_scope.score > result.hits[0].score
    assert look(reader, index, "哈尔滨有没有数字政务门牌").best_outside_scope is None


def test_of_several_places_the_best_clause_of_each_is_kept_in_their_order(reader: QuestionReader, index: Index) -> None:
    for places in (("芜湖", "哈尔滨"), ("哈尔滨", "芜湖")):
        result = look(reader, index, f"{places[0]}和{places[1]}怎么给破产管理人打分", limit=50)
        assert [one.clause.jurisdiction for one in result.best_per_place] == [(place,) for place in places]
    assert look(reader, index, "芜湖怎么给破产管理人打分").best_per_place == ()


def test_a_place_above_is_served_by_a_place_inside_it(reader: QuestionReader, index: Index) -> None:
    result = look(reader, index, "黑龙江和芜湖怎么给破产管理人打分", limit=50)
    assert {one.clause.jurisdiction for one in result.best_per_place} == {("哈尔滨",), ("芜湖",)}


def test_a_follow_up_is_ranked_by_both_queries(reader: QuestionReader, index: Index) -> None:
    result = look(reader, index, "网上交完还要等人审吗", "房贷还清后怎么注销抵押登记")
    assert result.used_history
    assert result.query is result.reading.in_context
    assert result.hits[0].clause.id == "harbin-66:11"


# What is cited


def test_which_places_have_it_is_answered_from_each_the_best_first(reader: QuestionReader) -> None:
    hits = [
        hit("合肥", 0.99),
        hit("芜湖", 0.97),
        hit("滁州", 0.96),
        hit("安徽", 0.95),
        hit("哈尔滨", 0.94),
        hit("蚌埠", 0.93),
        hit("合肥", 0.86, 2),  # the worst of them is of the best one's place
    ]
    cited = hits_to_cite(found(reader, "哪些城市推行了电子印章", hits), THRESHOLDS)
    assert cited == hits[:MAX_PLACES]
    assert hits_to_cite(found(reader, "哪些城市推行了电子印章", [hits[0], hit("芜湖", 0.8)]), THRESHOLDS) == hits[:1]
    below = [hit("合肥", -0.1), hit("芜湖", -0.3)]  # a re-ranker may score everything below 0
    assert hits_to_cite(found(reader, "哪些城市推行了电子印章", below), THRESHOLDS) == below[:1]


def test_a_question_that_names_no_place_cites_the_first(reader: QuestionReader) -> None:
    hits = [hit("合肥", 0.9), hit("芜湖", 0.9)]
    assert hits_to_cite(found(reader, "怎么申请首贷", hits), THRESHOLDS) == hits[:1]


def test_a_question_for_several_clauses_cites_those_as_good_as_the_first(reader: QuestionReader) -> None:
    hits = [hit("合肥", score, number) for number, score in enumerate((0.9, 0.8, 0.79, 0.78))]
    asked = "跟出口有关的有哪些措施"
    assert hits_to_cite(found(reader, asked, hits), THRESHOLDS) == hits[:MAX_CLAUSES]
    assert hits_to_cite(found(reader, asked, [hits[0], hit("合肥", 0.7, 9)]), THRESHOLDS) == hits[:1]


def test_several_places_are_cited_side_by_side_where_each_is_near_enough(reader: QuestionReader) -> None:
    near, far = [hit("合肥", 0.9), hit("芜湖", 0.6)], [hit("合肥", 0.9), hit("芜湖", 0.5)]
    for hits, cited in ((near, near), (far, far[:1])):
        result = found(reader, "合肥和芜湖的首贷", hits, best_per_place=tuple(hits))
        assert hits_to_cite(result, THRESHOLDS) == cited


def test_only_what_is_named_is_cited(reader: QuestionReader, index: Index) -> None:
    result = look(reader, index, "哈尔滨措施第33条和第11条", limit=9)
    assert [one.clause.id for one in hits_to_cite(result, THRESHOLDS)] == ["harbin-66:33", "harbin-66:11"]
    part = look(reader, index, "典型案例 四、(五) 第二点")
    assert [one.clause.id for one in hits_to_cite(part, THRESHOLDS)] == ["anhui-2023-4:4.5"]


def test_a_place_is_without_citation_unless_one_above_or_inside_it_is_cited() -> None:
    cited = [hit("合肥", 1).clause]
    assert places_without_citation(("芜湖", "合肥", "安徽", "哈尔滨"), cited) == ("芜湖", "哈尔滨")
    assert places_without_citation(("芜湖",), [hit("安徽", 1).clause]) == ()
    assert places_without_citation((), cited) == ()


def test_off_topic_is_what_neither_the_lexicon_nor_the_documents_know(reader: QuestionReader) -> None:
    far, near = [hit("合肥", 0.2)], [hit("合肥", 0.3)]
    asked = "红烧肉怎么做才入味"
    assert is_off_topic(found(reader, asked, far), THRESHOLDS)
    assert is_off_topic(found(reader, asked, []), THRESHOLDS)
    assert not is_off_topic(found(reader, asked, near), THRESHOLDS)
    assert not is_off_topic(found(reader, asked, far, used_history=True), THRESHOLDS)
    assert not is_off_topic(found(reader, f"合肥{asked}", far), THRESHOLDS)
    assert not is_off_topic(found(reader, "第99条", far), THRESHOLDS)
    assert not is_off_topic(found(reader, "首贷", far), THRESHOLDS), "the lexicon knows it"


def test_a_place_that_is_not_covered_is_known_by_the_result(reader: QuestionReader) -> None:
    assert found(reader, "北京怎么申请首贷", []).place_not_covered
    assert not found(reader, "合肥和北京怎么申请首贷", []).place_not_covered
    assert not found(reader, "怎么申请首贷", []).place_not_covered
