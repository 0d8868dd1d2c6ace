"""A question about materials, steps, conditions, time or fee is answered from the office's guide, and said to be so."""

from pathlib import Path

import pytest

from assistant.answer import Answer, Audience, Block, BlockKind, Reason, Status
from assistant.question.history import Turn
from assistant.service import Assistant
from corpus.records.guides import Aspect
from tests.closing import before_closing

OFFICE = Path(__file__).parents[2] / "office"
LABEL = {"zh": "办理机构提供，", "en": "from the office, checked "}


@pytest.fixture(scope="module")
def office(assistant: Assistant) -> Assistant:
    return Assistant(assistant.index, assistant.settings, documents=OFFICE)


def told(answer: Answer) -> list[str]:
    """What is said from a guide, which stands before anything else."""
    return [
        block.text for block in answer.blocks if block.kind is BlockKind.LEAD and LABEL[answer.language] in block.text
    ]


def test_ten_guides_are_read(office: Assistant) -> None:
    assert len(office.services.checked().guides) == 10


@pytest.mark.parametrize(
    ("question", "clause", "says"),
    [
        ("公司搬到别的区，要带什么材料？", "harbin-66:1", "变更登记申请书；新住所使用证明；营业执照正副本。"),
        ("企业跨区迁移需要提交哪些资料", "harbin-66:1", "变更登记申请书"),
        ("公司跨区搬家多久能办完", "harbin-66:1", "三个工作日"),
        ("公司换区搬迁收费吗", "harbin-66:1", "收费（办理机构提供，2026年11月2日核对，不是文件原文）：不收费。"),
        ("企业跨区迁移的办理流程是什么", "harbin-66:1", "向新住所的登记窗口申请；窗口调取档案；换领营业执照"),
        ("企业跨区迁移有什么条件", "harbin-66:1", "没有未办结的立案调查"),
        ("个转企要什么材料", "harbin-66:4", "清税证明"),
        ("房贷还清了解押要什么材料", "harbin-66:11", "贷款结清证明；不动产登记证明"),
        ("退休网上申报要交什么材料", "harbin-66:19", "身份证；近期照片；银行卡"),
        ("首贷有什么条件", "anhui-2023-4:1.3", "在银行没有贷过款的小微企业和个体工商户"),
        ("新车上牌要带啥", "anhui-2023-4:2.2", "购车发票"),
        ("外籍人才永居办理步骤", "anhui-2023-4:2.7", "提交申请；审核；领证"),
        ("芜湖小微企业低压接电几天能通", "anhui-2023-4:3.3", "十五个工作日"),
        ("开饭店执照许可证一起办，要交什么材料", "harbin-66:5", "场所平面图"),
        (
            "What documents do I need to move my company to another district of Harbin?",
            "harbin-66:1",
            "Moving a company to another district, what to bring (from the office, checked 2 November 2026; not the "
            "text of the policy): application for change of registration; proof of the new address; both copies",
        ),
        ("How long does it take to release a mortgage in Harbin online?", "harbin-66:11", "one working day"),
        ("个转企要准备哪些证件", "harbin-66:4", "清税证明"),
        ("个转企材料", "harbin-66:4", "清税证明"),
        ("个转企办得拿啥东西去", "harbin-66:4", "清税证明"),
        ("个转企几个工作日能下来", "harbin-66:4", "五个工作日"),
        ("个转企当天能办完吗", "harbin-66:4", "五个工作日"),
        ("首次贷款要准备什么材料", "anhui-2023-4:1.3", "近一年流水"),
    ],
)
def test_what_the_guide_tells_stands_first_with_the_clause_as_its_basis(
    office: Assistant, question: str, clause: str, says: str
) -> None:
    answer = office.ask(question)
    assert (answer.status, answer.citations[0].clause_id) == (Status.ANSWERED, clause)
    [said, *_] = told(answer)
    assert says in said
    assert answer.blocks[0].text == said
    assert not answer.blocks[0].citations, "it is not the document's"


@pytest.mark.parametrize(
    ("first", "then", "clause", "says"),
    [
        ("档案在中心怎么网上退休？", "那要带什么材料？", "harbin-66:19", "银行卡"),
        ("档案在中心怎么网上退休？", "多久能办好", "harbin-66:19", "二十个工作日"),
        ("怎么申请首贷", "需要哪些材料", "anhui-2023-4:1.3", "近一年流水"),
        ("房贷还清了怎么网上解除抵押", "办下来要几天", "harbin-66:11", "一个工作日"),
        ("公司换区搬家怎么办", "要钱吗", "harbin-66:1", "不收费"),
        ("How do I get a first loan?", "What documents do I need?", "anhui-2023-4:1.3", "a year of bank statements"),
    ],
)
def test_a_follow_up_is_about_what_was_cited_before(
    office: Assistant, first: str, then: str, clause: str, says: str
) -> None:
    before = office.ask(first)
    cited = tuple(one.clause_id for one in before.citations)
    answer = office.ask(then, history=[Turn("user", first), Turn("assistant", before.text, cited)])
    assert {one.clause_id for one in answer.citations} == {clause}
    assert says in told(answer)[0]


