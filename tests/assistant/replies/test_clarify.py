"""One question back where what was not said decides, whose choices are all answered; never two in a row."""

import json
from pathlib import Path

import pytest

from assistant.answer import Answer, BlockKind, Reason, Status
from assistant.question.history import ASSISTANT, USER, Turn
from assistant.replies.matter_choices import MOST
from assistant.replies.question_back import picked, question_back
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from eval.fitting.corpora import QUESTIONS
from index.building import build_index
from index.encoder.encoder import Encoder

RULES = """{city}市犬只登记办法

第一条　在{city}市饲养犬只的，应当自取得犬只之日起{days}日内到公安派出所办理养犬登记。
第二条　办理养犬登记应当提交身份证明和犬只免疫证明，登记费每只{fee}元。
第三条　养犬登记证遗失的，应当自遗失之日起{days}日内申请补发。
第四条　不得在{city}市中心广场遛犬。遛犬应当使用束犬链，并即时清除犬粪。
第五条　违反本办法，饲养犬只未办理登记的，由公安机关处{fee}元罚款。
第六条　犬只死亡或者送养的，应当到原登记机关办理注销。
第七条　本办法自公布之日起施行。
"""
CITIES = ("长沙", "南昌", "昆明", "兰州", "郑州")


def _dogs(folder: Path, cities: tuple[str, ...], encoder: Encoder) -> Assistant:
    for number, city in enumerate(cities, 1):
        text = RULES.format(city=city, days=10 * number, fee=50 * number)
        (folder / f"dogs-{number}.txt").write_text(text, encoding="utf-8")
    return Assistant(build_index(load_corpus(folder), encoder), Settings(index=folder / "index", feedback=None))


