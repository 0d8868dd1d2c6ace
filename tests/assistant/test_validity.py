"""What is in force answers before what is not; a text that is not in force is never quoted without saying so."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import BlockKind, Status
from assistant.question.question import Law
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder

TEXTS = {
    "stalls-2018": """宜宾市夜市摊位管理暂行办法

宜府办发〔2018〕811号

第一条 为管理夜市摊位,制定本办法。

第二条 夜市摊位每月收取摊位费二百元。

第三条 摊主应当具有本市户籍。

第四条 摊主之间发生争执的,由夜市管理站在三日内组织调解。

第五条 本办法自2018年4月1日起施行。

宜宾市人民政府办公室

2018年3月9日
""",
    "stalls": """宜宾市夜市摊位管理办法

宜府办发〔2025〕807号

第一条 为规范夜市摊位管理,制定本办法。

第二条 夜市摊位每月收取摊位费三百元,困难家庭减半收取。

第三条 摊主应当年满十八周岁,持有健康证明。

第四条 摊主向街道办事处提出申请,街道办事处在五个工作日内办结。

第五条 本办法自2025年5月1日起施行,有效期五年。《宜宾市夜市摊位管理暂行办法》(宜府办发〔2018〕811号)同时废止。

宜宾市人民政府办公室

2025年4月2日
""",
    "scooters": """宜宾市共享滑板车管理规定

第一条 为加强共享滑板车管理,制定本规定。

第二条 共享滑板车在人行道骑行的,处五十元罚款。

第三条 本规定自2027年3月1日起施行。
""",
    "kites-draft": """宜宾市风筝放飞管理规定（征求意见稿）

第一条 为管理风筝放飞活动,制定本规定。

第二条 在江边放飞风筝的,应当提前三日向社区登记。
""",
}
NOW, EARLIER = Law(date(2026, 11, 30)), Law(date(2024, 6, 1))


@pytest.fixture(scope="module")
def market(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("validity")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Assistant(build_index(load_corpus(folder), encoder), Settings(index=folder / "index", feedback=None))


@pytest.mark.parametrize(("law", "clause"), [(NOW, "stalls:2"), (EARLIER, "stalls-2018:2")])
def test_the_text_in_force_on_the_day_is_quoted(market: Assistant, law: Law, clause: str) -> None:
    answer = market.ask("宜宾夜市摊位每月收多少摊位费", law=law)
    assert [citation.clause_id for citation in answer.citations] == [clause]
    assert answer.as_of == law.as_of.isoformat()
    assert answer.blocks[0].kind is not BlockKind.NOTICE


def test_what_is_repealed_answers_where_nothing_else_does_and_says_so_first(market: Assistant) -> None:
    answer = market.ask("宜宾夜市摊主之间争执，管理站几天里调解", law=NOW)
    assert [citation.clause_id for citation in answer.citations] == ["stalls-2018:4"]
    assert answer.blocks[0].kind is BlockKind.NOTICE
    assert "已于2025年5月1日废止" in answer.blocks[0].text
    assert "《宜宾市夜市摊位管理办法》" in answer.blocks[0].text
    validity = answer.citations[0].validity
    assert validity is not None
    assert (validity.status, validity.replaced_by) == ("废止", "stalls")


@pytest.mark.parametrize(
    "question", ["宜府办发〔2018〕811号第二条", "宜宾2018年的暂行办法收多少摊位费", "宜宾旧的夜市摊位办法第二条"]
)
def test_what_is_repealed_is_quoted_where_it_is_named(market: Assistant, question: str) -> None:
    answer = market.ask(question, law=NOW)
    older, newer = answer.citations
    assert (older.clause_id, newer.clause_id) == ("stalls-2018:2", "stalls:2")
    assert answer.blocks[0].text.endswith("已于2025年5月1日废止。现行的是《宜宾市夜市摊位管理办法》第二条。")
    assert older.label.endswith("第二条（已于2025年5月1日废止）")
    assert newer.quote == "夜市摊位每月收取摊位费三百元,困难家庭减半收取。"
    assert newer.label.endswith("第二条")


def test_a_number_alone_means_the_text_in_force(market: Assistant) -> None:
    cited = [citation.clause_id for citation in market.ask("宜宾夜市摊位管理办法第三条", law=NOW).citations]
    assert cited == ["stalls:3"]


def test_what_is_not_in_force_yet_is_quoted_with_its_day(market: Assistant) -> None:
    answer = market.ask("宜宾在人行道骑共享滑板车罚多少", law=NOW)
    assert "自2027年3月1日起施行" in answer.blocks[0].text


@pytest.mark.parametrize("law", [NOW, Law(NOW.as_of, include_repealed=True)])
def test_a_draft_is_quoted_as_a_draft_and_says_neither_yes_nor_no(market: Assistant, law: Law) -> None:
    answer = market.ask("宜宾江边放风筝要提前登记吗", law=law)
    notice, lead = answer.blocks[:2]
    assert notice.text.endswith("（征求意见稿）》是征求意见稿，还不是正式规定，不能作为办事依据。")
    assert lead.text == "【宜宾】“在江边放飞风筝的,应当提前三日向社区登记”"
    assert answer.citations[0].label.endswith("（征求意见稿，不是正式规定）")
    assert answer.citations[0].validity is not None
    assert answer.citations[0].validity.status == "征求意见稿"


def test_a_draft_is_quoted_where_it_is_named(market: Assistant) -> None:
    answer = market.ask("《宜宾市风筝放飞管理规定（征求意见稿）》第二条", law=NOW)
    assert "还不是正式规定" in answer.blocks[0].text
    assert answer.citations[0].clause_id == "kites-draft:2"


def test_every_text_is_searched_on_request(market: Assistant) -> None:
    hits = market.search("夜市摊位费", law=Law(NOW.as_of, include_repealed=True))
    assert {"stalls:2", "stalls-2018:2"} <= {hit.clause.id for hit in hits}
    assert all(hit.clause.document_id == "stalls" for hit in market.search("夜市摊位费", law=NOW))


def test_the_text_that_took_its_place_is_named_with_the_words_that_say_so(market: Assistant) -> None:
    answer = market.ask("宜府办发〔2018〕811号被哪个文件取代了")
    assert answer.status is Status.ANSWERED, answer.text
    assert "宜府办发〔2018〕811号" in answer.text
