"""What is said of a model that cannot be used."""

from pathlib import Path

from corpus.errors import EncoderError


def unusable(model: str | Path, error: Exception | str) -> EncoderError:
    """The error for this model, by folder or hub name, with what to do next."""
    reason = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    return EncoderError(
        f"嵌入模型无法使用 the embedding model at {model} is missing or damaged ({reason}); reinstall policyqa, run "
        "`make encoder DATA=…` to train it again, or name a sentence-transformers folder in POLICYQA_ENCODER"
    )
