from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause, Part
from index.engines.passages import STRETCH, passages_of, stretches


@given(st.text("甲乙。；\n", max_size=2000))
def test_stretches_cut_a_long_text_without_losing_a_character(text: str) -> None:
    found = stretches(text)
    assert not found if len(text) <= 2 * STRETCH else "".join(found) == text


def test_stretches_end_with_sentences_and_stay_short() -> None:
    found = stretches("一句话说完了。" * 200)
    assert all(len(stretch) <= STRETCH and stretch.endswith("。") for stretch in found)


def test_a_clause_is_encoded_whole_and_by_its_parts_under_its_title() -> None:
    text = "（三）首贷。一是建库。二是开专区。"
    parts = (Part("d:1.1", "一是", "一是建库。", 6, 11), Part("d:1.2", "二是", "二是开专区。", 11, 17))
    assert passages_of([Clause("d:1", "d", "一、", "首贷", (), text, 0, len(text), (), parts)]) == [
        (0, -1, "text", text),
        (0, 0, "part", "首贷\n一是建库。"),
        (0, 1, "part", "首贷\n二是开专区。"),
    ]


def test_a_title_that_the_text_lacks_is_put_before_it() -> None:
    clause = Clause("r", "r", "劳动法", "劳动法", (), "应当支付工资。", 0, 7)
    assert [passage.text for passage in passages_of([clause])] == ["劳动法\n应当支付工资。"]


def test_a_row_is_encoded_under_its_table_and_so_is_each_of_its_cells() -> None:
    cells = (("序号", "2"), ("船型", "铁船"), ("单程", "6元"), ("说明", "儿童免费"))
    clause = Clause("d:r2", "d", "第二行", "船型：铁船；单程：6元", ("渡船收费表",), "2\t铁船\t6元", 0, 8, cells=cells)
    assert [passage.text for passage in passages_of([clause])] == [
        "渡船收费表\n船型：铁船；单程：6元",
        "渡船收费表 船型 铁船",
        "渡船收费表 铁船 单程 6元",
        "渡船收费表 铁船 6元 说明 儿童免费",
    ]
