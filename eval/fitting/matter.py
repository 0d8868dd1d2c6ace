"""What a question is about, apart from how it is put: `python -m eval.fitting.matter` writes assistant/gaps/matter.npz.

Fitted on eval/questions/city.jsonl, where the questions about one document are one group.
"""

import json
from pathlib import Path

import numpy as np

from assistant.gaps import matter
from assistant.gaps.matter import Matter, fit_matter
from index.encoder.encoder import Encoder, load_encoder
from index.text.normalizer import normalize

_QUESTIONS = Path(__file__).parents[1] / "questions" / "city.jsonl"


def fitted(encoder: Encoder) -> Matter:
    """From the questions that stand alone and are answered."""
    groups: dict[str, list[str]] = {}
    for line in _QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["answers"] and not row["history"]:
            groups.setdefault(row["answers"][0]["document"], []).append(normalize(row["question"]))
    return fit_matter([encoder.encode_queries(questions) for questions in groups.values() if len(questions) > 1])


if __name__ == "__main__":
    found = fitted(load_encoder())
    file = Path(matter.__file__).with_name(matter.FILE)
    np.savez_compressed(file, mean=found.mean.astype(np.float16), turning=found.turning.astype(np.float16))
    print(f"{file}: {file.stat().st_size} bytes")
