"""The command line of training."""

from dataclasses import fields
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from index.encoder.training import __main__ as command
from index.encoder.training.run import TrainingRun
from index.encoder.training.trainer import TrainingConfig


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[TrainingRun]:
    """What was to be trained."""
    given: list[TrainingRun] = []

    def train(run: TrainingRun, _output: Path, _benchmark: Path | None) -> dict[str, float]:
        given.append(run)
        return {"stard recall@10": 0.5}

    monkeypatch.setattr(command, "train", train)
    return given


def _main(*arguments: str) -> str:
    app = Typer()
    app.command()(command.main)
    return CliRunner().invoke(app, ["--data", "data", "--output", "model", *arguments]).stdout


def test_every_number_of_the_configuration_is_an_option(runs: list[TrainingRun]) -> None:
    options = [f"--{field.name.replace('_', '-')}" for field in fields(TrainingConfig)]
    printed = _main(*(word for option in options for word in (option, "1")))
    assert [getattr(runs[0].config, field.name) for field in fields(TrainingConfig)] == [1] * len(options)
    assert "stard recall@10          0.500" in printed


def test_the_defaults_are_those_the_shipped_model_was_trained_with(runs: list[TrainingRun]) -> None:
    _main()
    assert runs[0].config == TrainingConfig()
    assert runs[0].data == Path("data")
