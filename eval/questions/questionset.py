"""Question files: JSONL, one question a line, as people write them and programs check them.

    {"id": "q-001", "question": "…", "relevant": ["harbin-66:11"], "history": [], "language": "zh", "tags": [], …}

`relevant: []` means that the right outcome is `no_answer`. Only id, question and relevant must be present;
keys this version does not know are ignored, so that newer files can be read.
"""

import json
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionFileError
from corpus.corpus import Corpus

LANGUAGES = ("zh", "en", "mixed", "zh-hant")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what counts as right. Ids are those of the corpus it is asked over."""

    id: str
    question: str
    relevant: tuple[str, ...]  # clauses that answer it; empty: nothing does
    history: tuple[str, ...] = ()  # earlier turns of the same person, oldest first
    language: str = ""
    tags: tuple[str, ...] = ()
    jurisdiction: str = ""  # the place asked about: a label for reading, never passed on as a filter
    relevant_parts: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    quote: str = ""  # the words that answer, verbatim

    @property
    def answerable(self) -> bool:
        return bool(self.relevant)


def read_questions(path: Path, corpus: Corpus | None = None) -> tuple[Question, ...]:
    """The questions of a JSONL file, in its order; blank lines are skipped.

    With a corpus, every relevant clause and part must be in it. Raises QuestionFileError, whose message
    starts with file and line, on the first fault.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError:
        raise QuestionFileError(f"{path}: no such file. Give the path of a question file (JSONL).") from None
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: cannot be read ({error}). Save it as UTF-8 text and try again.") from error
    known = None if corpus is None else _ids(corpus)
    questions: list[Question] = []
    first_seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = _question(line)
            _check_known(question, known)
            if question.id in first_seen:
                raise ValueError(f"id {question.id!r} stands on line {first_seen[question.id]} too; give each its own")
        except ValueError as error:
            raise QuestionFileError(f"{path}:{number}: {error}.") from error
        first_seen[question.id] = number
        questions.append(question)
    if not questions:
        raise QuestionFileError(f"{path}:1: the file holds no question; write one JSON object a line.")
    return tuple(questions)


def _question(line: str) -> Question:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno}); write one object a line") from error
    if not isinstance(row, dict):
        raise ValueError("not a JSON object; write {…} with id, question and relevant")
    language = _string(row, "language")
    if language and language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {', '.join(LANGUAGES)}; correct or leave it out")
    return Question(
        id=_string(row, "id", required=True),
        question=_string(row, "question", required=True),
        relevant=_strings(row, "relevant", required=True),
        history=_strings(row, "history"),
        language=language,
        tags=_strings(row, "tags"),
        jurisdiction=_string(row, "jurisdiction"),
        relevant_parts=_strings(row, "relevant_parts"),
        related=_strings(row, "related"),
        quote=_string(row, "quote"),
    )


def _string(row: dict[str, Any], key: str, *, required: bool = False) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key!r} must be a string; put it in quotation marks")
    if required and not value.strip():
        raise ValueError(f"{key!r} is missing or empty; fill it in")
    return value


def _strings(row: dict[str, Any], key: str, *, required: bool = False) -> tuple[str, ...]:
    if required and key not in row:
        raise ValueError(f"{key!r} is missing; give a list, [] where nothing answers the question")
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError(f'{key!r} must be a list of non-empty strings; write it as ["…"]')
    return tuple(dict.fromkeys(value))


def _ids(corpus: Corpus) -> frozenset[str]:
    parts = (part.id for clause in corpus.clauses for part in clause.all_parts())
    return frozenset((*(clause.id for clause in corpus.clauses), *parts))


def _check_known(question: Question, known: Container[str] | None) -> None:
    if known is None:
        return
    for key, ids in (("relevant", question.relevant), ("relevant_parts", question.relevant_parts)):
        for unknown in (id_ for id_ in ids if id_ not in known):
            raise ValueError(f"{key!r} names {unknown!r}, which the corpus does not hold; correct the id or the corpus")
