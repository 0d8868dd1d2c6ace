"""Word matches by value: against their definition in slow loops, and by hand."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from index.alignment import ClauseWords
from index.encoder.vectors import unit_rows
from index.reranking.features import word_features
from index.reranking.word_match import KERNELS, AskedWords, WordMatch, match_words
from index.text.normalizer import normalize
from index.text.statements import asked_for, rule_bit, statements_in

Said = Sequence[Sequence[tuple[Sequence[int], int]]]  # of each clause its sentences: words, and what they state
Floats = NDArray[np.float64]


def clause_words(said: Said) -> ClauseWords:
    sentences = [sentence for clause in said for sentence in clause]
    return ClauseWords(
        np.cumsum([0, *map(len, said)]),
        np.cumsum([0, *(len(words) for words, _ in sentences)]),
        np.array([word for words, _ in sentences for word in words], np.int32),
        np.array([states for _, states in sentences], np.int32),
    )


def by_definition(
    asked: AskedWords, clause: Sequence[tuple[Sequence[int], int]], around: Sequence[int], v: Floats
) -> Floats:
    """What `WordMatch` says of one clause, in the order of its fields, the kernels one by one."""

    def cosine(word: NDArray[np.float32], other: int) -> float:
        return max(0.0, sum(float(a) * float(b) for a, b in zip(word, v[other], strict=True)))

    def best(word: NDArray[np.float32], said: Sequence[int]) -> float:
        return max(cosine(word, other) for other in said)

    def weighed(values: Sequence[float]) -> float:
        return sum(float(weight) * value for weight, value in zip(asked.weights, values, strict=True))

    rows = list(asked.vectors)
    every = [word for words, _ in clause for word in words]
    plain = [weighed([best(row, words) for row in rows]) for words, _ in clause]
    cubed = [weighed([best(row, words) ** 3 for row in rows]) for words, _ in clause]
    in_context = [weighed([best(row, [*words, *around]) for row in rows]) for words, _ in clause]
    stating = [
        value if not asked.kinds or states & asked.kinds else 0.0
        for value, (_, states) in zip(in_context, clause, strict=True)
    ]
    kernels = [
        weighed([math.log1p(sum(math.exp(-(((cosine(row, w) - mu) / 0.1) ** 2) / 2) for w in every)) for row in rows])
        for mu in KERNELS
    ]
    mean = sum(best(row, every) for row in rows) / len(rows)
    bits = 0
    for _, states in clause:
        bits |= states
    return np.array([mean, max(plain), max(cubed), max(in_context), max(stating), *kernels, bits, len(clause)])


def figures(match: WordMatch) -> Floats:
    """[clauses, figures] in the same order."""
    rows = [match.mean, match.sentence, match.cubed, match.in_context, match.stating, *match.kernels]
    return np.array([*rows, match.states, match.sentences], np.float64).T


def made_up(seed: int, words: int, kinds: int, known: int = 150) -> tuple[AskedWords, Said, list[list[int]], Floats]:
    """A question and up to nine clauses over `known` words, of which the first is like no other."""
    rng = np.random.default_rng(seed)
    vectors = unit_rows(rng.normal(size=(known, 6)).astype(np.float32))
    vectors[0] = 0
    asked = unit_rows(rng.normal(size=(words, 6)).astype(np.float32))
    asked[: words // 2] = vectors[rng.integers(known, size=words // 2)]  # some are said as they are asked

    def row() -> list[int]:
        return [int(number) for number in rng.integers(known, size=rng.integers(1, 12))]

    clauses = int(rng.integers(1, 10))
    said: Said = [[(row(), int(rng.integers(8))) for _ in range(rng.integers(1, 6))] for _ in range(clauses)]
    weights = rng.random(words).astype(np.float32)
    return (
        AskedWords(asked, weights / weights.sum(), kinds),
        said,
        [row() for _ in range(clauses)],
        vectors.astype(float),
    )


def matched(asked: AskedWords, said: Said, around: Sequence[Sequence[int]], vectors: Floats) -> WordMatch:
    context = clause_words([[(words, 0)] for words in around])
    return match_words(asked, clause_words(said), context, np.asarray(vectors, np.float32))


@pytest.mark.parametrize("kinds", [0, 1, 6])
@pytest.mark.parametrize("words", [1, 2, 9])
@pytest.mark.parametrize("seed", range(6))
def test_a_match_is_what_slow_loops_say(seed: int, words: int, kinds: int) -> None:
    asked, said, around, vectors = made_up(seed, words, kinds)
    expected = [by_definition(asked, clause, near, vectors) for clause, near in zip(said, around, strict=True)]
    assert figures(matched(asked, said, around, vectors)) == pytest.approx(np.array(expected), abs=1e-5)


@pytest.mark.parametrize("words", [1, 3])
def test_words_that_nothing_resembles_match_nothing(words: int) -> None:
    asked, said, around, vectors = made_up(7, words, 0)
    nothing = AskedWords(np.zeros_like(asked.vectors), asked.weights, 0)
    match = matched(nothing, said, around, vectors)
    expected = [by_definition(nothing, clause, near, vectors) for clause, near in zip(said, around, strict=True)]
    assert figures(match) == pytest.approx(np.array(expected), abs=1e-5)
    assert not figures(match)[:, :5].any()


def test_clauses_of_equal_words_have_equal_figures_wherever_they_stand() -> None:
    asked, said, around, vectors = made_up(3, 9, 1, known=900)
    many, near = [*said, *said[::-1]] * 9, [*around, *around[::-1]] * 9
    found = figures(matched(asked, many, near, vectors))
    for number, clause in enumerate(many):
        assert (found[number] == found[many.index(clause)]).all()


def test_what_is_said_of_a_clause_does_not_depend_on_the_clauses_beside_it() -> None:
    asked, said, around, _ = made_up(3, 9, 1, known=900)
    rng = np.random.default_rng(3)
    vectors = unit_rows(rng.normal(size=(900, 512)).astype(np.float32))
    asked = AskedWords(vectors[:9] + vectors[9:18], asked.weights, asked.kinds)
    found = figures(matched(asked, said, around, vectors.astype(float)))
    for number, (clause, near) in enumerate(zip(said, around, strict=True)):
        assert (figures(matched(asked, [clause], [near], vectors.astype(float))) == found[number]).all()


E0, E1, BETWEEN, NOTHING = range(4)
VECTORS = np.array([[1, 0], [0, 1], [0.6, 0.8], [0, 0]], np.float64)


def test_figures_and_features_by_hand() -> None:
    question = normalize("可以多久办完吗")
    kinds, duration = asked_for(question), statements_in(normalize("3天"))
    assert kinds & duration == kinds != 0
    asked = AskedWords(np.eye(2, dtype=np.float32), np.array([0.75, 0.25], np.float32), kinds)
    said = [[([E0, NOTHING], 0), ([E1], duration | rule_bit())], [([BETWEEN], 0)]]
    match = matched(asked, said, [[E1], [NOTHING]], VECTORS)
    features = word_features(question, kinds, match)
    near = {
        mu: [
            0.75 * math.log1p(bell(1, mu) + 2 * bell(0, mu)) + 0.25 * math.log1p(bell(1, mu) + 2 * bell(0, mu)),
            0.75 * math.log1p(bell(0.6, mu)) + 0.25 * math.log1p(bell(0.8, mu)),
        ]
        for mu in (0.3, 0.1)
    }
    expected = {
        "words": [1, 0.7],
        "sentence": [0.75, 0.75 * 0.6 + 0.25 * 0.8],
        "sentence_cubed": [0.75, 0.75 * 0.6**3 + 0.25 * 0.8**3],
        "sentence_in_context": [1, 0.65],  # E0 in the first sentence, E1 above it
        "sentence_stating": [0.25, 0],  # the second sentence, which lies under E1 too
        "lacks_asked": [0, 1],
        "rules_whether": [1, 0],
        "log_sentences": [math.log(2), 0],
        "near_0.3": near[0.3],
        "near_0.1": near[0.1],
    }
    assert set(features) == set(expected)
    for name, values in expected.items():
        assert features[name] == pytest.approx(values, abs=1e-6), name


def bell(cosine: float, mu: float) -> float:
    return math.exp(-(((cosine - mu) / 0.1) ** 2) / 2)


def test_what_asks_for_nothing_lacks_nothing_and_only_a_whether_question_has_rules() -> None:
    asked = AskedWords(np.eye(2, dtype=np.float32), np.array([0.75, 0.25], np.float32), 0)
    match = matched(asked, [[([E0], rule_bit())], [([E1], 0)]], [[NOTHING], [NOTHING]], VECTORS)
    assert match.stating.tolist() == match.in_context.tolist()
    features = word_features(normalize("怎么办理"), 0, match)
    assert not features["lacks_asked"].any()
    assert not features["rules_whether"].any()
    assert word_features(normalize("能办吗"), 0, match)["rules_whether"].tolist() == [1, 0]