@pytest.fixture(scope="module")
def five_cities(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return _dogs(tmp_path_factory.mktemp("five"), CITIES, encoder)


@pytest.fixture(scope="module")
def two_cities(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return _dogs(tmp_path_factory.mktemp("two"), CITIES[:2], encoder)


def _talk(*said: Answer) -> list[Turn]:
    return [turn for one in said for turn in (Turn(USER, one.question), Turn(ASSISTANT, one.text))]


@pytest.mark.parametrize("word", ["房子", "贷款", "我想问税的事", "合肥 税", "court"])
def test_a_word_that_fits_several_matters_is_asked_back(assistant: Assistant, word: str) -> None:
    answer = assistant.ask(word)
    assert (answer.status, answer.reason, answer.citations) == (Status.CLARIFY, None, ())
    assert 2 <= len(answer.choices) <= MOST
    kinds = [block.kind for block in answer.blocks]
    assert kinds == [BlockKind.LEAD, *[BlockKind.CHOICE] * len(answer.choices)]
    assert [block.text for block in answer.blocks[1:]] == [choice.label for choice in answer.choices]
    for choice in answer.choices:
        assert assistant.ask(choice.question).status is Status.ANSWERED
        assert assistant.ask(choice.question, jurisdiction=choice.jurisdiction).status is Status.ANSWERED


@pytest.mark.parametrize("word", ["退休", "首贷", "公证", "离婚", "retirement"])
def test_a_word_with_one_matter_is_answered_at_once(assistant: Assistant, word: str) -> None:
    assert assistant.ask(word).status is Status.ANSWERED


@pytest.mark.parametrize(
    "question",
    ["房子还清贷款后怎么注销抵押", "第26条", "税务局一年能上门查几次", "狗", "你好", "Which measures help exporters?"],
)
def test_a_question_is_not_asked_back(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status is not Status.CLARIFY


def test_words_that_turn_on_the_matter_are_asked_back(assistant: Assistant) -> None:
    lines = (QUESTIONS / "clarify.jsonl").read_text(encoding="utf-8").splitlines()
    words = [row["question"] for row in map(json.loads, lines) if row["tags"] == ["word"]]
    asked = [assistant.ask(word).status is Status.CLARIFY for word in words]
    assert len(words) == 30
    assert sum(asked) / len(asked) >= 0.8


def test_where_many_places_rule_it_the_place_is_asked_for(five_cities: Assistant) -> None:
    answer = five_cities.ask("养犬登记费多少钱")
    assert answer.status is Status.CLARIFY
    assert {choice.label for choice in answer.choices} == set(CITIES)
    for choice in answer.choices:
        assert choice.question == f"{choice.label}养犬登记费多少钱？"
        chosen = five_cities.ask(choice.question, history=_talk(answer))
        assert [citation.jurisdiction for citation in chosen.citations] == [(choice.label,)]


def test_the_place_chosen_is_kept_for_the_talk(five_cities: Assistant) -> None:
    asked = five_cities.ask("养犬登记费多少钱")
    chosen = five_cities.ask(asked.choices[0].question, history=_talk(asked))
    later = five_cities.ask("登记证丢了怎么补", history=_talk(asked, chosen))
    assert {citation.jurisdiction for citation in later.citations} == {asked.choices[0].jurisdiction}


@pytest.mark.parametrize("question", ["昆明养犬登记费多少钱", "石家庄养犬登记费多少钱"])
def test_a_place_that_is_named_is_not_asked_for(five_cities: Assistant, question: str) -> None:
    assert five_cities.ask(question).status is not Status.CLARIFY


def test_a_place_that_is_chosen_or_was_spoken_of_is_not_asked_for(five_cities: Assistant) -> None:
    assert five_cities.ask("养犬登记费多少钱", jurisdiction=["昆明"]).status is Status.ANSWERED
    spoken = [Turn(USER, "昆明能养狗吗"), Turn(ASSISTANT, "可以。")]
    assert five_cities.ask("养犬登记费多少钱", history=spoken).status is not Status.CLARIFY


def test_of_two_places_none_is_left_out(two_cities: Assistant) -> None:
    answer = two_cities.ask("养犬登记费多少钱")
    listed = {place for citation in answer.citations for place in citation.jurisdiction}
    assert listed | {choice.label for choice in answer.choices} == set(CITIES[:2])


@pytest.mark.parametrize("again", ["房子", "土地", "贷款"])
def test_never_twice_in_a_row(assistant: Assistant, again: str) -> None:
    asked = assistant.ask("房子")
    assert question_back(_talk(asked))
    assert assistant.ask(again, history=_talk(asked)).status is not Status.CLARIFY


def test_the_same_word_again_is_answered_whatever_stood_between(assistant: Assistant) -> None:
    history = [Turn(USER, "房子"), Turn(ASSISTANT, "请再说具体些。")]
    assert assistant.ask("房子", history=history).status is not Status.CLARIFY


def test_after_an_answer_it_may_be_asked_back_again(assistant: Assistant) -> None:
    asked = assistant.ask("房子")
    chosen = assistant.ask(asked.choices[1].question, history=_talk(asked))
    assert chosen.status is Status.ANSWERED
    assert not question_back([Turn(USER, "房子"), Turn(ASSISTANT, chosen.text, ("harbin-66:10",))])


@pytest.mark.parametrize(("said", "number"), [("2", 1), ("第二个", 1), ("the first one", 0), ("3。", 2)])
def test_a_choice_may_be_picked_by_its_number(assistant: Assistant, said: str, number: int) -> None:
    asked = assistant.ask("房子")
    pick = picked(said, _talk(asked))
    assert pick
    assert pick.chosen_of(asked.choices) == asked.choices[number].question
    answer = assistant.ask(said, history=_talk(asked))
    assert answer.status is Status.ANSWERED


def test_a_place_may_be_picked_by_its_number(five_cities: Assistant) -> None:
    asked = five_cities.ask("养犬登记费多少钱")
    pick = picked("第一个", _talk(asked))
    assert pick
    assert pick.question == pick.chosen_of(asked.choices) == asked.choices[0].question
    assert picked("第一个", [Turn(USER, "你好"), Turn(ASSISTANT, "您好。")]) is None
    assert picked("养犬证", _talk(asked)) is None


@pytest.mark.parametrize("said", ["兰州", "我们在兰州", "兰州的吧", "Lanzhou, please"])
def test_a_place_may_be_picked_by_its_name(five_cities: Assistant, said: str) -> None:
    asked = five_cities.ask("养犬登记费多少钱")
    answer = five_cities.ask(said, history=_talk(asked))
    assert {citation.jurisdiction for citation in answer.citations} == {("兰州",)}


def test_a_place_that_was_not_offered_may_be_named(five_cities: Assistant) -> None:
    asked = five_cities.ask("养犬登记费多少钱")
    assert five_cities.ask("三亚", history=_talk(asked)).reason is Reason.PLACE_NOT_COVERED


def test_a_place_picked_by_its_number_is_kept_for_the_talk(five_cities: Assistant) -> None:
    asked = five_cities.ask("养犬登记费多少钱")
    chosen = five_cities.ask("第二个", history=_talk(asked))
    said = [*_talk(asked), Turn(USER, "第二个"), Turn(ASSISTANT, chosen.text, ("dogs-1:2",))]
    later = five_cities.ask("登记证丢了怎么补", history=said)
    assert {citation.jurisdiction for citation in later.citations} == {asked.choices[1].jurisdiction}


def test_a_list_that_cites_is_no_question_back() -> None:
    listed = "有两条。\n1. 办证\n2. 换证"
    assert question_back([Turn(USER, "有哪些"), Turn(ASSISTANT, listed)])
    assert question_back([Turn(USER, "有哪些"), Turn(ASSISTANT, listed, ("dogs-1:2",))]) is None
    assert question_back([Turn(USER, "有哪些"), Turn(ASSISTANT, f"{listed}\n请核实。")]) is None


def test_a_word_of_texts_without_records_offers_their_headings(two_cities: Assistant) -> None:
    answer = two_cities.ask("犬只")
    assert answer.status is Status.CLARIFY
    assert len(answer.choices) >= 3
    assert not any("自公布之日起施行" in choice.label for choice in answer.choices)
