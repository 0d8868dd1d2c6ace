"""Development sets: questions, and what should be found for them.

Some come out of the benchmark folder and its neighbours, some are made of training rows that are held out. One whose
files are absent is skipped.
"""

import gzip
import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.load import load_corpus, load_folder
from index.encoder.training.citations import LAWS
from index.encoder.training.dataset import TokenBags, tokenize
from index.encoder.training.documents import cut_clauses
from index.encoder.training.held_out import is_held_out
from index.encoder.training.sources import Row, around, article_passage, read_all_rows, sentences

Cuts = tuple[tuple[str, int], ...]  # ("success" | "recall", k)
SUCCESS: Cuts = (("success", 1), ("success", 3))
RECALL: Cuts = (("recall", 10), ("recall", 100))
CITY, LEGAL_QUESTIONS = "policy_city_docs", "stard_train"
_STATE = "中华人民共和国"  # stands before the name of a law or not
_UNLIMITED = 1 << 30
_WINDOW = 250  # characters of a passage cut from a whole document
_SHARE = 60  # percent of a quote that a clause must hold in one stretch


@dataclass(frozen=True, slots=True)
class DevSet:
    """Questions and passages as token ids; passage i belongs to `owners[i]`, a row of the list of what can be found.

    With `scopes` a question is asked within one document: `scopes` of the questions, `owner_scopes` of the found.
    """

    name: str
    queries: TokenBags
    relevant: tuple[frozenset[int], ...]
    passages: TokenBags
    owners: NDArray[np.int64]
    cuts: Cuts
    scopes: NDArray[np.int64] | None = None
    owner_scopes: NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, the ids of what answers it, and the document within which it is asked."""

    text: str
    relevant: Sequence[str]
    scope: str = ""


def load_dev_sets(benchmark: Path, data: Path, tokenizer: Tokenizer) -> list[DevSet]:
    """Every set whose files are there: `benchmark` and the folders beside it, and what `data` holds out."""
    return [*_of_benchmark(benchmark, tokenizer), *_of_fields(benchmark.parent, tokenizer), *_of_held(data, tokenizer)]


def _of_benchmark(folder: Path, tokenizer: Tokenizer) -> Iterator[DevSet]:
    """STARD over law articles, NCP over whole documents, and the two policy texts in Chinese and in English."""
    if (folder / "stard_dev.jsonl").exists():
        laws = [(row["id"], f"{row['title']} {row['text']}") for row in _rows(folder / "laws_corpus.jsonl.gz")]
        yield _dev_set("stard", _asked(_rows(folder / "stard_dev.jsonl")), laws, RECALL, tokenizer)
    for name, file in (("ncp", "ncp_dev"), ("ncp unseen", "ncp_unseen_dev")):
        if (folder / f"{file}.jsonl").exists():
            cut = [(row["id"], w) for row in _rows(folder / "ncp_documents.jsonl.gz") for w in _windows(row["text"])]
            yield _dev_set(name, _asked(_rows(folder / f"{file}.jsonl")), cut, SUCCESS, tokenizer)
    if (folder / "policy_dev.jsonl").exists():
        clauses = _with_sentences((clause.id, clause.text) for clause in load_corpus().clauses)
        answerable = [row for row in _rows(folder / "policy_dev.jsonl") if row["relevant"]]
        for name, english in (("policy zh", False), ("policy en", True)):
            rows = [row for row in answerable if (row.get("language") == "en") is english]
            yield _dev_set(name, _asked(rows), clauses, SUCCESS, tokenizer)


def _of_fields(folder: Path, tokenizer: Tokenizer) -> Iterator[DevSet]:
    """City documents with questions whose answers are quotes, over all clauses and over those of the document."""
    for name, questions in (("field_fit", "questions.jsonl"), ("field", "questions_dev.jsonl")):
        if not (folder / name / questions).exists():
            continue
        clauses = load_folder(folder / name / "text").corpus.clauses
        folded = [(clause.id, clause.document_id, _fold(clause.text)) for clause in clauses]
        asked = []
        for row in _rows(folder / name / questions):
            quotes = [(one["document"], _fold(one["quote"])) for one in row.get("answers", [])]
            right = [id_ for id_, document, text in folded if any(d == document and _holds(text, q) for d, q in quotes)]
            if quotes:
                history = " ".join([*row.get("history", []), row["question"]])
                asked.append(_Asked(history, right, quotes[0][0]))
        passages = _with_sentences((clause.id, clause.text) for clause in clauses)
        yield _dev_set(name, asked, passages, SUCCESS, tokenizer)
        scopes = {clause.id: clause.document_id for clause in clauses}
        yield _dev_set(f"{name} own", asked, passages, SUCCESS, tokenizer, scopes=scopes)


def _of_held(data: Path, tokenizer: Tokenizer) -> Iterator[DevSet]:
    """What `held_out` keeps from training: legal questions, and city documents beside as many trained on."""
    if (data / f"{LEGAL_QUESTIONS}.jsonl.gz").exists() and (data / f"{LAWS}.jsonl.gz").exists():
        laws = [row for row in read_all_rows(data / f"{LAWS}.jsonl.gz") if not row["category"].startswith("DLC")]
        articles = [(row["law"].removeprefix(_STATE) + row["article"], article_passage(row)) for row in laws]
        known = {id_ for id_, _ in articles}
        right: dict[str, list[str]] = {}
        for row in read_all_rows(data / f"{LEGAL_QUESTIONS}.jsonl.gz"):
            gold = row["gold"].removeprefix(_STATE)
            if is_held_out(row) and gold in known:
                right.setdefault(row["q"], []).append(gold)
        asked = [_Asked(question, gold) for question, gold in right.items()]
        yield _dev_set("stard held", asked, articles, RECALL, tokenizer)
    if (data / f"{CITY}.jsonl.gz").exists():
        rows = list(read_all_rows(data / f"{CITY}.jsonl.gz"))
        held = [row for row in rows if is_held_out(row)]
        seen = [row for row in rows if not is_held_out(row)]
        Random(0).shuffle(seen)
        yield _within_documents("city held", held, tokenizer)
        yield _within_documents("city seen", seen[: len(held)], tokenizer)


def _within_documents(name: str, rows: Iterable[Row], tokenizer: Tokenizer) -> DevSet:
    """Heading → the text under it, or sentence → the rest of its clause, among the clauses of the document."""
    rng, asked, passages, scopes = Random(0), [], [], {}
    for number, row in enumerate(rows):
        for place, clause in enumerate(cut_clauses(row["text"])):
            parts = [part for part in sentences(clause.text) if part.strip()]
            index = rng.randrange(len(parts)) if parts else 0
            id_ = f"{number}:{place}"
            if clause.heading:
                asked.append(_Asked(clause.heading, [id_], str(number)))
                passages.append((id_, clause.text))
            elif len(parts) > 1:
                asked.append(_Asked(parts[index], [id_], str(number)))
                passages.append((id_, around(parts, index, _UNLIMITED, keep=False)))
            else:
                passages.append((id_, clause.text))
            scopes[id_] = str(number)
    return _dev_set(name, asked, passages, (("success", 1),), tokenizer, scopes=scopes)


def _asked(rows: Iterable[Row]) -> list[_Asked]:
    """A question's history stands before it."""
    return [_Asked(" ".join([*row.get("history", []), row["question"]]), row["relevant"]) for row in rows]


