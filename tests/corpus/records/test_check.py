"""Laws of the check of records: what a record adds to its clause is named, and the shipped records add nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.corpus import Corpus
from corpus.load import load_corpus
from corpus.records.check import Coverage, coverage, faults, total
from corpus.records.record import PlainRecord

TEXT = (
    "某市港口办法\n第一条 港口管理站应当在三日内答复，住房和城乡建设部门备案，材料见“安居通”平台。\n第二条 另行公布。"
)
ASK, ASK_EN = ("怎么备案", "多久答复", "找谁备案", "在哪备案"), ("who answers", "how long")


@pytest.fixture
def harbour(tmp_path: Path) -> Corpus:
    (tmp_path / "d.txt").write_text(TEXT, encoding="utf-8")
    return load_corpus(tmp_path)


def messages(corpus: Corpus, plain: str, ask: tuple[str, ...] = ASK) -> list[str]:
    record = PlainRecord("d:1", "港口备案", plain, "Harbour filing", "The station answers.", ask, ASK_EN, (), 7)
    return [fault.message for fault in faults(replace(corpus, plain={"d:1": record}))]


@pytest.mark.parametrize(
    "plain",
    ["三日内答复。", "3日内给答复。", "住建局备案。", "在“安居通”上看材料。", "在大厅部署一下。", "一次办好。"],
)
def test_what_the_clause_says_is_no_fault(harbour: Corpus, plain: str) -> None:
    assert messages(harbour, plain) == []


@pytest.mark.parametrize(
    ("plain", "fact"),
    [
        ("1天就能办完。", "1"),
        ("收费1元。", "1"),
        ("0元办理。", "0"),
        ("五日内答复。", "5"),
        ("由省水利厅办理。", "省水利厅"),
        ("找市公安局备案。", "市公安局"),
        ("在“好办通”上看材料。", "好办通"),
        ("走G99高速。", "G99"),
        ("合肥的港口三日内答复。", "合肥"),
    ],
)
def test_what_the_clause_does_not_say_is_a_fault(harbour: Corpus, plain: str, fact: str) -> None:
    assert any(f"“{fact}”" in message for message in messages(harbour, plain))


def test_too_few_ways_of_asking_and_a_question_of_two_records_are_faults(harbour: Corpus) -> None:
    assert any("少于" in message for message in messages(harbour, "三日内答复。", ("怎么备案",)))
    first = PlainRecord("d:1", "备案", "三日内答复。", "t", "g", ASK, ASK_EN, (), 1)
    both = replace(harbour, plain={"d:1": first, "d:2": replace(first, id="d:2", plain="另行公布。")})
    assert {fault.id for fault in faults(both)} == {"d:2"}


def test_the_shipped_records_are_complete_and_without_fault(corpus: Corpus) -> None:
    assert faults(corpus) == []
    assert total(coverage(corpus)) == Coverage("合计 in all", (99, 99), (82, 82))
