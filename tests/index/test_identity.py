"""What makes another index, and what does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from corpus.corpus import Corpus
from index import identity as identities
from index.building import build_index
from index.identity import identity
from index.lexicon.expansion import Lexicon, load_lexicon
from tests.bigram_encoder import BigramEncoder


def version(corpus: Corpus, lexicon: Lexicon | None = None) -> str:
    return identity(corpus, BigramEncoder(), lexicon or load_lexicon()).version


@pytest.mark.parametrize(
    "fact",
    [
        {"status": "废止"},
        {"source": "https://example.org"},
        {"issued": date(2020, 1, 1)},
        {"issuer": "某市人民政府"},
        {"number": "某政〔2020〕1号"},
        {"title_en": "Another title"},
    ],
)
def test_a_fact_that_no_search_sees_makes_no_other_index(corpus: Corpus, fact: dict[str, Any]) -> None:
    first, *rest = corpus.documents
    assert version(replace(corpus, documents=(replace(first, **fact), *rest))) == version(corpus)


CHANGES: dict[str, Callable[[Corpus], Corpus]] = {
    "document title": lambda c: replace(c, documents=(replace(c.documents[0], title="题"), *c.documents[1:])),
    "clause title": lambda c: replace(c, clauses=(replace(c.clauses[0], title="题"), *c.clauses[1:])),
    "clause text": lambda c: replace(c, clauses=(replace(c.clauses[0], text="文"), *c.clauses[1:])),
    "place": lambda c: replace(c, clauses=(replace(c.clauses[0], jurisdiction=("东州",)), *c.clauses[1:])),
    "heading": lambda c: replace(c, clauses=(replace(c.clauses[0], path=("章",)), *c.clauses[1:])),
    "order": lambda c: replace(c, clauses=(*c.clauses[1:], c.clauses[0])),
    "record": lambda c: replace(c, plain={key: replace(record, name="名") for key, record in c.plain.items()}),
    "no records": lambda c: replace(c, plain={}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_search_sees_makes_another_index(corpus: Corpus, name: str) -> None:
    assert version(CHANGES[name](corpus)) != version(corpus)


def test_another_lexicon_makes_another_index(corpus: Corpus) -> None:
    shipped = load_lexicon()
    assert version(corpus, Lexicon(shipped.groups, shipped.terms, "another")) != version(corpus)


def test_other_forms_of_questions_make_another_index(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version(corpus)
    monkeypatch.setattr(identities, "forms_fingerprint", lambda: "another")
    assert version(corpus) != before


def test_without_its_induced_lines_an_index_has_another_version_and_layers_leave_in_any_order(corpus: Corpus) -> None:
    whole = identity(corpus, BigramEncoder(), load_lexicon())
    bare = whole.without_records()
    assert len({whole, bare, whole.without_induced(), bare.without_induced()}) == 4
    assert whole.without_induced().without_records() == whole.without_records().without_induced()


def test_without_its_records_an_index_has_another_version(corpus: Corpus) -> None:
    built = build_index(corpus, BigramEncoder())
    assert built.without_plain().version != built.version
    bare = build_index(replace(corpus, plain={}), BigramEncoder())
    assert bare.without_plain().version == bare.version
