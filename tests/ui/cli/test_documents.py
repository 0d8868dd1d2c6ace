"""`policyqa documents` and `policyqa index` over files as an office has them: what they print, and exit codes."""

import json
import sys
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from eval.gate import Gate
from ui.cli.app import main
from ui.cli.reading import progress_bar
from ui.cli.uploads import read_uploads

TEXT = """云泽市湖岸停车管理办法

云政发〔2024〕3号

第一章 总则
第一条 湖岸停车位按小时收费，每小时五元。
第二章 附则
第二条 下列车辆不收费：
（一）残疾人专用车；
（二）执行任务的救护车。
第三条 本办法自2024年6月1日起施行。
"""


class Command:
    """The command run in this process, at settings of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch, self._capsys = monkeypatch, capsys
        monkeypatch.setenv("POLICYQA_INDEX", str(folder / "index"))
        monkeypatch.setenv("POLICYQA_FEEDBACK", str(folder / "feedback.sqlite3"))
        monkeypatch.delenv("POLICYQA_CORPUS", raising=False)
        monkeypatch.delenv("POLICYQA_LIBRARY", raising=False)

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, and what was printed on stdout and stderr."""
        self._monkeypatch.setattr(sys, "argv", ["policyqa", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        printed = self._capsys.readouterr()
        return int(caught.value.code or 0), printed.out, printed.err

    def file(self, name: str, content: str | bytes = TEXT) -> str:
        path = self.folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    # The shipped questions, over a thousand, take a quarter of a minute each time.
    monkeypatch.setattr("eval.gate.open_gate", lambda _settings: Gate(()))
    return Command(tmp_path, monkeypatch, capsys)


def test_preview_prints_facts_with_evidence_the_tree_and_what_is_in_no_clause(command: Command) -> None:
    code, out, err = command("documents", "preview", command.file("停车.txt"))
    assert code == 0
    assert [line.split("。")[0].split(":1: ")[1] for line in err.splitlines()] == [
        "没有读出适用地区，问任何地区都会查到它；请填写，全国有效的填“全国”",
        "没有读出发文机关；请核对后填写",
    ]
    lines = [line.strip() for line in out.splitlines()]
    assert any(line.startswith("文号 number：云政发〔2024〕3号（依据 from “云政发〔2024〕3号”") for line in lines)
    assert lines.index("第一章 总则") < lines.index("第二章 附则")
    assert any(line.startswith("第二条 ") and line.endswith("停车:2") for line in lines)
    assert "（一）  10 字" in lines
    assert "in no clause" not in out
    outside = lines[lines.index(next(line for line in lines if line.startswith("标题、落款等"))) + 1 :]
    assert outside[:2] == ["云泽市湖岸停车管理办法", "云政发〔2024〕3号"]


def test_text_that_nobody_can_cite_is_told_with_its_line(command: Command) -> None:
    long = "（一）各区应当按照就近便民的原则安排停车位，统筹医院和学校周边的需要。"
    name = command.file("安排.txt", f"云泽市停车办法\n一、安排\n{long}\n1.医院三成。\n2.学校两成。\n")
    code, out, err = command("documents", "preview", name)
    assert code == 0
    lines = [line.strip() for line in out.splitlines()]
    told = lines.index("未归入条款的正文 of the text in no clause：1 行 lines")
    assert lines[told + 1].startswith("第 3 行 line：（一）各区应当")
    assert f"{name}:3: 正文有 1 行不在任何条款里" in err
    command("documents", "add", name)
    assert "1 行正文未归入条款" in command("documents", "list")[1]
    row = json.loads(command("documents", "list", "--json")[1])[-1]
    assert (row["unplaced"], 0 < row["coverage"] < 1) == (1, True)


def test_two_files_of_one_id_are_named_by_preview_too(command: Command) -> None:
    code, out, err = command("documents", "preview", command.file("停车.txt"), command.file("另/停车.html", TEXT))
    assert (code, out.count("编号 id 停车")) == (2, 2)
    assert "停车.html:1: 编号 停车 重复" in err


def test_a_file_that_states_no_fact_goes_in_and_the_library_still_loads(command: Command) -> None:
    assert command("documents", "add", command.file("清单.txt", "每小时五元。\n每天三十元。\n"))[0] == 0
    assert [path.name for path in (command.folder / "library/documents/清单").iterdir()] == ["清单.txt", "清单.toml"]
    code, out, err = command("documents", "list")
    assert (code, err, "清单" in out) == (0, "", True)
    code, out, err = command("publish")
    assert (code, "3 份文件" in out) == (0, True), err


def test_preview_as_json_and_as_toml(command: Command) -> None:
    name = command.file("停车.txt")
    (seen,) = json.loads(command("documents", "preview", "--json", name)[1])
    assert [clause["id"] for clause in seen["clauses"]] == ["停车:1", "停车:2", "停车:3"]
    assert 'number = "云政发〔2024〕3号"' in command("documents", "preview", "--toml", name)[1]


def test_preview_shows_what_can_be_read_and_ends_with_2_for_the_rest(command: Command) -> None:
    bad = command.file("改名.docx", b"PK\x03\x04")
    code, out, err = command("documents", "preview", bad, command.file("停车.txt"))
    assert code == 2
    assert "停车:1" in out
    assert f"{bad}:1: " in err


def test_nothing_of_a_text_is_obeyed_by_a_terminal(command: Command) -> None:
    code, out, err = command("documents", "preview", command.file("a.txt", TEXT.replace("总则", "总\x1b[31m则")))
    assert code == 0
    assert "\x1b" not in out + err


def test_a_document_is_added_listed_shown_and_removed(command: Command) -> None:
    code, out, _ = command("documents", "add", command.file("停车.txt"))
    assert code == 0
    assert "已放入 added 停车" in out
    assert "policyqa publish" in out
    rows = json.loads(command("documents", "list", "--json")[1])
    assert [row["id"] for row in rows] == ["anhui-2023-4", "harbin-66", "停车"]
    assert "云政发〔2024〕3号" in command("documents", "list")[1]
    assert json.loads(command("documents", "show", "停车", "--json")[1])["file"] == "停车.txt"
    assert command("documents", "remove", "停车")[0] == 0
    assert command("documents", "show", "停车")[0] == 2


def test_add_takes_a_folder_with_facts_beside_its_files_all_or_none(command: Command) -> None:
    command.file("停车.toml", 'title = "停车办法"\n')
    command.file("停车.txt")
    command.file("湖/.DS_Store")
    bad = command.file("湖/坏.pdf", b"")
    code, _, err = command("documents", "add", str(command.folder / "files"))
    assert (code, f"{bad}:1: " in err) == (2, True)
    assert not (command.folder / "library").exists()
    Path(bad).unlink()
    assert command("documents", "add", str(command.folder / "files"))[0] == 0
    assert "停车办法" in command("documents", "show", "停车")[1]


def test_a_link_out_of_a_folder_is_not_taken_in(command: Command) -> None:
    secret = command.file("../秘密.txt")
    command.file("停车.txt")
    (command.folder / "files" / "连.txt").symlink_to(secret)
    code, _, err = command("documents", "add", str(command.folder / "files"))
    assert (code, "a link out of its folder" in err) == (2, True)


def test_versions_are_named_by_preview_add_and_list(command: Command) -> None:
    command("documents", "add", command.file("停车.txt"))
    other = command.file("停车2025.txt", TEXT.replace("五元", "八元"))
    assert "文号相同 same number" in command("documents", "preview", other)[1]
    assert "文号相同 same number" in command("documents", "add", other)[2]
    assert "文号相同 same number" in command("documents", "list")[1]


def test_add_says_that_another_folder_is_searched(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CORPUS", str(command.folder / "files"))
    assert "POLICYQA_CORPUS" in command("documents", "add", command.file("停车.txt"))[1]


def test_a_file_that_cannot_be_read_is_named_and_no_index_built_unless_told_to_go_on(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.file("停车.txt")
    command.file("Thumbs.db")
    bad = command.file("扫描.pdf", b"")
    monkeypatch.setenv("POLICYQA_CORPUS", str(command.folder / "files"))
    code, out, err = command("index")
    assert (code, out) == (2, "")
    assert f"{bad}:1: " in err
    assert "--go-on" in err
    assert "1 hidden or temporary files skipped" in err
    assert not (command.folder / "index" / "CURRENT").exists()
    code, out, err = command("index", "--go-on")
    assert (code, f"{bad}:1: " in err) == (0, True)
    assert "1 份文件" in out
    code, out, _ = command("ask", "第一条")
    assert code == 0
    assert "五元" in out


def test_a_file_that_the_index_needs_and_that_has_gone_bad_is_named(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.file("湖.txt", TEXT.replace("停车", "垂钓").replace("3号", "4号"))
    name = command.file("停车.txt")
    monkeypatch.setenv("POLICYQA_CORPUS", str(command.folder / "files"))
    assert command("index")[0] == 0
    Path(name).write_bytes(b"\x00\x01\x02\xff" * 10)
    code, _, err = command("ask", "停车怎么收费")
    assert code == 2
    assert f"{name}:1: " in err
    assert "policyqa index" in err


def test_errors_in_the_numbering_are_counted_and_do_not_stop_the_index(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = command.file("停车.txt", TEXT.replace("第二条 下", "第二 则条 下"))
    monkeypatch.setenv("POLICYQA_CORPUS", str(command.folder / "files"))
    code, _, err = command("index")
    assert code == 0
    assert f"{name}:11: " in err
    assert "1 errors, 0 warnings" in err
    assert command("documents", "add", name)[0] == 2
    assert "错误 error" in command("documents", "preview", name)[2]


def test_the_library_is_searched_once_it_is_published(command: Command) -> None:
    command("documents", "add", command.file("停车.txt"))
    assert "停车" not in command("ask", "云泽湖岸停车每小时多少钱")[1]
    code, out, err = command("publish")
    assert (code, "3 份文件" in out) == (0, True), err
    assert "停车" in command("ask", "云泽湖岸停车每小时多少钱")[1]
    code, out, err = command("index")  # the same documents, anew
    assert (code, "在用版本 in service：2，3 份文件" in out) == (0, True), err
    assert command("rollback")[0] == 0
    assert [row["current"] for row in json.loads(command("generations", "--json")[1])] == [False, True]


def test_a_document_leaves_service_with_a_proof(command: Command) -> None:
    command("documents", "add", command.file("停车.txt"))
    command("publish")
    code, out, err = command("documents", "remove", "停车", "--by", "云泽市政务办")
    assert code == 0, out + err
    assert "找到 found 0 处" in out
    assert "还有它" in out  # in the generation before
    assert command("documents", "add", command.file("停车.txt"))[0] == 0
    command("publish")
    draft = command.folder / "library-drafts" / "kept" / "停车.txt"
    draft.parent.mkdir(parents=True)
    draft.write_text(TEXT, encoding="utf-8")
    code, out, err = command("documents", "remove", "停车", "--purge")
    assert (code, str(draft) in out) == (2, True), out + err
    assert "generations" not in out


def test_a_bar_is_drawn_only_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as on_read:
        on_read(1, 2)
    assert capsys.readouterr().err == ""


def test_files_come_once_whether_named_or_in_a_folder(command: Command) -> None:
    name = command.file("停车.txt")
    uploads, failures = read_uploads([Path(name), Path(name).parent, command.folder / "无.txt"])
    assert [upload.shown for upload in uploads] == [name]
    assert [type(failure) for failure in failures] == [DocumentError]


def test_diff_compares_files_and_documents_of_the_library(command: Command) -> None:
    old, new = command.file("停车.txt"), command.file("停车新.txt", TEXT.replace("每小时五元", "每小时八元"))
    code, out, err = command("documents", "diff", old, new)
    assert (code, err) == (0, "")
    assert "湖岸停车位按小时收费，每小时[-五-]元。" in out
    assert "湖岸停车位按小时收费，每小时{+八+}元。" in out
    asked = command.file("问题.jsonl", '{"id": "q", "question": "停一小时多少钱", "relevant": ["停车:1"]}')
    code, out, _ = command("documents", "diff", old, new, "--questions", asked, "--json")
    table = json.loads(out)
    assert table["counts"]["changed"] == 1
    assert [one["id"] for one in table["questions"]] == ["q"]
    assert command("documents", "diff", "harbin-66", "harbin-66")[0] == 0
    code, _, err = command("documents", "diff", "没有", new)
    assert code == 2
    assert "policyqa documents list" in err
