"""A whole run on a tiny data folder."""

import gzip
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.encoder.encoder import load_encoder
from index.encoder.training.log import Log
from index.encoder.training.mixture import HARD, MIXTURE, TERMS, TO_TRANSLATE, HardNegativeSource, Source
from index.encoder.training.run import TrainingRun, fit, load_tokenizer, mixture_pairs, train
from index.encoder.training.sources import question_passage
from index.encoder.training.trainer import Trainer, TrainingConfig
from index.lexicon import lexicon
from index.lexicon.lexicon import Group

CONFIG = TrainingConfig(vocabulary=150, dimension=16, batch=32, draft_steps=8, steps=30, members=2, rate=0.02)


@pytest.fixture
def run(data: Path, mixture: tuple[Source, ...], tmp_path: Path) -> TrainingRun:
    return TrainingRun(data, tmp_path / "work", CONFIG, mixture, (HardNegativeSource("hard", ("questions",), 2, 2),))


def test_a_run_writes_a_model_that_answers(run: TrainingRun, tmp_path: Path) -> None:
    train(run, tmp_path / "model")
    encoder = load_encoder(str(tmp_path / "model"))
    topics = ["贷款", "社保", "户口", "专利"]
    queries = encoder.encode_queries([f"{topic}怎么办理" for topic in topics])
    documents = encoder.encode_documents([f"{topic}业务由窗口受理" for topic in topics])
    assert (queries @ documents.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_the_log_tells_losses_by_source(run: TrainingRun, tmp_path: Path) -> None:
    train(run, tmp_path / "model")
    entries = [json.loads(line) for line in (run.work / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [entry["step"] for entry in entries if entry["training"] == "member-2"] == [15, 30]
    names = list(dict.fromkeys(entry["training"] for entry in entries))
    seen = [{s for entry in entries if entry["training"] == name for s in entry["loss"]} for name in names]
    assert names == ["draft", "member-1", "member-2", "merged"]
    assert seen == [{"questions", "words"}, {"hard", "words"}, {"hard", "words"}, set()]


def test_what_is_seen_once_is_seen_by_the_first_member_alone(run: TrainingRun, tmp_path: Path) -> None:
    mixture = tuple(replace(source, once=source.name == "words") for source in run.mixture)
    train(replace(run, mixture=mixture), tmp_path / "model")
    entries = [json.loads(line) for line in (run.work / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    seen = {
        name: {s for entry in entries if entry["training"] == name for s in entry["loss"]}
        for name in ("draft", "member-1", "member-2")
    }
    assert seen == {"draft": {"questions", "words"}, "member-1": {"hard", "words"}, "member-2": {"hard"}}


def test_an_interrupted_run_ends_in_the_same_weights(
    run: TrainingRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(run, tmp_path / "whole")
    broken = replace(run, work=tmp_path / "other")
    broken.work.mkdir()
    for tokenizer in run.work.glob("tokenizer-*.json"):  # training one is not deterministic
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


def _keys(run: TrainingRun) -> dict[str, str]:
    return {pairs.name: pairs.key for pairs in mixture_pairs(run, load_tokenizer(run))}


def test_an_edited_lexicon_reaches_the_pairs_that_come_from_it(
    run: TrainingRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = Source(TERMS, TERMS, question_passage)
    run = replace(run, mixture=(*run.mixture, terms))
    run.work.mkdir()
    before = _keys(run)
    monkeypatch.setattr(lexicon, "groups", lambda: (Group(("营业执照",), ("开店的本本",), both=True),))
    monkeypatch.setattr(lexicon, "fingerprint", lambda: "edited")
    after = _keys(run)
    assert {name for name, key in after.items() if before[name] != key} == {TERMS}
    assert "开店的本本" in {pair.query for pair in run.pairs(terms)}
    assert _keys(run) == after, "nothing is made anew where nothing has changed"


def test_an_edited_data_file_is_tokenised_anew_and_trained_on(run: TrainingRun, data: Path, tmp_path: Path) -> None:
    run = replace(run, data=tmp_path / "copy")
    shutil.copytree(data, run.data)
    run.work.mkdir()
    tokenizer = load_tokenizer(run)
    before = {pairs.name: pairs.key for pairs in mixture_pairs(run, tokenizer)}
    with gzip.open(run.data / "words.jsonl.gz", "at", encoding="utf-8") as lines:
        lines.write('{"zh": "养老", "en": "pension"}\n')
    after = {pairs.name: pairs.key for pairs in mixture_pairs(run, tokenizer)}
    assert {name for name, key in after.items() if before[name] != key} == {"words"}
    load_tokenizer(run)
    assert len(list(run.work.glob("tokenizer-*.json"))) == 2


def test_checkpoints_belong_to_the_pairs_they_were_trained_on(run: TrainingRun, tmp_path: Path) -> None:
    run.work.mkdir()
    tokenizer = load_tokenizer(run)
    sets = mixture_pairs(run, tokenizer)
    config, log = replace(CONFIG, steps=1), Log(tmp_path / "log.jsonl", [])
    fit("draft", sets, tokenizer, config, work=run.work, log=log)
    fit("draft", [replace(sets[0], key="other"), *sets[1:]], tokenizer, config, work=run.work, log=log)
    assert len(list(run.work.glob("draft-*.pt"))) == 2


def test_every_declared_source_is_used_once() -> None:
    names = [source.name for source in MIXTURE]
    assert len(names) == len(set(names))
    for hard in HARD:
        assert set(hard.sources) <= set(names)
    assert set(TO_TRANSLATE) <= set(names)
