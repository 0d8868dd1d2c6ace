from assistant.composition.citations import cite
from assistant.composition.evidence import Evidence
from corpus.load import Corpus


def test_citations_are_numbered_in_order_and_quote_the_document(corpus: Corpus) -> None:
    clause = corpus.clause("anhui-2023-4:1.3")
    evidence = [Evidence(clause, part, part.start, part.end) for part in clause.parts[1:3]]
    citations = cite(evidence, {clause.id: 0.5}, corpus)
    assert [c.number for c in citations] == [1, 2]
    assert [c.part_id for c in citations] == ["anhui-2023-4:1.3.2", "anhui-2023-4:1.3.3"]
    assert all(c.quote == corpus.document("anhui-2023-4").text[c.start : c.end] for c in citations)
