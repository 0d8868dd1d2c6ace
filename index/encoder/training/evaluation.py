"""Development figures of the dense leg alone: they are logged beside the loss and never steer a weight.

The benchmark folder holds the development sets; one whose files are absent is skipped. Documents are scored by
their best passage.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from corpus.load import load_corpus
from index.encoder.encoder import unit_rows
from index.encoder.training.dataset import TokenBags, tokenize
from index.encoder.training.sources import Row, sentences

_UNLIMITED = 1 << 30
_WINDOW = 250  # characters of a passage cut from a whole document


@dataclass(frozen=True, slots=True)
class DevSet:
    """Questions and passages as token ids; passage i belongs to `owners[i]`, a row of the document list."""

    name: str
    queries: TokenBags
    relevant: tuple[frozenset[int], ...]
    passages: TokenBags
    owners: NDArray[np.int64]
    cuts: tuple[tuple[str, int], ...]  # ("success" | "recall", k)


def _rows(path: Path) -> Iterator[Row]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from (json.loads(line) for line in content.decode().split("\n") if line)


def _dev_set(
    name: str,
    questions: Sequence[Row],
    passages: Sequence[tuple[str, str]],
    cuts: tuple[tuple[str, int], ...],
    tokenizer: Tokenizer,
) -> DevSet:
    """`passages` are (document id, text); a question's history stands before it."""
    ids = {document: i for i, document in enumerate(dict.fromkeys(document for document, _ in passages))}
    asked = [" ".join([*row.get("history", []), row["question"]]) for row in questions]
    return DevSet(
        name,
        tokenize(asked, tokenizer, _UNLIMITED),
        tuple(frozenset(ids[one] for one in row["relevant"] if one in ids) for row in questions),
        tokenize([text for _, text in passages], tokenizer, _UNLIMITED),
        np.array([ids[document] for document, _ in passages]),
        cuts,
    )


def _windows(text: str) -> Iterator[str]:
    window = ""
    for sentence in sentences(text):
        if window and len(window) + len(sentence) > _WINDOW:
            yield window
            window = ""
        window += sentence
    yield window


def load_dev_sets(benchmark: Path, tokenizer: Tokenizer) -> list[DevSet]:
    """STARD over law articles, NCP over whole documents, and the two policy texts in Chinese and in English."""
    found = []
    if (benchmark / "stard_dev.jsonl").exists():
        laws = [(row["id"], f"{row['title']} {row['text']}") for row in _rows(benchmark / "laws_corpus.jsonl.gz")]
        questions = list(_rows(benchmark / "stard_dev.jsonl"))
        found.append(_dev_set("stard", questions, laws, (("recall", 10), ("recall", 100)), tokenizer))
    if (benchmark / "ncp_dev.jsonl").exists():
        cut = [(row["id"], w) for row in _rows(benchmark / "ncp_documents.jsonl.gz") for w in _windows(row["text"])]
        questions = list(_rows(benchmark / "ncp_dev.jsonl"))
        found.append(_dev_set("ncp", questions, cut, (("success", 1), ("success", 3)), tokenizer))
    if (benchmark / "policy_dev.jsonl").exists():
        clauses = []
        for clause in load_corpus().clauses:
            clauses.append((clause.id, clause.text))
            clauses.extend((clause.id, sentence) for sentence in sentences(clause.text))
        answerable = [row for row in _rows(benchmark / "policy_dev.jsonl") if row["relevant"]]
        for name, english in (("policy zh", False), ("policy en", True)):
            asked = [row for row in answerable if (row.get("language") == "en") is english]
            found.append(_dev_set(name, asked, clauses, (("success", 1), ("success", 3)), tokenizer))
    return found


def totals(bags: TokenBags, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sums of piece vectors, [texts, dimension]."""
    shape = (len(bags), len(table))
    counts = csr_matrix((np.ones(len(bags.ids), dtype=np.float32), bags.ids, bags.offsets), shape=shape)
    vectors: NDArray[np.float32] = counts @ table
    return vectors


def embed(bags: TokenBags, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit vectors [texts, dimension] of token ids; a text without pieces is zero."""
    return unit_rows(totals(bags, table))


def ranking(dev: DevSet, table: NDArray[np.float32], depth: int = 100) -> list[list[int]]:
    """For each question its best documents, by the best of their passages, ties by row."""
    scores = embed(dev.queries, table) @ embed(dev.passages, table).T
    documents = int(dev.owners.max()) + 1
    ranked = []
    for row in scores:
        best = np.full(documents, -np.inf, dtype=np.float32)
        np.maximum.at(best, dev.owners, row)
        ranked.append(np.argsort(-best, kind="stable")[:depth].tolist())
    return ranked


def figures(dev: DevSet, table: NDArray[np.float32]) -> dict[str, float]:
    """`success@k`: share of questions with a relevant document in the first k; `recall@k`: mean share found."""
    ranked = ranking(dev, table)
    measured = {}
    for measure, k in dev.cuts:
        found = [len(wanted.intersection(row[:k])) for wanted, row in zip(dev.relevant, ranked, strict=True)]
        whole = [1 if measure == "success" else max(1, len(wanted)) for wanted in dev.relevant]
        shares = [min(1.0, hits / of) for hits, of in zip(found, whole, strict=True)]
        measured[f"{dev.name} {measure}@{k}"] = sum(shares) / max(1, len(shares))
    return measured
