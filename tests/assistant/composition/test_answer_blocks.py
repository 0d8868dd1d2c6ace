"""An answer as blocks: what stands where, whose citation it is, and for whom."""

import pytest

from assistant.answer import MARK, Audience, Block, BlockKind, Citation
from assistant.composition.answer_blocks import AnswerPlan, answer_blocks
from assistant.composition.citations import cite
from assistant.composition.facts import ExtractedFact
from assistant.composition.first_line import FirstLine
from assistant.composition.stretches import Evidence
from assistant.composition.text import render_text
from assistant.messages import Messages, messages
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from index.text.answer_types import answer_types
from tests.closing import before_closing

ZH, EN = messages("zh"), messages("en")
FIRST_LOANS = "皖营商环境办〔2023〕4号 典型案例 一、（三）"
TYPES = {one.name: one for one in answer_types()}


def parts_of(corpus: Corpus, clause_id: str, *numbers: int) -> list[Evidence]:
    clause = corpus.clause(clause_id)
    return [Evidence(clause, clause.parts[n - 1], clause.parts[n - 1].start, clause.parts[n - 1].end) for n in numbers]


@pytest.fixture(scope="module")
def citations(corpus: Corpus) -> tuple[Citation, ...]:
    return cite(parts_of(corpus, "anhui-2023-4:1.3", 2, 3), {"anhui-2023-4:1.3": 0.5}, corpus)


def kinds(blocks: tuple[Block, ...]) -> list[BlockKind]:
    return [block.kind for block in blocks]


def of_kind(blocks: tuple[Block, ...], kind: BlockKind) -> list[Block]:
    return [block for block in blocks if block.kind is kind]


