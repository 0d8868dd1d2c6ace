"""Laws of the two word lists: as shipped, and as read."""

import csv
from importlib import resources

import pytest

from index.lexicon import lexicon
from index.lexicon.lexicon import Group, Term
from index.text.normalizer import normalize

HEADERS = {"lexicon.csv": ["field", "official", "said", "direction"], "glossary.csv": ["field", "en", "zh"]}


def rows(name: str) -> list[list[str]]:
    text = resources.files("index.lexicon").joinpath(name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines(), strict=True))


@pytest.mark.parametrize(("name", "header"), HEADERS.items())
def test_every_shipped_row_fills_every_field_of_its_header(name: str, header: list[str]) -> None:
    first, *rest = rows(name)
    assert first == header
    assert [row for row in rest if len(row) != len(header)] == []
    assert [row for row in rest if not all(term.strip() for cell in row for term in cell.split("|"))] == []


def test_a_shipped_group_has_one_of_two_directions() -> None:
    assert {row[3] for row in rows("lexicon.csv")[1:]} == {"both", "to_official"}


def test_the_shipped_lists_are_large() -> None:
    assert len(lexicon.groups()) >= 600
    assert len(lexicon.terms()) >= 800


def test_no_row_is_lost_in_reading() -> None:
    assert len(lexicon.groups()) == len(rows("lexicon.csv")) - 1
    assert len(lexicon.terms()) == len(rows("glossary.csv")) - 1


def test_no_shipped_row_comes_twice() -> None:
    for name in HEADERS:
        found = [tuple(row) for row in rows(name)]
        assert len(set(found)) == len(found)


def test_no_term_is_both_official_and_said_of_one_group() -> None:
    assert [group for group in lexicon.groups() if set(group.official) & set(group.said)] == []


def test_every_shipped_term_is_in_normal_form_and_comes_once_in_its_row() -> None:
    cells = [cell for group in lexicon.groups() for cell in (group.official, group.said)]
    cells += [cell for term in lexicon.terms() for cell in (term.english, term.chinese)]
    assert all(cells)
    assert [cell for cell in cells if len(set(cell)) != len(cell)] == []
    assert [term for cell in cells for term in cell if normalize(term) != term] == []


def test_a_shipped_english_term_is_in_latin_letters() -> None:
    assert [english for term in lexicon.terms() for english in term.english if not english.isascii()] == []


LISTS = {
    "lexicon.csv": """\
field,official,said,direction
登记,營業執照|营业执照| 执照 ,營業證|本本,both
税,税务注销,销户,to_official
""",
    "glossary.csv": """\
field,en,zh
登记,Business License|BUSINESS license,营业执照|執照
税,"tax, local",地税
""",
}


def test_terms_are_normalised_best_first_and_once() -> None:
    assert lexicon.groups(LISTS) == (
        Group(("营业执照", "执照"), ("营业证", "本本"), True),
        Group(("税务注销",), ("销户",), False),
    )
    assert lexicon.terms(LISTS) == (
        Term(("business license",), ("营业执照", "执照")),
        Term(("tax, local",), ("地税",)),
    )


def test_the_fingerprint_follows_both_lists() -> None:
    changed = [{**LISTS, name: LISTS[name] + "\n"} for name in LISTS]
    found = {lexicon.fingerprint(), *map(lexicon.fingerprint, (LISTS, *changed))}
    assert len(found) == 4
    assert {len(one) for one in found} == {16}
