import pytest

from corpus.corpus import Corpus
from eval.questions.questionset import LabelledQuestion
from eval.speed.approximation import beside_exact
from index.building import build_index
from index.encoder.encoder import Encoder
from index.engines import ann, dense

ASKED = [LabelledQuestion("q1", "小微企业首次贷款谁来辅导", ("r1",)), LabelledQuestion("q2", "出口退税", ())]


@pytest.fixture
def approximate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ann, "APPROXIMATE", 0)
    monkeypatch.setattr(dense, "EXHAUSTIVE", 0)


@pytest.mark.usefixtures("approximate")
def test_where_every_passage_is_a_candidate_nothing_is_lost(small_corpus: Corpus, bigram_encoder: Encoder) -> None:
    found = beside_exact(build_index(small_corpus, bigram_encoder), ASKED)
    assert found
    assert (found.questions, found.measured_at_build) == (2, 1.0)
    assert found.overlap > 0.9  # a row that has nothing to do with the question is not named
    assert found.recall == found.exact_recall == 1.0


@pytest.mark.usefixtures("approximate")
def test_what_is_lost_shows(small_corpus: Corpus, bigram_encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ann, "CANDIDATES", 1)
    index = build_index(small_corpus, bigram_encoder)
    found = beside_exact(index, ASKED)
    assert found
    assert found.measured_at_build < 0.5
    assert found.overlap < 1


def test_an_exact_index_has_nothing_to_compare(small_corpus: Corpus, bigram_encoder: Encoder) -> None:
    assert beside_exact(build_index(small_corpus, bigram_encoder), ASKED) is None
