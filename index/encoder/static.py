"""The shipped model, without torch: a bag of pieces.

A tokenizer cuts the text, every piece has a vector, their mean is scaled to unit length. `index.encoder.training`
makes it; its folder is a sentence-transformers folder, and both paths give the same vectors.
"""

import hashlib
import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.encoder.faults import unusable
from index.encoder.vectors import Vectors, unit_rows

_MODULES = ["StaticEmbedding", "Normalize"]
_BATCH = 1024  # texts tokenised at a time; bounds the memory of a large corpus
_ALONE = 64  # texts up to which threads for tokenising cost more than they bring
_SUMMED = 16  # texts whose piece vectors are in memory at once


class StaticEncoder:
    """A folder of StaticEmbedding and Normalize, read with tokenizers, safetensors and numpy alone. An `Encoder`.

    Vectors stay int8 with one float32 scale a piece and are multiplied out for the pieces of the text at hand.
    Raises EncoderError when a file is absent, unreadable or does not belong to the others.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        weights, definition = folder / "model.safetensors", folder / "tokenizer.json"
        try:
            self.fingerprint = _fingerprint([weights, definition])
            tensors = load_file(weights)
            self._rows, self._scales = tensors["embeddings"], tensors["weights"]
            self._tokenizer = Tokenizer.from_file(str(definition))
        except Exception as error:  # tokenizers raises plain Exception for a damaged file
            raise unusable(folder, error) from error
        sizes = {len(self._rows), len(self._scales), self._tokenizer.get_vocab_size()}
        if len(sizes) != 1:
            raise unusable(folder, f"weights and tokenizer differ in size: {sorted(sizes)}")
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.dimension = int(self._rows.shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension] of texts in normal form."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            bags = self._pieces(texts[start : start + _BATCH])
            for first in range(0, len(bags), _SUMMED):
                self._add_up(bags[first : first + _SUMMED], vectors[start + first :])
        return unit_rows(vectors)

    encode_documents = encode_queries

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of each text, by number."""
        if len(texts) > _ALONE:
            found = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        else:
            found = [self._tokenizer.encode(text, add_special_tokens=False) for text in texts]
        return [encoding.ids for encoding in found]

    def _add_up(self, bags: Sequence[Sequence[int]], vectors: Vectors) -> None:
        """Write the sum of each bag's vectors into its row; dividing by the count would cancel in the scaling."""
        ids = np.fromiter(chain.from_iterable(bags), np.intp)
        rows = self._rows[ids] * self._scales[ids, np.newaxis]
        end = 0
        for row, bag in zip(vectors, bags, strict=False):
            start, end = end, end + len(bag)
            np.add.reduce(rows[start:end], axis=0, out=row)


def _fingerprint(files: Sequence[Path]) -> str:
    """Sixteen hex digits of SHA-256 over the files' bytes."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def is_static(folder: Path) -> bool:
    """Whether the folder holds exactly what StaticEncoder computes: int8 rows with scales, then Normalize."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        with (folder / "model.safetensors").open("rb") as weights:
            header = json.loads(weights.read(int.from_bytes(weights.read(8), "little")))
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return kinds == _MODULES and {"embeddings", "weights"} == set(header) - {"__metadata__"}
