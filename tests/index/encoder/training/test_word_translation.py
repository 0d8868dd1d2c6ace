"""English queries made word by word."""

from pathlib import Path
from random import Random

import pytest

from index.encoder.training.mixture import Source
from index.encoder.training.sources import question_passage, read_rows
from index.encoder.training.word_translation import load_word_lists, translate_words, write_word_translated

WORD_LISTS = {"贷款": ["loan"], "申请": ["apply for"], "申请贷款": ["loan application"], "企业": ["enterprise"]}


def test_the_longest_word_wins() -> None:
    assert translate_words("企业申请贷款", WORD_LISTS, Random(1)) == "enterprise loan application"


def test_a_text_mostly_in_no_list_has_no_gloss() -> None:
    assert translate_words("企业员工的宿舍楼漏水了怎么贷款", WORD_LISTS, Random(1)) is None


def test_one_word_is_no_query() -> None:
    assert translate_words("贷款", WORD_LISTS, Random(1)) is None


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    import gzip  # noqa: PLC0415
    import json  # noqa: PLC0415

    rows = {
        "bi_words_kajweb": [{"zh": "贷款；借款", "en": "loan (finance)"}, {"zh": "明智的", "en": "sensible"}],
        "bi_words_hsk_cedict": [{"zh": "申请", "en": "to apply for sth"}],
        "bi_phrases_kajweb": [{"zh": "贷", "en": "lend"}],
        "bi_legal_lexeval": [{"zh": "企业", "en": "an enterprise"}],
        "questions": [{"q": "企业申请贷款", "p": "贴息政策"}, {"q": "天气", "p": "晴"}],
    }
    for name, content in rows.items():
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in content)
    return tmp_path


def test_glosses_are_bare_words(lists: Path) -> None:
    assert load_word_lists(lists) == {
        "贷款": ["loan"],
        "借款": ["loan"],
        "明智": ["sensible"],
        "申请": ["apply for"],
        "企业": ["enterprise"],
    }


def test_only_glossed_queries_are_written(lists: Path) -> None:
    output = lists / "glossed.jsonl.gz"
    assert write_word_translated([Source("q", "questions", question_passage)], lists, output, 1) == 1
    assert list(read_rows(output)) == [{"q": "enterprise apply for loan", "p": "贴息政策"}]
