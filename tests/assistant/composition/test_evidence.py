from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from assistant.composition.evidence import MAX_QUOTES, choose_evidence, load_model, quote_units
from assistant.composition.stretches import Evidence
from assistant.service import Assistant
from assistant.thresholds import load_thresholds
from corpus.clause import Clause, Part
from index.index import Index
from index.quotable import units_of

MARGIN = load_thresholds().evidence_margin
LONG = 250
FILLER = "本条所称摊位是指依照本办法备案并且公示的固定经营位置，其编号由市场开办者统一编排，并在入口处公布。"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up clauses are long from 250 characters on."""
    monkeypatch.setattr("assistant.composition.evidence.WHOLE", LONG)


def choose(index: Index, question: str, clause_id: str, *named: str) -> list[Evidence]:
    [query] = index.read([question])
    return choose_evidence(query, index.corpus.clause(clause_id), index, MARGIN, named)


def clause_of(text: str, *points: str, inner: Sequence[tuple[str, str]] = ()) -> Clause:
    """A clause with these points, and with (point, text) inside one of them; the number takes three characters."""
    parts = []
    for k, point in enumerate(points, 1):
        start = text.index(point)
        nested = [
            Part(f"d:1.{k}.{n}", one[:3], one, text.index(one), text.index(one) + len(one))
            for n, (_, one) in enumerate((pair for pair in inner if pair[0] == point), 1)
        ]
        parts.append(Part(f"d:1.{k}", point[:3], point, start, start + len(point), parts=tuple(nested)))
    return Clause("d:1", "d", "第一条", "摊位", (), text, 0, len(text), parts=tuple(parts), number_length=3)


def quotes(clause: Clause, *answering: str) -> list[str]:
    """What is quoted when the units with these words score 1 and others 0, behind one another."""
    units = units_of(clause)
    first = [next((n for n, words in enumerate(answering) if words in unit.text), None) for unit in units]
    scores = np.array([0.0 if n is None else 5.0 - n * MARGIN / 4 for n in first])
    found = quote_units(clause, units, scores, MARGIN)
    assert len(found) <= MAX_QUOTES
    assert all(one.end <= two.start for one, two in pairwise(found))
    return [clause.text[one.start : one.end] for one in found]


LIST = clause_of(
    f"第一条{FILLER * 4}有下列情形之一的，不予备案：\n（一）摊位已经备案的；\n（二）摊位在消防通道上的；\n"
    "（三）书籍霉变的。\n但书籍已经修复的除外。\n属于前款情形的，退回材料，三十日内可以再次提交。",
    "（一）摊位已经备案的；",
    "（二）摊位在消防通道上的；",
    "（三）书籍霉变的。",
)


def test_the_part_that_answers_is_quoted(index: Index) -> None:
    evidence = choose(index, "首贷户有没有财政贴息", "anhui-2023-4:1.3")
    assert "anhui-2023-4:1.3.3" in {e.part.id for e in evidence if e.part}


def test_a_question_for_the_whole_clause_is_answered_with_more_of_it(index: Index) -> None:
    whole = choose(index, "首贷难怎么解决", "anhui-2023-4:1.3")
    narrow = choose(index, "首贷户有没有财政贴息和风险补偿资金", "anhui-2023-4:1.3")
    assert [e.part.id for e in narrow if e.part] == ["anhui-2023-4:1.3.3"]
    assert len(narrow) < len(whole)


@pytest.mark.parametrize("question", ["首贷", "12345热线升级了多少功能", "how do I get a loan", "不相干", "?"])
def test_quotes_lie_inside_their_clause_and_are_few_and_in_order_behind_the_nearest(
    index: Index, question: str
) -> None:
    for clause in index.corpus.clauses:
        evidence = choose(index, question, clause.id)
        spans = [(e.start, e.end) for e in evidence]
        assert 1 <= len(evidence) <= MAX_QUOTES
        assert spans[1:] == sorted(spans[1:])
        assert all(clause.start <= start < end <= clause.end for start, end in spans)
        assert all(one <= two for (_, one), (two, _) in pairwise(sorted(spans))), "no word twice"
        held = [e.part for e in evidence if e.part]
        assert all(part.start <= e.start and e.end <= part.end for part, e in zip(held, evidence, strict=False))


POINTS = clause_of(
    f"第一条{FILLER * 4}摊位备案。\n一是书籍消毒。\n二是灯光改造。\n三是雨棚加固。",
    "一是书籍消毒。",
    "二是灯光改造。",
    "三是雨棚加固。",
)


def test_of_several_points_the_nearest_stands_first_unless_they_are_steps() -> None:
    def quoted(clause: Clause) -> list[str]:
        units = units_of(clause)
        scores = np.array([MARGIN * (("灯光" in u.text) / 2 + 9 * (u.part is not None)) for u in units])
        return [clause.text[one.start : one.end] for one in quote_units(clause, units, scores, MARGIN)]

    assert quoted(POINTS) == ["二是灯光改造。", "一是书籍消毒。", "三是雨棚加固。"]
    steps = replace(POINTS, text=POINTS.text.replace("摊位备案。", "首先备案。"))
    assert quoted(steps) == ["一是书籍消毒。", "二是灯光改造。", "三是雨棚加固。"]


def test_an_item_is_quoted_with_the_words_it_stands_under() -> None:
    assert quotes(LIST, "消防通道") == [
        "有下列情形之一的，不予备案：",
        "（二）摊位在消防通道上的；",
        "但书籍已经修复的除外。",
    ]
    found = quote_units(LIST, units_of(LIST), np.array(["消防" in u.text for u in units_of(LIST)], float), MARGIN)
    assert [e.part.id if e.part else None for e in found] == [None, "d:1.2", None]


def test_where_the_lead_in_answers_its_list_is_quoted_in_one_stretch() -> None:
    [quote] = quotes(LIST, "不予备案")
    assert quote.startswith("有下列情形之一的")
    assert quote.endswith("（三）书籍霉变的。")


def test_of_a_list_too_long_for_one_stretch_the_best_items_are_quoted_with_its_lead_in() -> None:
    items = [f"（{n}）{what}{'，并附照片和说明' * 9}；" for n, what in zip("一二三四", "甲乙丙丁", strict=True)]
    clause = clause_of("第一条申请应当提交下列材料：\n" + "\n".join(items), *items)
    assert quotes(clause, "下列材料", "丙") == ["申请应当提交下列材料：", items[0], items[2]]


def test_a_consequence_behind_a_list_is_quoted_alone() -> None:
    assert quotes(LIST, "再次提交") == ["属于前款情形的，退回材料，三十日内可以再次提交。"]


def test_an_exception_is_quoted_with_its_rule() -> None:
    clause = clause_of(f"第一条{FILLER * 4}门诊费用不予报销。但是，急诊除外。{FILLER * 2}")
    assert quotes(clause, "门诊费用") == ["门诊费用不予报销。但是，急诊除外。"]


def test_a_line_that_breaks_in_a_sentence_is_no_border() -> None:
    broken = "夜间延时经营的摊位应当在开业以前三日向市场开办者\n提出书面申请。"
    assert quotes(clause_of(f"第一条{FILLER * 5}\n{broken}\n{FILLER}"), "书面申请") == [broken]


def test_a_point_inside_a_point_comes_with_the_words_above_it() -> None:
    inner = [
        f"（{n}）{what}的，每年减{n}成{'，期满后重新核定' * 6}；" for n, what in zip("一二三", "甲乙丙", strict=True)
    ]
    outer = f"摊位费按照下列办法减收：\n{chr(10).join(inner)}"
    clause = clause_of(f"第一条{outer}", outer, inner=[(outer, one) for one in inner])
    assert quotes(clause, "乙") == ["摊位费按照下列办法减收：", inner[1]]


def test_a_short_clause_with_a_list_is_quoted_whole_unless_one_item_answers_alone() -> None:
    clause = clause_of(
        "第一条摊位应当：\n（一）明码标价；\n（二）保持清洁。\n违反的，责令改正。",
        "（一）明码标价；",
        "（二）保持清洁。",
    )
    assert quotes(clause, "明码", "责令") == [clause.text[3:]]
    assert quotes(clause, "责令") == [clause.text[3:]]
    assert quotes(clause, "明码") == ["摊位应当：", "（一）明码标价；"]


def test_of_ten_sentences_those_that_answer_are_quoted_and_touching_ones_together() -> None:
    sentences = [f"第{n}个摊位的租金由开办者按照上一年度的平均水平核定并且公布{n}次。" for n in "一二三四五六七八九十"]
    clause = clause_of("第一条" + "".join(sentences))
    assert quotes(clause, "七次") == [sentences[6]]
    assert quotes(clause, "七次", "八次") == ["".join(sentences[6:8])]
    assert quotes(clause, "七次", "二次") == [sentences[1], sentences[6]]


def test_a_short_clause_without_parts_is_quoted_whole_after_its_number(index: Index) -> None:
    clause = index.corpus.clause("harbin-66:26")
    assert len(clause.text) <= LONG
    [evidence] = choose(index, "创新建立金融顾问制度", clause.id)
    text = index.corpus.document("harbin-66").text
    assert text[evidence.start : evidence.end] == clause.text.removeprefix("26.")


def test_of_a_long_clause_the_sentence_that_answers_is_quoted(market: Assistant) -> None:
    clause = market.corpus.clause("market:8")
    assert not clause.parts
    assert len(clause.text) > LONG
    evidence = choose(market.index, "下暴雨了摊位要不要关", clause.id)
    words = [market.corpus.document("market").text[one.start : one.end] for one in evidence]
    assert all(one.part is None for one in evidence)
    assert any("恶劣天气" in one for one in words)
    assert sum(map(len, words)) < 0.7 * len(clause.text)
    assert all(one.endswith("。") for one in words)


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


def test_every_weight_of_the_model_is_of_a_figure_that_there_is(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    [query] = index.read(["首贷户贴息"])
    features = index.match_units(query, clause)
    assert set(load_model().weights) <= {*features, "record"}
    assert all(len(values) == len(index.units(clause).all) for values in features.values())
