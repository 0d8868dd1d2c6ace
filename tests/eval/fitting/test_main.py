"""The fitting commands write where they are told, on the questions they are given."""

import json
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.service import Assistant
from corpus.corpus import Corpus
from corpus.errors import InputError
from eval.fitting import __main__ as command
from eval.fitting.adapter import MODELS, SIGNALS
from eval.fitting.corpora import FittingCorpus, fitting_corpora, law_corpus, whole_corpus
from eval.fitting.thresholds import GRIDS
from eval.questions.questionset import LabelledQuestion, read_questions


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("assistant/confidence", "assistant/composition", "index/reranking", "docs"):
        (tmp_path / folder).mkdir(parents=True)
    entries = (f'[{grid.name}]\nvalue = 0.5\nmeaning = "m"\nchosen_on = ""\nfigure = ""\n' for grid in GRIDS)
    (tmp_path / "assistant" / "thresholds.toml").write_text("\n".join(entries), encoding="utf-8")
    return tmp_path


@pytest.fixture
def questions(tmp_path: Path, corpus: Corpus) -> Path:
    path = tmp_path / "questions.jsonl"
    rows = [
        {
            "id": f"q{i}",
            "question": f"{clause.title[:12]}{'会怎样' if i % 2 else '有吗'}",
            "relevant": [clause.id] * (1 - i % 2),
            "quote": clause.text[-30:],
        }
        for i, clause in enumerate(corpus.clauses[:40])
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def corpora(questions: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    without = Assistant(assistant.index.without_plain(), assistant.settings)
    asked = read_questions(questions, assistant.corpus)
    found = [
        FittingCorpus(name, one, asked, weight)
        for name, one, weight in (("own", assistant, 0.3), ("bare", without, 1.0), ("law", without, 1.0))
    ]
    monkeypatch.setattr(command, "fitting_corpora", lambda _: found[:-1])
    monkeypatch.setattr(command, "whole_corpus", lambda _: found[-1])
    monkeypatch.setattr(command, "law_corpus", lambda _: found[-1])


@pytest.mark.usefixtures("corpora")
def test_the_ranking_is_fitted_over_all_corpora(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.ranking(root, root)
    model = json.loads((root / "index" / "reranking" / "model.json").read_text(encoding="utf-8"))
    assert {"fused", "sentence_in_context", "plain_dense"} <= set(model["weights"])
    assert capsys.readouterr().out.count("with it left out") == 4


@pytest.mark.usefixtures("corpora")
def test_what_is_quoted_is_fitted_over_what_composition_reads(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.evidence(root, root)
    model = json.loads((root / "assistant" / "composition" / "evidence.json").read_text(encoding="utf-8"))
    shipped = json.loads(resources.files("assistant.composition").joinpath("evidence.json").read_text(encoding="utf-8"))
    assert list(model) == list(shipped)
    assert set(model["weights"]) == set(shipped["weights"])
    assert capsys.readouterr().out.count("out of fold") == 2


@pytest.mark.usefixtures("corpora")
def test_the_confidence_is_fitted_with_and_without_records(root: Path, assistant: Assistant) -> None:
    command.confidence(root, root)
    model = json.loads((root / "assistant" / "confidence" / "model.json").read_text(encoding="utf-8"))
    assert model["encoder"] == assistant.index.encoder.fingerprint
    assert all(set(model[name]["weights"]) == {"bias", *SIGNALS} for name in MODELS)
    for picture in ("reliability.svg", "reliability-documents.svg"):
        assert "<svg" in (root / "docs" / picture).read_text(encoding="utf-8")


@pytest.mark.usefixtures("corpora")
def test_the_weights_for_few_ways_of_asking_are_fitted_and_the_rest_stays(root: Path) -> None:
    command.few(root, root)
    model = json.loads((root / command.MODEL).read_text(encoding="utf-8"))
    shipped = json.loads((command.ROOT / command.MODEL).read_text(encoding="utf-8"))
    assert set(model["few_records"]["weights"]) == {"bias", *SIGNALS}
    assert all(model[name] == shipped[name] for name in ("encoder", *MODELS))


def test_thresholds_are_chosen_on_the_questions_given(
    root: Path, questions: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(question: LabelledQuestion, _thresholds: Mapping[str, float]) -> Answer:
        return assistant.ask(question.question)

    monkeypatch.setattr(Assistant, "open", lambda _: assistant)
    monkeypatch.setattr(command, "answer_under", lambda _: answer)
    command.thresholds(questions, root)
    table = tomllib.loads((root / "assistant" / "thresholds.toml").read_text(encoding="utf-8"))
    assert table["second_place"]["figure"] != ""
    assert table["second_place"]["chosen_on"] == "questions.jsonl"
    assert table["stands_alone"]["figure"] == "", "no question of the file has a history"


def test_without_the_texts_it_says_which_and_what_to_do(tmp_path: Path) -> None:
    texts = "policy_city_docs"
    for read, missing in ((fitting_corpora, texts), (whole_corpus, texts), (law_corpus, "laws_articles")):
        with pytest.raises(InputError, match=rf"{missing}.*--data"):
            read(tmp_path)
