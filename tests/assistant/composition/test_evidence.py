from itertools import pairwise

import pytest

from assistant.composition.evidence import MOST, choose_evidence
from assistant.service import Assistant
from index.alignment import Alignment
from index.index import Index


def test_the_part_that_answers_is_quoted(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    evidence = choose_evidence("首贷户有没有财政贴息", clause, Alignment(index))
    assert "anhui-2023-4:1.3.3" in {e.part.id for e in evidence if e.part}


@pytest.mark.parametrize("query", ["首贷", "12345热线升级了多少功能", "how do I get a loan", "不相干"])
def test_quotes_lie_inside_their_clause_in_order_and_are_few(index: Index, query: str) -> None:
    for clause in index.corpus.clauses:
        evidence = choose_evidence(query, clause, Alignment(index))
        spans = [(e.start, e.end) for e in evidence]
        assert 1 <= len(evidence) <= MOST
        assert spans == sorted(spans)
        assert all(clause.start <= start < end <= clause.end for start, end in spans)


def test_a_quote_begins_after_the_clause_number(index: Index) -> None:
    clause = index.corpus.clause("harbin-66:26")
    [evidence] = choose_evidence("创新建立金融顾问制度", clause, Alignment(index))
    text = index.corpus.document("harbin-66").text
    assert text[evidence.start : evidence.end].startswith("创新建立金融顾问制度")


def test_what_is_asked_for_by_number_is_quoted_whole(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    points = choose_evidence("典型案例一、（三）", clause, Alignment(index), [clause.id])
    assert [one.part for one in points] == list(clause.parts)
    clause = index.corpus.clause("harbin-66:26")
    [whole] = choose_evidence("第二十六条", clause, Alignment(index), [clause.id])
    assert (whole.start, whole.end) == (clause.start, clause.end)
    clause = index.corpus.clause("anhui-2023-4:1.3")
    [part] = choose_evidence("第四点", clause, Alignment(index), [clause.parts[3].id])
    assert part.part == clause.parts[3]


def test_an_article_asked_for_is_quoted_with_every_word_once(second_assistant: Assistant) -> None:
    corpus = second_assistant.corpus
    for clause in corpus.clauses:
        if clause.numbers and clause.number.endswith("条"):
            evidence = choose_evidence(clause.number, clause, second_assistant.alignment, [clause.id])
            quoted = "".join(clause.text[one.start - clause.start : one.end - clause.start] for one in evidence)
            words = clause.text if evidence[0].start == clause.start else clause.text[clause.number_length :]
            assert "".join(quoted.split()) == "".join(words.split())


@pytest.mark.parametrize("query", ["游船牌照要什么证明", "检验记录", "牌照几年有效", "救生衣"])
def test_no_word_is_quoted_twice(second_assistant: Assistant, query: str) -> None:
    for clause in second_assistant.corpus.clauses:
        spans = [(one.start, one.end) for one in choose_evidence(query, clause, second_assistant.alignment)]
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_nested_part_can_be_the_one_that_answers(second_assistant: Assistant) -> None:
    clause = second_assistant.corpus.clause("Yunze_Lake 湖泊条例:3")
    found = choose_evidence("要不要救生衣的购买凭证", clause, second_assistant.alignment)
    assert any(one.part and one.part.id.startswith("Yunze_Lake 湖泊条例:3.1.2") for one in found)
