"""How answers and refusals end: with the right channel for the matter and the place, from the records."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from assistant.answer import Answer, Audience, BlockKind, Reason, Status
from assistant.question.history import Turn
from assistant.service import Assistant
from corpus.clock import CHINA
from tests.closing import before_closing

OFFICE = Path(__file__).parents[2] / "office"
TUESDAY, FRIDAY_NIGHT = datetime(2026, 12, 1, 10, tzinfo=CHINA), datetime(2026, 12, 4, 20, tzinfo=CHINA)
RETIRE = "退休证可以自己在网上下载吗？"
HOTLINE = "咨询：12345政务服务便民热线（24小时）。"
_NUMBER = re.compile(r"\d(?:[\d-]{3,}\d)")
_DAY_OR_TIME = re.compile(r"\d{4}年|\d\d:\d\d")


@pytest.fixture(scope="module")
def office(assistant: Assistant) -> Assistant:
    return Assistant(assistant.index, assistant.settings, documents=OFFICE, now=lambda: TUESDAY)


def closing(answer: Answer) -> Sequence[str]:
    return [block.text for block in answer.blocks[len(before_closing(answer)) :]]


def test_an_answer_ends_with_the_channel_of_its_clause_and_the_hotline(assistant: Assistant) -> None:
    channels, hotline = closing(assistant.ask("合肥的税费诉求怎么反映"))
    assert channels.startswith("到哪里办、问谁：税费诉求“一口收办”功能模块；")
    assert hotline == HOTLINE
    english = closing(assistant.ask("How do I get first-loan support in Wuhu?"))
    assert english[0].startswith("Where to go, whom to ask: QR code for first-time borrowers")
    assert english[-1] == "Questions: 12345 government services hotline (24 hours)."


def test_where_the_clause_names_none_there_is_the_hotline_alone(assistant: Assistant) -> None:
    answer = assistant.ask("破产管理人怎么打分考核", jurisdiction=["哈尔滨"])
    assert answer.citations[0].clause_id == "harbin-66:50"
    assert closing(answer) == [HOTLINE]


@pytest.mark.parametrize(
    ("moment", "said"), [(TUESDAY, "现在开着"), (FRIDAY_NIGHT, "现在没开，2026年12月7日（周一）08:30再开")]
)
def test_what_is_open_goes_by_the_clock(office: Assistant, moment: datetime, said: str) -> None:
    window, hotline = closing(office.at(lambda: moment).ask(RETIRE))
    assert "档案中心测试窗口（哈尔滨，0451-00000000，周一至周四 08:30-11:30、13:00-16:30；周五 08:30-11:30" in window
    assert f"，{said}，来源：测试，2026年11月1日核对）" in window
    assert hotline == HOTLINE


def test_a_national_hotline_is_said_to_be_of_whom_it_is(assistant: Assistant) -> None:
    channels, _ = closing(assistant.ask("企业年金备案"))
    assert channels.endswith("12333人力资源社会保障服务热线（来源：人力资源社会保障部，2026年11月30日核对）。")


def test_in_a_year_without_known_holidays_it_says_so(office: Assistant) -> None:
    later = office.at(lambda: datetime(2027, 3, 2, 10, tzinfo=CHINA))
    assert "现在开着（未核对节假日）" in closing(later.ask(RETIRE))[0]


def test_a_place_that_is_asked_for_has_its_own_channels_and_hotline(office: Assistant) -> None:
    window, hotline = closing(office.ask("合肥首贷怎么申请"))
    assert "合肥首贷测试窗口（" in window
    assert "首贷二维码" not in window, "that is another city's"
    assert hotline == "咨询：合肥12345热线（周一至周日 08:00-20:00，现在开着）。"
    assert "道里测试大厅" in closing(office.ask("道里区退休证可以自己在网上下载吗"))[0]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("哈尔滨的金融顾问电话是多少？", Reason.NOT_IN_DOCUMENTS),
        ("深圳首贷怎么申请", Reason.PLACE_NOT_COVERED),
        ("红烧肉怎么做才入味", Reason.OUT_OF_SCOPE),
        ("哈尔滨措施第67条是什么", Reason.NOT_IN_DOCUMENTS),
        ("《民法典》第三条", Reason.NOT_IN_DOCUMENTS),
    ],
)
def test_a_refusal_ends_with_whom_to_call(assistant: Assistant, question: str, reason: Reason) -> None:
    answer = assistant.ask(question)
    assert answer.reason is reason
    assert closing(answer)[-1] == HOTLINE
    assert answer.text.endswith(HOTLINE)


def test_a_refusal_names_the_channels_of_the_clause_that_it_names(assistant: Assistant) -> None:
    answer = assistant.ask("首贷户贷款的年利率是百分之几")
    assert any(line.startswith("到哪里办、问谁：综合金融服务平台首贷专区") for line in closing(answer))
    elsewhere = assistant.ask("芜湖有没有数字政务门牌")
    assert not any("门牌" in line for line in closing(elsewhere)), "it is in another city"


def test_an_agent_is_the_hotline_and_is_told_of_the_rest(assistant: Assistant) -> None:
    for question in (RETIRE, "首贷户贷款的年利率是百分之几", "深圳首贷怎么申请"):
        lines = closing(assistant.ask(question, audience=Audience.AGENT))
        assert not any("12345" in line for line in lines)
    assert "公众号" in closing(assistant.ask(RETIRE, audience=Audience.AGENT))[0]


@pytest.mark.parametrize("message", ["你好", "有人要自杀", "谢谢", "哈尔滨", "嗯嗯嗯"])
def test_emergencies_greetings_and_talk_stay_as_they_are(assistant: Assistant, message: str) -> None:
    assert "咨询：" not in assistant.ask(message).text


def test_a_question_back_ends_with_its_choices(assistant: Assistant) -> None:
    answer = assistant.ask("办证")
    if answer.status is Status.CLARIFY:
        assert answer.blocks[-1].kind is BlockKind.CHOICE


def test_several_needs_have_one_closing_with_the_channels_of_each(assistant: Assistant) -> None:
    answer = assistant.ask("退休证怎么下载？另外合肥的税费诉求怎么反映？")
    assert [block.kind for block in answer.blocks].count(BlockKind.CALL) == 2
    channels, hotline = closing(answer)
    assert "公众号" in channels
    assert "税费诉求" in channels
    assert hotline == HOTLINE


def test_what_is_asked_of_a_document_is_no_matter_of_its_clauses(assistant: Assistant) -> None:
    assert closing(assistant.ask("皖营商环境办〔2023〕4号的文号是什么")) == [HOTLINE]


def test_the_same_refusal_is_not_repeated_though_time_has_passed(office: Assistant) -> None:
    question = "首贷户贷款的年利率是百分之几"
    first = office.ask(question)
    later = office.at(lambda: FRIDAY_NIGHT)
    again = later.ask(question, history=[Turn("user", question), Turn("assistant", first.text)])
    assert before_closing(again) != before_closing(first)


def test_documents_without_records_are_read_for_what_they_name(market: Assistant) -> None:
    assert closing(market.ask("旧书摊位备案要几天")) == [HOTLINE]
    assert not market.channels.describes(market.corpus.clauses[0])


@pytest.mark.parametrize("records", ["shipped", "office"])
def test_no_number_is_shown_that_is_not_in_the_file_or_in_the_words_cited(
    assistant: Assistant, office: Assistant, records: str
) -> None:
    asked = assistant if records == "shipped" else office
    known = {one.phone for one in asked.services.channels if one.phone}
    for clause in asked.corpus.clauses:
        record = asked.corpus.plain.get(clause.id)
        answer = asked.ask(record.name if record else clause.title)
        written = clause.text + "".join(one.name + one.address for one in asked.services.channels)
        for line in closing(answer):
            for number in _NUMBER.findall(_DAY_OR_TIME.sub("", line)):
                assert number in known or number in written, (line, number)
