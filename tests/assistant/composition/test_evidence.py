from itertools import pairwise

import pytest

from assistant.composition.evidence import MAX_QUOTES, WHOLE, Evidence, choose_evidence
from assistant.service import Assistant
from index.index import Index

MARGIN = 0.6


def choose(index: Index, question: str, clause_id: str, *named: str) -> list[Evidence]:
    [query] = index.read([question])
    return choose_evidence(query, index.corpus.clause(clause_id), index, MARGIN, named)


def test_the_part_that_answers_is_quoted(index: Index) -> None:
    evidence = choose(index, "首贷户有没有财政贴息", "anhui-2023-4:1.3")
    assert "anhui-2023-4:1.3.3" in {e.part.id for e in evidence if e.part}


def test_a_question_for_the_whole_clause_is_answered_with_more_of_it(index: Index) -> None:
    whole = choose(index, "怎么申请首贷", "anhui-2023-4:1.3")
    narrow = choose(index, "首贷户有没有财政贴息和风险补偿资金", "anhui-2023-4:1.3")
    assert [e.part.id for e in whole if e.part] == [f"anhui-2023-4:1.3.{k}" for k in (2, 3, 4)]
    assert len(narrow) < len(whole)


@pytest.mark.parametrize("question", ["首贷", "12345热线升级了多少功能", "how do I get a loan", "不相干"])
def test_quotes_lie_inside_their_clause_in_order_and_are_few(index: Index, question: str) -> None:
    for clause in index.corpus.clauses:
        evidence = choose(index, question, clause.id)
        spans = [(e.start, e.end) for e in evidence]
        assert 1 <= len(evidence) <= MAX_QUOTES
        assert spans == sorted(spans)
        assert all(clause.start <= start < end <= clause.end for start, end in spans)
        assert all(one <= two for (_, one), (two, _) in pairwise(spans)), "no word twice"


def test_a_short_clause_without_parts_is_quoted_whole_after_its_number(index: Index) -> None:
    clause = index.corpus.clause("harbin-66:26")
    assert len(clause.text) <= WHOLE
    [evidence] = choose(index, "创新建立金融顾问制度", clause.id)
    text = index.corpus.document("harbin-66").text
    assert text[evidence.start : evidence.end] == clause.text.removeprefix("26.")


def test_of_a_long_clause_without_parts_one_unbroken_stretch_is_quoted(market: Assistant) -> None:
    clause = market.corpus.clause("market:8")
    assert not clause.parts
    assert len(clause.text) > WHOLE
    [narrow] = choose(market.index, "下暴雨了摊位要不要关", clause.id)
    words = market.corpus.document("market").text[narrow.start : narrow.end]
    assert narrow.part is None
    assert "恶劣天气" in words
    assert len(words) < len(clause.text)
    assert words.endswith("。")


def test_what_is_asked_for_by_number_is_quoted_whole(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    assert [one.part for one in choose(index, "典型案例一、（三）", clause.id, clause.id)] == list(clause.parts)
    [part] = choose(index, "第四点", clause.id, clause.parts[3].id)
    assert part.part == clause.parts[3]
    clause = index.corpus.clause("harbin-66:26")
    [whole] = choose(index, "第二十六条", clause.id, clause.id)
    assert (whole.start, whole.end) == (clause.start, clause.end)


def test_a_clause_quoted_whole_holds_each_of_its_words_once(index: Index) -> None:
    for clause in index.corpus.clauses:
        quoted = choose(index, "原文", clause.id, clause.id)
        text = index.corpus.document(clause.document_id).text
        said = "".join(text[one.start : one.end] for one in quoted)
        spans = [(one.start, one.end) for one in quoted]
        assert all(one <= two for (_, one), (two, _) in pairwise(spans)), clause.id
        body = text[clause.body_start : clause.end]
        left = body.replace(clause.title, "", 1) if clause.parts else body
        assert len("".join(said.split())) >= len("".join(left.split())) - 4, clause.id
