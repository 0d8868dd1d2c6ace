"""No cell of an export is a formula, wherever a spreadsheet cuts it."""

import csv
import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.feedback.store import FeedbackStore, Verdict
from ui.cli.spreadsheet import write_csv


def _cells(tmp_path: Path, comment: str) -> tuple[str, str]:
    """The export with this comment, as text and as the comment's cell."""
    store = FeedbackStore(tmp_path / "feedback.sqlite3")
    store.judge("a" * 32, Verdict.WRONG, "reason", comment)
    written = io.StringIO(newline="")
    write_csv(store.rows(), written)
    store.close()
    (row,) = csv.DictReader(io.StringIO(written.getvalue(), newline=""))
    return written.getvalue(), row["comment"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢"])
@pytest.mark.parametrize(
    "before", ["", " ", "\t", "\r", "\n", "\u200b", "\u3000", "\xa0", "\ufeff", "\u2800", "\u3164", "\u0301"]
)
def test_a_cell_that_begins_with_a_sign_is_text(tmp_path: Path, before: str, sign: str) -> None:
    _, cell = _cells(tmp_path, f"{before}{sign}1+1")
    assert cell.replace(before, "", 1) if cell.startswith(before) else cell
    assert f"'{sign}" in cell or cell.startswith(f"'{before}{sign}")


@pytest.mark.parametrize("separator", [";", "\t", ",", "|", "\n", "\r\n", "\u2028"])
def test_so_is_each_piece_that_another_separator_cuts(tmp_path: Path, separator: str) -> None:
    _, cell = _cells(tmp_path, f"a{separator}=cmd{separator}\u200b@x{separator}b")
    assert cell == f"a{separator}'=cmd{separator}'\u200b@x{separator}b"


def test_other_text_stays_and_every_cell_is_quoted(tmp_path: Path) -> None:
    text, cell = _cells(tmp_path, '第1-2条; a=b，办理 "快"')
    assert cell == '第1-2条; a=b，办理 "快"'
    first, _ = text.splitlines()
    assert all(name.startswith('"') and name.endswith('"') for name in first.split(","))


@given(st.text(st.sampled_from("=+-@＝ \t\n;,|'\"a\u200b\u3000\u2800")))
def test_however_it_is_cut_no_piece_begins_a_formula(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    _, cell = _cells(tmp_path_factory.mktemp("any"), text)
    for piece in re.split(r"[;,|\t\n]", cell):
        seen = piece.lstrip(" \u200b\u3000\u2800")
        assert unicodedata.normalize("NFKC", seen[:1]) not in {"=", "+", "-", "@"}
