"""`policyqa questions`: the questions that are asked of every publication before it is put in service."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings
from corpus.errors import InputError
from ui.cli.audited import audited
from ui.cli.json_output import print_json

if TYPE_CHECKING:
    from collections.abc import Container

    from assistant.publication.examined import Asked, Key
    from corpus.corpus import Corpus
    from eval.questions.saved import Saved, SavedQuestions

questions_app = typer.Typer(
    help="核对用的问题 · the questions that are asked of every publication before it is put in service",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_KNOWN = "  已知 known"
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")]
All = Annotated[bool, typer.Option("--all", help="也包括随附的问题 · those that come with the program too")]
Id = Annotated[str, typer.Argument(metavar="ID", help="问题编号，见 list · the id of a question, see list")]
Why = Annotated[str, typer.Option(help="为什么可以接受 · why it can be borne")]


@questions_app.command()
@audited("questions add", "clause")
def add(
    question: Annotated[str, typer.Argument(help="问题 · the question")],
    clause: Annotated[
        list[str] | None, typer.Option(help="应引用的条款或要点编号，可重复 · what it should cite, may be repeated")
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="文件没有规定，不应作答 · nothing answers it")] = False,
    place: Annotated[str, typer.Option(help="先选定的地区 · the place chosen beforehand")] = "",
    known: Annotated[bool, typer.Option("--known", help="现在答错，标为已知 · its failure is known")] = False,
) -> None:
    """保存一个问题和它应引用的条款 · save a question with the clause that it should cite.

    例 example: policyqa questions add "怎么申请首贷" --clause anhui-2023-4:1.3
    """
    from eval.questions.clauses import clauses_and_parts

    if bool(clause) is none:
        raise InputError(
            "请用 --clause 给出应引用的条款；文件没有规定的用 --none。"
            "Give the clause with --clause, or --none where nothing answers it.",
            "clause",
        )
    clauses, parts = clauses_and_parts(clause or (), [_documents])
    saved = _saved()
    one = saved.add(question, clauses, parts=parts, jurisdiction=place)
    if known:
        saved.mark(one.labelled.id, known=True)
    print(f"已保存 saved {_line(one)}{_KNOWN if known else ''}")


@questions_app.command(name="list")
def list_(as_json: AsJson = False, everything: All = False) -> None:
    """列出保存的问题 · list the saved questions.

    例 example: policyqa questions list
    """
    saved = _saved()
    known = saved.known()
    found = saved.all() if everything else saved.own()
    if as_json:
        print_json([_row(one, known) for one in found])
        return
    for one in found:
        print(f"{_line(one)}{_KNOWN if one.key in known else ''}  {one.path.name}")
    if not found:
        print("还没有保存问题，见 policyqa questions add --help。No question is saved yet.")


@questions_app.command()
@audited("questions remove", "question_id")
def remove(question_id: Id) -> None:
    """删去一个问题 · remove a question.

    例 example: policyqa questions remove q-3
    """
    print(f"已删去 removed {_line(_saved().remove(question_id))}")


@questions_app.command(name="known")
@audited("questions known", "question_id")
def mark_known(
    question_id: Id,
    why: Why = "",
    off: Annotated[bool, typer.Option("--off", help="不再标为已知 · its failure counts again")] = False,
) -> None:
    """标为已知：答错也不妨碍发布 · its failure is known and stops no publication.

    例 example: policyqa questions known q-3 --why 新办法已取消这项收费
    """
    one = _saved().mark(question_id, known=not off, why=why)
    print(f"{'不再标为已知 counts again' if off else '已标为已知 known'} {_line(one)}")


@questions_app.command(name="import")
@audited("questions import", "file")
def import_(file: Annotated[Path, typer.Argument(help="问题文件 · a question file (JSONL, CSV, xlsx)")]) -> None:
    """放入一份问题文件；同名的会被替换 · take in a question file; one of the same name makes way.

    例 example: policyqa questions import 窗口常问.xlsx
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"无法读取 {file}（{error}），请检查路径。Cannot read it; check the path.", "file") from error
    done = _saved().import_file(file.name, data)
    print(f"已放入 imported {done.questions} 个问题 questions → {done.path}")


@questions_app.command(name="ask")
def ask_all(as_json: AsJson = False, everything: All = False) -> None:
    """把保存的问题都问一遍现在用的文件，列出答错的 · ask them all of what is in service, and list what is wrong.

    例 example: policyqa questions ask --all
    """
    from eval.gate import Gate
    from ui.cli.assistant import open_assistant

    saved = _saved()
    found = saved.all() if everything else saved.own()
    known = saved.known()
    examined = Gate(found, known)(open_assistant(Settings.from_environment()), None, ())
    if as_json:
        rows = [{**asdict(one), "known": one.key in known} for one in examined.results]
        print_json({"results": rows, "set_aside": examined.set_aside, "faults": examined.faults})
        return
    wrong = [one for one in examined.results if not one.right]
    for one in wrong:
        print(_wrong_line(one, known))
    for fault in examined.faults:
        print(fault)
    print(
        f"{len(examined.results) - len(wrong)}/{len(examined.results)} 答对 right，{len(wrong)} 答错 wrong，"
        f"{len(examined.set_aside)} 未问（文件不在文件库）set aside"
    )


def _saved() -> "SavedQuestions":
    from eval.questions.saved import QUESTIONS, SavedQuestions

    return SavedQuestions(Settings.from_environment().library_folder / QUESTIONS)


def _documents() -> "Corpus":
    """The documents as the next publication has them."""
    from corpus.load import load_folder
    from corpus.readers.cache import SourceCache

    settings = Settings.from_environment()
    return load_folder(settings.documents, SourceCache(settings.kept_sources)).corpus


def _wrong_line(one: "Asked", known: "Container[Key]") -> str:
    wanted = ", ".join(one.wanted) or "不应作答 no answer"
    told = f"应为 wanted {wanted}；{one.outcome()}{_KNOWN if one.key in known else ''}"
    return f"{one.id}  {_on_one_line(one.question)}\n    {_on_one_line(told)}"


def _line(one: "Saved") -> str:
    place = f"  {one.labelled.jurisdiction}" if one.labelled.jurisdiction else ""
    wanted = ", ".join(one.wanted) or "不应作答 no answer"
    return f"{one.labelled.id}  {_on_one_line(one.labelled.question)}  → {_on_one_line(wanted)}{place}"


def _on_one_line(text: str) -> str:
    """Without anything that a terminal would obey."""
    return "".join(character if character.isprintable() else " " for character in text)


def _row(one: "Saved", known: "Container[Key]") -> dict[str, object]:
    question = one.labelled
    return {
        "id": question.id,
        "question": question.question,
        "wanted": list(one.wanted),
        "history": list(question.history),
        "jurisdiction": question.jurisdiction,
        "known": one.key in known,
        "file": one.path.name,
        "place": one.place,
    }
