"""The corpora that models are fitted on: each with its questions, by somebody who saw only its texts.

    own             the shipped texts with their plain-language records, eval/questions/own.jsonl
    own_unrecorded  the same without the records
    city            96 documents of cities and ministries, eval/questions/city.jsonl
    fit             46 further ones with the questions that lie beside them
    whole           712 documents undivided, with those questions of `city` for which no place is chosen beforehand
    law             59,000 articles of national laws with 200 questions of lay people, all of which some article answers

The texts of the last four are public data that is no part of this project; the encoder has seen none of the documents
that answer and none of the lay questions. A model that is to hold for unseen documents is judged by leaving a corpus
out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.service import Assistant
from assistant.settings import Settings
from corpus.clause import Document
from corpus.corpus import Corpus
from corpus.errors import InputError
from corpus.load import load_folder
from corpus.rows import whole_documents
from eval.questions.questionset import LabelledQuestion, read_questions
from index.building import build_index
from index.encoder.encoder import load_encoder
from index.encoder.training.held_out import is_held_out
from index.encoder.training.sources import read_all_rows

QUESTIONS = Path(__file__).parents[1] / "questions"
DATA = Path("../shared")
UNRECORDED = "own_unrecorded"  # the same words as own
_CITY_TEXTS = Path("training/policy_city_docs.jsonl.gz")
_FIT = Path("field_fit")
_LAY_QUESTIONS = Path("training/stard_train.jsonl.gz")
_ARTICLES = Path("training/laws_articles.jsonl.gz")


@dataclass(frozen=True, slots=True)
class FittingCorpus:
    """One corpus as an assistant answers from it, with labelled questions."""

    name: str
    assistant: Assistant
    questions: Sequence[LabelledQuestion]
    weight: float  # of one question beside those of the others

    @property
    def has_records(self) -> bool:
        """Whether its clauses have plain-language records that are looked at."""
        return self.assistant.index.records is not None


def fitting_corpora(data: Path) -> list[FittingCorpus]:
    """The first four, each indexed in memory. Raises InputError where the data folder lacks the texts."""
    _check(data, (_CITY_TEXTS, _FIT))
    shipped = _assistant(load_folder(None).corpus)
    without = Assistant(shipped.index.without_plain(), shipped.settings)
    own = read_questions(QUESTIONS / "own.jsonl", shipped.corpus)
    with TemporaryDirectory() as folder:
        _write_city_texts(data / _CITY_TEXTS, QUESTIONS / "city.jsonl", Path(folder))
        city = _assistant(load_folder(Path(folder)).corpus)
    fit = _assistant(load_folder(data / _FIT / "text").corpus)
    return [
        FittingCorpus("own", shipped, own, 0.3),
        FittingCorpus(UNRECORDED, without, own, 0.3),
        FittingCorpus("city", city, read_questions(QUESTIONS / "city.jsonl", city.corpus), 1.0),
        FittingCorpus("fit", fit, read_questions(data / _FIT / "questions.jsonl", fit.corpus), 1.0),
    ]


def whole_corpus(data: Path) -> FittingCorpus:
    """Documents that nobody has divided, as an evaluation over rows has them. Raises InputError."""
    _check(data, (_CITY_TEXTS,))
    rows = enumerate(read_all_rows(data / _CITY_TEXTS))
    documents = [Document(f"city-{number:03}", row["title"], row["text"]) for number, row in rows]
    questions = [
        replace(question, relevant=tuple({answer.document: 0 for answer in question.answers}), answers=())
        for question in read_questions(QUESTIONS / "city.jsonl")
        if question.answers and not question.jurisdiction
    ]
    return FittingCorpus("whole", _assistant(whole_documents(documents)), questions, 1.0)


def law_corpus(data: Path) -> FittingCorpus:
    """The lay questions over national law; minutes of indexing, and a gigabyte. Raises InputError."""
    _check(data, (_LAY_QUESTIONS, _ARTICLES))
    articles = [row for row in read_all_rows(data / _ARTICLES) if not row["category"].startswith("DLC")]
    documents = [Document(f"law-{n:05}", row["law"] + row["article"], row["text"]) for n, row in enumerate(articles)]
    ids = {document.title: document.id for document in documents}
    relevant: dict[str, list[str]] = {}
    for row in read_all_rows(data / _LAY_QUESTIONS):
        if is_held_out(row) and row["gold"] in ids:
            relevant.setdefault(row["q"], []).append(ids[row["gold"]])
    questions = [LabelledQuestion(f"lay-{n}", text, tuple(found)) for n, (text, found) in enumerate(relevant.items())]
    return FittingCorpus("law", _assistant(whole_documents(documents)), questions, 1.0)


def _check(data: Path, wanted: Sequence[Path]) -> None:
    if missing := [str(data / path) for path in wanted if not (data / path).exists()]:
        raise InputError(f"no such file: {', '.join(missing)}; name the folder that holds them with --data", "data")


def _assistant(corpus: Corpus) -> Assistant:
    settings = replace(Settings.from_environment(), plain=True)
    return Assistant(build_index(corpus, load_encoder(settings.encoder)), settings)


def _write_city_texts(rows: Path, questions: Path, folder: Path) -> None:
    """The texts that the questions name: city-007 is row 7 of the file, from 0."""
    named = {answer.document for question in read_questions(questions) for answer in question.answers}
    for number, row in enumerate(read_all_rows(rows)):
        if (name := f"city-{number:03}") in named:
            (folder / f"{name}.txt").write_text(row["text"], encoding="utf-8")
