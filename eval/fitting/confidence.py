"""The confidence model, fitted on labelled questions: how sure the assistant is that its first clause answers.

A question counts as answered right when its first clause is relevant. The wording model is a logistic regression with
an L2 penalty of whether the documents answer a question; the confidence model one of whether the first clause is right,
with no weight below zero: every signal speaks for the clause or not at all. Figures are out of fold, since a model
always looks good on what it was fitted to.

Question files hold more near misses than people ask. Each sample therefore counts so that of every corpus `PRIOR` of
the questions are answerable (importance weights; Saerens, Latinne & Decaestecker, Neural Computation 2002).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from eval.fitting.adapter import NGRAM_WEIGHT, NGRAMS, SIGNALS, WORDING, Sample

FOLDS = 6
# Penalties of a squared weight beside the mean loss of a question, by the out-of-fold loss.
PENALTY = 0.002  # of a signal, in units of its spread
WORDING_PENALTY = 0.0003  # of the wording; from .0002 to .002 is as good
# Signals that count only where clauses have no records: beside these they add nothing (AUROC .967 for .966 without).
BESIDE_NO_RECORDS = ("score", "stands_out")
LEAST_SEEN = 3  # questions that an n-gram must stand in to get a weight
LIGHTEST = 0.005  # weight of an n-gram below which it is left out
# Share of questions that the documents answer, in use. Settled with policy_dev in view: its figures are no independent
# check of it.
PRIOR = 0.7

Floats = NDArray[np.float64]
Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples as arrays; the wording signal in `values` is to be replaced by what `wording` gives out of fold."""

    values: Floats  # [questions, signals]
    wording: csr_matrix  # [questions, dimension + n-grams]: the question's vector, then its n-grams
    ngrams: Sequence[str]
    answerable: Labels  # [questions] whether the documents answer
    right: Labels  # [questions] whether the first clause answers
    weights: Floats  # [questions] how much each counts


def importance(samples: Sequence[Sample], weight: float = 1.0) -> Floats:
    """How much each sample of one corpus counts, [samples], so that PRIOR of the whole is answerable."""
    answerable = np.array([sample.answerable for sample in samples])
    share = answerable.mean() if len(answerable) else 0.0
    if share in {0.0, 1.0}:
        return np.full(len(samples), weight)
    return np.asarray(weight * np.where(answerable, PRIOR / share, (1 - PRIOR) / (1 - share)))


def to_arrays(samples: Sequence[Sample], weights: Floats | None = None, without: Sequence[str] = ()) -> Samples:
    """The samples with a column for every n-gram that stands in LEAST_SEEN of them; each counts 1 unless told.

    Signals named in `without` are all 0, so that they get no weight.
    """
    seen = Counter(ngram for sample in samples for ngram in sample.ngrams)
    known = sorted(ngram for ngram, times in seen.items() if times >= LEAST_SEEN)
    vectors = csr_matrix([sample.vector for sample in samples])
    return Samples(
        values=np.array([[0.0 if name in without else one.signals[name] for name in SIGNALS] for one in samples]),
        wording=csr_matrix(hstack([vectors, _columns([sample.ngrams for sample in samples], known)])),
        ngrams=known,
        answerable=np.array([sample.answerable for sample in samples]),
        right=np.array([sample.right for sample in samples]),
        weights=np.ones(len(samples)) if weights is None else weights,
    )


def _columns(found: Sequence[Sequence[str]], known: Sequence[str]) -> csr_matrix:
    """[questions, n-grams], each row as long as the wording model makes it."""
    column = {ngram: number for number, ngram in enumerate(known)}
    cells = [
        (row, column[ngram], NGRAM_WEIGHT / np.sqrt(len(one)))
        for row, one in enumerate(found)
        for ngram in one
        if ngram in column
    ]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_matrix((values, (rows, columns)), shape=(len(found), len(known)))


