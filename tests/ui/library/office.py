"""An office whose library is published: its desk, with commands that run in this process, and what is in service."""

import json
from collections.abc import Sequence

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from assistant.publication import draft, opening
from assistant.settings import Settings
from corpus.corpus import Corpus
from corpus.library.view import Table
from index.encoder.encoder import Encoder
from tests.ui.library.test_work import finished
from ui.cli.app import app
from ui.library.command import CommandError, Say
from ui.library.desk import Desk


def run_here(arguments: Sequence[str], say: Say) -> Table:
    """A command as `in_a_process` runs it."""
    done = CliRunner().invoke(app, list(arguments))
    for step in done.stderr.splitlines():
        say(step)
    if not done.stdout:
        raise CommandError(str(done.exception))
    return dict(json.loads(done.stdout))


def settle(monkeypatch: pytest.MonkeyPatch, settings: Settings, encoder: Encoder) -> None:
    """Let commands in this process find the library, and take the encoder that there is."""
    for module in (draft, opening):
        monkeypatch.setattr(module, "load_encoder", lambda _model: encoder)
    for name in ("CORPUS", "ENCODER"):
        monkeypatch.delenv(f"POLICYQA_{name}", raising=False)
    monkeypatch.setenv("POLICYQA_LIBRARY", str(settings.library_folder))
    monkeypatch.setenv("POLICYQA_INDEX", str(settings.index))
    monkeypatch.setenv("POLICYQA_FEEDBACK", "off")


def served(settings: Settings) -> Corpus:
    """What is in service."""
    published = opening.open_current(settings)
    return published.index.corpus if published else Corpus((), ())


def ended(client: TestClient, desk: Desk) -> Table:
    """How the work ended."""
    finished(desk.publication._work)
    return dict(client.get("/v1/library/publication").json())
