"""What a size costs is kept, so that a run that was broken off goes on."""

import os
from pathlib import Path

import pytest

from eval.speed import million
from eval.speed.million import Cost, Memory, Serving, measure_sizes
from tests.index.streaming.made_laws import row, write_rows

COST = Cost(
    10,
    1.5,
    Memory(100.0, 200.0),
    3.0,
    Serving(0.5, Memory(1.0, 2.0), Memory(3.0, 4.0), {"p50": 1.0, "p95": 2.0, "p99": 3.0}, {"p50": 0.5}),
)


def _measure(work: Path, rows: Path, said: list[str], sizes: tuple[int, ...] = (10,)) -> list[Cost]:
    return measure_sizes(rows, ["首次贷款"], sizes, work, seed=1, workers=1, report=said.append)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Articles of laws, whose names and sentences others are made up from."""
    return write_rows(tmp_path / "laws.jsonl", [row(number) for number in range(60)])


def test_a_size_is_built_searched_and_not_measured_again(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, said = tmp_path / "work", list[str]()
    (found,) = _measure(work, rows, said)
    assert found.clauses == 10
    assert found.disk_mb > 0
    assert set(found.serving.anywhere_ms) == {"p50", "p95", "p99"}
    assert found.serving.searched.resident >= found.serving.opened.private > 0
    monkeypatch.setattr(million, "_build", lambda *_: pytest.fail("built again"))
    assert _measure(work, rows, said) == [found]
    assert not any("goes on" in line for line in said)


def test_a_build_that_goes_on_says_that_its_minutes_are_of_the_rest(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index-1-10" / "chunks").mkdir(parents=True)
    monkeypatch.setattr(million, "_build", lambda *_: (COST.build_minutes, COST.build))
    monkeypatch.setattr(million, "serve", lambda *_: COST.serving)
    monkeypatch.setattr(million, "ProcessPoolExecutor", _Here)
    said: list[str] = []
    (found,) = _measure(tmp_path, rows, said)
    assert any("goes on" in line for line in said)
    assert found.serving == COST.serving
    assert _measure(tmp_path, rows, said) == [found]


class _Here:
    """Runs what is submitted at once, in this process."""

    def __init__(self, *_: object) -> None: ...
    def __enter__(self) -> "_Here":
        return self

    def __exit__(self, *_: object) -> None: ...
    def submit(self, do: object, *_: object) -> "_Here":
        assert callable(do)
        return self

    def result(self) -> Serving:
        return COST.serving


def test_memory_of_this_process_is_known_and_of_none_is_nothing() -> None:
    assert million.memory_of(os.getpid()).resident > million.memory_of(os.getpid()).private > 0
    assert million.memory_of(2**22 + 1) == Memory(0.0, 0.0)
