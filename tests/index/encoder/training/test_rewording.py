"""Headings said in other words, and the two word lists as pairs."""

import gzip
import json
import re
from pathlib import Path
from random import Random

import pytest

from index.encoder.training.mixture import Source
from index.encoder.training.rewording import reword, spoken_words, write_reworded, write_terms
from index.encoder.training.sources import question_passage, read_rows
from index.lexicon import lexicon
from index.lexicon.lexicon import Group, Term

GROUPS = (
    Group(("不动产权证书", "不动产权证"), ("房本", "房产证"), both=True),
    Group(("企业",), ("公司",), both=False),
    Group(("企业注销",), ("注销公司",), both=True),
    Group(("企业",), ("厂子",), both=True),
    Group(("税",), ("税钱",), both=True),
)
TERMS = (Term(("business license", "business licence"), ("营业执照", "执照")),)
SPOKEN = {"企业": ["公司"], "企业注销": ["注销公司"], "不动产权证书": ["房本", "房产证"]}
PATTERN = re.compile("企业注销|不动产权证书|企业")


@pytest.fixture(autouse=True)
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "groups", lambda: GROUPS)
    monkeypatch.setattr(lexicon, "terms", lambda: TERMS)


def test_an_official_term_has_the_spoken_ones_of_all_its_groups_unless_it_is_one_character() -> None:
    assert spoken_words() == {
        "不动产权证书": ["房本", "房产证"],
        "不动产权证": ["房本", "房产证"],
        "企业": ["公司", "厂子"],
        "企业注销": ["注销公司"],
    }


def test_every_official_term_is_said_another_way() -> None:
    assert reword("企业如何开办企业", SPOKEN, PATTERN, Random(1)) == "公司如何开办公司"
    assert reword("企业注销办法", SPOKEN, PATTERN, Random(1)) == "注销公司办法"


def test_one_of_the_spoken_words_is_drawn() -> None:
    said = {reword("补发不动产权证书", SPOKEN, PATTERN, Random(seed)) for seed in range(20)}
    assert said == {"补发房本", "补发房产证"}


def test_terms_are_found_however_they_are_written() -> None:
    assert reword("企業 ＡＢＣ", SPOKEN, PATTERN, Random(1)) == "公司 abc"


@pytest.mark.parametrize("text", ["", "公司", "今天天气很好", "ＡＢＣ"])
def test_a_text_without_an_official_term_is_not_reworded(text: str) -> None:
    assert reword(text, SPOKEN, PATTERN, Random(1)) is None


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = {
        "headings": [{"q": "企业注销", "p": "注销登记"}, {"q": "天气", "p": "晴"}, {"q": "", "p": "空"}],
        "titles": [{"q": "补发不动产权证书", "p": f"第{n}件企业"} for n in range(20)],
    }
    for name, content in rows.items():
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in content)
    return tmp_path


SOURCES = [Source("headings", "headings", question_passage), Source("titles", "titles", question_passage)]


def test_only_reworded_queries_are_written_and_their_passages_stay(data: Path) -> None:
    output = data / "reworded.jsonl.gz"
    assert write_reworded(SOURCES, data, output, 1) == 21
    first, *rest = read_rows(output)
    assert first == {"q": "注销公司", "p": "注销登记"}
    assert [row["p"] for row in rest] == [f"第{n}件企业" for n in range(20)]
    assert {row["q"] for row in rest} == {"补发房本", "补发房产证"}


def test_the_longest_official_term_is_reworded(data: Path) -> None:
    # 不动产权证 is a term too, and would leave 书 standing.
    write_reworded(SOURCES, data, data / "reworded.jsonl.gz", 1)
    assert not any("书" in row["q"] for row in read_rows(data / "reworded.jsonl.gz"))


def test_the_same_seed_writes_the_same_pairs(data: Path) -> None:
    written = []
    for seed in (1, 1, 2):
        write_reworded(SOURCES, data, data / "reworded.jsonl.gz", seed)
        written.append(list(read_rows(data / "reworded.jsonl.gz")))
    assert written[0] == written[1]
    assert written[0] != written[2]


def test_every_spoken_and_official_every_english_and_chinese_term_are_a_pair(tmp_path: Path) -> None:
    output = tmp_path / "terms.jsonl.gz"
    assert write_terms(output) == 12
    assert [(row["q"], row["p"]) for row in read_rows(output)] == [
        ("房本", "不动产权证书"),
        ("房本", "不动产权证"),
        ("房产证", "不动产权证书"),
        ("房产证", "不动产权证"),
        ("公司", "企业"),
        ("注销公司", "企业注销"),
        ("厂子", "企业"),
        ("税钱", "税"),
        ("business license", "营业执照"),
        ("business license", "执照"),
        ("business licence", "营业执照"),
        ("business licence", "执照"),
    ]


def test_a_pair_of_two_lines_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "groups", lambda: (GROUPS[1], GROUPS[1]))
    monkeypatch.setattr(lexicon, "terms", lambda: ())
    write_terms(tmp_path / "terms.jsonl.gz")
    assert list(read_rows(tmp_path / "terms.jsonl.gz")) == [{"q": "公司", "p": "企业"}]
