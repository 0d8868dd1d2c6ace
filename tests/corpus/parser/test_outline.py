"""Laws of the parser: golden trees, and on any lines a tree that loses nothing."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.clause import Document
from corpus.load import SHIPPED, read_document
from corpus.metadata import Metadata, read_metadata
from corpus.parser.clauses import read_clauses
from corpus.parser.node import Kind, Node
from corpus.parser.outline import parse_outline
from corpus.readers.normal_form import normalise_text

steadily = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

GOLDEN = Path(__file__).parent / "golden"
SOURCES = [*sorted(SHIPPED.glob("*.txt")), *sorted(GOLDEN.glob("*.txt"))]
CONTAINERS = (Kind.DOCUMENT, Kind.ATTACHMENT, Kind.SECTION)

NUMBERS = st.sampled_from(
    [
        "第一条 ",
        "第二条",
        "第三条之一 ",
        "第一章 ",
        "第二节　",
        "第一编",
        "一、",
        "二、",
        "（一）",
        "(二)",
        "1.",
        "2．",
        "（1）",
        "①",
        "一是",
        "第一部分 ",
        "壹、",
        "## 一、",
        "第一条（一）",
        "1 ",
        "1.1 ",
        "2.1.1",
        "受理材料：",
    ]
)
WORDS = st.sampled_from(
    [
        "总则",
        "规定的事项",
        "企业应当办理登记。",
        "包括：",
        "免费；",
        "一是快。二是好。",
        "做到，一是快，二是好",
        "加强保障，统筹资源，做到",
        "— 2 —",
        "问：甲？",
        "以上政策另行公布。",
        "某市服务办法",
        "附件1-2申报表",
        "某某",
        "、（二）项",
        "附件",
        "附件：",
        "附件1",
        "来源：某网",
        "某市人民政府办公室",
        "2023年5月1日",
        "某政办〔2023〕4号",
        "各市人民政府：",
        "目录",
        "关于服务的通知",
        "本措施自印发之日起施行。",
        "12.5%",
    ]
)
LINES = st.lists(
    st.one_of(st.just(""), st.tuples(st.just("") | NUMBERS, WORDS).map("".join), st.text(max_size=12)), max_size=25
)
TEXTS = st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\n　　"])).map(
    lambda pair: normalise_text(pair[1].join(pair[0]))
)


def drawn(path: Path) -> str:
    """The tree of a file, one node a line with its number and first characters, and below it the clauses."""
    facts = path.with_suffix(".toml")
    read = read_document(path)
    document, clauses, warnings = read.document, read.clauses, read.diagnostics
    title = read_metadata(facts).title if facts.exists() else None
    lines: list[str] = []

    def draw(node: Node, depth: int) -> None:
        label = f" {node.marker.label}" if node.marker else ""
        shown = document.text[node.start : node.end].replace("\n", "⏎")
        lines.append(f"{'  ' * depth}{node.kind}{label} «{shown[:14]}{'…' if len(shown) > 14 else ''}»")
        for child in node.children:
            draw(child, depth + 1)

    draw(parse_outline(document.text, title=title).root, 0)
    lines.append("")
    for clause in clauses:
        parts = " ".join(part.id.removeprefix(clause.id) for part in clause.all_parts())
        lines.append(" | ".join([clause.id, clause.number, clause.title, parts]).rstrip(" |"))
    lines += ["", *(f"{Path(warning.file).name}:{warning.line}: {warning.message}" for warning in warnings)]
    return "\n".join(lines).rstrip() + "\n"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_tree_of_each_golden_text_is_as_written_down(path: Path) -> None:
    assert drawn(path) == (GOLDEN / f"{path.stem}.tree").read_text(encoding="utf-8")


def innermost_counts(root: Node) -> list[int]:
    """For each character, how many nodes own it without one of their children owning it."""
    counts = [0] * root.end
    for node in root.walk():
        for index in range(node.start, node.end):
            counts[index] += 1
        for child in node.children:
            for index in range(child.start, child.end):
                counts[index] -= 1
    return counts


def assert_lossless(text: str, root: Node) -> None:
    assert (root.start, root.end) == (0, len(text))
    assert innermost_counts(root) == [1] * len(text)
    for node in root.walk():
        position = node.start
        for child in node.children:
            assert position <= child.start < child.end <= node.end
            if node.kind in CONTAINERS:
                assert not text[position : child.start].strip()
            position = child.end
        if node.kind in CONTAINERS:
            assert not text[position : node.end].strip()
        if node is not root:
            assert text[node.start : node.end] == text[node.start : node.end].strip()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_character_of_a_golden_text_has_exactly_one_innermost_node(path: Path) -> None:
    text = normalise_text(path.read_text(encoding="utf-8"))
    assert_lossless(text, parse_outline(text).root)


@steadily
@given(TEXTS)
def test_the_tree_of_any_lines_is_lossless(text: str) -> None:
    assert_lossless(text, parse_outline(text).root)


@steadily
@given(TEXTS, st.sampled_from([None, "attachment"]))
def test_clauses_of_any_lines_have_unique_ids_and_exact_offsets(text: str, main: str | None) -> None:
    document = Document("any", "关于服务的通知", text)
    clauses = read_clauses(document, parse_outline(text).root, Metadata(main=main))
    ids = [clause.id for clause in clauses] + [part.id for clause in clauses for part in clause.all_parts()]
    assert len(set(ids)) == len(ids)
    assert [clause.start for clause in clauses] == sorted(clause.start for clause in clauses)
    for clause in clauses:
        assert clause.text == text[clause.start : clause.end] != ""
        for part in clause.all_parts():
            assert part.text == text[part.start : part.end] != ""
            assert clause.start <= part.start < part.end <= clause.end
            assert part.id.startswith(clause.id + ".")


def test_a_point_in_the_line_of_a_heading_stands_in_the_clause_below_it() -> None:
    text = "一、加强要素保障，做到\n一是保障用地。二是保障资金。各区落实。\n（一）用地。五百亩。\n（二）资金。一亿元。"
    heading, lead, *_ = parse_outline(text).root.children[0].children
    assert (heading.kind, text[heading.start : heading.end]) == (Kind.HEADING, "一、加强要素保障，做到")
    parts = [text[part.start : part.end] for part in lead.children]
    assert (lead.kind, parts) == (Kind.CLAUSE, ["一是保障用地。", "二是保障资金。各区落实。"])


@pytest.mark.parametrize(
    "pattern", ["甲", "1", "一", "１", " 甲", "（", "“《", "一是", "第一条", "附件", "，", "2020年"]
)
def test_a_line_of_any_length_is_read(pattern: str) -> None:
    text = normalise_text("第一条 甲" + " " * 200_000 + "乙\n" + pattern * (200_000 // len(pattern)) + "\n二、丙。")
    root = parse_outline(text).root
    assert "".join(text.split()) == "".join("".join(text[n.start : n.end] for n in root.children).split())


@pytest.mark.parametrize("form", ["{}、甲", "（{}）甲", "第{}条 甲", "第一条之{} 甲", "措施{}：甲", "附件{}"])
def test_a_numeral_too_long_to_be_one_is_text(form: str) -> None:
    text = form.format("一" * 5000)
    (clause,) = parse_outline(text).root.children
    assert (clause.start, clause.end) == (0, len(text))
    assert clause.marker is None or clause.marker.sub == 0


@steadily
@given(TEXTS)
def test_warnings_name_a_line_of_the_file_and_say_what_to_do(text: str) -> None:
    for warning in parse_outline(text, file="any.txt").diagnostics:
        assert 1 <= warning.line <= text.count("\n") + 1
        assert str(warning).startswith(f"any.txt:{warning.line}: ")
        assert "check" in warning.message


def test_a_known_title_is_found_where_its_words_name_no_genre() -> None:
    text = "网站首页\n夜市怎么办\n\n1.先登记。\n2.后经营。\n"
    kinds = [node.kind for node in parse_outline(text, title="夜市怎么办").root.children]
    assert kinds == [Kind.NAVIGATION, Kind.TITLE, Kind.CLAUSE, Kind.CLAUSE]


def test_an_article_of_more_paragraphs_than_ten_thousand_has_them_all() -> None:
    text = "".join(f"第{number}条\n" for number in range(1, 20_100))
    document = Document("d", "某市条例", text)
    clauses = read_clauses(document, parse_outline(text).root, Metadata())
    assert clauses[-1].id == "d:20099"
    assert clauses[-1].number == "第二万零九十九条"
    lines = "第一条 甲。\n" + "乙。\n" * 10_050
    (clause,) = read_clauses(document, parse_outline(lines).root, Metadata())
    assert clause.parts[-1].number == "第一万零五十一款"


HOSTILE = (
    *(
        "十",
        "（",
        "（一）",
        "一是",
        "，一是甲，二是乙",
        "1.\n",
        "附件\n",
        "附件1\n甲乙表\n",
        "（2020年\n",
        "甲。《",
        "一、“",
    ),
    *(
        "一、甲\n",
        "（一）甲\n1.乙\n",
        "1.甲\n（一）乙\n",
        "甲\n",
        "某市办法\n\n第一条 甲\n",
        "第一条（一）甲；",
        "首页>",
    ),
    *(
        "1.1 甲\n",
        "1 甲\n1.1 乙\n",
        "1.5米\n",
        "受理：\n1.甲\n",
        "一、甲\n受理：\n1.乙\n",
        "问题1：甲\n1.乙\n",
        "| 甲 | 乙 |\n",
    ),
    *("2023年1月1日\n", "第 ", "问：甲\n", "# ", "**", "第一章 甲\n第一条 乙\n", "某某局\n", "1 "),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_parsing_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = normalise_text((piece * length)[:length])
        times = []
        for _ in range(2):
            begin = time.process_time()
            read_clauses(Document("d", "某通知", text), parse_outline(text).root, Metadata())
            times.append(time.process_time() - begin)
        return min(times)

    long = seconds(20_000)
    assert long < 0.05 or long < 8 * seconds(5_000)  # four times the text; were it quadratic, sixteen times the work
