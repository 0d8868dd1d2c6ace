"""The whole path: what people ask, and what must come out."""

from dataclasses import replace

import pytest

from assistant.answer import Reason, Status
from assistant.confidence.judge import Judge
from assistant.service import Assistant, Turn
from corpus.errors import InputError


@pytest.mark.parametrize("question", ["怎么申请首贷", "how do I get first-loan support"])
def test_first_loan_support_is_answered_from_its_case_by_parts(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.citations[0].clause_id == "anhui-2023-4:1.3"
    assert {c.part_id for c in answer.citations} <= {f"anhui-2023-4:1.3.{k}" for k in (2, 3, 4)}


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("哈尔滨措施第十二条是什么", "harbin-66:12"),
        ("典型案例芜湖（二）", "anhui-2023-4:3.2"),
        ("创新建立金融顾问制度", "harbin-66:26"),
        ("税务注销预检", "harbin-66:33"),
    ],
)
def test_a_clause_named_or_quoted_is_cited_first(assistant: Assistant, question: str, clause: str) -> None:
    assert assistant.ask(question).citations[0].clause_id == clause


@pytest.mark.parametrize(
    ("question", "reason"),
    [("你好", Reason.GREETING), ("🙂", Reason.UNREADABLE), ("北京怎么申请首贷", Reason.PLACE_NOT_COVERED)],
)
def test_what_cannot_be_answered_says_why(assistant: Assistant, question: str, reason: Reason) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason, answer.citations) == (Status.NO_ANSWER, reason, ())


@pytest.mark.parametrize(
    "question", ["红烧肉怎么做才好吃", "明天会下雨吗", "write a poem about the sea", "狗证在哪里办"]
)
def test_what_the_documents_do_not_say_is_not_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.NO_ANSWER
    assert answer.reason in (Reason.NOT_IN_DOCUMENTS, Reason.OUT_OF_SCOPE)


def test_the_threshold_decides(assistant: Assistant) -> None:
    question = "税务注销能不能提前预检"
    strict = Assistant(assistant.index, replace(assistant.settings, threshold=1.0))
    lenient = Assistant(assistant.index, replace(assistant.settings, threshold=0.0))
    assert strict.ask(question).reason is Reason.NOT_IN_DOCUMENTS
    assert lenient.ask("红烧肉怎么做才好吃").status is Status.ANSWERED
    assert lenient.ask(question, jurisdiction=["安徽"], documents=["harbin-66"]).reason is Reason.NOT_IN_DOCUMENTS


def test_related_clauses_keep_the_limit_in_a_refusal_too(assistant: Assistant) -> None:
    assert len(assistant.ask("北京怎么申请首贷", limit=3).related) == 3


def test_a_place_outside_the_documents_still_shows_what_other_places_do(assistant: Assistant) -> None:
    answer = assistant.ask("北京怎么申请首贷")
    assert "北京" in answer.text
    assert "anhui-2023-4:1.3" in {related.clause_id for related in answer.related}


def test_a_city_is_never_answered_from_another(assistant: Assistant) -> None:
    hits = assistant.search("不动产抵押权注销登记", jurisdiction=["合肥"], limit=50)
    assert hits
    assert all({"合肥", "安徽"} & set(hit.clause.jurisdiction) for hit in hits)


def test_a_follow_up_is_searched_with_what_it_depends_on(assistant: Assistant) -> None:
    history = [Turn("user", "企业年金方案备案怎么办理"), Turn("assistant", "……")]
    answer = assistant.ask("需要什么材料", history=history)
    assert answer.understood.rewritten_from_history
    assert answer.citations[0].clause_id == "harbin-66:22"


@pytest.mark.parametrize(
    ("question", "clause"),
    [("怎么注销抵押", "harbin-66:11"), ("怎么领退休证", "harbin-66:19"), ("怎么上牌", "anhui-2023-4:2.2")],
)
def test_a_new_topic_is_not_answered_from_the_old_one(assistant: Assistant, question: str, clause: str) -> None:
    for earlier in ("供热不好向谁投诉", "小微企业第一次贷款有哪些支持？"):
        answer = assistant.ask(question, history=[Turn("user", earlier)])
        assert not answer.understood.rewritten_from_history
        assert answer.citations[0].clause_id == clause


@pytest.mark.parametrize("question", ["", "  ", "\n"])
def test_an_empty_question_is_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(InputError, match="请输入问题") as caught:
        assistant.ask(question)
    assert caught.value.field == "question"


def test_bad_input_names_its_field(assistant: Assistant) -> None:
    with pytest.raises(InputError, match="At most 2000"):
        assistant.ask("问" * 2001)
    with pytest.raises(InputError) as caught:
        assistant.ask("首贷", limit=0)
    assert caught.value.field == "limit"
    with pytest.raises(InputError) as caught:
        assistant.ask("首贷", documents=["harbin-66", "none"])
    assert caught.value.field == "documents[1]"
    with pytest.raises(InputError, match="无法识别的字符"):
        assistant.ask("\udcff首贷")
    with pytest.raises(InputError, match="火星"):
        assistant.ask("首贷", jurisdiction=["火星"])
    with pytest.raises(InputError, match="zh") as caught:
        assistant.ask("26", language="fr")
    assert caught.value.field == "language"


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("第26条讲什么", {"jurisdiction": ["合肥"]}),
        ("harbin-66:26", {"jurisdiction": ["合肥"]}),
        ("harbin-66:26", {"documents": ["anhui-2023-4"]}),
    ],
)
def test_what_the_caller_leaves_out_is_not_cited_by_its_number_either(
    assistant: Assistant, question: str, given: dict[str, list[str]]
) -> None:
    answer = assistant.ask(question, **given)  # type: ignore[arg-type]
    assert "harbin-66:26" not in {citation.clause_id for citation in answer.citations}
    assert "harbin-66:26" not in {hit.clause.id for hit in assistant.search(question, **given)}  # type: ignore[arg-type]


