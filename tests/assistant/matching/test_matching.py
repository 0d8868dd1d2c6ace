"""Verdicts over the shipped records and over made-up ones: what holds whatever is answered, and in which order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.matching.answers import Answer, read_answers, read_written, written
from assistant.matching.evaluation import Evaluation, leaves
from assistant.matching.matcher import Matcher
from assistant.matching.truth import Truth, all_of, any_of
from assistant.matching.verdict import Applicability
from corpus.corpus import Corpus
from corpus.errors import InputError
from corpus.records.condition import ApplyRecord, Condition, Group, Leaf
from corpus.records.condition import Test as Holds
from corpus.records.profile import Choice, ProfileQuestion, Range
from corpus.records.quotes import Quote
from corpus.records.services import Services, read_services

QUOTE = Quote("x:1", "词", 0, 1)
TRUTHS: st.SearchStrategy[list[Truth]] = st.lists(st.sampled_from([True, False, None]), max_size=5)


def _question(key: str, values: str, *, several: bool = False, when: str = "") -> ProfileQuestion:
    of = ((when, ("a",)),) if when else ()
    return ProfileQuestion(key, key, key, tuple(Choice(one, one) for one in values), several, when=of)


PROFILE = {
    "p": _question("p", "abc"),
    "q": _question("q", "ab", when="p"),
    "s": _question("s", "abn", several=True),
    "n": ProfileQuestion("n", "n", "n", number=Range("年", "years", 0, 10)),
    "r": _question("r", "ab", when="q"),
}
ANSWERS: dict[str, list[Answer]] = {
    "p": [frozenset(one) for one in "abc"],
    "q": [frozenset(one) for one in "ab"],
    "s": [frozenset(one) for one in ("a", "b", "n", "ab")],
    "n": [1.0, 5.0, 9.0],
    "r": [frozenset(one) for one in "ab"],
}


def _leaf(key: str) -> st.SearchStrategy[Condition]:
    if key == "n":
        tests = st.sampled_from([Holds.AT_LEAST, Holds.AT_MOST])
        return st.builds(lambda test, bound: Leaf(test, QUOTE, key, bound=bound), tests, st.sampled_from([2.0, 7.0]))
    values = [choice.value for choice in PROFILE[key].choices]
    chosen = st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple)
    return st.builds(lambda test, of: Leaf(test, QUOTE, key, of), st.sampled_from([Holds.IS, Holds.NOT]), chosen)


LEAF = st.one_of(st.just(Leaf(Holds.JUDGED, QUOTE)), *map(_leaf, PROFILE))
CONDITION: st.SearchStrategy[Condition] = st.recursive(
    LEAF,
    lambda inner: st.builds(Group, st.lists(inner, min_size=1, max_size=3).map(tuple), st.booleans()),
    max_leaves=6,
)
GIVEN = st.fixed_dictionaries({}, optional={key: st.sampled_from(of) for key, of in ANSWERS.items()})


def _completions(given: dict[str, Answer]) -> Iterator[dict[str, Answer]]:
    for chosen in product(*([given[key]] if key in given else of for key, of in ANSWERS.items())):
        yield dict(zip(ANSWERS, chosen, strict=True))


@given(TRUTHS)
def test_the_connectives_are_kleenes(truths: list[Truth]) -> None:
    rank = {False: 0, None: 1, True: 2}
    assert rank[all_of(truths)] == min((rank[one] for one in truths), default=2)
    assert rank[any_of(truths)] == max((rank[one] for one in truths), default=0)


@given(CONDITION, GIVEN)
def test_what_is_known_holds_under_every_completion(condition: Condition, given_: dict[str, Answer]) -> None:
    known = Evaluation(PROFILE, given_).of(condition)
    if known is not None:
        assert {Evaluation(PROFILE, whole).of(condition) for whole in _completions(given_)} == {known}


@given(CONDITION, GIVEN, GIVEN)
def test_more_answers_never_turn_what_is_known(
    condition: Condition, less: dict[str, Answer], more: dict[str, Answer]
) -> None:
    before, after = Evaluation(PROFILE, less).of(condition), Evaluation(PROFILE, {**more, **less}).of(condition)
    assert before is None or after is before


@given(CONDITION, GIVEN)
def test_the_order_of_answers_is_of_no_account(condition: Condition, given_: dict[str, Answer]) -> None:
    other = dict(reversed(given_.items()))
    first, second = Evaluation(PROFILE, given_), Evaluation(PROFILE, other)
    assert first.of(condition) is second.of(condition)
    assert list(first.deciding(condition)) == list(second.deciding(condition))


@given(CONDITION, GIVEN)
def test_the_leaves_that_decide_are_of_the_same_truth(condition: Condition, given_: dict[str, Answer]) -> None:
    evaluation = Evaluation(PROFILE, given_)
    deciding = list(evaluation.deciding(condition))
    assert deciding
    assert {evaluation.of(leaf) for leaf in deciding} == {evaluation.of(condition)}
    assert all(
        leaf.test is Holds.JUDGED or evaluation.of(leaf) is not None or evaluation.to_ask(leaf) for leaf in deciding
    )


@given(CONDITION, GIVEN)
def test_one_change_is_of_leaves_that_are_false_and_asked_for(condition: Condition, given_: dict[str, Answer]) -> None:
    evaluation = Evaluation(PROFILE, given_)
    for leaf in evaluation.one_change(condition):
        assert evaluation.of(condition) is False
        assert evaluation.of(leaf) is False
        assert evaluation.excluded_by(leaf) is None


def test_a_question_that_does_not_matter_makes_false_what_asks_for_it() -> None:
    leaf = Leaf(Holds.NOT, QUOTE, "r", ("b",))
    assert Evaluation(PROFILE, {}).to_ask(leaf) == "p"  # first of the chain
    assert Evaluation(PROFILE, {"r": frozenset("a")}).of(leaf) is None
    excluded = Evaluation(PROFILE, {"p": frozenset("b"), "r": frozenset("a")})
    assert excluded.of(leaf) is False
    assert excluded.excluded_by(leaf) == "p"


@pytest.fixture(scope="module")
def matcher(corpus: Corpus) -> Matcher:
    return Matcher(corpus, read_services(None, corpus).checked())


def _shipped(matcher: Matcher) -> st.SearchStrategy[dict[str, Answer]]:
    def of(question: ProfileQuestion) -> st.SearchStrategy[Answer]:
        if question.number:
            return st.floats(question.number.least, question.number.most)
        values = st.sampled_from([choice.value for choice in question.choices])
        return st.frozensets(values, min_size=1, max_size=3 if question.several else 1)

    return st.fixed_dictionaries({}, optional={key: of(question) for key, question in matcher.profile.items()})


@given(st.data())
def test_the_shipped_records_keep_the_laws(corpus: Corpus, matcher: Matcher, data: st.DataObject) -> None:
    answers, more = data.draw(_shipped(matcher)), data.draw(_shipped(matcher))
    places = data.draw(st.sampled_from([(), *((place,) for place in corpus.places)]))
    found, later = matcher.match(answers, places), matcher.match({**more, **answers}, places, ask=False)
    for entry, after in zip(found.entries, later.entries, strict=True):
        assert entry.verdict is Applicability.MAY or after.verdict is entry.verdict
        text = corpus.document(entry.clause.document_id).text
        quotes = [leaf.quote for leaf in (*entry.reasons, *entry.met, *entry.one_away)]
        for quote in (*quotes, *([entry.record.gives] if entry.record.gives else [])):
            assert text[quote.start : quote.end] == quote.text
    assert (found.next is None) == (not found.to_come)
    assert found.next is None or found.next.question.key not in answers


@given(st.data())
def test_each_question_is_asked_at_most_once_and_the_last_settles_all(matcher: Matcher, data: st.DataObject) -> None:
    answers: dict[str, Answer] = {}
    while found := matcher.match(answers, ("芜湖",)).next:
        assert found.question.key not in answers
        answers[found.question.key] = data.draw(_shipped(matcher)).get(found.question.key, _first(found.question))
    assert matcher.match(answers, ("芜湖",)).settled
    assert set(matcher.path(answers, ("芜湖",))) == set(answers)


def _first(question: ProfileQuestion) -> Answer:
    return question.number.least if question.number else frozenset({question.choices[0].value})


def test_what_is_skipped_is_not_asked_again(matcher: Matcher) -> None:
    assert matcher.match({}, skipped=list(matcher.profile)).next is None
    first = matcher.match({}).next
    assert first
    assert first.question.key not in matcher.match({}, skipped=[first.question.key]).to_come


def test_a_provinces_clause_holds_in_its_cities_and_another_citys_does_not(matcher: Matcher) -> None:
    def places(*names: str) -> dict[str, Truth]:
        return {entry.record.id: entry.place for entry in matcher.match({}, names, ask=False).entries}

    assert places("合肥")["anhui-2023-4:1.3"] is True
    assert places("合肥")["anhui-2023-4:3.3"] is False
    assert places("安徽")["anhui-2023-4:3.3"] is None  # somebody in the province may be in the city
    assert set(places().values()) == {True}
    entry = next(one for one in matcher.match({}, ("合肥",)).entries if one.record.id == "harbin-66:3")
    assert (entry.verdict, entry.reasons, entry.one_away) == (Applicability.NOT, (), ())


def test_what_is_not_in_force_is_left_out_and_counted(corpus: Corpus, matcher: Matcher) -> None:
    documents = tuple(replace(one, effective=date(2026, 1, 1)) for one in corpus.documents)
    dated = Matcher(replace(corpus, documents=documents), read_services(None, corpus))
    assert dated.match({}, as_of=date(2025, 12, 31)).not_in_force == len(matcher)
    assert dated.match({}, as_of=date(2025, 12, 31)).next is None
    assert len(dated.match({}, as_of=date(2026, 1, 1)).entries) == len(matcher)


def test_one_condition_away_names_it(matcher: Matcher) -> None:
    answers = read_answers({"kind": "个体工商户", "years_registered": 0, "taxpayer": "一般纳税人"}, matcher.profile)
    entry = next(one for one in matcher.match(answers, ("哈尔滨",)).entries if one.record.id == "harbin-66:3")
    assert entry.verdict is Applicability.MAY  # 产值和销售规模较大 is for an office to judge
    assert entry.open_to_office
    record = ApplyRecord("harbin-66:3", "harbin-66:3", Group(tuple(leaves(entry.record.needs))[:3]), None, 1)
    alone = Matcher(matcher.corpus, Services(tuple(matcher.profile.values()), (record,)))
    [one] = alone.match(answers).entries
    assert one.verdict is Applicability.NOT
    assert [leaf.quote.text for leaf in one.one_away] == ["注册登记一年以上"]


@pytest.mark.parametrize(
    ("given_", "field"),
    [
        ({"nothing": 1}, "answers.nothing"),
        ({"kind": "火星人"}, "answers.kind"),
        ({"kind": ["企业", "个人"]}, "answers.kind"),
        ({"matter": []}, "answers.matter"),
        ({"matter": ["出口货物", 3]}, "answers.matter"),
        ({"years_registered": -1}, "answers.years_registered"),
        ({"years_registered": float("nan")}, "answers.years_registered"),
        ({"years_registered": True}, "answers.years_registered"),
        ({"years_registered": "三"}, "answers.years_registered"),
        ({"borrowed": None}, "answers.borrowed"),
    ],
)
def test_a_bad_answer_is_named(matcher: Matcher, given_: dict[str, object], field: str) -> None:
    with pytest.raises(InputError) as error:
        read_answers(given_, matcher.profile, "answers.")
    assert error.value.field == field


@pytest.mark.parametrize(("given_", "value"), [(True, "是"), (False, "否")])
def test_true_and_false_are_yes_and_no_where_these_are_the_answers(matcher: Matcher, given_: bool, value: str) -> None:
    assert read_answers({"borrowed": given_}, matcher.profile) == {"borrowed": frozenset({value})}
    for key in ("kind", "matter", "years_registered"):
        with pytest.raises(InputError):
            read_answers({key: given_}, matcher.profile)


@given(st.data())
def test_answers_survive_their_address(matcher: Matcher, data: st.DataObject) -> None:
    answers = data.draw(_shipped(matcher))
    rounded = {key: float(f"{one:.12g}") if isinstance(one, float) else one for key, one in answers.items()}
    assert read_written(written(answers, matcher.profile), matcher.profile) == rounded
