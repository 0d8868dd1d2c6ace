from assistant.answer import MARK, Reason
from assistant.composer import address, answer_text, cite, refusal_text
from assistant.evidence import Evidence
from assistant.place import Places
from corpus.clause import Clause, Document
from corpus.library import Corpus


def test_an_address_names_document_clause_and_heading(corpus: Corpus) -> None:
    clause = corpus.clause("harbin-66:33")
    document = corpus.document("harbin-66")
    assert address(document, clause) == "《哈尔滨市优化营商环境改革措施66条》第三十三条（七、提高税务服务满意度）"


def test_an_address_names_the_document_number_and_the_point(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:1.3")
    document = corpus.document("anhui-2023-4")
    assert address(document, clause, clause.parts[3]) == "皖营商环境办〔2023〕4号 典型案例 一、（三）第四点"


def test_citations_are_numbered_in_order_and_quote_the_document(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:1.3")
    evidence = [Evidence(clause, part, part.start, part.end, 1.0) for part in clause.parts[1:3]]
    citations = cite(evidence, {clause.id: 0.5}, corpus)
    assert [c.number for c in citations] == [1, 2]
    assert [c.part_id for c in citations] == ["anhui-2023-4:1.3.2", "anhui-2023-4:1.3.3"]
    assert all(c.quote == corpus.document("anhui-2023-4").text[c.start : c.end] for c in citations)


def test_the_text_names_each_clause_once_and_marks_each_quote(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:1.3")
    evidence = [Evidence(clause, part, part.start, part.end, 1.0) for part in clause.parts[1:3]]
    text = answer_text(cite(evidence, {clause.id: 0.5}, corpus), corpus, "zh")
    assert text.count("典型案例 一、（三）") == 1
    assert text.index("二是线上开设首贷专区") < text.index("[1]") < text.index("三是加大") < text.index("[2]")


def test_every_reason_has_words_in_both_languages() -> None:
    for reason in Reason:
        for language in ("zh", "en"):
            text = refusal_text(reason, language, Places(missing=("北京",)), ["哈尔滨", "安徽"])
            assert text
            assert "{" not in text
    assert "北京" in refusal_text(Reason.PLACE_NOT_COVERED, "zh", Places(missing=("北京",)), ["哈尔滨"])
    english = refusal_text(Reason.PLACE_NOT_COVERED, "en", Places(missing=("北京",)), ["哈尔滨", "安徽"])
    assert "cover Beijing. They are those of Harbin, Anhui;" in english


def test_a_refusal_names_the_place_it_was_narrowed_to() -> None:
    asked = Places(covered=("芜湖",))
    assert refusal_text(Reason.NOT_IN_DOCUMENTS, "zh", asked, []).startswith("适用于芜湖的文件没有回答")
    assert "for Wuhu" in refusal_text(Reason.NOT_IN_DOCUMENTS, "en", asked, [])
    assert refusal_text(Reason.NOT_IN_DOCUMENTS, "zh", Places(), []).startswith("现有文件没有回答")


def test_a_bracketed_number_of_a_document_is_no_mark() -> None:
    text = "一、根据国办发[2020]1号开办企业。"
    document = Document("d", "办法", text, number="某政发[2024]1号")
    clause = Clause("d:1", "d", "一、", "根据国办发[2020]1号开办企业", (), text, 0, len(text))
    corpus = Corpus((document,), (clause,))
    citations = cite([Evidence(clause, None, 2, len(text), 1.0)], {"d:1": 0.5}, corpus)
    said = answer_text(citations, corpus, "zh")
    assert MARK.findall(said) == ["1"]
    assert citations[0].quote == "根据国办发[2020]1号开办企业。"
