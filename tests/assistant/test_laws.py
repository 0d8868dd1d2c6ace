"""What holds of every answer, whoever asks, in whatever words, over whatever texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Audience, Block, BlockKind, Citation, Reason, Status, check
from assistant.composition.text import render_text
from assistant.messages import messages
from assistant.service import Assistant, Turn
from corpus.errors import InputError


def lawful(assistant: Assistant, answer: Answer) -> None:
    """The laws of an answer, and that its text is nothing but its blocks."""
    corpus = assistant.corpus
    check(answer, lambda id_: corpus.document(corpus.clause(id_).document_id).text)
    assert answer.text == render_text(answer.blocks, messages(answer.language))
    assert 0 <= answer.confidence <= 1
    assert all(seconds >= 0 for seconds in answer.timings_ms.values())


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)
    | st.text("首贷税务注销怎么[1]<b>第条（二）\u202e\u200b 合肥", min_size=1, max_size=60)
)
def test_any_text_gets_a_lawful_answer_or_a_refusal_of_the_input(assistant: Assistant, question: str) -> None:
    if not question.strip():
        with pytest.raises(InputError):
            assistant.ask(question)
        return
    answer = assistant.ask(question)
    lawful(assistant, answer)


STEPS = ["understand", "retrieve", "judge", "compose", "total"]
UNSEARCHED = ["understand", "compose", "total"]  # of what is replied to without a search


@pytest.mark.parametrize(
    "question",
    ["怎么申请首贷", "哈尔滨措施第33条", "首贷的年利率是百分之几", "北京怎么申请首贷", "红烧肉怎么做", "你好", "🙂"],
)
def test_every_step_has_its_time_and_the_total_is_their_sum(assistant: Assistant, question: str) -> None:
    timings = dict(assistant.ask(question, history=[Turn("user", "合肥的首贷")]).timings_ms)
    assert list(timings) == (UNSEARCHED if question == "你好" else STEPS)
    total = timings.pop("total")
    assert total == pytest.approx(sum(timings.values()), abs=0.01)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(
    "question",
    [
        "怎么申请首贷",
        "how do I get first-loan support",
        "哪个城市有数字政务门牌",
        "首贷的年利率是百分之几",
        "你好",
        "第33条",
    ],
)
def test_the_text_is_a_rendering_of_the_blocks(assistant: Assistant, question: str, audience: Audience) -> None:
    lawful(assistant, assistant.ask(question, audience=audience))


def test_what_was_looked_up_can_be_said_to_anyone_in_any_language(assistant: Assistant) -> None:
    found = assistant.look_up("安徽怎么申请首贷")
    agent = assistant.answer(found, 5, audience=Audience.AGENT)
    english = assistant.answer(found, 5, language="en")
    assert (agent.language, english.language) == ("zh", "en")
    assert agent.blocks[0].kind is BlockKind.SOURCE
    assert agent.citations == english.citations
    for answer in (agent, english):
        lawful(assistant, answer)


def test_an_answer_that_breaks_a_law_is_withheld_logged_and_counted(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Assistant(assistant.index, assistant.settings)
    clause = broken.corpus.clause("harbin-66:26")
    citation = Citation(1, clause.id, None, "", "", (), "不是原文", clause.start, clause.start + 4, 1.0)
    blocks = (Block(BlockKind.QUOTE, "不是原文", (1,)),)
    monkeypatch.setattr(broken.composer, "answer", lambda *_: (blocks, (citation,)))
    answer = broken.ask("我的电话13912345678，怎么申请首贷")
    assert (answer.status, answer.reason, answer.confidence) == (Status.NO_ANSWER, Reason.NOT_IN_DOCUMENTS, 0)
    assert broken.assembler.law_violations == 1
    assert "不是原文" not in answer.text
    lawful(broken, answer)
    assert "breaks a law" in caplog.text
    assert "13912345678" not in caplog.text


def test_warming_up_works_out_what_would_make_the_first_asker_wait(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = Assistant(assistant.index, assistant.settings)
    fresh.warm_up()
    monkeypatch.setattr(fresh, "look_up", None)  # what examples are found by
    assert fresh.ask("你好").blocks


def test_a_corpus_without_places_records_and_facts_is_answered_from(market: Assistant) -> None:
    answer = market.ask("旧书缺页能退吗")
    assert [citation.clause_id for citation in answer.citations] == ["market:6"]
    assert market.ask("hi").language == "en"
    for question in (
        "第四条",
        "办理备案要多久",
        "你好",
        "哈尔滨的旧书",
        "who are you",
        "第99条",
        "这个办法什么时候发布的",
    ):
        for audience in Audience:
            lawful(market, market.ask(question, audience=audience))
