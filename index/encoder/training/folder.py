"""The trained model as a sentence-transformers folder: StaticEmbedding, then Normalize.

Vectors are stored as int8 with one float scale a piece, the layout that sentence-transformers itself opens
(`embeddings` and `weights` in `StaticEmbedding.load`) and multiplies out to float32: a quarter of the size.
"""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

_MODULES = [
    ("", "sentence_transformers.models.StaticEmbedding"),
    ("1_Normalize", "sentence_transformers.models.Normalize"),
]
_CONFIG = {
    "__version__": {"sentence_transformers": "5.1.0"},
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
    "model_type": "SentenceTransformer",
}


def quantize(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 rows and their scales, so that `rows * scales[:, None]` is within half a scale of the table."""
    largest = np.abs(table).max(axis=1)
    # Rows so small that their scale would underflow are stored as zeros.
    scales = np.where(largest > 1e-30, largest / 127, 1).astype(np.float32)
    return np.round(table / scales[:, None]).astype(np.int8), scales


def dequantize(rows: NDArray[np.int8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """The float32 table that a reader of the folder sees."""
    return rows.astype(np.float32) * scales[:, None]


def save_folder(path: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    """Write the model files into `path`; a README already there stays."""
    (path / "1_Normalize").mkdir(parents=True, exist_ok=True)
    rows, scales = quantize(table)
    weights = path / "model.safetensors"
    save_file({"embeddings": rows, "weights": scales}, weights)
    weights.chmod(0o644)  # safetensors leaves it readable by its owner alone
    tokenizer.save(str(path / "tokenizer.json"), pretty=False)
    modules = [{"idx": i, "name": str(i), "path": where, "type": kind} for i, (where, kind) in enumerate(_MODULES)]
    _write_json(path / "modules.json", modules)
    _write_json(path / "config_sentence_transformers.json", _CONFIG)
    _write_json(path / "1_Normalize" / "config.json", {"module_input_name": "sentence_embedding"})


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
