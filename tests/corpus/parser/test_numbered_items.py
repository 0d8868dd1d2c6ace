"""Laws of nesting."""

from corpus.parser.lines import split_lines
from corpus.parser.numbered_items import NumberedItem, number_lines


def nested(text: str) -> str:
    def show(items: list[NumberedItem]) -> str:
        return " ".join(item.marker.label + (f"[{show(item.children)}]" if item.children else "") for item in items)

    return show(number_lines(split_lines(text)).items)


def test_styles_nest_by_rank_and_may_skip_levels() -> None:
    assert (
        nested("一、甲\n1.乙。\n2.丙。\n二、丁\n（一）戊。\n1.己。\n（1）庚。") == "一、[1. 2.] 二、[（一）[1.[（1）]]]"
    )


def test_numbers_that_go_on_show_which_style_is_the_outer_one() -> None:
    assert nested("1.甲。\n（一）乙。\n（二）丙。\n2.丁。\n（一）戊。") == "1.[（一） （二）] 2.[（一）]"


def test_a_list_before_a_higher_style_that_begins_again_stays_below() -> None:
    assert nested("一、甲\n1.乙。\n（一）丙。\n1.丁。") == "一、[1. （一）[1.]]"


def test_articles_keep_what_is_below_them() -> None:
    assert nested("第一章 甲\n第一条 乙：\n（一）丙；\n（二）丁。\n第二条 戊。\n第二章 己\n第三条 庚。") == (
        "第一章[第一条[（一） （二）] 第二条] 第二章[第三条]"
    )


def test_a_paragraph_after_an_enumeration_belongs_to_what_holds_it() -> None:
    items = number_lines(split_lines("一、甲：\n1.乙；\n2.丙。\n其余照旧。")).items
    assert [line.text for line in items[0].lines] == ["一、甲：", "其余照旧。"]


def test_lines_before_the_first_number_and_the_closing_line_belong_to_no_item() -> None:
    numbered = number_lines(split_lines("为了便民。\n一、甲。\n本措施自印发之日起施行。"))
    assert [line.text for line in numbered.lead] == ["为了便民。"]
    assert [line.text for line in numbered.closing] == ["本措施自印发之日起施行。"]


def test_closing_lines_are_found_behind_an_enumeration_too() -> None:
    numbered = number_lines(
        split_lines("一、甲：\n1.乙；\n2.丙。\n本措施由某局负责解释，自印发之日起施行。\n其余照旧。")
    )
    assert [line.text for line in numbered.closing] == ["本措施由某局负责解释，自印发之日起施行。", "其余照旧。"]


def test_an_article_of_another_law_stays_in_the_item_that_quotes_it() -> None:
    assert nested("一、名称\n甲\n二、依据\n《某法》\n第三十五条 乙。\n三、条件\n丙。") == "一、 二、 三、"


def test_a_reference_that_happens_to_be_the_next_number_is_running_text() -> None:
    above = "第五条 用户不得擅自改装计量设施，确需改装的，不受\n"
    assert nested(f"{above}第六条限制，但应当告知。\n第六条 用户应当缴费。") == "第五条 第六条"
