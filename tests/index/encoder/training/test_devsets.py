"""Development sets, on files of a few rows."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from index.encoder.training import held_out
from index.encoder.training.devsets import DevSet, load_dev_sets
from index.encoder.training.evaluation import figures, ranking
from index.encoder.training.held_out import digest_of

TABLE = np.array([[0, 0], [1, 0], [0, 1]], dtype=np.float32)
BODY = "loan " * 10


@pytest.fixture
def words() -> Tokenizer:
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "loan": 1, "tax": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    return tokenizer


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    benchmark, data = tmp_path / "benchmark", tmp_path / "data"
    benchmark.mkdir()
    data.mkdir()
    return benchmark, data


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(exist_ok=True, parents=True)
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def test_absent_files_are_skipped(folders: tuple[Path, Path], words: Tokenizer) -> None:
    assert load_dev_sets(*folders, words) == []


def test_a_law_is_found_by_its_title_or_text(folders: tuple[Path, Path], words: Tokenizer) -> None:
    benchmark, _ = folders
    laws = [{"id": "law-1", "title": "loan", "text": "rules"}, {"id": "law-2", "title": "act", "text": "tax"}]
    _write(benchmark / "laws_corpus.jsonl.gz", laws)
    _write(benchmark / "stard_dev.jsonl", [{"question": "loan?", "relevant": ["law-1"]}])
    (dev,) = load_dev_sets(*folders, words)
    assert figures(dev, TABLE) == {"stard recall@10": 1.0, "stard recall@100": 1.0}
    assert ranking(dev, TABLE) == [[0, 1]]


def test_seen_and_unseen_documents_are_two_sets(folders: tuple[Path, Path], words: Tokenizer) -> None:
    benchmark, _ = folders
    _write(benchmark / "ncp_documents.jsonl.gz", [{"id": "a", "text": "loan"}, {"id": "b", "text": "tax"}])
    _write(benchmark / "ncp_dev.jsonl", [{"question": "tax", "relevant": ["b"]}])
    _write(benchmark / "ncp_unseen_dev.jsonl", [{"question": "loan", "relevant": ["b"]}])
    found = {name: value for dev in load_dev_sets(*folders, words) for name, value in figures(dev, TABLE).items()}
    assert (found["ncp success@1"], found["ncp unseen success@1"]) == (1.0, 0.0)


def test_a_quote_is_found_in_its_document_and_among_all(folders: tuple[Path, Path], words: Tokenizer) -> None:
    benchmark, _ = folders
    field = benchmark.parent / "field_fit"
    for name, word in (("one", "loan"), ("two", "tax")):
        path = field / "text" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True, parents=True)
        articles = (f"第一条 {word} 申请人应当提交材料。", "第二条 其他 受理机关应当审查。", "第三条 附则 本办法施行。")
        path.write_text("\n".join(("某市办法", *articles)) + "\n", encoding="utf-8")
    answers = [{"document": "two", "quote": "申请人应当提交材料"}]
    _write(field / "questions.jsonl", [{"question": "tax", "answers": answers}, {"question": "loan", "answers": []}])
    everywhere, own = load_dev_sets(*folders, words)
    assert (everywhere.name, own.name) == ("field_fit", "field_fit own")
    assert len(everywhere.queries) == len(own.queries) == 1, "a question without an answer is not asked"
    assert figures(everywhere, TABLE)["field_fit success@1"] == 1.0
    assert figures(own, TABLE)["field_fit own success@1"] == 1.0


@pytest.fixture
def held(folders: tuple[Path, Path], words: Tokenizer, monkeypatch: pytest.MonkeyPatch) -> dict[str, DevSet]:
    _, data = folders
    city = [{"title": "t", "text": f"一、loan。{BODY}\n二、tax。{'tax ' * 10}"} for _ in range(2)]
    city[0]["text"] += "."
    laws = [
        {"law": "中华人民共和国甲法", "article": "第一条", "text": "loan", "category": "民法"},
        {"law": "乙条例", "article": "第一条", "text": "tax", "category": "DLC/某省"},
    ]
    asked = [
        {"q": "loan", "p": "", "gold": "甲法第一条"},
        {"q": "loan", "p": "", "gold": "丙法第一条"},
        {"q": "tax", "p": "", "gold": "甲法第一条"},
    ]
    for name, rows in (("policy_city_docs", city), ("laws_articles", laws), ("stard_train", asked)):
        _write(data / f"{name}.jsonl.gz", rows)
    listed = frozenset({digest_of("loan"), digest_of(city[0]["text"])})
    monkeypatch.setattr(held_out, "digests", lambda: listed)
    return {dev.name: dev for dev in load_dev_sets(*folders, words)}


def test_held_out_questions_are_asked_over_national_laws(held: dict[str, DevSet]) -> None:
    dev = held["stard held"]
    assert len(dev.queries) == 1, "the other is trained on"
    assert dev.relevant == (frozenset({0}),), "a law that is not there cannot be found"
    assert len(dev.passages) == 1


def test_headings_are_asked_within_their_document_held_out_or_not(held: dict[str, DevSet]) -> None:
    assert [len(held[name].queries) for name in ("city held", "city seen")] == [2, 2]
    assert figures(held["city held"], TABLE) == {"city held success@1": 1.0}
