"""Systems set side by side over ten rows. txtai and lancedb are tried wherever they are installed."""

import json
import os
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import typer
from rich.console import Console

from corpus.errors import EngineError
from eval.questions.questionset import LabelledQuestion, read_questions
from eval.speed.hybrids import building, system, turns
from eval.speed.hybrids.command import hybrids
from eval.speed.hybrids.comparison import HybridComparison, compare_hybrids, print_hybrids
from eval.speed.hybrids.environment import in_fresh_process
from eval.speed.hybrids.material import make_material, read_material
from eval.speed.hybrids.system import BY_HAND, OURS, SYSTEMS, System, known

ABSENT = System("another", "another", package="no_such_package", install="pip install it")
INSTALLED = [one for one in SYSTEMS if one.package is None or find_spec(one.package)]


@pytest.fixture
def questions(tmp_path: Path) -> list[LabelledQuestion]:
    path = tmp_path / "questions.jsonl"
    rows = [
        {"id": "1", "question": "小微企业首次贷款谁来辅导", "relevant": ["r1"]},
        {"id": "2", "question": "出口退税几个工作日", "relevant": ["r8"]},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return list(read_questions(path))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything in this process: a fresh one takes seconds, and is the same code."""
    for module in (building, turns):
        monkeypatch.setattr(module, "in_fresh_process", lambda _threads, do, *args: do(*args))
    monkeypatch.setattr("eval.speed.hybrids.comparison.in_fresh_process", lambda _threads, do, *args: do(*args))


def _compare(rows: Path, questions: list[LabelledQuestion], work: Path, systems: list[System]) -> HybridComparison:
    return compare_hybrids(systems, rows, questions, work, model=None, rounds=2, threads=[1], report=lambda _line: None)


@pytest.mark.usefixtures("here")
@pytest.mark.filterwarnings("ignore")  # those of other people's libraries
def test_every_system_that_is_installed_finds_the_row_that_answers(
    rows: Path, questions: list[LabelledQuestion], tmp_path: Path
) -> None:
    found = _compare(rows, questions, tmp_path / "work", INSTALLED)
    assert {OURS, BY_HAND} <= found.turns[1].keys() == {one.name for one in INSTALLED}
    assert {name: one.recall for name, one in found.turns[1].items()} == dict.fromkeys(found.turns[1], 1.0)
    assert found.ratio(1, BY_HAND) == 1.0
    assert (found.clauses, found.questions, found.approximation) == (10, 2, None)
    assert all(built.seconds > 0 and built.disk_mb > 0 for built in found.builds.values())
    assert json.loads(json.dumps(found.to_dict()))["ratios"]["1"][BY_HAND] == 1.0


@pytest.mark.usefixtures("here")
def test_a_system_that_is_not_installed_is_named_with_what_to_do_and_the_others_run(
    rows: Path, questions: list[LabelledQuestion], tmp_path: Path
) -> None:
    found = _compare(rows, questions, tmp_path / "work", [ABSENT, *known(["by_hand"])])
    assert list(found.turns[1]) == [BY_HAND]
    assert "pip install it" in found.missing["another"]
    assert "no_such_package" in found.missing["another"]
    with (console := Console(width=400)).capture() as printed:
        print_hybrids(found, console)
    assert "pip install it" in printed.get()


@pytest.mark.usefixtures("here")
def test_what_was_built_is_not_built_again(
    rows: Path, questions: list[LabelledQuestion], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _compare(rows, questions, tmp_path / "work", known(["by_hand"]))
    monkeypatch.setattr(building, "_build", lambda *_: pytest.fail("built again"))
    assert _compare(rows, questions, tmp_path / "work", known(["by_hand"])).builds == first.builds


def test_a_package_that_is_gone_is_named_although_its_index_stands(tmp_path: Path) -> None:
    (tmp_path / ABSENT.module).mkdir()
    (tmp_path / ABSENT.module / "built.json").write_text('{"seconds": 1, "peak_mb": 1, "disk_mb": 1}')
    with pytest.raises(EngineError, match="no_such_package"):
        building.build(ABSENT, tmp_path)


def test_an_unknown_system_is_refused_by_name() -> None:
    with pytest.raises(EngineError, match=r"nowhere.*by_hand"):
        known(["nowhere"])


def test_one_row_for_a_vector_holds_the_terms_of_a_clause_once(rows: Path, tmp_path: Path) -> None:
    long = {"id": "long", "title": "长", "text": "".join(f"第{n}项材料应当在{n}日内提交。" for n in range(200))}
    rows.write_text(rows.read_text("utf-8") + "\n" + json.dumps(long), encoding="utf-8")
    make_material(rows, tmp_path / "material", None)
    material = read_material(tmp_path / "material")
    given = list(material.rows())
    assert len(given) == len(material.vectors) > len(material.ids) == 11
    assert [terms for _, terms in given if terms] == material.terms
    assert np.allclose(np.linalg.norm(material.vectors, axis=1), 1, atol=1e-5)


def test_a_fresh_process_has_the_cores_and_threads_it_is_given() -> None:
    assert in_fresh_process(1, _limits) == (1, "1")


def _limits() -> tuple[int, str | None]:
    return len(os.sched_getaffinity(0)), os.environ.get("OMP_NUM_THREADS")


@pytest.mark.usefixtures("here")
def test_the_command_takes_its_options(
    rows: Path, questions: list[LabelledQuestion], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = typer.Typer()
    app.command()(hybrids)
    assert questions
    given = ["--documents", str(rows), "--questions", str(tmp_path / "questions.jsonl"), "--system", "by_hand"]
    app([*given, "--rounds", "1", "--threads", "1", "--json"], standalone_mode=False)
    result = json.loads(capsys.readouterr().out)
    assert list(result["turns"]) == ["1"]
    assert list(result["builds"]) == [system.BY_HAND]
