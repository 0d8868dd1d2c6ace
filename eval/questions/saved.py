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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.publication.examined import Key
from assistant.question.limits import DEFAULT_LIMITS, check_text
from corpus.errors import InputError, NotFoundError, QuestionFileError
from corpus.readers.folder import is_litter
from eval.questions.folder import FORMATS, KNOWN, SAVED, TABLES, QuestionFolder
from eval.questions.known import known_failures, mark
from eval.questions.questionset import LabelledQuestion, read_questions
from eval.questions.rows import read_rows

SHIPPED = Path(__file__).parent / "own.jsonl"  # over the shipped documents; city.jsonl is over texts that are not
QUESTIONS = "questions"
_LONGEST_NAME = 200  # bytes of a file's name: some systems take 255, and a draft's is longer
_LONGEST_PLACE = 100  # characters


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved question, and where it stands."""

    labelled: LabelledQuestion
    path: Path
    place: str  # in it, as its errors name it
    is_shipped: bool = False

    @property
    def where(self) -> str:
        return f"{self.path}:{self.place}"

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
        self._files = QuestionFolder(folder)
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
        found = tuple(one for path in self._files.files() for one in _read(path))
        _check_ids(found)
        return found

    def known(self) -> frozenset[Key]:
        """The questions whose failure is known. Raises QuestionFileError."""
        return known_failures(self._files)

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
        check_text("question", text, DEFAULT_LIMITS.max_question)
        check_text("jurisdiction", jurisdiction, _LONGEST_PLACE)
        row = {"question": text, "relevant": list(wanted)}
        row |= {"relevant_parts": list(parts)} if parts else {}
        row |= {"jurisdiction": place} if (place := jurisdiction.strip()) else {}
        with self._files.alone():
            held = self.all()
            if same := next((one for one in held if one.key == (text, (), place, tuple(wanted))), None):
                return same
            id_ = _next_id(one.labelled.id for one in held)
            self._files.write(SAVED, [*self._files.lines(SAVED), _line({"id": id_, **row})])
            return self.find(id_)

    def remove(self, id_: str) -> Saved:
        """Take one of the office's questions out of its file.

        Raises NotFoundError, and InputError for one that is shipped or stands in a table, which its owner must change.
        """
        with self._files.alone():
            found = self.find(id_)
            if found.is_shipped:
                raise InputError(
                    f"{id_} 是随附的问题，不能删去；答错可以接受时请标为已知：policyqa questions known {id_}。"
                    f"{id_} comes with the program; mark its failure as known instead.",
                    "id",
                )
            if found.path.suffix.lower() in TABLES:
                raise InputError(
                    f"{id_} 在 {found.where}，请在那份表格里删去这一行。{id_} stands in a table; delete its row there.",
                    "id",
                )
            lines = self._files.lines(found.path.name)
            del lines[int(found.place) - 1]
            self._files.write(found.path.name, lines)
            return found

    def mark(self, id_: str, *, known: bool, why: str = "") -> Saved:
        """Say that a question's failure is known, and why, or take that back.

        Raises NotFoundError, QuestionFileError.
        """
        with self._files.alone():
            found = self.find(id_)
            mark(self._files, id_, found.key, known=known, why=why)
            return found

    def import_file(self, name: str, data: bytes) -> Imported:
        """Take in a question file (JSONL, CSV, xlsx) as it was sent. An earlier one of the same name makes way.

        Raises QuestionFileError naming file and line; then nothing has changed.
        """
        file = Path(name.replace("\\", "/")).name
        target = f"{Path(file).stem}.jsonl"
        is_named = Path(file).suffix.lower() in FORMATS and file.isprintable() and len(file.encode()) <= _LONGEST_NAME
        if not is_named or is_litter(file) or target.lower() in (SAVED, KNOWN):
            raise QuestionFileError(
                f"{file}: 请给出 .jsonl、.csv 或 .xlsx 文件，名称不要太长，也不要用 saved 或 known。"
                "Give a .jsonl, .csv or .xlsx file, under a shorter name, and another than saved or known."
            )
        rows = _rows_of(file, data)
        with self._files.alone():
            others = [one for one in self.all() if one.path != self.folder / target]
            held = {one.labelled.id: one for one in others}
            for place, row in rows:
                if (id_ := row["id"]) in held:
                    raise QuestionFileError(f"{file}:{place}: {_same_id(id_, held[id_].where)}")
            replaced = (self.folder / target).exists()
            self._files.write(target, [_line(row) for _, row in rows])
        return Imported(self.folder / target, len(rows), replaced)


def _read(path: Path, *, is_shipped: bool = False) -> tuple[Saved, ...]:
    questions = read_questions(path)
    places = [place for place, _ in read_rows(path)]
    return tuple(Saved(one, path, place, is_shipped) for one, place in zip(questions, places, strict=True))


def _rows_of(file: str, data: bytes) -> list[tuple[str, dict[str, Any]]]:
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


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _same_id(id_: str, where: str) -> str:
    return f"编号 {id_} 在 {where} 已经有了，请换一个。The id {id_} stands there too; give each question its own."


def _next_id(taken: Iterable[str]) -> str:
    """q-1, q-2, …: the first above all that are taken."""
    numbers = [int(id_[2:]) for id_ in taken if id_.startswith("q-") and id_[2:].isascii() and id_[2:].isdigit()]
    return f"q-{max(numbers, default=0) + 1}"