def test_a_follow_up_to_a_follow_up_is_about_the_same(office: Assistant) -> None:
    history: list[Turn] = []
    for question, says in (("档案在中心怎么网上退休？", ""), ("那要带什么材料？", "银行卡"), ("多久能办好", "二十个")):
        answer = office.ask(question, history=history)
        history += [
            Turn("user", question),
            Turn("assistant", answer.text, tuple(c.clause_id for c in answer.citations)),
        ]
        assert says in "".join(told(answer))


def test_a_follow_up_to_what_another_clause_answered_is_about_the_same_matter(office: Assistant) -> None:
    history = [Turn("user", "个体户转成公司要怎么办理"), Turn("assistant", "…[1]", ("harbin-66:3",))]
    assert "清税证明" in told(office.ask("要带什么材料", history=history))[0]
    assert told(office.ask("合肥呢，要带什么材料", history=history)) == []


def test_a_question_as_long_as_may_be_is_answered(office: Assistant) -> None:
    most = office.settings.max_question
    question = ("个转企要什么材料" + "，".join(["公司", "开办", "注销"] * most))[:most]
    assert office.ask(question).status in Status


def test_a_follow_up_for_another_place_is_not_about_the_clause_before(office: Assistant) -> None:
    history = [Turn("user", "档案在中心怎么网上退休？"), Turn("assistant", "…[1]", ("harbin-66:19",))]
    assert "银行卡" not in office.ask("合肥呢，要什么材料？", history=history).text


def test_a_question_of_its_own_is_not_taken_for_a_follow_up(office: Assistant) -> None:
    history = [Turn("user", "档案在中心怎么网上退休？"), Turn("assistant", "…[1]", ("harbin-66:19",))]
    assert "银行卡" not in office.ask("房贷还清了解押要什么材料", history=history).text


def test_several_aspects_are_told_in_the_order_of_the_guide(office: Assistant) -> None:
    said = told(office.ask("公司跨区搬家要多久能办完，要什么材料"))
    assert [text.partition("（")[0].rpartition("，")[2] for text in said] == ["需要的材料", "办理时限"]


def test_what_is_asked_too_and_told_nowhere_is_said_to_be_missing(office: Assistant) -> None:
    answer = office.ask("个转企要带什么材料，多久能办完，收不收费")
    assert [text.partition("（")[0].rpartition("，")[2] for text in told(answer)] == ["需要的材料", "办理时限"]
    assert Block(BlockKind.NOTICE, "收费：文件未写明。") in answer.blocks


@pytest.mark.parametrize("place", ["合肥", "滁州"])
def test_a_guide_of_another_city_is_not_told(office: Assistant, place: str) -> None:
    assert told(office.ask("个转企要带什么材料", jurisdiction=[place])) == []
    assert told(office.ask(f"{place}个转企要带什么材料")) == []


@pytest.mark.parametrize(
    "question",
    [
        "个转企收费吗",
        "个体户注册要什么材料",
        "个转企培育库入库要什么材料",
        "退休网上申报收费吗",
        "护照换发多久",
        "驾驶证换证收费吗",
        "首贷的利率是多少",
        "办居住证要什么材料",
        "哈尔滨离婚登记要什么材料",
        "哈尔滨房屋抵押登记要什么材料",
        "补办行驶证要什么材料",
    ],
)
def test_what_no_guide_tells_is_refused_as_before(office: Assistant, assistant: Assistant, question: str) -> None:
    answer, before = office.ask(question), assistant.ask(question)
    assert told(answer) == []
    assert (answer.status, answer.reason, answer.citations) == (before.status, before.reason, before.citations)
    assert before_closing(answer) == before_closing(before)


def test_without_guides_nothing_changes(assistant: Assistant) -> None:
    assert assistant.services.guides == ()
    answer = assistant.ask("公司搬到别的区，要带什么材料？")
    assert answer.reason is Reason.NOT_IN_DOCUMENTS
    assert answer.text.startswith("现有文件没有写明材料清单。")


def test_what_an_ordinary_question_is_answered_has_no_guide(office: Assistant) -> None:
    assert told(office.ask("退休证可以自己在网上下载吗？")) == []


def test_an_agent_is_told_the_same(office: Assistant) -> None:
    assert "三个工作日" in told(office.ask("公司跨区搬家多久能办完", audience=Audience.AGENT))[0]


def test_every_aspect_of_every_guide_can_be_asked_for_by_its_name(office: Assistant) -> None:
    """Of the matter as its guide calls it; one that the search takes for another matter is told of none of it."""
    asked = {
        Aspect.CONDITIONS: "有什么条件",
        Aspect.MATERIALS: "要什么材料",
        Aspect.PROCESS: "的流程",
        Aspect.TIME_LIMIT: "多久能办完",
        Aspect.FEE: "收费吗",
    }
    found = wrong = count = 0
    for guide in office.services.guides:
        for aspect, lines in ((one, guide.told[one].lines) for one in guide.told):
            count += 1
            answer = office.ask(guide.name + asked[aspect])
            found += any(lines[0] in text for text in told(answer))
            wrong += any(guide.name not in text for text in told(answer))
    assert (count, wrong) == (24, 0)
    assert found >= 20
