"""The encoder: both paths agree, nothing heavy is loaded, damage is named."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split

from corpus.errors import EncoderError
from index.encoder.encoder import SHIPPED, Encoder, load_encoder
from index.encoder.static import StaticEncoder
from index.text.normalizer import normalize

TEXTS = [
    "怎么申请首贷",
    "How do I get first-loan support?",
    "第二十六条　优化不动产抵押权註銷登記",
    "企业开办 one-stop service，3个工作日",
    "一是建立健全首贷培植机制。" * 200,
]
NOTHING_KNOWN = ["", " ", "！？……", "☃☃", "\u200b"]


@pytest.fixture(scope="module")
def shipped() -> Encoder:
    return load_encoder()


def _lengths(vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> list[float]:
    return [float(length) for length in np.linalg.norm(vectors, axis=1)]


def test_fast_path_equals_sentence_transformers(shipped: Encoder) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - heavy

    texts = TEXTS + NOTHING_KNOWN
    expected = SentenceTransformer(str(SHIPPED)).encode([normalize(text) for text in texts])
    assert np.abs(shipped.encode_queries([normalize(text) for text in texts]) - expected).max() < 1e-5


def test_rows_are_float32_of_unit_length(shipped: Encoder) -> None:
    vectors = shipped.encode_documents(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), shipped.dimension)
    assert _lengths(vectors) == pytest.approx([1.0] * len(TEXTS), abs=1e-5)


def test_a_text_without_known_pieces_is_a_zero_row(shipped: Encoder) -> None:
    assert not shipped.encode_queries([normalize(text) for text in NOTHING_KNOWN]).any()


def test_no_texts_give_no_rows(shipped: Encoder) -> None:
    assert shipped.encode_queries([]).shape == (0, shipped.dimension)


@given(text=st.text(max_size=60))
def test_any_text_gives_a_unit_or_a_zero_row(shipped: Encoder, text: str) -> None:
    (length,) = _lengths(shipped.encode_queries([text]))
    assert length == 0 or length == pytest.approx(1, abs=1e-5)


def test_a_text_encodes_alike_alone_and_among_others(shipped: Encoder) -> None:
    many = TEXTS * 20  # more than are tokenised one by one, or added up at once
    alone = np.concatenate([shipped.encode_documents([text]) for text in TEXTS])
    assert np.array_equal(shipped.encode_documents(TEXTS), alone)
    assert np.array_equal(shipped.encode_documents(many), np.tile(alone, (20, 1)))


def test_the_default_path_never_imports_torch() -> None:
    code = "import index.encoder.encoder as e, sys; e.load_encoder().encode_queries(['首贷']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"torch", "sentence_transformers", "transformers", "scipy"}.intersection(loaded)


def test_the_shipped_weights_stay_within_45_megabytes() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) <= 45_000_000


def test_a_copy_of_the_shipped_folder_takes_the_fast_path(tmp_path: Path, shipped: Encoder) -> None:
    copy = shutil.copytree(SHIPPED, tmp_path / "copy")
    other = load_encoder(str(copy))
    assert isinstance(other, StaticEncoder)
    assert other.fingerprint == shipped.fingerprint


def test_the_fingerprint_changes_with_one_weight(tmp_path: Path, shipped: Encoder) -> None:
    weights = shutil.copytree(SHIPPED, tmp_path / "copy") / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert load_encoder(str(tmp_path / "copy")).fingerprint != shipped.fingerprint


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_a_truncated_file_is_refused_with_the_folder_named(tmp_path: Path, file: str) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "copy")
    (folder / file).write_bytes((folder / file).read_bytes()[:5000])
    with pytest.raises(EncoderError, match="copy"):
        StaticEncoder(folder, "copy")


def test_an_absent_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="make encoder"):
        StaticEncoder(tmp_path / "absent", "absent")


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer and eight dimensions with prompts, as any user might bring."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - heavy
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer  # noqa: PLC0415
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("bert")
    vocabulary = {piece: i for i, piece in enumerate(["[PAD]", "[UNK]", *"怎么申请首贷问文:"])}
    characters = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    characters.pre_tokenizer = Split(Regex("."), "isolated")
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=characters, pad_token="[PAD]", unk_token="[UNK]")  # type: ignore[no-untyped-call]
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(folder)
    layers = Transformer(str(folder))
    prompts = {"query": "问:", "document": "文:"}
    SentenceTransformer(modules=[layers, Pooling(8)], prompts=prompts).save(str(folder / "model"))
    return folder / "model"


def test_another_model_uses_its_own_prompts(bert: Path) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - heavy

    encoder = load_encoder(str(bert))
    query, document = encoder.encode_queries(["首贷"]), encoder.encode_documents(["首贷"])
    plain = SentenceTransformer(str(bert))
    for vectors, prompt in ((query, "问:"), (document, "文:")):
        expected = plain.encode(["首贷"], prompt=prompt, normalize_embeddings=True)
        assert np.abs(vectors - expected).max() < 1e-5
    assert np.abs(query - document).max() > 1e-3
    assert encoder.dimension == 8


def test_another_model_keeps_its_fingerprint(bert: Path) -> None:
    assert load_encoder(str(bert)).fingerprint == load_encoder(str(bert)).fingerprint


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="make encoder"):
        load_encoder(str(tmp_path))
