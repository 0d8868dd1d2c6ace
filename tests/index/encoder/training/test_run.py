"""A whole run on a tiny data folder."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.encoder.encoder import load_encoder
from index.encoder.training.mixture import HARD, MIXTURE, TO_GLOSS, Hard, Source
from index.encoder.training.run import Workshop, train
from index.encoder.training.trainer import Recipe, Trainer

RECIPE = Recipe(vocabulary=150, dimension=16, batch=32, draft_steps=8, steps=30, members=2, rate=0.02)


@pytest.fixture
def shop(data: Path, mixture: tuple[Source, ...], tmp_path: Path) -> Workshop:
    return Workshop(data, tmp_path / "work", RECIPE, mixture, (Hard("hard", ("questions",), 2, 2),))


def test_a_run_writes_a_model_that_answers(shop: Workshop, tmp_path: Path) -> None:
    train(shop, tmp_path / "model")
    encoder = load_encoder(str(tmp_path / "model"))
    topics = ["贷款", "社保", "户口", "专利"]
    queries = encoder.encode_queries([f"{topic}怎么办理" for topic in topics])
    documents = encoder.encode_documents([f"{topic}业务由窗口受理" for topic in topics])
    assert (queries @ documents.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_the_log_tells_losses_by_source(shop: Workshop, tmp_path: Path) -> None:
    train(shop, tmp_path / "model")
    entries = [json.loads(line) for line in (shop.work / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [entry["step"] for entry in entries if entry["training"] == "member-2"] == [7, 14, 21, 28, 30]
    names = list(dict.fromkeys(entry["training"] for entry in entries))
    seen = [{s for entry in entries if entry["training"] == name for s in entry["loss"]} for name in names]
    assert names == ["draft", "member-1", "member-2", "merged"]
    assert seen == [{"questions", "words"}, {"hard", "words"}, {"hard", "words"}, set()]


def test_an_interrupted_run_ends_in_the_same_weights(
    shop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(shop, tmp_path / "whole")
    broken = replace(shop, work=tmp_path / "other")
    broken.work.mkdir()
    for tokenizer in shop.work.glob("tokenizer-*.json"):  # training one is not deterministic
        shutil.copy(tokenizer, broken.work)
    steps = 0
    step = Trainer.step

    def stop_midway(*arguments: object) -> float:
        nonlocal steps
        steps += 1
        if steps == 30:
            raise KeyboardInterrupt
        return step(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Trainer, "step", stop_midway)
    with pytest.raises(KeyboardInterrupt):
        train(broken, tmp_path / "resumed")
    train(broken, tmp_path / "resumed")
    texts = ["贷款怎么办理", "worda office"]
    whole, resumed = (load_encoder(str(tmp_path / name)) for name in ("whole", "resumed"))
    assert np.array_equal(whole.encode_queries(texts), resumed.encode_queries(texts))
    assert whole.fingerprint == resumed.fingerprint


def test_every_declared_source_is_used_once() -> None:
    names = [source.name for source in MIXTURE]
    assert len(names) == len(set(names))
    for hard in HARD:
        assert set(hard.sources) <= set(names)
    assert set(TO_GLOSS) <= set(names)
