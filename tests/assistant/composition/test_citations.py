from assistant.composition.citations import address, cite, english_address
from assistant.composition.evidence import Evidence
from corpus.corpus import Corpus


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
    evidence = [Evidence(clause, part, part.start, part.end) for part in clause.parts[1:3]]
    citations = cite(evidence, {clause.id: 0.5}, corpus)
    assert [c.number for c in citations] == [1, 2]
    assert [c.part_id for c in citations] == ["anhui-2023-4:1.3.2", "anhui-2023-4:1.3.3"]
    assert all(c.quote == corpus.document("anhui-2023-4").text[c.start : c.end] for c in citations)


def test_an_english_address_gives_the_english_title_and_the_numbers(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:1.3")
    document = corpus.document("anhui-2023-4")
    assert english_address(document, clause) == f"{document.title_en}, case 1.3"
    measure = corpus.clause("harbin-66:33")
    assert english_address(corpus.document("harbin-66"), measure).endswith(", clause 33")
    notice = corpus.clause("anhui-2023-4:0.2")
    assert english_address(document, notice).endswith(", clause 2")
