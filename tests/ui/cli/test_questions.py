"""`policyqa questions`: what each command prints, keeps and refuses."""

import json
import sys
from pathlib import Path

import pytest

from assistant.service import Assistant
from ui.cli.app import main


class Command:
    """The command run in this process, over a library of its own and the shipped documents."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch, self._capsys = monkeypatch, capsys
        monkeypatch.setenv("POLICYQA_INDEX", str(folder / "index"))
        monkeypatch.delenv("POLICYQA_CORPUS", raising=False)
        monkeypatch.delenv("POLICYQA_LIBRARY", raising=False)

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, and what was printed on stdout and stderr."""
        self._monkeypatch.setattr(sys, "argv", ["policyqa", "questions", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        printed = self._capsys.readouterr()
        return int(caught.value.code or 0), printed.out, printed.err


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], assistant: Assistant
) -> Command:
    monkeypatch.setattr("ui.cli.assistant.open_assistant", lambda _settings: assistant)
    return Command(tmp_path, monkeypatch, capsys)


def test_a_question_is_saved_listed_marked_and_removed(command: Command) -> None:
    code, out, _ = command("add", "首次贷款怎么办", "--clause", "anhui-2023-4:1.3.4", "--place", "安徽")
    assert (code, "已保存 saved q-1  首次贷款怎么办  → anhui-2023-4:1.3  安徽" in out) == (0, True)
    command("add", "养老金怎么算", "--none", "--known")
    [first, second] = json.loads(command("list", "--json")[1])
    assert (first["wanted"], first["known"], first["jurisdiction"]) == (["anhui-2023-4:1.3"], False, "安徽")
    assert (second["wanted"], second["known"], second["file"]) == ([], True, "saved.jsonl")
    assert command("known", "q-1", "--why", "还没有写")[0] == 0
    assert command("known", "q-2", "--off")[0] == 0
    assert [row["known"] for row in json.loads(command("list", "--json")[1])] == [True, False]
    assert "q-1" in command("list")[1]
    assert command("remove", "q-1")[0] == 0
    assert "q-1" not in command("list")[1]


def test_what_is_wrong_is_asked_and_listed(command: Command) -> None:
    command("add", "档案存在档案中心的人怎么办退休", "--clause", "harbin-66:19")
    command("add", "档案存在档案中心的人怎么办退休", "--clause", "harbin-66:1")
    command("add", "How is a cat registered?", "--none")
    code, out, _ = command("ask")
    assert code == 0
    assert "2/3 答对" in out
    assert "q-2  档案存在档案中心的人怎么办退休" in out
    assert "应为 wanted harbin-66:1；已回答 answered: harbin-66:19" in out
    rows = json.loads(command("ask", "--json")[1])["results"]
    assert [row["right"] for row in rows] == [True, False, True]


def test_a_clause_that_the_library_lacks_is_refused_with_the_next_step(command: Command) -> None:
    code, _, err = command("add", "问", "--clause", "harbin-66:99")
    assert (code, "harbin-66:99" in err, "policyqa documents show" in err) == (2, True, True)
    assert command("list")[1].startswith("还没有保存问题")
    for arguments in (("add", "问"), ("add", "问", "--none", "--clause", "harbin-66:1")):
        code, _, err = command(*arguments)
        assert (code, "--none" in err) == (2, True)


def test_a_file_is_imported_and_a_bad_one_is_told_by_line(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "窗口.csv"
    table.write_text("id,question,relevant\nw-1,公司搬家要跑几趟,harbin-66:1\n", encoding="utf-8-sig")
    code, out, _ = command("import", str(table))
    assert (code, "1 个问题" in out) == (0, True)
    assert json.loads(command("list", "--json")[1])[0]["file"] == "窗口.jsonl"
    table.write_text("id,question,relevant\n,公司搬家要跑几趟,harbin-66:1\n", encoding="utf-8-sig")
    code, _, err = command("import", str(table))
    assert (code, "窗口.csv:2: " in err) == (2, True)
    assert command("import", str(tmp_path / "没有.csv"))[0] == 2
    assert len(json.loads(command("list", "--json", "--all")[1])) == 2035
