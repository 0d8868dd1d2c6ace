import numpy as np
import pytest

from corpus.clause import Clause, Part
from index.index import Index
from index.quotable import LONG, body_of, sentence_spans, units_of
from index.text.normalizer import normalize
from index.text.tokenizer import tokenize


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_units_follow_one_another_inside_their_clause_and_lose_no_word(index: Index) -> None:
    for clause in index.corpus.clauses:
        units = units_of(clause)
        text = index.corpus.document(clause.document_id).text
        assert all(text[unit.start : unit.end] == unit.text and unit.text.strip() for unit in units)
        ends = [clause.start, *(unit.end for unit in units)]
        assert all(end <= unit.start for end, unit in zip(ends, units, strict=False))
        assert ends[-1] <= clause.end
        assert all(lead < number for number, unit in enumerate(units) for lead in unit.under)
        start, end = body_of(clause)
        said = "".join("".join(unit.text for unit in units).split())
        assert len(said) >= len("".join(text[start:end].split())) - len(clause.title) - 2


def test_a_point_is_one_unit_unless_it_is_long_or_has_points(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    assert [unit.part for unit in units_of(clause) if unit.is_part] == list(clause.parts)
    text = "一是" + "摊位按照公示的位置经营。" * 20
    long = Clause("d:1", "d", "一", "题", (), text, 0, len(text), parts=(Part("d:1.1", "一是", text, 0, len(text)),))
    assert len(text) > LONG
    assert len(units_of(long)) == 20
    assert {unit.part for unit in units_of(long)} == set(long.parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙！“丙？”丁", ["甲。", "乙！", "“丙？”", "丁"]),
        ("  甲。\n\n 乙。 ", ["甲。", "乙。"]),
        ("摊位应当在开业以前三日向市场开办者\n申请。乙。", ["摊位应当在开业以前三日向市场开办者\n申请。", "乙。"]),
        ("申请材料\n身份证明。", ["申请材料", "身份证明。"]),
        (
            "摊位应当在开业以前三日向市场开办者提交\n（一）身份证明",
            ["摊位应当在开业以前三日向市场开办者提交", "（一）身份证明"],
        ),
        (
            "摊位应当在开业以前三日向市场开办者提交\t甲\n乙\t丙",
            ["摊位应当在开业以前三日向市场开办者提交\t甲", "乙\t丙"],
        ),
        ("", []),
    ],
)
def test_sentences_end_with_a_mark_or_a_line_that_is_not_full(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_items_that_are_no_points_stand_under_the_sentence_above() -> None:
    text = "一、申请材料包括：\n1．身份证明；\n2．承诺书。\n材料不全的，一次告知。"
    units = units_of(Clause("d:1", "d", "一", "申请", (), text, 0, len(text), number_length=2))
    assert [unit.under for unit in units] == [(), (0,), (0,), ()]


def test_a_heading_is_no_unit_and_a_first_sentence_is() -> None:
    for text, first in (("一、摊位备案\n当日办结。", "当日办结。"), ("一、摊位备案。当日办结。", "摊位备案。")):
        assert units_of(Clause("d:1", "d", "一", "摊位备案", (), text, 0, len(text), number_length=2))[0].text == first


def test_no_clause_is_without_a_unit() -> None:
    assert [(unit.start, unit.end) for unit in units_of(Clause("d:1", "d", "一、", "题", (), "。", 5, 6))] == [(5, 6)]


def test_units_are_read_under_their_title_with_the_words_of_the_alignment(index: Index) -> None:
    for clause in index.corpus.clauses[::9]:
        units = index.units(clause)
        assert units is index.units(clause)
        titled = [normalize(f"{clause.title}\n{unit.text}") for unit in units.all]
        assert np.array_equal(units.vectors, index.encoder.encode_documents(titled))
        assert units.tokens == tuple(frozenset(tokenize(unit.text)) for unit in units.all)
        assert len(units.words.clauses) == len(units.around.clauses) == len(units.all) + 1
        known = set(index.alignment.text.of(index.table.positions[clause.id]).tolist())
        assert {*units.words.ids.tolist(), *units.around.ids.tolist()} <= known


@pytest.mark.parametrize("question", ["首贷户贴息", "", "?", "qwrtz"])
def test_the_share_of_a_question_found_in_a_unit_is_that_of_its_tokens(index: Index, question: str) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    [query] = index.read([question])
    shares = [index.idf_share(frozenset(query.tokens), tokens) for tokens in index.units(clause).tokens]
    assert index.match_units(query, clause)["idf_share"] == pytest.approx(shares)
