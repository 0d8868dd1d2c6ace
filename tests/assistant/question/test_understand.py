"""A question is read once: what is meant, what of it is shown, and when there is nothing to search."""

import pytest

from assistant.answer import Reason
from assistant.question.history import TURNS, Turn
from assistant.question.question import Reading
from assistant.question.understand import QuestionReader
from corpus.errors import InputError
from index.index import Index
from index.text.normalizer import Normal, normalize


@pytest.fixture(scope="module")
def reader(index: Index) -> QuestionReader:
    return QuestionReader(index)


def read(reader: QuestionReader, text: str, *earlier: str, **given: list[str]) -> Reading:
    return reader.read(text, history=[Turn("user", one) for one in earlier], **given)  # type: ignore[arg-type]


def test_a_correct_question_is_searched_as_it_was_typed(reader: QuestionReader) -> None:
    reading = read(reader, "  企业年金（方案）　怎么備案？ ")
    assert reading.text == "  企业年金（方案）　怎么備案？ "
    assert reading.meant == reading.alone.text == "企业年金（方案） 怎么備案？"
    assert reading.normal == normalize(reading.meant)
    assert isinstance(reading.normal, Normal)


@pytest.mark.parametrize(
    ("typed", "meant"), [("gongsi qianyi zenme ban", "公司 迁移 怎么办"), ("住册公司要多久", "注册公司要多久")]
)
def test_pinyin_and_homophones_are_searched_as_what_they_say(reader: QuestionReader, typed: str, meant: str) -> None:
    reading = read(reader, typed)
    assert (reading.meant, reading.normal, reading.alone.text) == (meant, meant, meant)
    assert (reading.text, reading.language) == (typed, "zh")


def test_earlier_questions_are_corrected_too(reader: QuestionReader) -> None:
    reading = read(reader, "要多久", "住册公司")
    assert reading.in_context is not None
    assert reading.in_context.text == "注册公司 要多久"


def test_what_was_said_of_the_talk_is_no_earlier_question(reader: QuestionReader) -> None:
    reading = read(reader, "要多久", "注册公司", "再说一遍", "谢谢", "好的", "say that again")
    assert reading.in_context is not None
    assert reading.in_context.text == "注册公司 要多久"


def test_no_more_earlier_questions_are_read_than_can_matter(reader: QuestionReader) -> None:
    reading = read(reader, "要多久", *(f"注册{i}号公司" for i in range(TURNS + 2)))
    assert reading.in_context is not None
    assert reading.in_context.text.count("注册") == TURNS


def test_personal_data_is_not_searched(reader: QuestionReader) -> None:
    reading = read(reader, "我的手机号是13912345678，怎么注销抵押")
    assert "13912345678" not in reading.alone.text + reading.meant
    assert "注销抵押" in reading.alone.text


def test_without_history_there_is_one_query(reader: QuestionReader) -> None:
    assert read(reader, "需要什么材料").in_context is None
    assert not read(reader, "需要什么材料").refers_back


@pytest.mark.parametrize(("text", "refers_back"), [("需要什么材料", True), ("合肥呢", True), ("退休证怎么办", False)])
def test_a_question_without_a_topic_refers_back(reader: QuestionReader, text: str, refers_back: bool) -> None:
    assert read(reader, text, "企业年金方案怎么备案").refers_back is refers_back


def test_places_are_of_the_question_or_else_of_what_was_said_before(reader: QuestionReader) -> None:
    reading = read(reader, "退休证怎么办", "芜湖的首贷", "合肥的首贷")
    assert (reading.places.covered, reading.own_places.covered) == (("合肥",), ())
    reading = read(reader, "滁州的退休证怎么办", "合肥的首贷")
    assert reading.places == reading.own_places
    assert reading.places.covered == ("滁州",)


def test_what_the_caller_gives_wins(reader: QuestionReader) -> None:
    reading = read(reader, "首贷怎么办", jurisdiction=["哈尔滨"], documents=["harbin-66"])
    assert reading.places == reading.own_places
    assert (reading.places.covered, reading.places.strict) == (("哈尔滨",), True)
    assert reading.documents == frozenset(["harbin-66"])
    assert read(reader, "合肥的首贷").documents is None


