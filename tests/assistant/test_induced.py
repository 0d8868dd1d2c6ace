"""`POLICYQA_INDUCED`: whether clauses without a record are looked up by what people may ask of them."""

from pathlib import Path

import pytest

from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder
from index.layer import INDUCED, LEG_NAMES
from index.store import save_index


@pytest.mark.parametrize("on", [True, False])
def test_the_switch_leaves_the_induced_layer_out_of_one_index_without_a_rebuild(
    tmp_path: Path, encoder: Encoder, *, on: bool
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    text = "湖岸停车办法\n\n第一条 停车按小时收费。\n第二条 遗失许可证的，应当补领。\n"
    (texts / "湖岸.txt").write_text(text, encoding="utf-8")
    save_index(build_index(load_corpus(texts), encoder), tmp_path / "index")
    switch = {"POLICYQA_INDEX": str(tmp_path / "index"), "POLICYQA_CORPUS": str(texts), "POLICYQA_FEEDBACK": "off"}
    opened = Assistant.open(Settings.from_environment(switch | {"POLICYQA_INDUCED": "on" if on else "off"}))
    searched = set(LEG_NAMES[INDUCED]) & set(opened.index.legs)
    assert searched == (set(LEG_NAMES[INDUCED]) if on else set())
