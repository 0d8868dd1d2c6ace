"""The ways to take a question, and the one rule that chooses among them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from assistant.question.history import Turn
from assistant.question.places import PlaceFilter
from assistant.question.question import Reading
from assistant.question.understand import QuestionReader
from assistant.retrieval.candidates import candidates, choose
from assistant.retrieval.result import Candidate, RetrievalResult
from assistant.service import Assistant
from assistant.thresholds import load_thresholds
from index.index import Index
from index.retriever import Scope

THRESHOLDS = replace(load_thresholds(), stands_alone=0.6, stands_alone_margin=0.05)
THRESHOLD = 0.5
HEFEI = PlaceFilter(covered=("合肥",), reachable=frozenset({"合肥", "安徽"}))


@pytest.fixture(scope="module")
def reader(index: Index) -> QuestionReader:
    return QuestionReader(index)


def ways(reader: QuestionReader, text: str, *earlier: str) -> tuple[Reading, list[Candidate]]:
    reading = reader.read(text, history=[Turn("user", one) for one in earlier])
    return reading, candidates(reading)


def test_without_history_there_is_one_way(reader: QuestionReader) -> None:
    reading, [only] = ways(reader, "芜湖的首贷")
    assert (only.query, only.joined) == (reading.alone, None)
    assert only.scope == Scope(None, frozenset({"芜湖", "安徽"}), frozenset(only.places.covered))


def test_in_a_conversation_a_question_is_taken_within_it_first_and_then_alone(reader: QuestionReader) -> None:
    reading, [within, alone] = ways(reader, "退休证怎么办", "企业年金方案怎么备案")
    assert (within.query, within.joined) == (reading.alone, reading.in_context)
    assert (alone.query, alone.joined) == (reading.alone, None)
    assert within.scope == alone.scope == Scope()


def test_after_a_place_was_spoken_of_it_is_taken_without_the_place_last(reader: QuestionReader) -> None:
    _, [within, there, anywhere] = ways(reader, "退休证怎么办", "合肥的首贷")
    assert within.scope == there.scope == Scope(None, HEFEI.reachable, frozenset(HEFEI.covered))
    assert (anywhere.scope, anywhere.places.covered) == (Scope(), ())
    assert (within.abandoned_places, there.abandoned_places) == ((), ())
    assert anywhere.abandoned_places == ("合肥",)


def test_a_place_that_is_not_covered_can_be_left_too(reader: QuestionReader) -> None:
    *_, anywhere = ways(reader, "退休证怎么办", "深圳的首贷")[1]
    assert anywhere.abandoned_places == ("深圳",)


def test_a_question_that_names_its_place_stays_there(reader: QuestionReader) -> None:
    _, found = ways(reader, "滁州的退休证怎么办", "合肥的首贷")
    assert {one.places.covered for one in found} == {("滁州",)}
    assert len(found) == 2


def test_a_question_that_names_no_matter_is_taken_in_its_conversation_only(reader: QuestionReader) -> None:
    reading, [only] = ways(reader, "要多久", "合肥的首贷")
    assert (only.query, only.joined) == (reading.in_context, None)


@dataclass
class Confidences:
    """Confidences given in the order of the results; counts how often each is asked for."""

    results: Sequence[RetrievalResult]
    values: Sequence[float]

    def __post_init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, result: RetrievalResult) -> float:
        number = next(i for i, one in enumerate(self.results) if one is result)
        self.asked.append(number)
        return self.values[number]


def results(reader: QuestionReader, *, used_history: bool) -> list[RetrievalResult]:
    """Of a question after one about 合肥: within the conversation, by itself there, by itself anywhere."""
    reading, found = ways(reader, "退休证怎么办", "合肥的首贷")
    assert reading.in_context is not None
    first = RetrievalResult(reading, found[0], reading.in_context if used_history else reading.alone, used_history, [])
    return [first, *(RetrievalResult(reading, one, one.query, False, []) for one in found[1:])]


@pytest.mark.parametrize(
    ("values", "chosen", "judged"),
    [
        ((0.9, 0.1, 0.1), 0, [0, 1, 2]),  # clearly answered within the conversation
        ((0.9, 0.94, 0.99), 0, [0, 1]),  # surer by itself, but not clearly; and the place has an answer
        ((0.9, 0.96, 0.99), 1, [0, 1]),  # clearly surer by itself
        ((0.2, 0.59, 0.99), 0, [0, 1]),  # surer by itself, but not sure; the place has an answer all the same
        ((0.2, 0.61, 0.99), 1, [0, 1]),
        ((0.2, 0.3, 0.61), 2, [0, 1, 2]),  # the place has no answer
        ((0.2, 0.3, 0.59), 0, [0, 1, 2]),
        ((0.58, 0.3, 0.62), 0, [0, 1, 2]),  # within its margin of the first
    ],
)
def test_the_first_is_chosen_unless_a_later_one_is_clearly_surer(
    reader: QuestionReader, values: Sequence[float], chosen: int, judged: list[int]
) -> None:
    found = results(reader, used_history=True)
    confidence = Confidences(found, values)
    assert choose(found, confidence, THRESHOLD, THRESHOLDS) == (found[chosen], values[chosen])
    assert confidence.asked == judged, "each is judged at most once, and only as far as needed"


def test_what_is_searched_alone_in_the_same_places_is_not_judged_again(reader: QuestionReader) -> None:
    found = results(reader, used_history=False)
    confidence = Confidences(found, (0.4, 0.4, 0.9))
    assert choose(found, confidence, THRESHOLD, THRESHOLDS) == (found[2], 0.9)
    assert confidence.asked == [0, 2]


def test_another_place_counts_only_where_this_one_has_no_answer(reader: QuestionReader) -> None:
    found = results(reader, used_history=False)
    confidence = Confidences(found, (0.7, 0.7, 0.99))
    assert choose(found, confidence, THRESHOLD, THRESHOLDS)[0] is found[0]
    assert confidence.asked == [0]


@pytest.mark.parametrize(
    ("earlier", "question", "expected"),
    [
        ("房贷还清后怎么注销抵押登记", "退休证可以自己在网上下载吗", (False, (), "harbin-66:19")),
        ("房贷还清后怎么注销抵押登记", "网上交完还要等人审吗", (True, (), "harbin-66:11")),
        ("芜湖怎么给破产管理人打分", "哈尔滨呢", (True, ("哈尔滨",), "harbin-66:50")),
        ("合肥的首贷有什么支持", "退休证可以自己在网上下载吗", (False, (), "harbin-66:19")),
        ("深圳的首贷有什么支持", "哈尔滨退休证可以自己在网上下载吗", (False, ("哈尔滨",), "harbin-66:19")),
        ("深圳的首贷有什么支持", "退休证可以自己在网上下载吗", (False, (), "harbin-66:19")),
    ],
)
def test_a_question_is_taken_the_way_that_answers_it(
    assistant: Assistant, earlier: str, question: str, expected: tuple[bool, tuple[str, ...], str]
) -> None:
    found = assistant.look_up(question, [Turn("user", earlier)])
    result = found.result
    assert found.reason is None
    assert (result.used_history, result.places.covered, result.hits[0].clause.id) == expected
