"""The questions that a publication is examined by: the office's own, beside the library, and the shipped ones.

POLICYQA_LIBRARY/questions/
├── saved.jsonl        what `add` writes, by command or page
├── NAME.jsonl         what was imported from NAME.xlsx, NAME.csv or NAME.jsonl
├── *.csv, *.xlsx      files somebody keeps there by hand; they are read as they stand
└── known.jsonl        questions whose failure is known

Every file is replaced in one step. An id stands once in all of them.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from filelock import FileLock

from assistant.publication.examined import Key
from corpus.errors import InputError, NotFoundError, QuestionFileError
from corpus.readers.folder import is_litter
from eval.questions.questionset import LabelledQuestion, read_questions
from eval.questions.rows import read_rows

SHIPPED = Path(__file__).parent / "own.jsonl"  # over the shipped documents; city.jsonl is over texts that are not
QUESTIONS = "questions"
_SAVED, _KNOWN, _LOCK = "saved.jsonl", "known.jsonl", ".lock"
_TABLES = (".csv", ".xlsx")
_FORMATS = (".jsonl", *_TABLES)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved question, and where it stands."""

    labelled: LabelledQuestion
    path: Path
    line: int
    is_shipped: bool = False

    @property
    def where(self) -> str:
        return f"{self.path}:{self.line}"

    @property
    def wanted(self) -> tuple[str, ...]:
        """Clauses, or `document: quote`, any of which is right to cite; () where no answer is right."""
        return self.labelled.relevant or tuple(f"{one.document}: {one.quote}" for one in self.labelled.answers)

    @property
    def names(self) -> tuple[str, ...]:
        """The clauses, or the documents, that it says answer it."""
        return self.labelled.relevant or tuple(dict.fromkeys(one.document for one in self.labelled.answers))

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents that answer; none where no answer is right."""
        return frozenset(name.partition(":")[0] for name in self.names)

    @property
    def key(self) -> Key:
        """As that of `Asked`."""
        return self.labelled.question, self.labelled.history, self.labelled.jurisdiction, self.wanted


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has put into the folder."""

    path: Path
    questions: int
    replaced: bool  # whether an earlier import of that name has made way


