"""A data folder of a few made-up rows, a tokenizer trained on it, and two sources over it."""

import gzip
import json
from functools import partial
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.encoder.training import sources
from index.encoder.training.dataset import PairSet, Tokens, load_pairs
from index.encoder.training.mixture import Source, read_pairs
from index.encoder.training.subwords import train_tokenizer

TOPICS = ["贷款", "社保", "户口", "营业执照", "公积金", "不动产", "专利", "招标", "税务", "用电"]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    questions = [
        {"q": f"{topic}怎么办理第{n}次", "p": f"{topic}业务由窗口{n}受理，当场办结。"}
        for topic in TOPICS
        for n in range(8)
    ]
    words = [{"zh": topic, "en": f"word{'abcdefghij'[n]} office"} for n, topic in enumerate(TOPICS)] * 8
    for name, rows in (("questions", questions), ("words", words)):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return folder


@pytest.fixture(scope="session")
def mixture() -> tuple[Source, ...]:
    return (
        Source("questions", "questions", sources.question_passage, 2),
        Source("words", "words", sources.translation),
    )


@pytest.fixture(scope="session")
def tokenizer(data: Path, mixture: tuple[Source, ...]) -> Tokenizer:
    rows = [row for source in mixture for row in sources.read_rows(data / f"{source.file}.jsonl.gz")]
    return train_tokenizer([text for row in rows for text in row.values()], 120)


@pytest.fixture
def sets(data: Path, mixture: tuple[Source, ...], tokenizer: Tokenizer, tmp_path: Path) -> list[PairSet]:
    return [
        load_pairs(
            tmp_path,
            s.name,
            partial(read_pairs, s, data / f"{s.file}.jsonl.gz", 1),
            Tokens(tokenizer),
            key="k",
            copies=s.copies,
        )
        for s in mixture
    ]
