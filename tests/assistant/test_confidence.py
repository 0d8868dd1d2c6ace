from dataclasses import fields

import pytest

from assistant.confidence import Signals, probability, signals
from index.alignment import Alignment
from index.hybrid import Index


@pytest.mark.parametrize("language", ["zh", "en"])
def test_confidence_is_a_probability(language: str) -> None:
    for value in (-1.0, 0.0, 0.5, 1.0):
        assert 0 < probability(Signals(*[value] * len(fields(Signals))), language) < 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_higher_cosine_gives_more_confidence(language: str) -> None:
    rest = [0.2] * (len(fields(Signals)) - 1)
    assert probability(Signals(0.8, *rest), language) > probability(Signals(0.3, *rest), language)


def test_a_clause_asked_for_in_its_own_words_has_strong_signals(index: Index) -> None:
    clause = index.corpus.clause("harbin-66:26")
    hits = index.search("创新建立金融顾问制度", limit=5)
    assert hits[0].clause == clause
    found = signals("创新建立金融顾问制度", hits, Alignment(index))
    assert found.words == pytest.approx(1)
    assert found.counterparts > 0.9
    assert found.agreement == 1


def test_words_of_no_clause_give_no_lexical_signal(index: Index) -> None:
    found = signals("quantum chromodynamics", index.search("quantum chromodynamics", limit=5), Alignment(index))
    assert found.words == 0
    assert found.agreement == 0
