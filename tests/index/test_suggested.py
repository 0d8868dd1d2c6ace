"""Drafts of records: in the form that is read, refused until confirmed, faultless once a clerk has done his part."""

from dataclasses import replace

import pytest
import yaml

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.records.check import faults
from corpus.records.record import UNWRITTEN, parse_records
from index.lexicon.expansion import load_lexicon
from index.suggested import suggested_records

_TEXTS = (
    "第一条 湖岸停车许可证遗失的，车主应当在5日内到管理窗口申请补领：带“行驶证”。",
    "第二条 不得转租停车许可证，违者处200元罚款。",
    "第三条 湖岸停车由街道管理。",
)


@pytest.fixture
def corpus() -> Corpus:
    clauses = [
        Clause(f"d:{n}", "d", f"第{n}条", text[4:12], ("第一章 湖岸停车",), text, 0, len(text), number_length=3)
        for n, text in enumerate(_TEXTS, 1)
    ]
    return Corpus((Document("d", "停车办法", ""),), tuple(clauses))


def confirmed(draft: str) -> str:
    """What a clerk makes of a draft: every text written, enough ways of asking, `draft` deleted."""
    records = yaml.safe_load(draft)
    for record in records:
        del record["draft"]
        record |= {key: "车主看这一条" for key, value in record.items() if value == UNWRITTEN}
        record["ask"] += [f"问法{record['clause']}之{letter}" for letter in "甲乙丙丁"]
        record["ask_en"] += [f"way {letter} of {record['clause']}" for letter in "ab"]
    return yaml.safe_dump(records, allow_unicode=True)


def test_a_draft_is_refused_with_its_line_until_it_is_confirmed(corpus: Corpus) -> None:
    draft = suggested_records(corpus, load_lexicon())["d"]
    line = next(n for n, text in enumerate(draft.splitlines(), 1) if "draft: true" in text)
    with pytest.raises(DocumentError, match=rf"d\.plain\.yaml:{line}: .*delete its line `draft`"):
        parse_records(draft.encode(), "d.plain.yaml", "d", corpus.clauses)


def test_a_confirmed_draft_is_read_and_has_no_fault(corpus: Corpus) -> None:
    draft = confirmed(suggested_records(corpus, load_lexicon())["d"])
    records = parse_records(draft.encode(), "d.plain.yaml", "d", corpus.clauses)
    assert list(records) == ["d:1", "d:2", "d:3"]
    assert faults(replace(corpus, plain=records)) == []


def test_what_is_still_to_be_written_is_a_fault(corpus: Corpus) -> None:
    draft = suggested_records(corpus, load_lexicon())["d"].replace("  draft: true\n", "")
    records = parse_records(draft.encode(), "d.plain.yaml", "d", corpus.clauses)
    assert any("plain 还没有写" in fault.message for fault in faults(replace(corpus, plain=records)))


def test_each_draft_stands_below_the_id_heading_and_first_words_of_its_clause(corpus: Corpus) -> None:
    draft = suggested_records(corpus, load_lexicon())["d"]
    for clause in corpus.clauses:
        assert f"# {clause.id}  第一章 湖岸停车 › {clause.number} › {clause.title}\n# {clause.text[4:20]}" in draft
    assert draft.count("draft: true") == 3


def test_one_way_of_asking_is_under_one_clause(corpus: Corpus) -> None:
    records = yaml.safe_load(suggested_records(corpus, load_lexicon())["d"])
    asked = [question for record in records for question in (*record["ask"], *record["ask_en"])]
    assert asked
    assert len(set(asked)) == len(asked)


def test_clauses_with_a_record_are_left_out(corpus: Corpus) -> None:
    done = confirmed(suggested_records(corpus, load_lexicon())["d"])
    records = parse_records(done.encode(), "d.plain.yaml", "d", corpus.clauses)
    some = {"d:1": records["d:1"]}
    left = yaml.safe_load(suggested_records(replace(corpus, plain=some), load_lexicon())["d"])
    assert [record["clause"] for record in left] == ["2", "3"]
    assert suggested_records(replace(corpus, plain=records), load_lexicon()) == {}
