"""The version that holds on the day answers, and wherever one that does not hold is shown, that is said."""

from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answer import Audience
from assistant.api.responses import search_result
from assistant.messages import messages
from assistant.question.question import Law
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from eval.validity.measure import TEXTS, ask, read_questions
from index.building import build_index
from index.encoder.encoder import Encoder
from ui.clause.page import clause_pages
from ui.console.script import spoken_answer

DAY = date(2026, 11, 30)
ZH = messages("zh")


@pytest.fixture(scope="module")
def held(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("validity")
    return Assistant(build_index(load_corpus(TEXTS), encoder), Settings(index=folder, feedback=None))


def test_every_answer_is_from_the_version_of_its_day_and_labels_what_does_not_hold(held: Assistant) -> None:
    questions = read_questions()
    results = [ask(question, held) for question in questions]
    assert len(questions) == 120
    assert [one.question.id for one in results if one.cites_the_version is False] == []
    assert [one.question.id for one in results if one.labelled is False] == []
    assert sum(one.cites_the_version is True for one in results) >= 105
    assert sum(one.says is True for one in results) >= 97


def test_the_clause_in_force_stands_beside_the_repealed_one(held: Assistant) -> None:
    answer = held.ask("巴民发〔2019〕931号第四条", law=Law(DAY))
    assert [citation.clause_id for citation in answer.citations] == ["canteen-2019:4", "canteen-2024:5"]
    assert answer.citations[0].label == "巴民发〔2019〕931号 第四条（已于2024年1月1日废止）"
    assert "现行的是《巴中市社区食堂补助办法》第五条。" in answer.text


def test_where_the_newer_text_has_no_such_clause_that_is_said(held: Assistant) -> None:
    answer = held.ask("巴民发〔2019〕931号第六条", law=Law(DAY))
    assert answer.blocks[0].text.endswith("现行的是《巴中市社区食堂补助办法》，其中没有找到对应的条款。")
    assert [citation.clause_id for citation in answer.citations] == ["canteen-2019:6"]


def test_in_english_too(held: Assistant) -> None:
    answer = held.ask("What does 巴民发〔2019〕931号 article 4 say", law=Law(DAY))
    assert answer.citations[0].label.endswith("(repealed on 1 January 2024)")
    assert "repealed on 1 January 2024. In force is" in answer.blocks[0].text


def test_until_a_text_holds_its_predecessor_speaks_for_it(held: Assistant) -> None:
    answer = held.ask("遂宁我家两条狗行不行", law=Law(DAY))
    assert answer.citations[0].clause_id == "dogs-2020:4"
    named = held.ask("遂公规〔2026〕918号第四条", law=Law(DAY))
    assert [citation.clause_id for citation in named.citations] == ["dogs-2027:4", "dogs-2020:4"]
    assert named.blocks[0].text.endswith("现在还没有生效。在那之前按《遂宁市养犬登记办法》第四条。")


def test_an_expiry_passes_without_a_rebuild(held: Assistant) -> None:
    last, after = date(2026, 8, 31), date(2026, 9, 1)
    question = "枣庄托管班午饭留样多长时间"
    assert "到期" not in held.ask(question, law=Law(last)).text
    assert held.ask(question, law=Law(after)).blocks[0].text == "《枣庄市校外托管机构管理办法》已于2026年8月31日到期。"


def test_hits_say_the_validity_of_their_document(held: Assistant) -> None:
    law = Law(DAY, include_repealed=True)
    hits = held.search("社区食堂每餐补贴", law=law)
    found = search_result(held, "社区食堂每餐补贴", hits, as_of=DAY, explain=False).hits
    by_id = {hit.clause_id: hit for hit in found}
    assert by_id["canteen-2019:4"].validity.status == "废止"
    assert by_id["canteen-2019:4"].label.endswith("（已于2024年1月1日废止）")
    assert by_id["canteen-2024:5"].label == "巴民规〔2023〕942号 第五条"


def test_the_clause_page_and_its_copied_line_say_so_and_show_what_holds(held: Assistant) -> None:
    app = FastAPI()
    app.include_router(clause_pages(held.corpus))
    page = TestClient(app).get("/clause/canteen-2019:4").text
    assert 'data-copy="巴民发〔2019〕931号 第四条（已于2024年1月1日废止）"' in page
    assert "现行的对应条款" in page
    assert 'href="/clause/canteen-2024:5"' in page


def test_what_an_agent_reads_out_says_so_first(held: Assistant) -> None:
    clause = held.corpus.clause("canteen-2019:4")
    answer = held.ask("巴民发〔2019〕931号第四条", law=Law(DAY), audience=Audience.AGENT)
    lines = spoken_answer(
        [answer.blocks[-1]], clause, held.corpus.document("canteen-2019"), ZH, not_in_force="已于2024年1月1日废止。"
    )
    assert lines[1] == "已于2024年1月1日废止。"


def test_lists_hold_what_is_in_force_on_their_day(held: Assistant) -> None:
    for day, document in ((date(2022, 6, 1), "canteen-2019"), (DAY, "canteen-2024")):
        cited = held.ask("巴中有哪些政策，都列出来", law=Law(day)).citations
        assert {one.clause_id.partition(":")[0] for one in cited} == {document}