def test_a_place_in_the_question_wins_over_one_chosen_beforehand(reader: QuestionReader) -> None:
    reading = read(reader, "滁州的水电过户怎么办", jurisdiction=["哈尔滨"])
    assert (reading.places.covered, reading.places.strict) == (("滁州",), False)
    assert reading.places.overruled == ("哈尔滨",)
    assert read(reader, "What does Chuzhou do about it?", jurisdiction=["合肥"]).places.overruled == ("合肥",)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("水电过户怎么办", "滁州"),
        ("琅琊区的水电过户怎么办", "滁州"),  # lies in it
        ("安徽的水电过户怎么办", "滁州"),  # it lies in that
        ("我是上海户口，水电过户怎么办", "滁州"),  # where somebody comes from
        ("从哈尔滨搬过来的，水电过户怎么办", "滁州"),
        ("滁州和哈尔滨的水电过户一样吗", "滁州"),  # names it too
        ("my colleague from Harbin asks how to do it", "滁州"),
    ],
)
def test_the_place_chosen_stays_where_the_question_is_about_no_other(
    reader: QuestionReader, text: str, chosen: str
) -> None:
    places = read(reader, text, jurisdiction=[chosen]).places
    assert (places.covered, places.overruled) == ((chosen,), ())


def test_a_place_is_kept_as_exactly_as_it_was_named(reader: QuestionReader) -> None:
    assert read(reader, "松北区能办吗", jurisdiction=["哈尔滨"]).places.named == ("松北区",)
    assert read(reader, "松北区能办吗").places.named == ("松北区",)
    assert read(reader, "能办吗", jurisdiction=["哈尔滨"]).places.named == ("哈尔滨",)


def test_the_names_of_several_places_are_not_searched(reader: QuestionReader) -> None:
    assert read(reader, "合肥和芜湖的首贷对比一下").alone.text == "的首贷"
    assert read(reader, "合肥的首贷").alone.text == "合肥的首贷"


@pytest.mark.parametrize(
    ("text", "earlier", "refusal"),
    [
        ("你好", (), Reason.GREETING),
        ("谢谢", ("首贷",), Reason.CONVERSATION),
        ("再说一遍", ("首贷",), Reason.CONVERSATION),
        ("第二条的原文", ("首贷",), None),
        ("该打哪个电话", ("首贷",), None),
        ("🙂🙂", (), Reason.UNREADABLE),
        ("？？？", ("首贷",), Reason.UNREADABLE),
        ("下一条呢", (), Reason.UNREADABLE),
        ("哈尔滨", (), Reason.UNREADABLE),
        ("Harbin", (), Reason.UNREADABLE),
        ("哈尔滨", ("合肥的首贷",), None),
        ("下一条呢", ("第33条",), None),
        ("12345", (), None),
        ("税", (), None),
        ("你好，怎么申请首贷", (), None),
        ("谢谢，那退休证呢", (), None),
        ("明白了吗", (), None),
    ],
)
def test_where_there_is_nothing_to_search_the_reading_says_why(
    reader: QuestionReader, text: str, earlier: tuple[str, ...], refusal: Reason | None
) -> None:
    assert read(reader, text, *earlier).refusal is refusal


def test_an_id_is_no_pinyin(reader: QuestionReader) -> None:
    assert read(reader, "harbin-66:26").references.ids == ("harbin-66:26",)


@pytest.mark.parametrize("text", ["26", "12345", "APP"])
def test_the_language_of_the_page_counts_where_the_question_shows_none(reader: QuestionReader, text: str) -> None:
    assert reader.read(text, language="zh").language == "zh"
    assert reader.read(text, language="en").language == "en"
    assert reader.read(f"{text}是什么", language="en").language == "zh"


def test_what_is_shown_is_the_query_that_answers(reader: QuestionReader) -> None:
    reading = read(reader, "第26条讲什么", "哈尔滨66条")
    assert reading.in_context is not None
    shown = reading.understood(reading.in_context, reading.places, used_history=True)
    assert (shown.query, shown.jurisdiction) == (reading.in_context.text, ("哈尔滨",))
    assert (shown.clause_reference, shown.rewritten_from_history) == ("harbin-66:26", True)


def test_unknown_documents_and_places_are_named_with_their_field(reader: QuestionReader) -> None:
    with pytest.raises(InputError) as caught:
        reader.read("首贷", documents=["harbin-66", "none"])
    assert caught.value.field == "documents[1]"
    with pytest.raises(InputError, match="火星"):
        reader.read("首贷", jurisdiction=["火星"])
