"""What is said where there is no answer: a notice, at times the nearest clause, and whom to ask."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Audience, Block, BlockKind, Reason
from assistant.composition.refusal_blocks import MAX_DOCUMENTS_LISTED, RefusalPlan, refusal_blocks
from assistant.composition.text import render_text
from assistant.messages import Messages, languages, messages
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.records.record import PlainRecord
from index.text.answer_types import answer_types

ZH, EN = messages("zh"), messages("en")
HAN = re.compile(r"[\u3400-\u9fff]")
TELEPHONE = next(one for one in answer_types() if one.name == "telephone")
TEXT = "第一条 升级12345热线，办理群众诉求。"
HOTLINE = Clause("town:1", "town", "第一条", "升级12345热线", (), TEXT, 0, len(TEXT), jurisdiction=("合肥",))
NAME = "12345热线，一次说清、一办到底"
TOWN = Corpus(
    (Document("town", "热线办法", TEXT, jurisdiction=("合肥",), issued=date(2024, 5, 6), title_en="Hotline Measures"),),
    (HOTLINE,),
    plain={"town:1": PlainRecord("town:1", NAME, "打一次就行", "One call to 12345", "One call.", (), (), (), 1)},
)
BARE = Corpus(
    (Document("bare", "内部规定", TEXT),), (replace(HOTLINE, id="bare:1", document_id="bare", jurisdiction=()),)
)
NOT_STATED = RefusalPlan(Reason.NOT_IN_DOCUMENTS, nearest=HOTLINE, lacking=TELEPHONE, has_related=True)


def texts(blocks: Sequence[Block], kind: BlockKind) -> list[str]:
    return [block.text for block in blocks if block.kind is kind]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("audience", Audience)
def test_every_reason_has_words_in_every_language_over_any_corpus(
    corpus: Corpus, language: str, audience: Audience
) -> None:
    for one in (corpus, TOWN, BARE):
        for reason in Reason:
            plan = RefusalPlan(reason, missing=("北京",), everywhere=one is not corpus, audience=audience)
            blocks = refusal_blocks(plan, one, messages(language))
            assert {block.kind for block in blocks} <= {BlockKind.NOTICE, BlockKind.CALL}
            assert not any(block.citations for block in blocks), "a refusal never claims"
            assert all(block.text and "{" not in block.text for block in blocks)
            said = render_text(blocks, messages(language))
            assert not any(gap in said for gap in ("从的", "是的文件", " of .", " for  "))


def test_a_place_beyond_the_documents_is_named(corpus: Corpus) -> None:
    plan = RefusalPlan(Reason.PLACE_NOT_COVERED, missing=("北京",))
    notice, call = refusal_blocks(plan, corpus, ZH)
    assert "北京" in notice.text
    assert "哈尔滨" in notice.text
    assert (call.kind, "北京" in call.text) == (BlockKind.CALL, True)
    assert "cover Beijing" in refusal_blocks(plan, corpus, EN)[0].text
    assert refusal_blocks(plan, BARE, ZH)[0].text == "现有文件不涉及北京。"


def test_a_refusal_names_the_place_it_was_narrowed_to(corpus: Corpus) -> None:
    plan = RefusalPlan(Reason.NOT_IN_DOCUMENTS, covered=("芜湖",))
    assert refusal_blocks(plan, corpus, ZH)[0].text.startswith("适用于芜湖的文件没有回答")
    assert "for Wuhu" in refusal_blocks(plan, corpus, EN)[0].text


def test_a_near_miss_says_what_is_lacking_and_names_the_nearest_clause() -> None:
    blocks = refusal_blocks(NOT_STATED, TOWN, ZH)
    lacking, nearest = texts(blocks, BlockKind.NOTICE)
    assert lacking == "现有文件没有写明电话号码。"
    assert NAME in nearest
    assert "第一条" in nearest
    assert texts(blocks, BlockKind.CALL) == [ZH("call.verify")]


def test_another_places_rule_is_named_as_such() -> None:
    plan = RefusalPlan(Reason.NOT_IN_DOCUMENTS, covered=("芜湖",), elsewhere=HOTLINE)
    none, there = texts(refusal_blocks(plan, TOWN, ZH), BlockKind.NOTICE)
    assert none == "适用于芜湖的文件没有这方面的规定。"
    assert there.startswith("合肥的文件有：")
    assert there.endswith("只适用于合肥。")


@pytest.mark.parametrize("words", [ZH, EN])
def test_an_agent_reads_the_nearest_clause_even_where_its_name_holds_the_hotline(words: object) -> None:
    for plan in (NOT_STATED, RefusalPlan(Reason.NOT_IN_DOCUMENTS, covered=("芜湖",), elsewhere=HOTLINE)):
        citizen = refusal_blocks(plan, TOWN, words)  # type: ignore[arg-type]
        agent = refusal_blocks(replace(plan, audience=Audience.AGENT), TOWN, words)  # type: ignore[arg-type]
        assert agent[:-1] == citizen[:-1]
        assert "12345" in agent[1].text
        assert agent[-1] == Block(BlockKind.CALL, words("call.agent"))  # type: ignore[operator]


@pytest.mark.parametrize("reason", Reason)
def test_an_agent_is_never_told_to_call_the_hotline(reason: Reason) -> None:
    for words in (ZH, EN):
        plan = RefusalPlan(reason, missing=("北京",), audience=Audience.AGENT)
        assert "12345" not in render_text(refusal_blocks(plan, BARE, words), words)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("language", languages())
def test_the_same_dead_end_is_not_met_twice_with_the_same_words(audience: Audience, language: str) -> None:
    words, said = messages(language), list[str]()
    for _ in range(3):
        plan = replace(NOT_STATED, said_before=tuple(said), audience=audience)
        said.append(render_text(refusal_blocks(plan, TOWN, words), words))
    assert len(set(said)) == 3
    # Where everything has been said, the last is said again.
    again = refusal_blocks(replace(NOT_STATED, said_before=tuple(said), audience=audience), TOWN, words)
    assert render_text(again, words) == said[-1]


def test_a_number_that_no_clause_has_is_met_with_how_many_there_are() -> None:
    plan = RefusalPlan(Reason.NOT_IN_DOCUMENTS, absent=("8", "9"), inside=((TOWN.documents[0], 7),))
    assert texts(refusal_blocks(plan, TOWN, ZH), BlockKind.NOTICE) == ["没有找到第8、9条：《热线办法》收录7条。"]
    assert texts(refusal_blocks(plan, TOWN, EN), BlockKind.NOTICE) == [
        "There is no clause 8, 9: Hotline Measures has 7 clauses."
    ]


def test_a_text_that_is_not_held_is_named() -> None:
    plan = RefusalPlan(Reason.NOT_IN_DOCUMENTS, not_held=("《旧书法》",), nearest=HOTLINE, lacking=TELEPHONE)
    [notice] = texts(refusal_blocks(plan, TOWN, ZH), BlockKind.NOTICE)
    assert notice.startswith("没有收录《旧书法》")


@pytest.mark.parametrize("reason", [Reason.OUT_OF_SCOPE, Reason.UNREADABLE])
def test_where_nothing_could_be_searched_one_example_is_given(reason: Reason) -> None:
    plan = RefusalPlan(reason, examples=("摊位怎么备案", "旧书怎么退"))
    assert texts(refusal_blocks(plan, BARE, ZH), BlockKind.NOTICE)[-1] == "例如“摊位怎么备案”。"
    without = refusal_blocks(replace(plan, examples=()), BARE, ZH)
    assert len(texts(without, BlockKind.NOTICE)) == 1
    assert bool(texts(without, BlockKind.CALL)) is (reason is Reason.OUT_OF_SCOPE)  # somebody else may know


ONE_OPTION = (
    RefusalPlan(Reason.PLACE_NOT_COVERED, missing=("北京",)),
    RefusalPlan(Reason.OUT_OF_SCOPE),
    RefusalPlan(Reason.NOT_IN_DOCUMENTS, absent=("8",), inside=((TOWN.documents[0], 7),)),
    RefusalPlan(Reason.NOT_IN_DOCUMENTS, not_held=("旧书法",)),
    RefusalPlan(Reason.NOT_IN_DOCUMENTS),
)


@pytest.mark.parametrize("plan", ONE_OPTION, ids=lambda plan: plan.reason)
@pytest.mark.parametrize("words", [ZH, EN], ids=languages())
def test_where_clauses_nearby_are_no_help_the_second_time_names_what_is_held(
    plan: RefusalPlan, words: Messages
) -> None:
    for one in (plan, replace(plan, has_related=plan.reason is not Reason.NOT_IN_DOCUMENTS)):
        first = render_text(refusal_blocks(one, TOWN, words), words)
        second = render_text(refusal_blocks(replace(one, said_before=(first,)), TOWN, words), words)
        assert words("refusal.held", titles=words("language.title", title=_title(words)), more="") in second
        assert second != first


def _title(words: Messages) -> str:
    return str(TOWN.documents[0].title if words.is_chinese else TOWN.documents[0].title_en)


def test_clauses_nearby_are_promised_only_where_there_are_some() -> None:
    plan = replace(NOT_STATED, has_related=False)
    said = render_text(refusal_blocks(plan, TOWN, ZH), ZH)
    assert "下面列出" not in render_text(refusal_blocks(replace(plan, said_before=(said,)), TOWN, ZH), ZH)


def test_of_many_documents_a_refusal_lists_some_and_says_how_many_there_are() -> None:
    documents = tuple(Document(f"d{n}", f"第{n}号办法", TEXT) for n in range(MAX_DOCUMENTS_LISTED + 5))
    clauses = tuple(replace(HOTLINE, id=f"{document.id}:1", document_id=document.id) for document in documents)
    many = Corpus(documents, clauses)
    absent = RefusalPlan(Reason.NOT_IN_DOCUMENTS, absent=("8",), inside=tuple((d, 1) for d in documents))
    [notice] = texts(refusal_blocks(absent, many, ZH), BlockKind.NOTICE)
    assert notice == "没有找到第8条。"
    [held] = texts(refusal_blocks(replace(absent, said_before=(notice,)), many, ZH), BlockKind.NOTICE)
    assert held.endswith("《第19号办法》等25份文件。")
    assert "》《" in held, "titles in Chinese brackets stand side by side"


@pytest.mark.parametrize("corpus", [TOWN, BARE], ids=["with records", "without"])
def test_no_chinese_stands_in_an_english_sentence(corpus: Corpus) -> None:
    [clause] = corpus.clauses
    english = Corpus((replace(corpus.documents[0], title_en="Hotline Measures"),), corpus.clauses, plain=corpus.plain)
    for plan in (replace(NOT_STATED, nearest=clause), replace(NOT_STATED, lacking=None, elsewhere=clause)):
        said = render_text(refusal_blocks(plan, english, EN), EN)
        assert "Hotline Measures, " in said
        assert not HAN.search(said.replace("合肥", "")), said
