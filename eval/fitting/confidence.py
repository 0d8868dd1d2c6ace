"""The confidence model, fitted on labelled questions: how sure the assistant is that its first clause answers.

A question counts as answered right when its first clause is relevant. The wording model is a logistic regression with
an L2 penalty; the confidence model one with no weight below zero: every signal speaks for the clause or not at all.
Figures are out of fold, since a model always looks good on what it was fitted to.
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

FOLDS = 5
# Penalties of a squared weight beside the mean loss of a question, by the out-of-fold loss on the own questions.
PENALTY = 0.002  # of a signal, in units of its spread
WORDING_PENALTY = 0.0003  # of the wording; its strength was settled with policy_dev in view, see docs/decisions.md
LEAST_SEEN = 3  # questions that an n-gram must stand in to get a weight
LIGHTEST = 0.005  # weight of an n-gram below which it is left out
# Share of questions that the documents answer, in use. Our own hold about as many near misses, which would make every
# answer look unlikely; the bias is moved accordingly (Saerens, Latinne & Decaestecker, Neural Computation 2002).
# Settled with policy_dev in view: its figures are no independent check of it.
PRIOR = 0.7

Floats = NDArray[np.float64]
Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples as arrays; the wording signal in `values` is to be replaced by what `wording` gives out of fold."""

    values: Floats  # [questions, signals]
    wording: csr_matrix  # [questions, dimension + n-grams]: the question's vector, then its n-grams
    ngrams: Sequence[str]
    right: Labels  # [questions] whether the first clause answers


def to_arrays(samples: Sequence[Sample]) -> Samples:
    """The samples with a column for every n-gram that stands in LEAST_SEEN of them."""
    seen = Counter(ngram for sample in samples for ngram in sample.ngrams)
    known = sorted(ngram for ngram, times in seen.items() if times >= LEAST_SEEN)
    vectors = csr_matrix([sample.vector for sample in samples])
    return Samples(
        values=np.array([[sample.signals[name] for name in SIGNALS] for sample in samples]),
        wording=csr_matrix(hstack([vectors, _columns([sample.ngrams for sample in samples], known)])),
        ngrams=known,
        right=np.array([sample.right for sample in samples]),
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


def fit_wording(wording: csr_matrix, right: Labels) -> Floats:
    """Weights [dimension + n-grams] of a penalised logistic regression of `right` on how questions are put."""
    # scikit-learn adds |w|²/2 to C times the summed loss; ours is the penalty times |w|² beside the mean loss
    strength = 1 / (2 * WORDING_PENALTY * len(right))
    weights: Floats = LogisticRegression(C=strength, max_iter=1000, tol=1e-6).fit(wording, right).coef_[0]
    return weights


def with_wording(samples: Samples) -> Floats:
    """The signals, each question's wording under weights that were fitted without it."""
    folds = _folds(len(samples.right))
    values = samples.values.copy()
    for k in range(FOLDS):
        weights = fit_wording(samples.wording[folds != k], samples.right[folds != k])
        values[folds == k, SIGNALS.index(WORDING)] = samples.wording[folds == k] @ weights
    return values


def _folds(questions: int) -> NDArray[np.int64]:
    return np.random.default_rng(0).permutation(questions) % FOLDS


def fit(values: Floats, right: Labels) -> Floats:
    """Weights [1 + signals], the bias first, of the penalised maximum likelihood with weights of 0 or more."""
    spread = values.std(axis=0)  # so that the penalty is the same for every signal
    spread[spread == 0] = np.inf  # a signal that never changes tells nothing and gets no weight
    design = np.column_stack([np.ones(len(values)), values / spread])
    sign = np.where(right, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = sign * (design @ weights)
        penalty = PENALTY * weights * np.r_[0.0, np.ones(len(weights) - 1)]
        gradient = -(design * (sign * expit(-margin))[:, None]).mean(axis=0) + 2 * penalty
        return float(np.logaddexp(0, -margin).mean() + penalty @ weights), gradient

    bounds = [(None, None)] + [(0.0, None)] * values.shape[1]
    found: Floats = minimize(loss, np.zeros(design.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    return np.asarray(found / np.r_[1.0, spread])


def prior_shift(right: Labels) -> float:
    """What to add to the bias of a model fitted to these labels, for questions of which PRIOR are answered."""
    share = right.mean()
    return float(np.log(PRIOR / (1 - PRIOR)) - np.log(share / (1 - share)))


def predict(weights: Floats, values: Floats) -> Floats:
    """Probabilities [questions]."""
    return np.asarray(expit(weights[0] + values @ weights[1:]))


def out_of_fold(values: Floats, right: Labels) -> Floats:
    """Each question's probability under a model that was fitted without it."""
    fold = _folds(len(values))
    predicted = np.zeros(len(values))
    for k in range(FOLDS):
        predicted[fold == k] = predict(fit(values[fold != k], right[fold != k]), values[fold == k])
    return predicted


def to_table(samples: Samples, values: Floats) -> dict[str, Any]:
    """The model fitted to all samples, as `model.json` holds it; `values` are the signals with their wording."""
    wording = np.round(fit_wording(samples.wording, samples.right), 3).tolist()
    dimension = len(wording) - len(samples.ngrams)
    weights = fit(values, samples.right)
    weights[0] += prior_shift(samples.right)
    heavy = {
        ngram: weight
        for ngram, weight in zip(samples.ngrams, wording[dimension:], strict=True)
        if abs(weight) >= LIGHTEST
    }
    named = dict(zip(["bias", *SIGNALS], np.round(weights, 3).tolist(), strict=True))
    return {"weights": named, "vector": wording[:dimension], NGRAMS: heavy}
