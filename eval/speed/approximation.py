"""What the approximate index costs in answers: our hybrid beside the same over exact vectors, of the texts alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.questions.questionset import LabelledQuestion
from index.engines.dense import DenseRetriever, PassageVectors
from index.index import Index
from index.layer import TEXT, make_layer
from index.retriever import Hit

LIMIT = 10


@dataclass(frozen=True, slots=True)
class Approximation:
    """Means over questions, 0..1; higher is better."""

    questions: int
    overlap: float  # of the exact hybrid's first ten, the share that ours lists there
    recall: float | None  # recall@10 of our hybrid; None where no question says what is relevant
    exact_recall: float | None  # of the same over exact vectors
    measured_at_build: float  # recall of the ten nearest passages, as the manifest says


def beside_exact(index: Index, questions: Sequence[LabelledQuestion]) -> Approximation | None:
    """None where the index is exact itself, or nothing is asked."""
    index = index.without_plain().without_induced().without_second()
    dense = index.text.semantic
    if not isinstance(dense, DenseRetriever) or not (ann := dense.ann) or not questions:
        return None
    passages = PassageVectors(dense.owners, dense.vectors)
    layer = make_layer(TEXT, index.text.lexical.weights, passages, index.table, index.reader)
    exact = Index(
        index.reader,
        table=index.table,
        corpus=index.corpus,
        built_from=index.identity,
        alignment=index.alignment,
        text=layer,
    )
    overlap, recalls = [], []
    for one in questions:
        ours, theirs = (_ids(each.search(one.question, limit=LIMIT)) for each in (index, exact))
        overlap.append(len(ours & theirs) / max(len(theirs), 1))
        if relevant := set(one.relevant):
            recalls.append((len(ours & relevant) / len(relevant), len(theirs & relevant) / len(relevant)))
    means = [sum(each) / len(recalls) for each in zip(*recalls, strict=True)] if recalls else [None, None]
    return Approximation(len(questions), sum(overlap) / len(overlap), means[0], means[1], ann.recall.at_10)


def _ids(hits: Sequence[Hit]) -> set[str]:
    return {hit.clause.id for hit in hits}
