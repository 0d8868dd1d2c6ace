from dataclasses import replace

from assistant.retrieval.rows import named_first, names_another_row
from assistant.service import Assistant
from index.retriever import Hit
from index.text.normalizer import normalize


def hits(office: Assistant, *ids: str) -> list[Hit]:
    return [Hit(office.corpus.clause(id_), 0.9 - place / 10) for place, id_ in enumerate(ids)]


def first(office: Assistant, question: str, *ids: str) -> str:
    return named_first(hits(office, *ids), normalize(question), office.index)[0].clause.id


def test_the_row_that_the_question_names_comes_before_others_of_its_table(office: Assistant) -> None:
    assert first(office, "人民医院几点开门", "hospitals:r1", "covered:1", "hospitals:r2") == "hospitals:r2"
    assert first(office, "人民医院几点开门", "hospitals:r2", "hospitals:r1") == "hospitals:r2"
    assert first(office, "医院几点开门", "hospitals:r1", "hospitals:r2") == "hospitals:r1"


def test_only_rows_of_the_table_of_the_first_hit_change_places(office: Assistant) -> None:
    assert first(office, "人民医院几点开门", "offices:r1", "hospitals:r2") == "offices:r1"
    assert first(office, "人民医院几点开门", "covered:1", "hospitals:r2") == "covered:1"
    assert first(office, "人民医院几点开门", "hospitals:r1") == "hospitals:r1"
    assert named_first([], normalize("人民医院"), office.index) == []


def test_they_change_scores_and_nothing_is_lost(office: Assistant) -> None:
    given = hits(office, "hospitals:r1", "covered:1", "hospitals:r2")
    found = named_first(given, normalize("人民医院"), office.index)
    assert found == [replace(given[2], score=0.9), given[1], replace(given[0], score=given[2].score)]


def another(office: Assistant, question: str, row: str) -> bool:
    [query] = office.index.read([question])
    return names_another_row(query, office.corpus.clause(row), office.index)


def test_another_row_of_the_table_is_another(office: Assistant) -> None:
    assert another(office, "人民医院急诊电话", "hospitals:r1")
    assert not another(office, "人民医院急诊电话", "hospitals:r2")


def test_a_name_that_the_document_does_not_know_is_another(office: Assistant) -> None:
    assert another(office, "中医院急诊电话", "hospitals:r1")
    assert another(office, "第二医院急诊电话", "hospitals:r1")
    assert not another(office, "妇幼急诊电话多少", "hospitals:r3")
    assert not another(office, "各医院急诊电话是多少", "hospitals:r1")
    assert not another(office, "三家医院有几部急诊电话", "hospitals:r1")


def test_what_is_no_row_has_no_name(office: Assistant) -> None:
    assert not another(office, "中医院急诊电话", "hospitals:p1")
