"""How an office's own questions correct the confidence: a slope and a shift of its logit.

The shipped model was fitted over many corpora. How many of an office's questions its documents answer, and how surely,
only its own labelled questions can tell (Platt, "Probabilistic Outputs for Support Vector Machines", 1999).
"""

import json
import logging
import math
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import StoreError

_LOG = logging.getLogger(__name__)
_SUREST = 1e-6  # from 0 and 1: a logit must be finite


@dataclass(frozen=True, slots=True)
class Calibration:
    """`slope` is 0 or more, so that it never changes which of two answers is surer."""

    slope: float = 1.0
    shift: float = 0.0
    model: str = ""  # fingerprint of the confidence model that it corrects
    questions: int = 0  # that it was fitted to

    def __call__(self, probability: float) -> float:
        """The corrected probability, 0..1; 0 and 1 are no estimates and stay."""
        if probability in {0.0, 1.0} or (self.slope, self.shift) == (1.0, 0.0):
            return probability
        return 1 / (1 + math.exp(-(self.slope * logit(probability) + self.shift)))


def logit(probability: float) -> float:
    """Of a probability 0..1; finite for all."""
    inside = min(max(probability, _SUREST), 1 - _SUREST)
    return math.log(inside / (1 - inside))


def read_calibration(path: Path, model: str) -> Calibration:
    """What lies there, or no correction where nothing does, or where it corrects another model, which the log says.

    Raises StoreError where the file cannot be read.
    """
    if not path.exists():
        return Calibration()
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        found = Calibration(float(table["slope"]), float(table["shift"]), str(table["model"]), int(table["questions"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"把握校准文件 {path} 无法读取，请删除它或重新运行 policyqa calibrate。"
            f"{path} cannot be read ({error}); remove it, or run policyqa calibrate again"
        ) from error
    if found.model != model:
        _LOG.warning("%s was made for another confidence model and is left out; run policyqa calibrate again", path)
        return Calibration()
    return found


def write_calibration(path: Path, calibration: Calibration) -> None:
    """Write it; an older file stays until the new one is whole. Raises StoreError."""
    half_written = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half_written.write_text(json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8")
        half_written.replace(path)
    except OSError as error:
        raise StoreError(
            f"{path} 无法写入，请用 POLICYQA_CALIBRATION 换一个地方。"
            f"{path} cannot be written ({error.strerror}); name another place with POLICYQA_CALIBRATION"
        ) from error
