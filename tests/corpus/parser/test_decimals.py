"""Laws of numbers with points: headings such as 2.1.1, and decimals that are no numbers."""

from pathlib import Path

import pytest

from corpus.addresses.references import read_references
from corpus.clause import Document
from corpus.corpus import Corpus
from corpus.label import label
from corpus.parser.outline import parse_outline
from tests.corpus.parser.parsed import clauses_of, keys_of

SPACED = """云泽市养殖规程
1 范围
适用于全市。
2 水面
2.1 鱼塘
2.1.1 水深不低于
1.5米。
2.1.2 每月换水。
2.2 虾塘
每周换水。
3 记录
每日一记。
"""
POINTED = """云泽市养蜂规程
1. 总则
1.1 目的
护蜂。
1.2 范围
全市。
2. 蜂场
2.1 选址要看：
1. 水源
2. 花源
3. 风向
2.2 巡查
每日一次。
3. 附则
另行公布。
"""
UNPARTED = """云泽市苗圃办法
一、总则
1.1育苗应当登记。
1.2登记不收费。
二、出圃
2.1出圃应当检疫。
2.2检疫要查：
（1）根；
（2）叶。
"""
LETTERED = """云泽市竹编章程
1.1总则
1.1.1本章程用于全市。
1.2人员
1.2.1师傅带徒。
1.2.2学徒三年出师。
"""


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (SPACED, ["1", "2.1.1", "2.1.2", "2.2", "3"]),
        (POINTED, ["1.1", "1.2", "2.1.1", "2.1.2", "2.1.3", "2.2", "3"]),
        (UNPARTED, ["1.1", "1.2", "2.1", "2.2"]),
        (LETTERED, ["1.1.1", "1.2.1", "1.2.2"]),
    ],
)
def test_a_number_of_several_components_is_the_id_and_the_innermost_are_clauses(text: str, keys: list[str]) -> None:
    assert keys_of(text) == keys


def test_the_components_are_the_levels_above() -> None:
    found = {clause.id: clause for clause in clauses_of(SPACED)}
    assert found["d:2.1.2"].path == ("2 水面", "2.1 鱼塘")
    assert (found["d:2.1.2"].number, found["d:2.1.2"].title) == ("2.1.2", "每月换水")
    assert found["d:2.1.1"].text == "2.1.1 水深不低于\n1.5米。"


@pytest.mark.parametrize("text", [SPACED, POINTED, UNPARTED, LETTERED])
def test_such_headings_in_order_give_no_warning(text: str) -> None:
    assert parse_outline(text).diagnostics == ()


def test_one_that_is_left_out_is_named() -> None:
    (warning,) = parse_outline(SPACED.replace("2.1.2", "2.1.3")).diagnostics
    assert "2.1.1 之后是 2.1.3" in warning.message
    text = "云泽市规程\n1 总则\n1.1 甲。\n1.3 丙。\n2 管护\n2.2 丁。\n"
    assert keys_of(text) == ["1.1", "1.3", "2.2"]
    assert len(parse_outline(text).diagnostics) == 2


@pytest.mark.parametrize("page", ["", "……1", " 3"])
@pytest.mark.parametrize("name", ["目录", "目　次"])
def test_a_table_of_contents_holds_no_clauses(name: str, page: str) -> None:
    title, _, rest = SPACED.partition("\n")
    listed = "".join(f"{line}{page}\n" for line in ("1 范围", "2 水面", "2.1 鱼塘", "2.2 虾塘", "3 记录"))
    assert keys_of(f"{title}\n{name}\n{listed}\n{rest}") == ["1", "2.1.1", "2.1.2", "2.2", "3"]


def test_an_attachment_begins_again() -> None:
    text = "云泽市通知\n一、照办。\n附件\n云泽市水井规程\n1 名录\n1.1 东井。\n1.2 西井。\n"
    assert keys_of(text) == ["1", "a1.1.1", "a1.1.2"]


