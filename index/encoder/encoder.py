"""Text in, unit vectors out: the shipped static model without torch, any other through sentence-transformers.

The shipped model is a bag of pieces: a tokenizer cuts the text, every piece has a vector, their mean is scaled to
unit length. `index.encoder.training` makes it; its folder is a sentence-transformers folder, and both paths
give the same vectors.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from corpus.errors import EncoderError
from index.text.normalizer import normalize

if TYPE_CHECKING:
    import torch

Vectors = NDArray[np.float32]
SHIPPED = Path(__file__).parent / "model"
_STATIC_MODULES = ["StaticEmbedding", "Normalize"]
_CHUNK = 1024  # texts tokenised at a time; bounds the memory of a large corpus


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their cosine; higher is more alike.

    Rows are float32 of unit length, zero for a text in which the model knows no piece. Texts are normalised by
    `index.text.normalizer.normalize` inside, so callers pass them as they are. `fingerprint` changes with the weights.
    """

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension]."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension]."""


class StaticEncoder:
    """A folder of StaticEmbedding and Normalize, read with tokenizers, safetensors and numpy alone.

    Vectors stay int8 with one float32 scale a piece and are multiplied out for the pieces of the text at hand.
    Raises EncoderError when a file is absent, unreadable or does not belong to the others.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        weights, definition = folder / "model.safetensors", folder / "tokenizer.json"
        try:
            self.fingerprint = fingerprint_of([weights, definition])
            tensors = load_file(weights)
            self._rows, self._scales = tensors["embeddings"], tensors["weights"]
            self._tokenizer = Tokenizer.from_file(str(definition))
        except Exception as error:  # tokenizers raises plain Exception for a damaged file
            raise _unusable(folder, f"{type(error).__name__}: {error}") from error
        sizes = {len(self._rows), len(self._scales), self._tokenizer.get_vocab_size()}
        if len(sizes) != 1:
            raise _unusable(folder, f"weights and tokenizer differ in size: {sorted(sizes)}")
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.dimension = int(self._rows.shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _CHUNK):
            chunk = [normalize(text) for text in texts[start : start + _CHUNK]]
            found = self._tokenizer.encode_batch_fast(chunk, add_special_tokens=False)
            for row, encoding in enumerate(found, start):
                # sum of scaled int8 rows; dividing by the count would cancel in the scaling to unit length
                vectors[row] = self._scales[encoding.ids] @ self._rows[encoding.ids] if encoding.ids else 0
        return unit_rows(vectors)

    encode_documents = encode_queries


class SentenceTransformerEncoder:
    """Any other model, by folder or hub name; its own prompts are put before queries and documents."""

    def __init__(self, model: str) -> None:
        # imported here: six seconds and half a gigabyte that the shipped model does not need
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415

        try:
            self._model = SentenceTransformer(model)
        except Exception as error:  # whatever the hub, torch or transformers raise
            raise _unusable(model, f"{type(error).__name__}: {error}") from error
        self.name = model
        self.dimension = int(self._model.encode("文").shape[0])  # the getter has another name in every major version
        self.fingerprint = _fingerprint_of_state(self._model.state_dict())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._unit(self._model.encode_query, texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._unit(self._model.encode_document, texts)

    def _unit(self, encode: Callable[..., Vectors], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = encode([normalize(text) for text in texts], convert_to_numpy=True, show_progress_bar=False)
        return unit_rows(np.asarray(vectors, dtype=np.float32))


def load_encoder(model: str | None = None) -> Encoder:
    """The shipped model, or another sentence-transformers model by folder or hub name.

    A folder of the shipped kind takes the fast path wherever it lies. Raises EncoderError when the model is
    missing or damaged.
    """
    if model is None:
        return StaticEncoder(SHIPPED, "policyqa-static")
    folder = Path(model)
    if _is_static(folder):
        return StaticEncoder(folder, folder.resolve().name)
    return SentenceTransformerEncoder(model)


def unit_rows(vectors: Vectors) -> Vectors:
    """Rows scaled to length one; zero rows stay zero."""
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True).astype(np.float32)
    lengths[lengths == 0] = 1
    return vectors / lengths


def fingerprint_of(files: Sequence[Path]) -> str:
    """Sixteen hex digits of SHA-256 over the files' bytes."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _fingerprint_of_state(state: "Mapping[str, torch.Tensor]") -> str:
    digest = hashlib.sha256()
    for name in sorted(state):
        digest.update(name.encode())
        digest.update(state[name].detach().cpu().float().numpy().tobytes())
    return digest.hexdigest()[:16]


def _is_static(folder: Path) -> bool:
    """Whether the folder holds exactly what StaticEncoder computes: int8 rows with scales, then Normalize."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        with (folder / "model.safetensors").open("rb") as weights:
            header = json.loads(weights.read(int.from_bytes(weights.read(8), "little")))
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return kinds == _STATIC_MODULES and {"embeddings", "weights"} == set(header) - {"__metadata__"}


def _unusable(model: str | Path, reason: str) -> EncoderError:
    return EncoderError(
        f"嵌入模型无法使用 the embedding model at {model} is missing or damaged ({reason}); reinstall policyqa, run "
        "`make encoder DATA=…` to train it again, or name a sentence-transformers folder in POLICYQA_ENCODER"
    )
