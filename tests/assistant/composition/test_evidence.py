import pytest

from assistant.composition.evidence import MOST, choose_evidence
from index.index import Index


def test_the_part_that_answers_is_quoted(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    evidence = choose_evidence("首贷户有没有财政贴息", clause, index)
    assert "anhui-2023-4:1.3.3" in {e.part.id for e in evidence if e.part}


@pytest.mark.parametrize("query", ["首贷", "12345热线升级了多少功能", "how do I get a loan", "不相干"])
def test_quotes_lie_inside_their_clause_in_order_and_are_few(index: Index, query: str) -> None:
    for clause in index.corpus.clauses:
        evidence = choose_evidence(query, clause, index)
        spans = [(e.start, e.end) for e in evidence]
        assert 1 <= len(evidence) <= MOST
        assert spans == sorted(spans)
        assert all(clause.start <= start < end <= clause.end for start, end in spans)


def test_a_quote_begins_after_the_clause_number(index: Index) -> None:
    clause = index.corpus.clause("harbin-66:26")
    [evidence] = choose_evidence("创新建立金融顾问制度", clause, index)
    text = index.corpus.document("harbin-66").text
    assert text[evidence.start : evidence.end].startswith("创新建立金融顾问制度")


def test_what_is_asked_for_by_number_is_quoted_whole(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    points = choose_evidence("典型案例一、（三）", clause, index, [clause.id])
    assert [one.part for one in points] == list(clause.parts)
    clause = index.corpus.clause("harbin-66:26")
    [whole] = choose_evidence("第二十六条", clause, index, [clause.id])
    assert (whole.start, whole.end) == (clause.start, clause.end)
    clause = index.corpus.clause("anhui-2023-4:1.3")
    [part] = choose_evidence("第四点", clause, index, [clause.parts[3].id])
    assert part.part == clause.parts[3]