ARTICLES = """云泽市渡船办法
第一条 渡船分两类：
1.1 客渡。
1.2 货渡。
1.2.1 载重五吨。
1.2.2 载重十吨。
第二条 自公布之日起施行。
"""
UNDER = """云泽市渡桥规程
1 范围
全市。一是木桥。二是石桥。
2 桥面
先看图。
2.1 木板
每年换。
2.2 护栏
① 高。
② 牢。
"""
ANNEXED = "云泽市通知\n一、照办。\n附件1\n云泽市水井规程\n1 总则\n先看井。\n1.1 东井。\n1.2 西井。\n2 附则\n照办。\n"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("text", [SPACED, POINTED, UNPARTED, LETTERED, ARTICLES, UNDER, ANNEXED])
def test_labels_are_as_printed_and_lead_back(text: str, language: str) -> None:
    document = Document("d", text.partition("\n")[0], text)
    corpus = Corpus((document,), tuple(clauses_of(text)))
    written: list[str] = []
    for clause in corpus.clauses:
        for part in (None, *clause.all_parts()):
            written.append(label(document, clause, part, language))
            assert read_references(written[-1], corpus).ids == (part.id if part else clause.id,), written[-1]
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("question", ["2.1.2是什么", "第2.1.2条讲什么", "养殖规程2.1.2", "What does clause 2.1.2 say?"])
def test_a_question_may_name_one(question: str) -> None:
    document = Document("d", "云泽市养殖规程", SPACED)
    assert read_references(question, Corpus((document,), tuple(clauses_of(SPACED)))).ids == ("d:2.1.2",)


@pytest.mark.parametrize("question", ["1.1元的票怎么退", "低于1.5米怎么办", "要交2.2万元吗"])
def test_a_decimal_in_a_question_names_none(question: str) -> None:
    document = Document("d", "云泽市养殖规程", SPACED)
    found = read_references(question, Corpus((document,), tuple(clauses_of(SPACED))))
    assert (found.ids, found.absent) == ((), ())


@pytest.mark.parametrize(
    "line",
    [
        "1.5米以下的树不得砍伐。",
        "8.5米以上的船禁航。",
        "10.5%的部分免收。",
        "12.30前交清。",
        "3．5万元封顶。",
        "1.2公里以内免费。",
        "2.25倍计收。",
    ],
)
def test_a_decimal_at_the_start_of_a_line_is_no_number(line: str) -> None:
    text = f"云泽市林地通告\n一、护林。\n人人有责。\n{line}\n二、防火。\n三、报警。\n"
    assert keys_of(text) == ["1", "2", "3"]
    assert keys_of(text.replace("三、报警。", "三、报警\n1.打电话。\n2.说地点。")) == ["1", "2", "3.1", "3.2"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("1.2024年底摸底。\n2.3个月内登记。\n3.10家企业挂牌。\n", ["2024年底摸底", "3个月内登记", "10家企业挂牌"]),
        ("1.10千伏线路归镇。\n2.35千伏线路归县。\n3.其余归市。\n", ["10千伏线路归镇", "35千伏线路归县", "其余归市"]),
        (
            "1.5万元以下归镇；\n2.8万元以下归县；\n3.10万元以上归市。\n",
            ["5万元以下归镇", "8万元以下归县", "10万元以上归市"],
        ),
        ("1、交费。\n2、退费。\n3.5万元以上的另议。\n", ["交费", "退费"]),
    ],
)
def test_digits_that_are_the_next_number_of_a_list_open_an_item(text: str, titles: list[str]) -> None:
    assert [clause.title for clause in clauses_of(f"云泽市电网方案\n{text}")] == titles


@pytest.mark.parametrize("line", ["1.1亿元用于修路", "1.2倍计收", "1.3 万元以内"])
def test_amounts_in_a_row_are_no_headings(line: str) -> None:
    text = f"云泽市预算公告\n今年安排\n{line}，\n1.1亿元，\n1.2亿元。\n一、修路。\n二、架桥。\n"
    assert keys_of(text) == ["1", "2"]


def test_the_golden_text_is_numbered_through() -> None:
    text = (Path(__file__).parent / "golden" / "decimals.txt").read_text(encoding="utf-8")
    assert parse_outline(text).diagnostics == ()