def test_a_number_is_of_the_place_that_is_asked_about(assistant: Assistant) -> None:
    for question, clause in (("安徽第三条", "anhui-2023-4:0.3"), ("哈尔滨第三条", "harbin-66:3")):
        assert {citation.clause_id for citation in assistant.ask(question).citations} == {clause}


@pytest.mark.parametrize("question", ["怎么申请首贷", "哪里推行了帮办代办"])
def test_what_is_cited_does_not_depend_on_the_limit(assistant: Assistant, question: str) -> None:
    few, usual, many = (assistant.ask(question, limit=limit) for limit in (1, 5, 100))
    assert few.citations == usual.citations == many.citations
    assert usual.citations == assistant.answer(assistant.look_up(question), 5).citations


def test_related_clauses_are_not_cited_ones_and_keep_the_limit(assistant: Assistant) -> None:
    answer = assistant.ask("怎么申请首贷", limit=3)
    cited = {c.clause_id for c in answer.citations}
    assert len(answer.related) <= 3
    assert not cited & {related.clause_id for related in answer.related}


@pytest.mark.parametrize("limit", [1, 4, 100])
def test_searching_gives_no_more_than_the_limit(assistant: Assistant, limit: int) -> None:
    hits = assistant.search("税务注销预检", limit=limit)
    assert len(hits) <= limit
    assert hits == assistant.search("税务注销预检", limit=100)[:limit]


def test_the_same_question_gives_the_same_answer(assistant: Assistant) -> None:
    one, two = (assistant.ask("税务注销能不能提前预检").to_dict() for _ in range(2))
    for answer in (one, two):
        del answer["id"], answer["timings_ms"]
    assert one == two


@pytest.mark.parametrize("id_", ["anhui-2023-4:1.3", "harbin-66:26"])
def test_an_id_is_found_as_it_is_written(assistant: Assistant, id_: str) -> None:
    found = assistant.look_up(id_)
    assert found.reading.references.ids == (id_,)
    assert (found.confidence, found.reason) == (1, None)
    assert found.result.hits[0].clause == assistant.corpus.find(id_)[0]


def test_looking_up_and_searching_find_the_same(assistant: Assistant) -> None:
    place, document = ["哈尔滨"], ["harbin-66"]
    found = assistant.look_up("不动产登记", jurisdiction=place, documents=document).result
    assert found.hits[:5] == assistant.search("不动产登记", jurisdiction=place, documents=document)
    assert {place for hit in found.hits for place in hit.clause.jurisdiction} == {"哈尔滨"}


def test_a_chosen_place_without_a_rule_refuses_and_names_where_there_is_one(assistant: Assistant) -> None:
    answer = assistant.ask("退休证可以自己在网上下载吗", jurisdiction=["滁州"])
    assert (answer.status, answer.citations) == (Status.NO_ANSWER, ())
    assert "只适用于哈尔滨" in answer.text


def test_a_question_on_another_matter_is_answered_by_itself_and_says_that_it_left_the_place(
    assistant: Assistant,
) -> None:
    before = [Turn("user", "合肥的首贷有什么支持")]
    answer = assistant.ask("退休证可以自己在网上下载吗", history=before)
    assert {citation.clause_id for citation in answer.citations} == {"harbin-66:19"}
    assert answer.text.startswith("前面说的是合肥")
    assert "前面说的是" not in assistant.ask("退休证可以自己在网上下载吗").text


def test_the_place_spoken_of_holds_as_long_as_it_has_an_answer(assistant: Assistant) -> None:
    question = "破产管理人怎么打分"
    for place, clause in (("芜湖", "anhui-2023-4:3.6"), ("哈尔滨", "harbin-66:50")):
        answer = assistant.ask(question, history=[Turn("user", f"{place}有哪些便利企业的措施")])
        assert {citation.clause_id for citation in answer.citations} == {clause}
        assert "前面说的是" not in answer.text


def test_this_clause_and_the_next_one_follow_the_last_answer(assistant: Assistant) -> None:
    first = assistant.ask("哈尔滨66条第33条讲什么")
    cited = tuple(citation.clause_id for citation in first.citations)
    history = [Turn("user", first.question), Turn("assistant", first.text, cited)]
    for question, clause in (
        ("这条是谁负责", "33"),
        ("下一条呢", "34"),
        ("上一条讲什么", "32"),
        ("the next clause", "34"),
    ):
        answer = assistant.ask(question, history=history)
        assert {citation.clause_id for citation in answer.citations} == {f"harbin-66:{clause}"}, question
    assert not assistant.ask("下一条呢").citations


@pytest.mark.parametrize("text", ["26", "12345", "APP"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_shows_no_language_is_answered_in_that_of_the_page(assistant: Assistant, text: str, language: str) -> None:
    answer = assistant.ask(text, language=language)
    assert answer.language == language
    assert any("\u3400" <= c <= "\u9fff" for c in answer.blocks[0].text) is (language == "zh")


def test_a_question_is_answered_in_its_own_language_on_any_page(assistant: Assistant) -> None:
    assert assistant.ask("怎么申请首贷", language="en").language == "zh"
    assert assistant.ask("how do I get first-loan support", language="zh").language == "en"


def test_a_search_lists_what_is_found_without_judging_it(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [(hit.clause.id, hit.score) for hit in assistant.look_up("怎么申请首贷").result.hits[:5]]

    def judged(*_: object) -> float:
        raise AssertionError

    monkeypatch.setattr(Judge, "confidence", judged)
    assert [(hit.clause.id, hit.score) for hit in assistant.search("怎么申请首贷", limit=5)] == expected