def test_a_citizen_reads_the_matter_first_and_an_agent_the_address(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    name, gist, source, quote = BlockKind.NAME, BlockKind.GIST, BlockKind.SOURCE, BlockKind.QUOTE
    citizen = answer_blocks(AnswerPlan(), citations, corpus, ZH)
    agent = answer_blocks(AnswerPlan(audience=Audience.AGENT), citations, corpus, ZH)
    assert kinds(citizen) == [gist, gist, source, quote, quote]
    assert kinds(agent) == [source, quote, quote, name, gist, gist]
    assert citizen[0].text == agent[3].text + agent[4].text, "the same is said to both"
    assert agent[3].text == "【安徽 2023-10-19】"
    assert FIRST_LOANS in agent[0].text


def test_the_blocks_of_a_clause_are_held_together_by_its_citations(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    blocks = answer_blocks(AnswerPlan(), citations, corpus, ZH)
    assert [block.citations for block in blocks] == [(1,), (2,), (1, 2), (1,), (2,)]


def test_blocks_of_different_clauses_share_no_citation(corpus: Corpus) -> None:
    evidence = [*parts_of(corpus, "anhui-2023-4:1.3", 2), *parts_of(corpus, "anhui-2023-4:3.3", 1, 2)]
    cited = cite(evidence, {"anhui-2023-4:1.3": 0.9, "anhui-2023-4:3.3": 0.8}, corpus)
    blocks = answer_blocks(AnswerPlan(), cited, corpus, ZH)
    of_a_clause = (BlockKind.NAME, BlockKind.GIST, BlockKind.SOURCE, BlockKind.QUOTE)
    numbers = [block.citations for block in blocks if block.kind in of_a_clause]
    first = [one for one in numbers if 1 in one]
    assert set(first) == {(1,)}
    assert numbers == first + numbers[len(first) :]
    assert [block.citations for block in of_kind(blocks, BlockKind.SOURCE)] == [(1,), (2, 3)]


def test_the_clause_is_named_once_and_every_quote_is_the_documents_own(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    blocks = answer_blocks(AnswerPlan(), citations, corpus, ZH)
    quotes = [block.text for block in of_kind(blocks, BlockKind.QUOTE)]
    assert quotes == [citation.quote for citation in citations]
    assert render_text(blocks, ZH).count(FIRST_LOANS) == 1


def test_every_line_that_states_something_ends_with_its_mark(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    for words in (ZH, EN):
        text = render_text(answer_blocks(AnswerPlan(), citations, corpus, words), words)
        for citation in citations:
            record = corpus.plain[citation.part_id or ""]
            assert f"{record.gist_en if words is EN else record.plain} [{citation.number}]" in text
            assert f"{citation.quote.strip()} [{citation.number}]" in text


def test_one_sentence_about_several_quotes_is_said_once_with_all_of_them(corpus: Corpus) -> None:
    clause = corpus.clause("harbin-66:26")
    half = clause.body_start + len(clause.title) + 1
    evidence = [Evidence(clause, None, clause.body_start, half), Evidence(clause, None, half, clause.end)]
    [gist] = of_kind(answer_blocks(AnswerPlan(), cite(evidence, {clause.id: 1.0}, corpus), corpus, ZH), BlockKind.GIST)
    assert gist.citations == (1, 2)


def test_english_has_the_gist_the_chinese_quote_and_both_addresses(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    blocks = answer_blocks(AnswerPlan(), citations, corpus, EN)
    assert "our paraphrase" in render_text(blocks, EN)
    [source] = of_kind(blocks, BlockKind.SOURCE)
    assert "case 1 (3) · " in source.text
    assert FIRST_LOANS in source.text
    assert [one.text for one in of_kind(blocks, BlockKind.QUOTE)] == [one.quote for one in citations]
    assert blocks[-1] == Block(BlockKind.NOTICE, EN("answer.original"))


def test_a_type_of_thing_that_a_clause_lacks_is_said_behind_its_quotes(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    lacking = Block(BlockKind.NOTICE, "您问的电话号码，这里没有写明。")
    blocks = answer_blocks(AnswerPlan(missing_types=(TYPES["telephone"],)), citations, corpus, ZH)
    assert blocks[-1] == lacking
    assert lacking not in answer_blocks(AnswerPlan(missing_types=(None,)), citations, corpus, ZH)


def test_a_quote_is_kept_character_for_character_whatever_it_looks_like() -> None:
    body = "  依据国办发[2020]1号，见[1]：\n2. 当日 - 办结；\n  - 不收费。 "
    text = f"一、{body}\n"
    document = Document("d", "办法", text, number="某政发[2024]1号")
    clause = Clause("d:1", "d", "一、", "依据国办发[2020]1号", (), text.rstrip("\n"), 0, len(text) - 1)
    corpus = Corpus((document,), (clause,))
    citations = cite([Evidence(clause, None, 2, len(text) - 1)], {"d:1": 0.5}, corpus)
    for words in (ZH, EN):
        blocks = answer_blocks(AnswerPlan(), citations, corpus, words)
        [quote] = of_kind(blocks, BlockKind.QUOTE)
        assert quote == Block(BlockKind.QUOTE, body, (1,))
        assert MARK.findall(render_text(blocks, words)) == ["1"], "a bracketed number of the document is no mark"
        assert not of_kind(blocks, BlockKind.GIST), "nothing is paraphrased without a record"
        assert "某政发" not in blocks[0].text, "place and day, and no more"


def test_which_clause_is_answered_with_its_address(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    lead = answer_blocks(AnswerPlan(which_clause=True), citations, corpus, ZH)[0]
    assert lead == Block(BlockKind.LEAD, f"【安徽 2023-10-19】在{FIRST_LOANS}。", (1, 2))


def test_the_stating_words_lead_with_their_mark(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    plan = AnswerPlan(first_line=FirstLine(fact=ExtractedFact(TYPES["duration"], "1个工作日", 1)))
    lead = answer_blocks(plan, citations, corpus, ZH)[0]
    assert lead == Block(BlockKind.LEAD, "【安徽 2023-10-19】1个工作日。", (1,))


def test_nothing_leads_where_the_clause_itself_says_it(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    assert not of_kind(answer_blocks(AnswerPlan(), citations, corpus, ZH), BlockKind.LEAD)


def test_which_places_have_it_names_each_once_in_the_order_of_the_clauses(corpus: Corpus) -> None:
    evidence = [*parts_of(corpus, "anhui-2023-4:3.3", 1, 2), *parts_of(corpus, "anhui-2023-4:1.3", 2)]
    cited = cite(evidence, {"anhui-2023-4:1.3": 0.8, "anhui-2023-4:3.3": 0.9}, corpus)
    lead = answer_blocks(AnswerPlan(which_place=True), cited, corpus, ZH)[0]
    assert lead == Block(BlockKind.LEAD, "文件里写到这件事的有：芜湖、安徽。", (1, 3))


def test_what_is_left_out_is_said_around_the_clauses(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    plan = AnswerPlan(
        abandoned_places=("合肥",), places_without_clause=("滁州",), places_not_covered=("上海",), omitted_count=6
    )
    blocks = answer_blocks(plan, citations, corpus, ZH)
    assert blocks[0].text.startswith("前面说的是合肥")
    assert [block.text for block in blocks[-3:]] == [
        "没有找到滁州对这件事的规定。",
        "现有文件不涉及上海。",
        "一次最多列1条，其余6条请分次查询。",
    ]
    assert {block.kind for block in (blocks[0], *blocks[-3:])} == {BlockKind.NOTICE}


def test_a_number_and_a_text_that_are_not_there_are_named_beside_what_is(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    blocks = answer_blocks(AnswerPlan(absent=("67",), not_held=("民法典",)), citations, corpus, ZH)
    assert [block.text for block in of_kind(blocks, BlockKind.NOTICE)] == [
        "没有找到第67条。",
        "没有收录民法典，查不到其中的条款。",
    ]


def test_an_english_lead_holds_the_english_address_and_the_source_both(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    blocks = answer_blocks(AnswerPlan(which_clause=True), citations, corpus, EN)
    [lead], [source] = of_kind(blocks, BlockKind.LEAD), of_kind(blocks, BlockKind.SOURCE)
    assert lead.text.endswith(", case 1 (3).")
    assert lead.text.isascii()
    assert FIRST_LOANS in source.text


# The same through the whole assistant


def test_clauses_of_several_places_are_labelled_and_never_merged(assistant: Assistant) -> None:
    answer = assistant.ask("破产管理人怎么考核评价，哈尔滨和芜湖分别怎么规定")
    assert {("哈尔滨",), ("芜湖",)} == {citation.jurisdiction for citation in answer.citations}
    assert answer.blocks[0].text.endswith("的文件都写到，分别列出。")
    names = [block.text for block in of_kind(answer.blocks, BlockKind.NAME)]
    assert sorted(name[:4] for name in names) == sorted(["【哈尔滨", "【芜湖 "])
    assert len({c.clause_id for c in answer.citations}) == len(of_kind(answer.blocks, BlockKind.SOURCE))


def test_the_words_that_state_what_is_asked_come_first_and_are_of_the_quote(assistant: Assistant) -> None:
    answer = assistant.ask("芜湖小微企业低压接入标准是多少千瓦")
    lead = answer.blocks[0]
    words = lead.text.partition("】")[2].rstrip("。")
    assert (lead.kind, words) == (BlockKind.LEAD, "200千瓦")
    [cited] = [citation for citation in answer.citations if citation.number in lead.citations]
    assert words in cited.quote
    assert "没有写明" not in answer.text


def test_what_an_answer_lacks_of_what_was_asked_is_said(assistant: Assistant) -> None:
    lenient = Assistant(assistant.index, assistant.settings)
    found = lenient.look_up("芜湖低压接入的咨询电话号码是多少")
    blocks, _ = lenient.composer.answer(found.result, ZH, Audience.CITIZEN)
    assert "您问的电话号码，这里没有写明。" in [block.text for block in of_kind(blocks, BlockKind.NOTICE)]


def test_which_city_has_it_is_said_first(assistant: Assistant) -> None:
    answer = assistant.ask("哪个城市有数字政务门牌")
    assert answer.text.startswith("【哈尔滨】文件里写到这件事的有：哈尔滨（道里区）。 [1]")


def test_a_place_of_which_nothing_is_found_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("哈尔滨跟安徽的首贷有什么不同")
    assert {citation.jurisdiction for citation in answer.citations} == {("安徽",)}
    assert "没有找到哈尔滨对这件事的规定。" in answer.text


def test_a_place_beyond_the_documents_is_named_beside_the_answer(assistant: Assistant) -> None:
    assert "现有文件不涉及上海。" in assistant.ask("合肥和上海的首贷专区有什么支持").text


def test_clauses_beyond_what_one_answer_holds_are_counted(assistant: Assistant) -> None:
    answer = assistant.ask("哈尔滨措施第1到12条")
    assert [citation.clause_id for citation in answer.citations] == [f"harbin-66:{n}" for n in range(1, 7)]
    assert "一次最多列6条，其余6条请分次查询。" in answer.text


def test_where_no_place_is_named_another_places_answer_stands_beside(assistant: Assistant) -> None:
    both = assistant.ask("破产管理人 打分")
    assert {citation.clause_id for citation in both.citations} == {"harbin-66:50", "anhui-2023-4:3.6"}
    alone = assistant.ask("芜湖 破产管理人 打分")
    assert {citation.clause_id for citation in alone.citations} == {"anhui-2023-4:3.6"}


def test_of_two_numbers_the_one_that_no_clause_has_is_not_passed_over(assistant: Assistant) -> None:
    answer = assistant.ask("哈尔滨措施第26条和第67条")
    assert [citation.clause_id for citation in answer.citations] == ["harbin-66:26"]
    assert before_closing(answer)[-1].text == "没有找到第67条。"


def placed(*jurisdictions: tuple[str, ...]) -> tuple[Corpus, tuple[Citation, ...]]:
    """Documents of one clause, each of its own place or of none, and a citation of each clause."""
    text = "第一条　备案不收取费用。"
    documents = [Document(f"d{n}", f"办法{n}", text, jurisdiction=where) for n, where in enumerate(jurisdictions)]
    clauses = [
        Clause(f"{one.id}:1", one.id, "第一条", "备案", (), text, 0, len(text), one.jurisdiction) for one in documents
    ]
    corpus = Corpus(tuple(documents), tuple(clauses))
    evidence = [Evidence(clause, None, clause.start, clause.end) for clause in clauses]
    return corpus, cite(evidence, {clause.id: 0.5 for clause in clauses}, corpus)


@pytest.mark.parametrize(("words", "label"), [(ZH, "【适用地区未注明】"), (EN, "[place not stated] ")])
def test_beside_other_places_a_clause_without_one_is_labelled_so(words: Messages, label: str) -> None:
    corpus, cited = placed(("合肥",), ())
    names = [block.text for block in of_kind(answer_blocks(AnswerPlan(), cited, corpus, words), BlockKind.NAME)]
    assert names[1] == label
    lead = answer_blocks(AnswerPlan(which_place=True), cited, corpus, words)[0]
    assert words("answer.no_place") in lead.text


@pytest.mark.parametrize("words", [ZH, EN])
def test_a_document_without_a_place_is_named_once_at_the_end(words: Messages) -> None:
    corpus, cited = placed(())
    plan = AnswerPlan(unplaced=tuple(corpus.documents))
    said = [block.text for block in of_kind(answer_blocks(plan, cited, corpus, words), BlockKind.NOTICE)]
    assert sum("适用地区未注明" in text and "办法0" in text for text in said) == 1


def test_what_applies_everywhere_answers_for_a_place_without_rules_of_its_own() -> None:
    corpus, cited = placed(("全国",))
    for covered, words in ((False, "没有收录上海自己的规定"), (True, "现有文件不涉及上海")):
        plan = AnswerPlan(places_not_covered=("上海",), places_covered=covered)
        assert words in render_text(answer_blocks(plan, cited, corpus, ZH), ZH)
