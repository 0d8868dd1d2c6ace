"""Made-up rows: the same for a seed, none like another, none a copy of an article."""

from pathlib import Path

from corpus.load import read_jsonl_corpus
from eval.speed.made_rows import PLACE, make_rows
from tests.index.streaming.made_laws import row, write_rows


def test_a_seed_gives_the_same_documents_and_no_two_are_alike(tmp_path: Path) -> None:
    articles = write_rows(tmp_path / "laws.jsonl", [row(number) for number in range(60)])
    one, same, other = (tmp_path / f"{name}.jsonl.gz" for name in ("one", "same", "other"))
    for target, seed in ((one, 17), (same, 17), (other, 18)):
        make_rows(articles, target, 450, seed)
    made, again, others = map(read_jsonl_corpus, (one, same, other))
    assert made.documents == again.documents != others.documents
    texts = {document.text for document in made.documents}
    assert len(texts) == 450
    assert texts.isdisjoint(document.text for document in read_jsonl_corpus(articles).documents)
    assert PLACE in made.places
    assert made.has_unplaced
    assert len({clause.path for clause in made.clauses}) > 2
