import pytest

from assistant.answer import MARK, Audience, Citation, Wanted, answer_text
from assistant.composition.citations import cite
from assistant.composition.evidence import Evidence
from assistant.composition.facts import Form, Stated, stated
from assistant.question.answer_types import asked_kinds
from assistant.question.history import Turn
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.corpus import Corpus


@pytest.fixture
def citations(corpus: Corpus) -> tuple[Citation, ...]:
    clause = corpus.clause("anhui-2023-4:1.3")
    return cite([Evidence(clause, p, p.start, p.end) for p in clause.parts[1:3]], {clause.id: 0.5}, corpus)


def test_the_text_names_the_clause_once_and_marks_each_quote(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    text = answer_text(Wanted("首贷有什么支持", "zh"), citations, corpus)
    assert text.count("典型案例 一、（三）") == 1
    for citation in citations:
        assert f"{citation.quote.strip()} [{citation.number}]" in text


def test_a_citizen_reads_the_matter_first_and_an_agent_the_address(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    plain = corpus.plain["anhui-2023-4:1.3.2"].plain
    for audience, first in ((Audience.CITIZEN, plain), (Audience.AGENT, "典型案例 一、（三）")):
        text = answer_text(Wanted("首贷有什么支持", "zh", audience=audience), citations, corpus)
        other = "典型案例 一、（三）" if first == plain else plain
        assert text.index(first) < text.index(other)


def test_every_line_that_states_something_ends_with_its_mark(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    for language in ("zh", "en"):
        text = answer_text(Wanted("首贷有什么支持", language), citations, corpus)
        for citation in citations:
            record = corpus.plain[citation.part_id or ""]
            assert f"{record.gist_en if language == 'en' else record.plain} [{citation.number}]" in text


def test_english_has_the_gist_the_chinese_quote_and_both_addresses(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    text = answer_text(Wanted("how do I get first-loan support", "en"), citations, corpus)
    assert "our paraphrase" in text
    assert "case 1.3" in text
    assert "皖营商环境办〔2023〕4号 典型案例 一、（三）" in text
    assert citations[0].quote.strip() in text


def test_a_kind_of_thing_that_the_quote_lacks_is_said_to_lack(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:3.3")
    evidence = [Evidence(clause, p, p.start, p.end) for p in clause.parts if "千瓦" in p.text]
    citations = cite(evidence, {clause.id: 0.5}, corpus)
    assert "没有写明" not in answer_text(Wanted("低压接入标准是多少千瓦", "zh"), citations, corpus)
    assert "（您问的电话号码，这里没有写明。）" in answer_text(
        Wanted("低压接入的咨询电话号码", "zh"), citations, corpus
    )


def test_a_citys_case_names_its_city(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:3.3")
    evidence = [Evidence(clause, clause.parts[0], clause.parts[0].start, clause.parts[0].end)]
    citations = cite(evidence, {clause.id: 0.5}, corpus)
    assert "（芜湖）" in answer_text(Wanted("低压接入", "zh"), citations, corpus)
    assert "(Wuhu)" in answer_text(Wanted("low voltage", "en"), citations, corpus)


def test_a_document_without_records_is_quoted_without_a_paraphrase() -> None:
    text = "一、根据国办发[2020]1号开办企业。"
    document = Document("d", "办法", text, number="某政发[2024]1号")
    clause = Clause("d:1", "d", "一、", "根据国办发[2020]1号开办企业", (), text, 0, len(text))
    corpus = Corpus((document,), (clause,))
    citations = cite([Evidence(clause, None, 2, len(text))], {"d:1": 0.5}, corpus)
    said = answer_text(Wanted("怎么开办企业", "zh"), citations, corpus)
    assert MARK.findall(said) == ["1"], "a bracketed number of the document is no mark"
    assert "通俗地说" not in said
    assert citations[0].quote == "根据国办发[2020]1号开办企业。"


def test_clauses_of_several_places_are_labelled_and_never_merged(assistant: Assistant) -> None:
    answer = assistant.ask("破产管理人怎么考核评价，哈尔滨和芜湖分别怎么规定")
    places = [citation.jurisdiction for citation in answer.citations]
    assert {("哈尔滨",), ("芜湖",)} <= set(places)
    assert answer.text.startswith("各地规定不同")
    assert len({c.clause_id for c in answer.citations}) == answer.text.count("\n依据")


def test_citizens_read_the_plain_name_before_anything_else(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    text = answer_text(Wanted("首贷有什么支持", "zh"), citations, corpus)
    assert text.startswith(corpus.plain["anhui-2023-4:1.3"].name)


def test_how_is_answered_with_numbered_points(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    text = answer_text(Wanted("怎么申请首贷", "zh", form=Form.HOW), citations, corpus)
    assert "\n1. " in text
    assert "\n2. " in text
    assert "\n1. " not in answer_text(Wanted("首贷是什么", "zh"), citations, corpus)


def test_which_clause_is_answered_with_its_address(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    text = answer_text(Wanted("首贷在哪一条", "zh", form=Form.WHICH_CLAUSE), citations, corpus)
    assert text.startswith("在皖营商环境办〔2023〕4号 典型案例 一、（三）")


def test_the_words_that_state_what_is_asked_come_first_and_are_of_the_quote(assistant: Assistant) -> None:
    answer = assistant.ask("芜湖小微企业低压接入标准是多少千瓦")
    first = answer.text.splitlines()[0]
    words = first.partition("“")[2].rpartition("”")[0]
    assert "200千瓦" in words
    assert any(words in citation.quote for citation in answer.citations)
    assert first.endswith(f"[{answer.citations[0].number}]")


def test_nothing_leads_where_no_quote_states_it(assistant: Assistant, citations: tuple[Citation, ...]) -> None:
    assert asked_kinds("首贷的客服电话号码是多少")
    assert stated("首贷的客服电话号码是多少", citations, assistant.index) is None


def test_the_stating_words_are_written_with_their_mark(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    wanted = Wanted("多久能办完", "zh", stated=Stated(asked_kinds("多久能办完")[0], "1个工作日", 1))
    assert answer_text(wanted, citations, corpus).startswith("原文写明的办理时限：“1个工作日” [1]")


def test_which_places_have_it_names_each_with_its_mark(assistant: Assistant) -> None:
    answer = assistant.ask("哪个城市有数字政务门牌")
    assert answer.text.startswith("文件里写到这件事的有：哈尔滨 [1]")


def test_a_place_of_which_nothing_is_found_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("哈尔滨跟安徽的首贷有什么不同")
    assert {citation.jurisdiction for citation in answer.citations} == {("安徽",)}
    assert "没有找到哈尔滨对这件事的规定。" in answer.text


def test_a_place_beyond_the_documents_is_named_beside_the_answer(assistant: Assistant) -> None:
    assert "现有文件不涉及上海。" in assistant.ask("合肥和上海的首贷专区有什么支持").text


def test_clauses_beyond_what_one_answer_holds_are_counted(assistant: Assistant) -> None:
    answer = assistant.ask("哈尔滨措施第1到12条")
    assert [citation.clause_id for citation in answer.citations] == [f"harbin-66:{n}" for n in range(1, 7)]
    assert answer.text.endswith("一次最多列6条，其余6条请分次查询。")


def test_where_no_place_is_named_another_places_answer_stands_beside(assistant: Assistant) -> None:
    both = assistant.ask("破产管理人 打分")
    assert {citation.clause_id for citation in both.citations} == {"harbin-66:50", "anhui-2023-4:3.6"}
    alone = assistant.ask("芜湖 破产管理人 打分")
    assert {citation.clause_id for citation in alone.citations} == {"anhui-2023-4:3.6"}


def test_this_clause_and_the_next_one_follow_the_last_answer(assistant: Assistant) -> None:
    first = assistant.ask("哈尔滨66条第33条讲什么")
    history = [Turn("user", first.question), Turn("assistant", first.text)]
    for question, clause in (
        ("这条是谁负责", "33"),
        ("下一条呢", "34"),
        ("上一条讲什么", "32"),
        ("the next clause", "34"),
    ):
        answer = assistant.ask(question, history=history)
        assert {citation.clause_id for citation in answer.citations} == {f"harbin-66:{clause}"}, question
    assert not assistant.ask("下一条呢").citations