def fit_wording(wording: csr_matrix, answerable: Labels, weights: Floats) -> Floats:
    """Weights [dimension + n-grams] of a penalised logistic regression of `answerable` on how questions are put."""
    # scikit-learn adds |w|²/2 to C times the summed loss; ours is the penalty times |w|² beside the mean loss
    strength = 1 / (2 * WORDING_PENALTY * weights.sum())
    model = LogisticRegression(C=strength, max_iter=1000, tol=1e-6).fit(wording, answerable, sample_weight=weights)
    found: Floats = model.coef_[0]
    return found


def with_wording(samples: Samples) -> Floats:
    """The signals, each question's wording under weights that were fitted without it."""
    folds = _folds(len(samples.right))
    values = samples.values.copy()
    for k in range(FOLDS):
        others, mine = folds != k, folds == k
        found = fit_wording(samples.wording[others], samples.answerable[others], samples.weights[others])
        values[mine, SIGNALS.index(WORDING)] = samples.wording[mine] @ found
    return values


def _folds(questions: int) -> NDArray[np.int64]:
    return np.random.default_rng(0).permutation(questions) % FOLDS


def fit(values: Floats, right: Labels, weights: Floats) -> Floats:
    """Weights [1 + signals], the bias first, of the penalised maximum likelihood with weights of 0 or more."""
    spread = values.std(axis=0)  # so that the penalty is the same for every signal
    spread[spread < 1e-9] = np.inf  # a signal that never changes tells nothing and gets no weight
    design = np.column_stack([np.ones(len(values)), values / spread])
    sign, share = np.where(right, 1.0, -1.0), weights / weights.sum()

    def loss(found: Floats) -> tuple[float, Floats]:
        margin = sign * (design @ found)
        penalty = PENALTY * found * np.r_[0.0, np.ones(len(found) - 1)]
        gradient = -design.T @ (share * sign * expit(-margin)) + 2 * penalty
        return float(share @ np.logaddexp(0, -margin) + penalty @ found), gradient

    bounds = [(None, None)] + [(0.0, None)] * values.shape[1]
    best: Floats = minimize(loss, np.zeros(design.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    return np.asarray(best / np.r_[1.0, spread])


def predict(weights: Floats, values: Floats) -> Floats:
    """Probabilities [questions]."""
    return np.asarray(expit(weights[0] + values @ weights[1:]))


def out_of_fold(values: Floats, right: Labels, weights: Floats) -> Floats:
    """Each question's probability under a model that was fitted without it."""
    fold = _folds(len(values))
    predicted = np.zeros(len(values))
    for k in range(FOLDS):
        others = fold != k
        predicted[fold == k] = predict(fit(values[others], right[others], weights[others]), values[fold == k])
    return predicted


def left_out(samples: Samples, values: Floats, others: Labels) -> Floats:
    """Probabilities of the questions that are not among the others, [those], under models fitted on the others."""
    found = fit_wording(samples.wording[others], samples.answerable[others], samples.weights[others])
    judged = values[~others].copy()
    judged[:, SIGNALS.index(WORDING)] = samples.wording[~others] @ found
    return predict(fit(values[others], samples.right[others], samples.weights[others]), judged)


def to_table(samples: Samples, values: Floats) -> dict[str, Any]:
    """The model fitted to all samples, as `model.json` holds it; `values` are the signals with their wording."""
    wording = np.round(fit_wording(samples.wording, samples.answerable, samples.weights), 3).tolist()
    dimension = len(wording) - len(samples.ngrams)
    weights = fit(values, samples.right, samples.weights)
    heavy = {
        ngram: weight
        for ngram, weight in zip(samples.ngrams, wording[dimension:], strict=True)
        if abs(weight) >= LIGHTEST
    }
    named = dict(zip(["bias", *SIGNALS], np.round(weights, 3).tolist(), strict=True))
    return {"weights": named, "vector": wording[:dimension], NGRAMS: heavy}
