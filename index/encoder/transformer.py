"""Any other model, through sentence-transformers."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from index.encoder.faults import unusable
from index.encoder.vectors import Vectors, unit_rows


class SentenceTransformerEncoder:
    """A model by folder or hub name; its own prompts are put before queries and documents. An `Encoder`.

    Raises EncoderError when the model cannot be loaded.
    """

    def __init__(self, model: str) -> None:
        try:
            self._model = SentenceTransformer(model)
        except Exception as error:  # whatever the hub, torch or transformers raise
            raise unusable(model, error) from error
        self.name = model
        self.dimension = int(self._model.encode("文").shape[0])  # the getter has another name in every major version
        self.fingerprint = _fingerprint_of_state(self._model.state_dict())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension] of texts in normal form, behind the model's prompt for queries."""
        return self._unit(self._model.encode_query, texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension] of texts in normal form, behind the model's prompt for documents."""
        return self._unit(self._model.encode_document, texts)

    def _unit(self, encode: Callable[..., Vectors], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = encode(list(texts), convert_to_numpy=True, show_progress_bar=False)
        return unit_rows(np.asarray(vectors, dtype=np.float32))


def _fingerprint_of_state(state: Mapping[str, torch.Tensor]) -> str:
    digest = hashlib.sha256()
    for name in sorted(state):
        digest.update(name.encode())
        digest.update(state[name].detach().cpu().float().numpy().tobytes())
    return digest.hexdigest()[:16]
