"""What a clause lists, and the offices that it names."""

from assistant.replies.talk.lists import listed_in
from assistant.replies.talk.offices import offices_in, telephones_in
from corpus.clause import Clause, Part


def clause(text: str, parts: tuple[Part, ...] = (), cells: tuple[tuple[str, str], ...] = ()) -> Clause:
    return Clause("d:1", "d", "第一条", "", (), text, 0, len(text), parts=parts, cells=cells)


def part(number: str, text: str, *inner: Part) -> Part:
    return Part(f"d:1.{number}", number, text, 0, len(text), parts=inner)


def test_a_list_is_points_whose_numbers_are_printed() -> None:
    items = (part("（一）", "（一）学生"), part("（二）", "（二）老人"))
    paragraphs = (part("第一款", "下列人员免费：", *items), part("第二款", "其他人员半价。"))
    assert listed_in(clause("……", paragraphs)) == items
    assert listed_in(clause("……", items)) == items
    assert listed_in(clause("……", items[:1])) == ()
    assert listed_in(clause("……")) == ()


def test_an_office_is_one_that_does_the_work_or_takes_the_applications() -> None:
    assert offices_in(clause("由市竹艺管理中心负责评审，报有关部门备案。")) == ("市竹艺管理中心",)
    assert offices_in(clause("可以向东桥街道办事处申请，也可以到区民政局办理。")) == ("东桥街道办事处", "区民政局")
    assert offices_in(clause("受理单位：云泽市渡口事务所\n办理时间：周一")) == ("云泽市渡口事务所",)
    assert offices_in(clause("1\t锅炉\t承压科", cells=(("设备", "锅炉"), ("责任科室", "承压科")))) == ("承压科",)


def test_no_office_is_made_up_of_words_that_name_none() -> None:
    assert offices_in(clause("由有关部门负责，由主管部门审批，向社会公布，到期中心城区停止办理。")) == ()
    assert offices_in(clause("按照公安局的要求，企业自行检查。")) == ()
    assert offices_in(clause("由" * 5000 + "局")) == ()


def test_telephone_numbers_are_read_and_other_numbers_are_not() -> None:
    assert telephones_in(clause("电话：0599-6100120，或者拨打12368、400-820-1234。")) == (
        "0599-6100120",
        "12368",
        "400-820-1234",
    )
    assert telephones_in(clause("文号20231019，邮编353000，补助12000元，共123450人")) == ()
