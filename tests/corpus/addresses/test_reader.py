"""Laws of the pass over a text."""

import pytest

from corpus.addresses import reader
from corpus.addresses.references import read_references
from corpus.corpus import Corpus


@pytest.mark.parametrize("piece", ["第1条,", "①", "（", "（一）", "9 ", "第", "clause 3 ", "法第三条"])
def test_only_so_many_places_are_looked_at(corpus: Corpus, piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    address = reader.Reader._address

    def counting(self: reader.Reader, at: int) -> int:
        looked_at.append(at)
        return address(self, at)

    monkeypatch.setattr(reader.Reader, "_address", counting)
    read_references(piece * 2000, corpus)
    assert len(looked_at) <= reader._MOST_STARTS


def test_no_address_begins_within_a_numeral_or_within_another(corpus: Corpus) -> None:
    assert read_references("12345678901.3", corpus).ids == ()
    assert read_references("一百二十三（四）", corpus).ids == ()
    assert read_references("《哈尔滨市优化营商环境改革措施66条》", corpus).ids == ()


def test_ids_are_read_before_numbers(corpus: Corpus) -> None:
    assert read_references("harbin-66:8，不是第九条", corpus).ids == ("harbin-66:8",)
