"""What a text gives in some districts alone: another one is told so, a listed one is answered."""

from pathlib import Path

import pytest

from assistant.answer import Status
from assistant.retrieval.scope_article import districts_of
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder

TEXT = """德阳市屋顶绿化补助办法

德府办发〔2023〕7号

第一条 本办法适用于旌阳区、罗江区行政区域内的屋顶绿化。

第二条 屋顶绿化每平方米补助八十元。

第三条 申请人向区园林管理所提交申请表和照片。

第四条 本办法自2023年6月1日起施行。
"""


@pytest.fixture(scope="module")
def roofs(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("roofs")
    (folder / "roofs.txt").write_text(TEXT, encoding="utf-8")
    (folder / "roofs.toml").write_text('jurisdiction = ["德阳"]\nissued = 2023-05-01\n', encoding="utf-8")
    return Assistant(build_index(load_corpus(folder), encoder), Settings(index=folder / "index", feedback=None))


def test_the_article_that_lists_districts_is_known(roofs: Assistant) -> None:
    listed = {clause.id: districts_of(clause) for clause in roofs.corpus.clauses}
    assert listed["roofs:1"] == ("旌阳区", "罗江区")
    assert not any(places for id_, places in listed.items() if id_ != "roofs:1")


def test_a_listed_district_is_answered_by_the_clause_that_says_what_is_asked(roofs: Assistant) -> None:
    answer = roofs.ask("德阳旌阳区屋顶绿化每平方米补助多少钱")
    assert (answer.status, answer.citations[0].clause_id) == (Status.ANSWERED, "roofs:2")


def test_another_district_is_told_that_it_is_not_among_them(roofs: Assistant) -> None:
    answer = roofs.ask("德阳中江县屋顶绿化每平方米补助多少钱")
    assert [citation.clause_id for citation in answer.citations] == ["roofs:1"]
    assert "不在" in answer.blocks[0].text
