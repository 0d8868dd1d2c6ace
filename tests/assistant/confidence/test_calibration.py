import json
import logging
from pathlib import Path

import pytest

from assistant.confidence.calibration import Calibration, logit, read_calibration, write_calibration
from corpus.errors import StoreError


def test_slope_and_shift_act_on_the_logit() -> None:
    corrected = Calibration(slope=2.0, shift=1.0)
    assert logit(corrected(0.5)) == pytest.approx(1.0)
    assert logit(corrected(0.8)) == pytest.approx(2 * logit(0.8) + 1)


def test_certainty_stays_and_no_correction_changes_nothing() -> None:
    assert [Calibration(0.5, -3.0)(one) for one in (0.0, 1.0)] == [0.0, 1.0]
    assert Calibration()(0.123456789) == 0.123456789


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path, made = tmp_path / "new" / "calibration.json", Calibration(0.9, 0.25, "abc", 77)
    write_calibration(path, made)
    assert read_calibration(path, "abc") == made
    assert list(path.parent.iterdir()) == [path]


def test_without_a_file_and_for_another_model_nothing_is_corrected(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "calibration.json"
    assert read_calibration(path, "abc") == Calibration()
    write_calibration(path, Calibration(0.9, 0.25, "abc", 77))
    with caplog.at_level(logging.WARNING):
        assert read_calibration(path, "other") == Calibration()
    assert "policyqa calibrate" in caplog.text


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", json.dumps({"slope": "steep", "shift": 0, "model": "", "questions": 1})]
)
def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path, content: str) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=r"calibration\.json.*policyqa calibrate"):
        read_calibration(path, "abc")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="POLICYQA_CALIBRATION"):
        write_calibration(tmp_path / "file" / "calibration.json", Calibration())
