"""Three cities rule on one matter, a district of one of them and the state on another; nobody says where they live."""

from pathlib import Path

import pytest

from assistant.answer import Answer, Block, BlockKind, check
from assistant.question.history import Turn
from assistant.retrieval.retrieve import MAX_PLACES
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder
from tests.closing import before_closing

CITIES = {"苏州": ("三十日", "二百元"), "成都": ("十五日", "一百元"), "青岛": ("二十日", "三百元")}
DOGS = """{city}市养犬管理规定

第一条　为了规范养犬行为，制定本规定。
第二条　个人养犬的，应当自取得犬只之日起{days}内到公安派出所办理养犬登记，领取犬牌。
第三条　养犬登记的服务费每只每年{fee}，由养犬人在办理登记时缴纳。
第四条　携犬外出应当使用长度不超过一点五米的牵引带。
第五条　犬只伤人的，养犬人应当立即将伤者送至医疗机构诊治，并先行支付医疗费用。
"""
DISTRICT = """青岛市崂山区楼道堆物清理办法

第一条　为了保持楼道畅通，制定本办法。
第二条　居民清理楼道内堆放的旧家具，可以预约街道的免费搬运，每户每年两次。
第三条　预约免费搬运应当提前三日向社区居民委员会提出。
"""
STATE = """快递包装回收条例

第一条　为了回收快递包装，制定本条例。
第二条　快递网点应当设置纸箱回收箱，寄件人交回纸箱的，网点不得收取费用。
第三条　快递网点未设置纸箱回收箱的，由邮政管理部门责令改正。
"""
REGISTER, FURNITURE, BOXES = (
    "养狗多少天内要去派出所办养犬登记",
    "楼道里的旧家具能预约免费搬运吗",
    "寄快递交回纸箱，网点收费吗",
)


@pytest.fixture(scope="module")
def three(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("cities")
    texts = {city: DOGS.format(city=city, days=days, fee=fee) for city, (days, fee) in CITIES.items()}
    for place, text in {**texts, "崂山区": DISTRICT, "全国": STATE}.items():
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
        (folder / f"{place}.toml").write_text(f'jurisdiction = ["{place}"]', encoding="utf-8")
    return Assistant(build_index(load_corpus(folder), encoder), Settings(index=folder / "index", feedback=None))


def places(answer: Answer) -> set[str]:
    return {place for citation in answer.citations for place in citation.jurisdiction}


def test_each_citys_rule_stands_under_its_name(three: Assistant) -> None:
    answer = three.ask(REGISTER)
    check(answer, lambda key: three.corpus.document(key.partition(":")[0]).text)
    assert {citation.clause_id for citation in answer.citations} == {f"{city}:2" for city in CITIES}
    assert len(places(answer)) <= MAX_PLACES
    assert answer.blocks[0].kind is BlockKind.LEAD
    assert answer.blocks[0].text.endswith("的文件都写到，分别列出。")
    assert all(city in answer.blocks[0].text for city in CITIES)
    names = [block for block in answer.blocks if block.kind is BlockKind.NAME]
    cited = {citation.number: citation.jurisdiction[0] for citation in answer.citations}
    assert {block.text: [cited[number] for number in block.citations] for block in names} == {
        f"【{city}】": [city] for city in CITIES
    }
    for city, (days, _) in CITIES.items():
        (quote,) = (citation.quote for citation in answer.citations if citation.jurisdiction == (city,))
        assert days in quote


def test_best_first(three: Assistant) -> None:
    scores = [citation.score for citation in three.ask(REGISTER).citations]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("place", ["成都", "蓉城", "四川省成都市", "成都高新区"])
def test_who_names_a_place_is_answered_for_it(three: Assistant, place: str) -> None:
    for answer in (
        three.ask(f"{place}{REGISTER}"),
        three.ask(REGISTER, jurisdiction=[place]),
        three.ask(REGISTER, history=[Turn("user", f"{place}养犬登记的服务费是多少")]),
    ):
        assert places(answer) == {"成都"}
        assert "请说明地名" not in answer.text


def test_the_only_rule_found_says_for_which_place_it_holds(three: Assistant) -> None:
    answer = three.ask(FURNITURE)
    assert places(answer) == {"崂山区"}
    assert answer.text.startswith("【崂山区】")
    assert before_closing(answer)[-1] == Block(BlockKind.NOTICE, "以上是崂山区的规定；其他地方请说明地名。")
    english = three.answer(three.look_up(FURNITURE), 1, language="en")
    assert english.text.startswith("[Laoshan District] ")
    assert "This is the rule of Laoshan District" in english.text
    assert "请说明地名" not in three.ask(f"青岛崂山区{FURNITURE}").text


def test_what_applies_everywhere_says_nothing_of_places(three: Assistant) -> None:
    answer = three.ask(BOXES)
    assert places(answer) == {"全国"}
    assert "地名" not in answer.text


def test_which_cities_have_it_is_said_as_before(three: Assistant) -> None:
    answer = three.ask("哪个城市要办养犬登记")
    assert "文件里写到这件事的有：" in answer.blocks[0].text


def test_one_city_alone_is_not_asked_for_its_name(encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "dogs.txt").write_text(DOGS.format(city="苏州", days="三十日", fee="二百元"), encoding="utf-8")
    (tmp_path / "dogs.toml").write_text('jurisdiction = ["苏州"]', encoding="utf-8")
    alone = Assistant(build_index(load_corpus(tmp_path), encoder), Settings(index=tmp_path / "i", feedback=None))
    answer = alone.ask(REGISTER)
    assert places(answer) == {"苏州"}
    assert "地名" not in answer.text
