"""Question files: one question a row, as people write them and programs check them.

    {"id": "q-001", "question": "…", "relevant": ["harbin-66:11"], "history": [], "language": "zh", "tags": [], …}
    {"id": "q-002", "question": "…", "answers": [{"document": "harbin-66", "quote": "…"}]}

`relevant: []` or `answers: []` means that the right outcome is `no_answer`. Only id, question and one of the two
must be present; keys this version does not know are ignored, so that newer files can be read. Clauses may be given as
people cite them, beside the `document` where the number alone does not tell.
"""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.corpus import Corpus
from corpus.errors import QuestionFileError
from eval.questions.cited import ids_of, only_document
from eval.questions.heads import DOCUMENT
from eval.questions.quotes import clauses_with_quote, fold
from eval.questions.rows import read_rows
from eval.questions.table import ANSWERS, CLAUSES, Report

LANGUAGES = ("zh", "en", "mixed", "zh-hant")


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """Words of a document that answer."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with what counts as right. Ids are those of the corpus it is asked over."""

    id: str
    question: str
    relevant: tuple[str, ...]  # clauses that answer it; of a question with `answers`, those that hold a quote
    history: tuple[str, ...] = ()  # earlier turns of the same person, oldest first
    language: str = ""
    tags: tuple[str, ...] = ()
    jurisdiction: str = ""  # the place chosen beforehand, as on the page; empty: none
    relevant_parts: tuple[str, ...] = ()
    related: tuple[str, ...] = ()  # clauses near the question that do not answer it: finding one is a near miss
    quote: str = ""  # the words that answer, verbatim
    answers: tuple[GoldAnswer, ...] = ()  # any of them is right

    @property
    def answerable(self) -> bool:
        """Whether something answers it, found by the parser or not."""
        return bool(self.relevant or self.answers)


def to_stderr(line: str) -> None:
    """What a reader of standard output need not see."""
    print(line, file=sys.stderr, flush=True)


def read_questions(
    path: Path, corpus: Corpus | None = None, report: Report = to_stderr
) -> tuple[LabelledQuestion, ...]:
    """The questions of a JSONL, CSV or xlsx file, in its order.

    With a corpus, every clause, part and document named must be in it, by its id or as people cite it, and `relevant`
    of a question with `answers` is every clause that holds one of the quotes. `report` is told of columns that are
    not used. Raises QuestionFileError, whose message starts with file and place, on the first fault.
    """
    questions: list[LabelledQuestion] = []
    first_seen: dict[str, str] = {}
    for place, row in read_rows(path, report):
        try:
            question = _question(row)
            if question.id in first_seen:
                raise ValueError(f"id {question.id!r} stands on line {first_seen[question.id]} too; give each its own")
            questions.append(question if corpus is None else _resolve(question, _string(row, DOCUMENT), corpus))
        except ValueError as error:
            raise QuestionFileError(f"{path}:{place}: {error}.") from error
        first_seen[question.id] = place
    if not questions:
        raise QuestionFileError(
            f"{path}:1: 文件里没有问题，一行写一个问题。the file holds no question; write one question a row."
        )
    return tuple(questions)


def _question(row: dict[str, Any]) -> LabelledQuestion:
    language = _string(row, "language")
    if language and language not in LANGUAGES:
        raise ValueError(f"language {language!r} is not one of {', '.join(LANGUAGES)}; correct or leave it out")
    if "relevant" not in row and ANSWERS not in row:
        raise ValueError(f"'relevant' or {ANSWERS!r} is missing; give a list, [] where nothing answers the question")
    question = LabelledQuestion(
        id=_string(row, "id", required=True),
        question=_string(row, "question", required=True),
        relevant=_strings(row, "relevant"),
        history=_strings(row, "history", distinct=False),
        language=language,
        tags=_strings(row, "tags"),
        jurisdiction=_string(row, "jurisdiction").strip(),
        relevant_parts=_strings(row, "relevant_parts"),
        related=_strings(row, "related"),
        quote=_string(row, "quote"),
        answers=_answers(row),
    )
    if question.relevant and question.answers:
        raise ValueError(f"'relevant' and {ANSWERS!r} are both given; keep one of them")
    return question


def _string(row: dict[str, Any], key: str, *, required: bool = False) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key!r} must be a string; put it in quotation marks")
    if required and not value.strip():
        raise ValueError(f"{key!r} is missing or empty; fill it in")
    return value


def _strings(row: dict[str, Any], key: str, *, distinct: bool = True) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError(f'{key!r} must be a list of non-empty strings; write it as ["…"]')
    return tuple(dict.fromkeys(value) if distinct else value)


def _answers(row: dict[str, Any]) -> tuple[GoldAnswer, ...]:
    value = row.get(ANSWERS, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError(f'{ANSWERS!r} must be a list of objects; write it as [{{"document": "…", "quote": "…"}}]')
    answers = [GoldAnswer(_string(one, "document", required=True), _string(one, "quote")) for one in value]
    if not all(fold(answer.quote) for answer in answers):
        raise ValueError(f"an answer in {ANSWERS!r} has no quote; give the words of the document")
    return tuple(answers)


def _resolve(question: LabelledQuestion, document: str, corpus: Corpus) -> LabelledQuestion:
    """The question with ids in place of what people cite, and with the clauses that hold its quotes.

    A part that answers makes its clause answer too. None where the parser has lost every clause with a quote.
    Raises ValueError for what the corpus does not hold.
    """
    ids = {key: ids_of(key, getattr(question, key), document, corpus) for key in CLAUSES}
    answers = tuple(replace(one, document=only_document(one.document, corpus)) for one in question.answers)
    clauses = [corpus.find(id_)[0].id for id_ in ids["relevant"]]
    parts = [id_ for id_ in ids["relevant"] if corpus.clause_by_id(id_) is None]
    with_quote = [id_ for one in answers for id_ in clauses_with_quote(corpus, one.document, one.quote)]
    return replace(
        question,
        relevant=tuple(dict.fromkeys((*clauses, *with_quote))),
        relevant_parts=tuple(dict.fromkeys((*parts, *ids["relevant_parts"]))),
        related=tuple(ids["related"]),
        answers=answers,
    )