def _dev_set(
    name: str,
    asked: Sequence[_Asked],
    passages: Sequence[tuple[str, str]],
    cuts: Cuts,
    tokenizer: Tokenizer,
    *,
    scopes: dict[str, str] | None = None,
) -> DevSet:
    """`passages` are (id of what is found, text); `scopes` says of which document that is."""
    ids = {id_: i for i, id_ in enumerate(dict.fromkeys(id_ for id_, _ in passages))}
    documents = {document: i for i, document in enumerate(dict.fromkeys((scopes or {}).values()))}
    return DevSet(
        name,
        tokenize([one.text for one in asked], tokenizer, _UNLIMITED),
        tuple(frozenset(ids[id_] for id_ in one.relevant if id_ in ids) for one in asked),
        tokenize([text for _, text in passages], tokenizer, _UNLIMITED),
        np.array([ids[id_] for id_, _ in passages]),
        cuts,
        np.array([documents[one.scope] for one in asked]) if scopes else None,
        np.array([documents[scopes[id_]] for id_ in ids]) if scopes else None,
    )


def _with_sentences(clauses: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each clause whole and by its sentences."""
    return [(id_, text) for id_, whole in clauses for text in (whole, *sentences(whole))]


def _rows(path: Path) -> Iterator[Row]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in content.decode().split("\n") if line)


def _windows(text: str) -> Iterator[str]:
    window = ""
    for sentence in sentences(text):
        if window and len(window) + len(sentence) > _WINDOW:
            yield window
            window = ""
        window += sentence
    yield window


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _holds(text: str, quote: str) -> bool:
    """Whether the text shares enough of the quote in one stretch, both folded (as `eval` judges answers)."""
    stretch = -(-len(quote) * _SHARE // 100)
    return bool(quote) and any(quote[i : i + stretch] in text for i in range(len(quote) - stretch + 1))
