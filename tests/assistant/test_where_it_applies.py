"""Three small texts: one of the state, one of a province, one that does not say where it applies."""

from pathlib import Path

import pytest

from assistant.answer import Answer, BlockKind, Reason
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder

STATE = """城镇读书角设置条例

第一条　为了方便公民读书，制定本条例。
第二条　在小区内设置读书角的，应当向街道办事处备案，备案不收取费用。
第三条　读书角的面积不得少于十平方米，应当配备不少于二百册图书。
第四条　读书角每日开放时间不得少于六小时，节假日照常开放。
第五条　损坏读书角图书的，按照定价赔偿。
"""
PROVINCE = """浙江省雨水桶推广办法

第一条　为了节约用水，制定本办法。
第二条　居民安装雨水桶的，每只给予二百元补贴，由县级水利部门发放。
第三条　申请雨水桶补贴应当提交身份证、购买发票和安装照片。
第四条　雨水桶的容量不得少于一百升，盖子应当能够锁住。
第五条　租房的居民安装雨水桶应当征得房东同意。
"""
UNPLACED = """旧自行车回收办法

第一条　为了规范旧自行车的回收，制定本办法。
第二条　交售旧自行车的，每辆给予三十元补贴，当场付清。
第三条　回收旧自行车应当登记车主姓名和车架号。
第四条　回收站每周至少开放五天。
第五条　拆解旧自行车应当在封闭的场地内进行。
"""
CORNER, BARREL, BICYCLE = "小区设读书角要不要备案，收费吗", "装雨水桶每只补贴多少钱", "卖旧自行车一辆补贴多少钱"
UNSTATED = "适用地区未注明"


@pytest.fixture(scope="module")
def three(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("three")
    for name, text, place in (("state", STATE, "全国"), ("province", PROVINCE, "浙江"), ("unplaced", UNPLACED, "")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        if place:
            (folder / f"{name}.toml").write_text(f'jurisdiction = ["{place}"]', encoding="utf-8")
    return Assistant(build_index(load_corpus(folder), encoder), Settings(index=folder / "index", feedback=None))


def cited(answer: Answer) -> list[str]:
    return [citation.clause_id for citation in answer.citations]


def notices(answer: Answer) -> str:
    return " ".join(block.text for block in answer.blocks if block.kind is BlockKind.NOTICE)


@pytest.mark.parametrize("place", ["嵊泗县", "舟山", "上海", "北京朝阳区", "鼓楼区", ""])
def test_a_text_of_the_state_answers_for_every_place(three: Assistant, place: str) -> None:
    for answer in (three.ask(f"{place}{CORNER}"), three.ask(CORNER, jurisdiction=[place] if place else [])):
        assert cited(answer) == ["state:2"]
        assert answer.citations[0].jurisdiction == ("全国",)
        assert UNSTATED not in answer.text


@pytest.mark.parametrize("place", ["嵊泗县", "舟山", "浙江", ""])
def test_a_provinces_text_answers_for_every_place_inside_it(three: Assistant, place: str) -> None:
    answer = three.ask(BARREL, jurisdiction=[place] if place else [])
    assert cited(answer) == ["province:2"]
    assert notices(answer) == ""


@pytest.mark.parametrize("place", ["上海", "吉林省", "南京鼓楼区"])
def test_a_provinces_text_does_not_answer_for_another_place(three: Assistant, place: str) -> None:
    for answer in (three.ask(f"{place}{BARREL}"), three.ask(BARREL, jurisdiction=[place])):
        assert (answer.reason, answer.citations) == (Reason.PLACE_NOT_COVERED, ())
        assert "涉及" not in answer.text, "what applies everywhere does concern the place"


@pytest.mark.parametrize("place", ["嵊泗县", "上海", ""])
def test_a_text_without_a_place_answers_everywhere_and_says_so(three: Assistant, place: str) -> None:
    for answer in (three.ask(f"{place}{BICYCLE}"), three.ask(BICYCLE, jurisdiction=[place] if place else [])):
        assert cited(answer) == ["unplaced:2"]
        assert f"{UNSTATED}：《旧自行车回收办法》" in notices(answer)


def test_english_says_it_in_both_languages(three: Assistant) -> None:
    answer = three.answer(three.look_up(BICYCLE), 1, language="en")
    assert f"not stated ({UNSTATED})" in notices(answer)


def test_a_place_without_rules_of_its_own_is_told_so(three: Assistant) -> None:
    assert "没有收录上海自己的规定" in notices(three.ask(f"上海{CORNER}"))
    assert notices(three.ask(f"嵊泗县{CORNER}")) == ""


def test_the_places_to_choose_are_those_of_the_documents(three: Assistant) -> None:
    assert three.corpus.places == ("浙江",)


def test_sentences_about_places_have_no_gaps(three: Assistant) -> None:
    for question in ("你好", f"上海{BARREL}", "上海红烧肉怎么做", "红烧肉怎么做", "第九十九条", "哪些地方有读书角"):
        text = three.ask(question).text
        assert not any(gap in text for gap in ("从的", "是的文件", "【】", "有：。", "收录的文件")), text
