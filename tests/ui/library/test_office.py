"""The pages of the office together: how much may be sent to each."""

from pathlib import Path

from fastapi.testclient import TestClient

from assistant.service import Assistant
from tests.ui.library.documents import desk_in
from ui.library.routes import library_app
from ui.questions.routes import questions_router

IMPORT, SAVED = "/v1/library/questions/import", "/v1/library/questions"


def test_a_question_file_may_be_larger_than_a_form(assistant: Assistant, tmp_path: Path) -> None:
    client = TestClient(library_app(desk_in(tmp_path), questions_router(lambda: assistant, tmp_path / "questions")))
    rows = "\n".join(f"q{number},{'办事大厅几点开门' * 10}{number}," for number in range(3000))
    file = f"id,question,relevant\n{rows}\n".encode()
    assert len(file) > 500_000
    sent = client.post(IMPORT, params={"name": "窗口.csv"}, content=file)
    assert (sent.status_code, sent.json()["questions"]) == (201, 3000)
    assert client.post(SAVED, content=b"x" * 600_000).status_code == 413
