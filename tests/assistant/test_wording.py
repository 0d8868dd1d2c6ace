import pytest

from assistant.answer import MARK, Citation
from assistant.composer import cite
from assistant.evidence import Evidence
from assistant.service import Assistant
from assistant.wording import Audience, answer_text
from corpus.clause import Clause, Document
from corpus.library import Corpus


@pytest.fixture
def citations(corpus: Corpus) -> tuple[Citation, ...]:
    clause = corpus.clause("anhui-2023-4:1.3")
    return cite([Evidence(clause, p, p.start, p.end) for p in clause.parts[1:3]], {clause.id: 0.5}, corpus)


def test_the_text_names_the_clause_once_and_marks_each_quote(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    text = answer_text("首贷有什么支持", citations, corpus, "zh")
    assert text.count("典型案例 一、（三）") == 1
    for citation in citations:
        assert f"{citation.quote.strip()} [{citation.number}]" in text


def test_a_citizen_reads_the_matter_first_and_an_agent_the_address(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    plain = corpus.plain["anhui-2023-4:1.3.2"].plain
    for audience, first in ((Audience.CITIZEN, plain), (Audience.AGENT, "典型案例 一、（三）")):
        text = answer_text("首贷有什么支持", citations, corpus, "zh", audience)
        other = "典型案例 一、（三）" if first == plain else plain
        assert text.index(first) < text.index(other)


def test_every_line_that_states_something_ends_with_its_mark(corpus: Corpus, citations: tuple[Citation, ...]) -> None:
    for language in ("zh", "en"):
        text = answer_text("首贷有什么支持", citations, corpus, language)
        for citation in citations:
            record = corpus.plain[citation.part_id or ""]
            assert f"{record.gist_en if language == 'en' else record.plain} [{citation.number}]" in text


def test_english_has_the_gist_the_chinese_quote_and_both_addresses(
    corpus: Corpus, citations: tuple[Citation, ...]
) -> None:
    text = answer_text("how do I get first-loan support", citations, corpus, "en")
    assert "our paraphrase" in text
    assert "case 1.3" in text
    assert "皖营商环境办〔2023〕4号 典型案例 一、（三）" in text
    assert citations[0].quote.strip() in text


def test_a_kind_of_thing_that_the_quote_lacks_is_said_to_lack(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:3.3")
    evidence = [Evidence(clause, p, p.start, p.end) for p in clause.parts if "千瓦" in p.text]
    citations = cite(evidence, {clause.id: 0.5}, corpus)
    assert "没有写明" not in answer_text("低压接入标准是多少千瓦", citations, corpus, "zh")
    assert "（您问的电话号码，这里没有写明。）" in answer_text("低压接入的咨询电话号码", citations, corpus, "zh")


def test_a_citys_case_names_its_city(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:3.3")
    evidence = [Evidence(clause, clause.parts[0], clause.parts[0].start, clause.parts[0].end)]
    citations = cite(evidence, {clause.id: 0.5}, corpus)
    assert "（芜湖）" in answer_text("低压接入", citations, corpus, "zh")
    assert "(Wuhu)" in answer_text("low voltage", citations, corpus, "en")


def test_a_document_without_records_is_quoted_without_a_paraphrase() -> None:
    text = "一、根据国办发[2020]1号开办企业。"
    document = Document("d", "办法", text, number="某政发[2024]1号")
    clause = Clause("d:1", "d", "一、", "根据国办发[2020]1号开办企业", (), text, 0, len(text))
    corpus = Corpus((document,), (clause,))
    citations = cite([Evidence(clause, None, 2, len(text))], {"d:1": 0.5}, corpus)
    said = answer_text("怎么开办企业", citations, corpus, "zh")
    assert MARK.findall(said) == ["1"], "a bracketed number of the document is no mark"
    assert "通俗地说" not in said
    assert citations[0].quote == "根据国办发[2020]1号开办企业。"


def test_clauses_of_several_places_are_labelled_and_never_merged(assistant: Assistant) -> None:
    answer = assistant.ask("破产管理人怎么考核评价，哈尔滨和芜湖分别怎么规定")
    places = [citation.jurisdiction for citation in answer.citations]
    assert {("哈尔滨",), ("芜湖",)} <= set(places)
    assert answer.text.startswith("各地规定不同")
    assert len({c.clause_id for c in answer.citations}) == answer.text.count("\n依据")
