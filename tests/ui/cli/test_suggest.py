"""`policyqa documents suggest`: drafts on standard output or into files, never over one."""

import sys
from pathlib import Path

import pytest

from corpus.load import SHIPPED
from ui.cli.app import main

TEXT = "湖岸停车办法\n\n第一条 湖岸停车按小时收费。\n第二条 遗失许可证的，应当补领。\n"


class Suggest:
    """The command run in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        self._monkeypatch.setattr(sys, "argv", ["policyqa", "documents", "suggest", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        printed = self._capsys.readouterr()
        return int(caught.value.code or 0), printed.out, printed.err


@pytest.fixture
def suggest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Suggest:
    monkeypatch.setenv("POLICYQA_INDEX", str(tmp_path / "index"))
    monkeypatch.delenv("POLICYQA_CORPUS", raising=False)
    return Suggest(monkeypatch, capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("湖岸", "山脚"):
        (folder / f"{name}.txt").write_text(TEXT.replace("湖岸", name), encoding="utf-8")
    return folder


def test_without_output_drafts_are_printed(suggest: Suggest, folder: Path) -> None:
    code, out, _ = suggest(folder)
    assert code == 0
    assert out.count("draft: true") == 6  # four of plain words, and of what the second article asks in each


def test_several_documents_go_into_a_folder_and_nothing_is_overwritten(
    suggest: Suggest, folder: Path, tmp_path: Path
) -> None:
    drafts = tmp_path / "drafts"
    code, out, _ = suggest(folder, "--output", drafts)
    assert code == 0
    assert "policyqa plain check" in out
    assert sorted(path.name for path in drafts.iterdir()) == [
        "山脚.apply.yaml",
        "山脚.plain.yaml",
        "湖岸.apply.yaml",
        "湖岸.plain.yaml",
    ]
    for name in ("山脚.plain.yaml", "山脚.apply.yaml", "湖岸.apply.yaml"):
        (drafts / name).unlink()
    (drafts / "湖岸.plain.yaml").write_text("mine", encoding="utf-8")
    code, _, err = suggest(folder, "--output", drafts)
    assert code == 2
    assert "is not overwritten" in err
    assert [path.read_text(encoding="utf-8") for path in drafts.iterdir()] == ["mine"]


def test_one_document_goes_into_one_file_with_its_conditions_beside_it(
    suggest: Suggest, folder: Path, tmp_path: Path
) -> None:
    (folder / "山脚.txt").unlink()
    code, _, _ = suggest(folder, "--output", tmp_path / "draft.yaml")
    assert code == 0
    assert "湖岸:2" in (tmp_path / "draft.yaml").read_text(encoding="utf-8")
    assert "quote: 遗失许可证的" in (tmp_path / "湖岸.apply.yaml").read_text(encoding="utf-8")
    code, _, err = suggest(folder, "--output", tmp_path / "draft.yaml")
    assert code == 2
    assert "is not overwritten" in err


def test_where_nothing_can_be_written_it_says_so(suggest: Suggest, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, _, err = suggest(folder, "--output", tmp_path / "file" / "drafts")
    assert code == 2
    assert "choose another place" in err


def test_an_empty_folder_is_an_error_and_one_with_all_records_needs_no_draft(suggest: Suggest, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = suggest(tmp_path / "empty")
    assert code == 2
    assert "no document here" in err
    code, out, _ = suggest(SHIPPED)
    assert code == 0
    assert "already" in out