class SavedQuestions:
    """The office's questions in a folder, which need not exist, behind the shipped ones. Nothing is kept in memory."""

    def __init__(self, folder: Path, shipped: Path | None = SHIPPED) -> None:
        self.folder = folder
        self._shipped = shipped

    # Reading

    def all(self) -> tuple[Saved, ...]:
        """The office's questions, then the shipped ones. Raises QuestionFileError naming file and line."""
        shipped = _read(self._shipped, is_shipped=True) if self._shipped else ()
        own = self.own()
        _check_ids((*shipped, *own))
        return (*own, *shipped)

    def own(self) -> tuple[Saved, ...]:
        """The office's questions, file by file. Raises QuestionFileError naming file and line."""
        found = tuple(one for path in self._files() for one in _read(path))
        _check_ids(found)
        return found

    def known(self) -> frozenset[Key]:
        """The questions whose failure is known. Raises QuestionFileError."""
        return frozenset(_key(row) for row in self._known_rows())

    def find(self, id_: str) -> Saved:
        """The question of this id. Raises NotFoundError, QuestionFileError."""
        found = next((one for one in self.all() if one.labelled.id == id_), None)
        if found is None:
            raise NotFoundError(
                f"没有编号为 {id_} 的问题，见 policyqa questions list。"
                f"There is no question {id_}; see policyqa questions list.",
                "id",
            )
        return found

    # Writing

    def add(self, question: str, wanted: Sequence[str], *, parts: Sequence[str] = (), jurisdiction: str = "") -> Saved:
        """Save a question with the clauses that answer it; none: no answer is right. The same again is not saved twice.

        Raises InputError where nothing can be written or the question is empty, QuestionFileError.
        """
        if not (text := " ".join(question.split())):
            raise InputError("请写出问题。Please write the question.", "question")
        row = {"question": text, "relevant": list(wanted)}
        row |= {"relevant_parts": list(parts)} if parts else {}
        row |= {"jurisdiction": place} if (place := jurisdiction.strip()) else {}
        with self._alone():
            held = self.all()
            if same := next((one for one in held if one.key == (text, (), place, tuple(wanted))), None):
                return same
            id_ = _next_id(one.labelled.id for one in held)
            self._append(_SAVED, {"id": id_, **row})
            return self.find(id_)

    def remove(self, id_: str) -> Saved:
        """Take one of the office's questions out of its file.

        Raises NotFoundError, and InputError for one that is shipped or stands in a table, which its owner must change.
        """
        with self._alone():
            found = self.find(id_)
            if found.is_shipped:
                raise InputError(
                    f"{id_} 是随附的问题，不能删去；答错可以接受时请标为已知：policyqa questions known {id_}。"
                    f"{id_} comes with the program; mark its failure as known instead.",
                    "id",
                )
            if found.path.suffix.lower() in _TABLES:
                raise InputError(
                    f"{id_} 在 {found.where}，请在那份表格里删去这一行。{id_} stands in a table; delete its row there.",
                    "id",
                )
            lines = found.path.read_text(encoding="utf-8-sig").split("\n")
            del lines[found.line - 1]
            self._write(found.path.name, "\n".join(lines))
            return found

    def mark(self, id_: str, *, known: bool, why: str = "") -> Saved:
        """Say that a question's failure is known, and why, or take that back.

        Raises NotFoundError, QuestionFileError.
        """
        with self._alone():
            found = self.find(id_)
            rows = [row for row in self._known_rows() if _key(row) != found.key]
            if known:
                question, history, place, wanted = found.key
                row = {"question": question, "history": history, "jurisdiction": place, "wanted": wanted}
                rows.append({"id": id_, **row, "why": why.strip(), "since": date.today().isoformat()})
            self._write(_KNOWN, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))
            return found

    def import_file(self, name: str, data: bytes) -> Imported:
        """Take in a question file (JSONL, CSV, xlsx) as it was sent. An earlier one of the same name makes way.

        Raises QuestionFileError naming file and line; then nothing has changed.
        """
        file = Path(name.replace("\\", "/")).name
        target = f"{Path(file).stem}.jsonl"
        if Path(file).suffix.lower() not in _FORMATS or is_litter(file) or target.lower() in (_SAVED, _KNOWN):
            raise QuestionFileError(
                f"{file}: 请给出 .jsonl、.csv 或 .xlsx 文件，名称不要用 saved 或 known。"
                "Give a .jsonl, .csv or .xlsx file, under another name than saved or known."
            )
        rows = _rows_of(file, data)
        with self._alone():
            others = [one for one in self.all() if one.path != self.folder / target]
            held = {one.labelled.id: one for one in others}
            for line, row in rows:
                if (id_ := row["id"]) in held:
                    raise QuestionFileError(f"{file}:{line}: {_same_id(id_, held[id_].where)}")
            replaced = (self.folder / target).exists()
            self._write(target, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for _, row in rows))
        return Imported(self.folder / target, len(rows), replaced)

    # Files

    def _files(self) -> Iterator[Path]:
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.iterdir()):
            if is_litter(path.name) or path.name == _KNOWN or path.is_dir():
                continue
            if path.suffix.lower() not in _FORMATS:
                raise QuestionFileError(
                    f"{path}:1: 不是问题文件，请另存为 .jsonl、.csv 或 .xlsx，或移出这个文件夹。"
                    "Not a question file; save it as .jsonl, .csv or .xlsx, or move it out of this folder."
                )
            if path.suffix.lower() in _TABLES or path.stat().st_size:
                yield path

    def _known_rows(self) -> list[dict[str, Any]]:
        path = self.folder / _KNOWN
        if not path.exists():
            return []
        rows = list(read_rows(path))
        for line, row in rows:
            if not isinstance(row.get("question"), str) or not isinstance(row.get("wanted"), list):
                raise QuestionFileError(
                    f"{path}:{line}: 缺少 question 或 wanted，请删去这一行。"
                    "'question' or 'wanted' is missing; delete the line."
                )
        return [row for _, row in rows]

    def _append(self, name: str, row: Mapping[str, Any]) -> None:
        path = self.folder / name
        before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        before += "" if not before or before.endswith("\n") else "\n"
        self._write(name, f"{before}{json.dumps(row, ensure_ascii=False)}\n")

    def _write(self, name: str, text: str) -> None:
        draft = self.folder / f".{name}.new"
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / _LOCK):
                yield
        except (OSError, NotImplementedError) as error:
            raise InputError(
                f"无法写入 {self.folder}（{error}），请腾出空间或改正权限后再试。"
                "Cannot write there; make room or correct the permissions, then try again."
            ) from error


def _read(path: Path, *, is_shipped: bool = False) -> tuple[Saved, ...]:
    questions = read_questions(path)
    lines = [line for line, _ in read_rows(path)]
    return tuple(Saved(one, path, line, is_shipped) for one, line in zip(questions, lines, strict=True))


def _rows_of(file: str, data: bytes) -> list[tuple[int, dict[str, Any]]]:
    """The rows of a file that was sent, read as a question file; what is wrong with it is told under its own name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / file
        try:
            path.write_bytes(data)
            read_questions(path)
            return list(read_rows(path))
        except QuestionFileError as error:
            raise QuestionFileError(str(error).replace(f"{folder}{os.sep}", "")) from error


def _check_ids(saved: Sequence[Saved]) -> None:
    first: dict[str, Saved] = {}
    for one in saved:
        if (other := first.setdefault(one.labelled.id, one)) is not one:
            raise QuestionFileError(f"{one.where}: {_same_id(one.labelled.id, other.where)}")


def _same_id(id_: str, where: str) -> str:
    return f"编号 {id_} 在 {where} 已经有了，请换一个。The id {id_} stands there too; give each question its own."


def _next_id(taken: Iterable[str]) -> str:
    """q-1, q-2, …: the first above all that are taken."""
    numbers = [int(id_[2:]) for id_ in taken if id_.startswith("q-") and id_[2:].isascii() and id_[2:].isdigit()]
    return f"q-{max(numbers, default=0) + 1}"


def _key(row: Mapping[str, Any]) -> Key:
    return row["question"], tuple(row.get("history", ())), row.get("jurisdiction", ""), tuple(row["wanted"])
