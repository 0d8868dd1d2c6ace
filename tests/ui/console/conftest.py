"""The console over the shipped texts, with marks that the test can read."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.problems import install_handlers
from assistant.service import Assistant
from tests.ui.marks import RecordedMarks
from ui.console.routes import console_router


@pytest.fixture
def marks() -> RecordedMarks:
    return RecordedMarks()


@pytest.fixture
def client(assistant: Assistant, marks: RecordedMarks) -> TestClient:
    app = FastAPI()
    app.include_router(console_router(assistant, marks))
    install_handlers(app)
    return TestClient(app)
