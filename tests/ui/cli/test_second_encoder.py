"""`POLICYQA_SECOND_ENCODER`: the index is built and opened with it, and without it by nobody who has not asked."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import EncoderError, IndexMismatchError
from corpus.load import load_corpus
from index.second import NAME
from tests.bigram_encoder import BigramEncoder
from ui.cli.assistant import build


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    texts = tmp_path / "texts"
    texts.mkdir()
    text = "湖岸停车办法\n\n第一条 停车按小时收费。\n第二条 遗失许可证的，应当补领。\n"
    (texts / "湖岸.txt").write_text(text, encoding="utf-8")
    for module in ("assistant.opening", "ui.cli.assistant"):
        monkeypatch.setattr(f"{module}.load_second_encoder", lambda model: BigramEncoder() if model else None)
    return Settings.from_environment(
        {
            "POLICYQA_INDEX": str(tmp_path / "index"),
            "POLICYQA_CORPUS": str(texts),
            "POLICYQA_FEEDBACK": "off",
            "POLICYQA_SECOND_ENCODER": "bigrams",
        }
    )


def _build(settings: Settings) -> None:
    assert settings.corpus
    build(settings, load_corpus(settings.corpus))


def test_an_assistant_searches_by_it_where_it_is_set(settings: Settings) -> None:
    _build(settings)
    assistant = Assistant.open(settings)
    assert NAME in assistant.index.legs
    assert any(NAME in hit.legs for hit in assistant.search("停车怎么收费"))
    with pytest.raises(IndexMismatchError, match="another second encoder; run `policyqa index`"):
        Assistant.open(replace(settings, second_encoder=None))


def test_nothing_of_it_is_there_where_it_is_not_set(settings: Settings) -> None:
    unset = replace(settings, second_encoder=None)
    _build(unset)
    assert Assistant.open(unset).index.second is None
    assert Settings.from_environment({}).second_encoder is None


def test_one_that_cannot_be_loaded_ends_with_what_to_do(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _build(settings)
    monkeypatch.undo()
    with pytest.raises(EncoderError, match="POLICYQA_SECOND_ENCODER"):
        Assistant.open(replace(settings, second_encoder=str(settings.index / "absent")))
