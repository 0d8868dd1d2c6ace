from assistant.composition.citations import address_of, cite, relate
from assistant.composition.stretches import Evidence
from assistant.messages import messages
from corpus.corpus import Corpus
from index.retriever import Hit


def test_citations_are_numbered_in_order_and_quote_the_document(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:1.3")
    evidence = [Evidence(clause, part, part.start, part.end) for part in clause.parts[1:3]]
    citations = cite(evidence, {clause.id: 0.5}, corpus)
    assert [c.number for c in citations] == [1, 2]
    assert [c.part_id for c in citations] == ["anhui-2023-4:1.3.2", "anhui-2023-4:1.3.3"]
    assert all(c.quote == corpus.document("anhui-2023-4").text[c.start : c.end] for c in citations)
    assert {(c.clause_id, c.score, c.jurisdiction) for c in citations} == {(clause.id, 0.5, ("安徽",))}


def test_a_label_names_document_clause_and_heading(corpus: Corpus) -> None:
    clause = corpus.clause("harbin-66:33")
    [citation] = cite([Evidence(clause, None, clause.start, clause.end)], {clause.id: 1.0}, corpus)
    assert citation.part_id is None
    assert citation.label == "《哈尔滨市优化营商环境改革措施66条》第三十三条（七、提高税务服务满意度）"


def test_a_reader_of_english_gets_both_addresses(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:1.3")
    [citation] = cite([Evidence(clause, None, clause.start, clause.end)], {clause.id: 1.0}, corpus)
    document = corpus.document("anhui-2023-4")
    english, _, chinese = address_of(document, clause, messages("en")).partition(" · ")
    assert chinese == address_of(document, clause, messages("zh")) == citation.label
    assert english.startswith(str(document.title_en))
    assert english.endswith("case 1 (3)")


def test_a_citys_case_names_its_city(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:3.3")
    [citation] = cite([Evidence(clause, None, clause.start, clause.end)], {clause.id: 1.0}, corpus)
    assert citation.label.endswith("（芜湖）")
    assert "(Wuhu)" in address_of(corpus.document("anhui-2023-4"), clause, messages("en"))


def test_related_clauses_keep_their_order_and_are_labelled_with_address_and_title(corpus: Corpus) -> None:
    hits = [Hit(corpus.clause(id_), score) for id_, score in (("harbin-66:33", 0.9), ("anhui-2023-4:1.3", 0.5))]
    related = relate(hits, corpus)
    assert [(one.clause_id, one.score) for one in related] == [("harbin-66:33", 0.9), ("anhui-2023-4:1.3", 0.5)]
    for one, hit in zip(related, hits, strict=True):
        assert one.label.endswith(f" {hit.clause.title}")
