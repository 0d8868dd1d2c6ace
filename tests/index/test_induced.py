"""What a made-up clause may be asked by, over a lexicon of a few lines."""

import pytest

from corpus.clause import Clause
from index.induced import fingerprint, induced, load_forms
from index.lexicon.expansion import Lexicon
from index.lexicon.lexicon import Group, Term

LEXICON = Lexicon(
    (
        Group(("停车泊位",), ("车位", "停车的地方", "停车格", "停车点"), both=False),
        Group(("办理",), ("咋办",), both=True),
        Group(("残疾人",), ("残障人士",), both=True),
    ),
    (Term(("parking space", "parking lot"), ("停车泊位",)), Term(("permit",), ("许可证",))),
    "made up",
)


def made(text: str, title: str = "停车泊位许可证", path: tuple[str, ...] = ("第二章 湖岸停车",)) -> Clause:
    return Clause("d:1", "d", "第一条", title, path, text, 0, len(text))


def rare(tokens: object) -> float:
    return 1.0 if tokens else 0.0


def questions(text: str, title: str = "停车泊位许可证", path: tuple[str, ...] = ()) -> tuple[str, ...]:
    return induced(made(text, title, path), LEXICON, rare).questions


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("每年补助三千元。", "停车泊位许可证多少钱，能补多少"),
        ("五个工作日内办结。", "停车泊位许可证要多久，多长时间"),
        ("提交身份证明和行驶证件。", "停车泊位许可证要什么材料，带什么证件"),
        ("到湖岸管理窗口申请。", "停车泊位许可证去哪里办，找哪个部门"),
        ("申请人应符合下列条件：有车。", "停车泊位许可证要什么条件"),
        ("具有本市户籍的家庭。", "哪些人可以停车泊位许可证"),
        ("处二百元罚款。", "停车泊位许可证会怎么样，罚多少"),
        ("许可证遗失、损坏的，可以补领。", "许可证遗失、损坏怎么办"),
        ("不得转租转借。", "能不能转租转借"),
        ("可以网上续期。", "可以网上续期吗"),
    ],
)
def test_what_a_text_states_is_asked_of_its_heading(text: str, asked: str) -> None:
    assert asked in questions(text)


def test_a_text_that_states_nothing_is_asked_nothing() -> None:
    assert questions("湖岸停车由街道管理。") == ()


def test_a_title_that_is_a_sentence_gives_its_place_to_the_heading_above() -> None:
    text, title = "车主应当在五日内登记", "车主应当在五日内登记"
    assert "湖岸停车要多久，多长时间" in questions(text, title, ("第二章 湖岸停车",))
    assert "湖岸停车要多久，多长时间" in questions(text, title, ("第二章 湖岸停车", "附则"))
    assert "停车泊位许可证要多久，多长时间" in questions("五日内登记", path=("第二章 湖岸停车",))


def test_spoken_words_come_from_headings_and_from_the_rarest_official_words() -> None:
    clause = made("残疾人办理免费。")
    assert induced(clause, LEXICON, rare).spoken == ("车位", "停车的地方", "停车格", "咋办", "残障人士")
    common = induced(clause, LEXICON, lambda tokens: 0.1 if "办理" in tokens else 1.0).spoken
    assert "咋办" not in common
    assert "残障人士" in common


def test_english_questions_name_the_headings_terms_and_there_are_none_without_one() -> None:
    assert induced(made("五个工作日内办结。"), LEXICON, rare).questions_en == (
        "how long does parking space permit take",
    )
    assert induced(made("五个工作日内办结。", "湖岸巡查"), LEXICON, rare).questions_en == ()


def test_a_clause_has_one_line_a_field_and_its_headings_lead_the_questions() -> None:
    lines = induced(made("五个工作日内办结。"), LEXICON, rare).lines()
    assert list(lines) == ["keywords", "ask", "ask_en"]
    assert lines["ask"] == "湖岸停车 停车泊位许可证 停车泊位许可证要多久，多长时间"
    assert induced(made("", "", ()), LEXICON, rare).lines() == {}


def test_braces_and_pattern_signs_in_a_text_are_words() -> None:
    assert "能不能{x}[y" in questions("不得{x}[y。", "a{b}")


def test_every_form_has_a_question_and_the_fingerprint_is_stable() -> None:
    for form in load_forms().forms:
        assert "{topic}" in form.asked or "{found}" in form.asked
        assert ("{found}" in form.asked) == ("found" in form.stated.groupindex)
    assert fingerprint() == fingerprint()
