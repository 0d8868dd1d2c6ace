"""Laws of the tables of a corpus: which clauses and parts a number path fits."""

import pytest

from corpus.addresses.address import PrintedAddress, Step
from corpus.addresses.book import AddressBook, walk
from corpus.corpus import Corpus
from corpus.numbering import NumberingStyle
from corpus.text.characters import fold

LAW, NOTICE = "Yunze_Lake 湖泊条例", "notice_Fish-9"
S = NumberingStyle


def _find(book: AddressBook, address: PrintedAddress) -> list[str]:
    return [part.id if part else clause.id for clause, part in book.find(address, lambda _: True)]


@pytest.fixture(scope="module")
def book(second_corpus: Corpus) -> AddressBook:
    return second_corpus.address_book


def test_a_number_fits_every_clause_that_has_it_in_the_text_that_people_cite(book: AddressBook) -> None:
    assert _find(book, PrintedAddress((Step(2, 0, (S.ARTICLE,)),))) == [f"{LAW}:2", f"{NOTICE}:2", "notice_Points-3:2"]


def test_an_address_stays_inside_its_document_attachment_and_division(book: AddressBook) -> None:
    second = (Step(2, 0, (S.ARTICLE,)),)
    assert _find(book, PrintedAddress(second, (NOTICE,))) == [f"{NOTICE}:2"]
    assert _find(book, PrintedAddress(second, attachment=(S.ATTACHMENT, "1"))) == [f"{NOTICE}:a1.2"]
    assert _find(book, PrintedAddress((Step(2, 0, (S.HAN,)),), division="通知")) == [f"{NOTICE}:0.2"]


def test_a_part_that_the_clause_lacks_is_passed_over_and_one_it_has_is_not(book: AddressBook) -> None:
    def item(value: int) -> PrintedAddress:
        return PrintedAddress((Step(7, 0, (S.ARTICLE,)), Step(value, 0, (S.HAN_BRACKET,), part=True)))

    assert _find(book, item(3)) == [f"{LAW}:7.3"]
    assert _find(book, item(8)) == [f"{LAW}:7"]


@pytest.mark.parametrize("style", [S.DIVISION, S.CHAPTER, S.SECTION])
def test_a_chapter_is_no_clause_of_its_number(book: AddressBook, style: NumberingStyle) -> None:
    assert _find(book, PrintedAddress((Step(3, 0, (style,)),))) == []
    inside = PrintedAddress((Step(3, 0, (style,)), Step(8, 0, (S.ARTICLE,))))
    assert _find(book, inside) == [f"{LAW}:8"]


def test_what_is_known_is_known_whether_a_clause_is_admitted_or_not(book: AddressBook) -> None:
    address = PrintedAddress((Step(11, 0, (S.ARTICLE,)),))
    assert book.find(address, lambda _: False) == []
    assert book.knows(address)
    assert not book.knows(PrintedAddress((Step(12, 0, (S.ARTICLE,)),)))


def test_an_id_is_found_around_its_colon_in_its_own_letters(book: AddressBook) -> None:
    text = "看 yunze_lake 湖泊条例:7.3。"
    assert book.id_at(text, fold(text), text.index(":")) == (2, len(text) - 1, LAW, "7.3")
    assert book.id_at("ab:7", "ab:7", 2) is None
    named = book.by_key(LAW, "7.3")
    assert named is not None
    assert named[1] is not None
    assert named[1].id == f"{LAW}:7.3"
    assert book.by_key(LAW, "7.9") is None


def test_walking_down_skips_the_level_that_holds_only_one(second_corpus: Corpus) -> None:
    article = second_corpus.clause(f"{LAW}:4")
    assert walk(article, [Step(1, 0, (S.PARAGRAPH,), part=True)]) is article
    assert walk(article, [Step(2, 0, (S.PARAGRAPH,), part=True)]) is None
