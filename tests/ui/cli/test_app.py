"""The command line as a program sees it: output, exit codes, and what is imported."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
COMMANDS = ("ask", "search", "serve", "index", "eval", "mcp")


@pytest.fixture(scope="module")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "index"
    done = run("index", POLICYQA_INDEX=str(folder))
    assert done.returncode == 0, done.stderr
    return folder


def run(*arguments: str, at: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, run `at` a folder (default: here); the packages are found as they are by this process."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("POLICYQA_")}
    inherited["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        [sys.executable, "-c", "from ui.cli.app import main; main()", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        cwd=at,
        env=inherited | environment,
        check=False,
    )


def test_help_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(command in done.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"policyqa {command}" in done.stdout.split("example", 1)[1]


def test_ask_prints_answer_quote_and_address(index_folder: Path) -> None:
    done = run("ask", "怎么申请首贷", POLICYQA_INDEX=str(index_folder))
    assert done.returncode == 0, done.stderr
    assert "皖营商环境办〔2023〕4号 典型案例 一、（三）" in done.stdout
    assert "[1]" in done.stdout
    assert max(map(len, done.stdout.splitlines())) < 300  # no padding where nobody looks


def test_ask_json_is_the_answer_of_the_contract(index_folder: Path) -> None:
    done = run("ask", "how do I get first-loan support", "--json", POLICYQA_INDEX=str(index_folder))
    answer = json.loads(done.stdout)
    assert answer["status"] == "answered"
    assert answer["citations"][0]["clause_id"] == "anhui-2023-4:1.3"


def test_search_prints_address_id_and_what_each_leg_said(index_folder: Path) -> None:
    done = run("search", "税务注销预检", "-n", "2", POLICYQA_INDEX=str(index_folder))
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.split("\n2. ")
    assert "harbin-66:33" in first
    assert "第三十三条" in first
    assert "bm25 #1" in first
    assert "dense #" in second


def test_jurisdiction_narrows_the_search(index_folder: Path) -> None:
    done = run("search", "不动产登记", "--jurisdiction", "哈尔滨", "--json", POLICYQA_INDEX=str(index_folder))
    hits = json.loads(done.stdout)["hits"]
    assert hits
    assert all(hit["clause_id"].startswith("harbin-66:") for hit in hits)


def test_eval_prints_the_json_of_the_contract(index_folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        '{"id": "q1", "question": "创新建立金融顾问制度", "relevant": ["harbin-66:26"]}\n', encoding="utf-8"
    )
    done = run("eval", "--questions", str(questions), "--json", POLICYQA_INDEX=str(index_folder))
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["legs"]["hybrid"]["success@1"]["value"] == 1
    assert set(result["legs"]) == {"bm25", "dense", "hybrid"}


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "message"),
    [
        (("ask", " "), {}, 2, "请输入问题"),
        (("ask", "首贷", "-j", "火星"), {}, 2, "火星"),
        (("ask",), {}, 2, "Missing argument"),
        (("ask", "首贷"), {"POLICYQA_LIMT": "3"}, 2, "There is no setting POLICYQA_LIMT"),
        (("ask", "首贷"), {"POLICYQA_INDEX": "/dev/null/index"}, 3, "POLICYQA_INDEX"),
        (("ask", "首贷", "--limit", "0"), {}, 2, "from 1 to 100"),
        (("ask", "\udcff"), {}, 2, "broken characters"),
        (("serve", "--host", "no.such.host.invalid"), {}, 2, "--host"),
        (("ask", "首贷"), {"POLICYQA_ENCODER": "no/such/model", "HF_HUB_OFFLINE": "1"}, 4, "no/such/model"),
        (("eval", "--questions", "none.jsonl"), {}, 2, "none.jsonl"),
        (("eval", "--questions", "none.jsonl", "--leg", "bm26"), {}, 2, "bm26"),
    ],
)
def test_faults_have_an_exit_code_and_say_what_to_do(
    index_folder: Path, arguments: tuple[str, ...], environment: dict[str, str], code: int, message: str
) -> None:
    environment = {"POLICYQA_INDEX": str(index_folder)} | environment
    done = run(*arguments, at=None, **environment)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("ask", "首贷"), ("search", "首贷")])
def test_an_index_that_is_missing_is_built_once_and_said_so_in_one_line(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    first, second = (run(*command, POLICYQA_INDEX=str(tmp_path / "new" / "index")) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0)
    assert "building it" in first.stderr
    assert len(first.stderr.splitlines()) == 1
    assert second.stderr == ""


def test_an_index_of_other_texts_is_not_built_anew_unasked(index_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("关于某事的通知\n\n一、事项一。\n\n二、事项二。\n", encoding="utf-8")
    done = run("ask", "事项", POLICYQA_INDEX=str(index_folder), POLICYQA_CORPUS=str(tmp_path))
    assert done.returncode == 3
    assert "policyqa index" in done.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize(
    "arguments", [("--help",), ("ask", "--help"), ("ask", "怎么申请首贷"), ("ask", " "), ("ask", "--no")]
)
def test_a_terminal_without_chinese_is_written_to_all_the_same(
    index_folder: Path, encoding: str, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments, POLICYQA_INDEX=str(index_folder), PYTHONIOENCODING=encoding)
    assert "Traceback" not in done.stderr
    assert done.returncode == (2 if arguments in {("ask", " "), ("ask", "--no")} else 0)


def test_json_stays_json_on_a_terminal_without_chinese(index_folder: Path) -> None:
    done = run("ask", "怎么申请首贷 😀", "--json", POLICYQA_INDEX=str(index_folder), PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["question"] == "怎么申请首贷 😀"


def test_folders_called_like_our_packages_beside_the_caller_are_not_imported(
    index_folder: Path, tmp_path: Path
) -> None:
    for name in ("corpus", "index", "assistant", "eval", "ui"):
        (tmp_path / name).mkdir()
    done = run("ask", "怎么申请首贷", at=tmp_path, POLICYQA_INDEX=str(index_folder))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("import assistant", ("torch", "gradio", "faiss", "sentence_transformers", "jieba")),
        ("import ui.cli.app", ("torch", "gradio", "faiss", "sentence_transformers", "jieba", "fastapi", "sqlalchemy")),
        (
            "from assistant.service import Assistant",
            ("torch", "gradio", "sentence_transformers", "fastapi", "sqlalchemy", "pymilvus", "grpc"),
        ),
        (
            "from assistant.service import Assistant; from assistant.settings import Settings;"
            "from assistant.publication.opening import ledger_of; assert ledger_of(Settings()) is None",
            ("pymilvus", "grpc"),
        ),
    ],
)
def test_imports_stay_light(statement: str, forbidden: tuple[str, ...]) -> None:
    program = f"{statement}; import sys; print([m for m in {forbidden!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
