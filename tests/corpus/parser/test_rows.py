"""Laws of the nodes that a table gives."""

from corpus.parser.lines import split_lines
from corpus.parser.node import Kind
from corpus.parser.rows import RowCount, by_table
from corpus.parser.tables import mark_tables

TEXT = "甲乙。\n品名\t单价\t产地\n竹器\t3元\t东村\n藤器\t5元\t西村\n注：议价。\n丙丁。"


def test_lines_part_into_tables_and_what_stands_between() -> None:
    stretches = by_table(mark_tables(split_lines(TEXT)))
    assert [[line.text for line in stretch] for stretch in stretches] == [
        ["甲乙。"],
        ["品名\t单价\t产地", "竹器\t3元\t东村", "藤器\t5元\t西村", "注：议价。"],
        ["丙丁。"],
    ]


def test_rows_are_counted_on_over_the_tables_of_one_holder() -> None:
    table = by_table(mark_tables(split_lines(TEXT)))[1]
    rows = RowCount()
    found = [*rows.nodes(table), *rows.nodes(table)]
    assert [node.kind for node in found] == [Kind.TABLE_HEAD, *[Kind.CLAUSE] * 3] * 2
    assert [node.marker.key for node in found if node.marker] == ["r1", "r2", "r3", "r4"]


def test_inside_a_clause_rows_are_parts_and_notes_are_its_words() -> None:
    table = by_table(mark_tables(split_lines(TEXT)))[1]
    assert [node.kind for node in RowCount(Kind.PART).nodes(table)] == [Kind.TABLE_HEAD, Kind.PART, Kind.PART]
