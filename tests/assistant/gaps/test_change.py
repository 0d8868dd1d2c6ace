"""What may be written for a gap, and what is refused."""

import pytest

from assistant.gaps.change import LexiconChange, RecordChange, TermChange, Words, check_filled
from assistant.glossary.glossary import load_glossary
from corpus.corpus import Corpus
from corpus.errors import DocumentError, InputError
from index.lexicon.expansion import load_lexicon
from index.text.normalizer import normalize


@pytest.fixture
def words(corpus: Corpus) -> Words:
    return Words(corpus, load_lexicon(), load_glossary())


def _records() -> bytes:
    from corpus.load import SHIPPED  # noqa: PLC0415

    return (SHIPPED / "harbin-66.plain.yaml").read_bytes()


def test_ways_of_asking_are_added_to_a_record(words: Words) -> None:
    change = RecordChange("harbin-66:26", lines={"ask": ["谁给公司出贷款主意"], "not_ask": ["顾问的电话"]})
    after = change.applied(change.written(_records(), words.corpus), words).corpus.plain["harbin-66:26"]
    before = words.corpus.plain["harbin-66:26"]
    assert after.ask == (*before.ask, "谁给公司出贷款主意")
    assert after.not_ask == ("顾问的电话",)
    assert after.plain == before.plain


def test_a_record_that_says_more_than_its_clause_is_refused(words: Words) -> None:
    change = RecordChange("harbin-66:26", {"plain": "每家企业补助88万元。"})
    with pytest.raises(DocumentError, match=r"88.* is not in the clause"):
        change.applied(change.written(_records(), words.corpus), words)


def test_a_way_of_asking_that_belongs_to_another_clause_is_refused(words: Words) -> None:
    taken = words.corpus.plain["harbin-66:1"].ask[0]
    change = RecordChange("harbin-66:26", lines={"ask": [taken]})
    with pytest.raises(DocumentError, match="is also under harbin-66:1"):
        change.applied(change.written(_records(), words.corpus), words)


def test_a_new_record_needs_everything(words: Words) -> None:
    change = RecordChange("harbin-66:26", lines={"ask": ["谁给公司出贷款主意"]})
    with pytest.raises(DocumentError, match="the key 'name' is missing; add it"):
        change.applied(change.written(None, words.corpus), words)


def test_a_line_of_the_lexicon_leads_to_what_texts_write(words: Words) -> None:
    change = LexiconChange("养犬登记", "狗户口|狗证")
    data = change.written(None, words.corpus)
    assert data == "field,official,said,direction\n本地,养犬登记,狗户口|狗证,both\n".encode()
    after = change.applied(data, words).lexicon
    assert after.fingerprint != words.lexicon.fingerprint
    assert after.expand(normalize("狗户口去哪上"))[0].words == (normalize("养犬登记"),)
    second = LexiconChange("路灯", "街灯", "to_official").written(data, words.corpus)
    assert second.decode().splitlines()[2] == "本地,路灯,街灯,to_official"


@pytest.mark.parametrize(("official", "said", "direction"), [("", "a", "both"), ("a", "|", "both"), ("a", "b", "back")])
def test_a_line_that_cannot_be_used_is_refused(words: Words, official: str, said: str, direction: str) -> None:
    change = LexiconChange(official, said, direction)
    with pytest.raises(DocumentError, match=r"lexicon.csv:2: .*fill in all four columns"):
        change.applied(change.written(None, words.corpus), words)


def test_a_term_is_explained(words: Words) -> None:
    change = TermChange("错时停车", "白天办公、晚上给居民停车。", "off-peak parking", "Parking at night.", "本地办法")
    data = change.written("# 本局的术语\n".encode(), words.corpus)
    assert data.startswith("# 本局的术语\n".encode())
    found = change.applied(data, words).glossary.named("错时停车")
    assert found is not None
    assert found.zh == "白天办公、晚上给居民停车。"
    with pytest.raises(DocumentError, match="is there twice"):
        change.applied(change.written(data, words.corpus), words)


def test_nothing_written_is_refused() -> None:
    with pytest.raises(InputError, match="fill in at least one line"):
        check_filled(RecordChange("harbin-66:26", {"plain": ""}, {}))
