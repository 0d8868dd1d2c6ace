"""`POLICYQA_ENGINE=milvus` from the command line: indexed there, asked from there, and without its client said so."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.errors import EngineError, IndexMismatchError
from ui.cli.app import app

TEXT = "湖岸停车办法\n\n第一条 停车按小时收费。\n第二条 遗失许可证的，应当补领。\n"


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "湖岸.txt").write_text(TEXT, encoding="utf-8")
    given = {
        "INDEX": tmp_path / "index",
        "CORPUS": texts,
        "FEEDBACK": "off",
        "ENGINE": "milvus",
        "MILVUS_URL": tmp_path / "made" / "milvus.db",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"POLICYQA_{name}", str(value))


def test_a_folder_is_indexed_into_milvus_and_answers_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = CliRunner().invoke(app, ["index"])
    assert built.exit_code == 0, built.output
    asked = CliRunner().invoke(app, ["ask", "许可证丢了怎么办", "--json"])
    assert '"label": "' in asked.output
    assert "应当补领" in asked.output
    assert not list((tmp_path / "index").glob("*/text.npy"))
    monkeypatch.setenv("POLICYQA_ENGINE", "embedded")
    with pytest.raises(IndexMismatchError, match="POLICYQA_ENGINE"):
        CliRunner().invoke(app, ["ask", "许可证丢了怎么办"], catch_exceptions=False)


def test_without_its_client_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "index.engines.milvus.connection", None)
    with pytest.raises(EngineError, match=r"policyqa\[milvus\]"):
        CliRunner().invoke(app, ["index"], catch_exceptions=False)
