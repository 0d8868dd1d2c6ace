"""The clerk's page over a library in an empty folder."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.ui.library.documents import desk_in
from ui.library.routes import library_app


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return TestClient(library_app(desk_in(tmp_path)))
