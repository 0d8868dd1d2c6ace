"""The written folder opens in sentence-transformers and on the fast path alike."""

import stat
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tokenizers import Tokenizer

from index.encoder.encoder import load_encoder
from index.encoder.static import StaticEncoder
from index.encoder.training.folder import dequantize, quantize, save_folder


@given(arrays(np.float32, (4, 3), elements=st.floats(-8, 8, width=32)))
def test_storage_is_within_half_a_step_of_the_table(table: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
    rows, scales = quantize(table)
    assert rows.dtype == np.int8
    assert (np.abs(dequantize(rows, scales) - table) <= scales[:, None] * 0.5001).all()


def test_both_readers_see_the_same_model(tokenizer: Tokenizer, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - heavy

    table = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 8)).astype(np.float32)
    save_folder(tmp_path, tokenizer, table)
    texts = ["营业执照怎么办理", "worda office", ""]
    encoder = load_encoder(str(tmp_path))
    assert isinstance(encoder, StaticEncoder)
    assert np.abs(encoder.encode_queries(texts) - SentenceTransformer(str(tmp_path)).encode(texts)).max() < 1e-5


def test_a_model_card_in_the_folder_stays(tokenizer: Tokenizer, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("card", encoding="utf-8")
    save_folder(tmp_path, tokenizer, np.ones((tokenizer.get_vocab_size(), 2), dtype=np.float32))
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "card"


def test_everybody_may_read_the_weights(tokenizer: Tokenizer, tmp_path: Path) -> None:
    save_folder(tmp_path, tokenizer, np.ones((tokenizer.get_vocab_size(), 2), dtype=np.float32))
    assert (tmp_path / "model.safetensors").stat().st_mode & stat.S_IROTH
