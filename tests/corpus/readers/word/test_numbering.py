"""Laws of Word's automatic numbers: the number shown is the number read (ECMA-376, part 1, 17.9)."""

import pytest

from corpus.readers.docx import read_docx
from tests.corpus.readers.office_files import numbered, paragraph, row, run, table, word_file

ARTICLES = (("chineseCountingThousand", "第%1章"), ("chineseCountingThousand", "第%2条"), ("chineseCounting", "（%3）"))


def level(at: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    inside = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{inside}</w:lvl>'


def abstract(name: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def instance(number: int, name: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{name}"/>{overrides}</w:num>'


def restart(at: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def one(form: str, text: str, extra: str = "", start: int = 1) -> str:
    return abstract(1, level(0, form, text, extra, start)) + instance(1, 1)


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return read_docx(word_file(body, numbering=numbering, styles=styles), "a.docx").text.split("\n")


def many(*levels: str) -> str:
    return abstract(1, *levels) + instance(1, 1)


LAW = many(
    *(level(at, form, text, '<w:lvlRestart w:val="0"/>' if at == 1 else "") for at, (form, text) in enumerate(ARTICLES))
)


def test_levels_count_on_start_again_and_never_start_again_as_they_say() -> None:
    steps = ((0, "总则"), (1, "目的"), (2, "甲"), (2, "乙"), (1, "范围"), (2, "丙"), (0, "附则"), (1, "施行"))
    assert lines("".join(numbered(text, level=at) for at, text in steps), LAW) == [
        "第一章 总则",
        "第一条 目的",
        "（一）甲",
        "（二）乙",
        "第二条 范围",
        "（一）丙",
        "第二章 附则",
        "第三条 施行",
    ]


@pytest.mark.parametrize(
    ("form", "start", "shown"),
    [
        ("decimal", 9, "9、"),
        ("decimalZero", 9, "09、"),
        ("decimalFullWidth", 12, "１２、"),
        ("decimalEnclosedCircle", 3, "③、"),
        ("decimalEnclosedCircle", 21, "㉑、"),
        ("decimalEnclosedCircle", 51, "51、"),
        ("chineseCounting", 10, "十、"),
        ("chineseCounting", 26, "二十六、"),
        ("chineseCounting", 101, "一○一、"),
        ("chineseCountingThousand", 101, "一百〇一、"),
        ("chineseCountingThousand", 110, "一百一十、"),
        ("japaneseCounting", 20, "二十、"),
        ("ideographDigital", 20, "二○、"),
        ("ideographTraditional", 3, "丙、"),
        ("ideographZodiac", 3, "寅、"),
        ("ideographZodiacTraditional", 13, "丙子、"),
        ("ideographEnclosedCircle", 2, "㊁、"),
        ("chineseLegalSimplified", 3, "叁、"),
        ("chineseLegalSimplified", 12, "壹拾贰、"),
        ("ideographLegalTraditional", 1, "壹、"),
        ("ideographLegalTraditional", 2, "貳、"),
        ("upperLetter", 27, "AA、"),
        ("lowerLetter", 781, "781、"),
        ("upperRoman", 1994, "MCMXCIV、"),
        ("lowerRoman", 4, "iv、"),
        ("lowerRoman", 2_000_000_000, "2000000000、"),
        ("ordinal", 22, "22nd、"),
        ("numberInDash", 5, "- 5 -、"),
        ("decimalEnclosedFullstop", 2, "⒉、"),
        ("decimalEnclosedParen", 2, "⑵、"),
        ("none", 5, "、"),
        ("unheardOf", 5, "5、"),
    ],
)
def test_every_format_is_printed_as_word_prints_it(form: str, start: int, shown: str) -> None:
    assert lines(numbered("甲"), one(form, "%1、", start=start)) == [f"{shown}甲"]


def test_a_custom_format_pads_its_numbers() -> None:
    numbering = one("decimal", "%1-").replace('w:val="decimal"', 'w:val="custom" w:format="001, 002, 003, ..."')
    assert lines(numbered("甲"), numbering) == ["001- 甲"]


@pytest.mark.parametrize(
    ("suffix", "text", "shown"),
    [
        ("", "第%1条", "第一条 为了"),
        ('<w:suff w:val="space"/>', "第%1条", "第一条 为了"),
        ('<w:suff w:val="nothing"/>', "第%1条", "第一条为了"),
        ("", "第%1条　", "第一条 为了"),
        ("", "%1、", "一、为了"),
        ("", "（%1）", "（一）为了"),
    ],
)
def test_what_stands_between_number_and_words(suffix: str, text: str, shown: str) -> None:
    assert lines(numbered("为了"), one("chineseCounting", text, suffix)) == [shown]


def test_a_blank_stays_between_a_point_and_a_digit() -> None:
    assert lines(numbered("5万元以下"), one("decimal", "%1.")) == ["1. 5万元以下"]


def test_a_number_may_name_the_levels_above_it_in_decimal() -> None:
    levels = (level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert lines(numbered("总则") + numbered("范围", level=1), many(*levels)) == ["一、总则", "1.1 范围"]


def test_a_level_above_that_has_not_come_yet_counts_as_come() -> None:
    levels = (level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."))
    assert lines(numbered("甲", level=1) + numbered("乙"), many(*levels)) == ["1.1.甲", "2.乙"]


def test_a_level_may_start_again_after_one_level_only() -> None:
    levels = [level(at, "decimal", f"%{at + 1}.") for at in range(2)]
    levels.append(level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>'))
    steps = (0, 1, 2, 1, 2, 0, 2)
    assert lines("".join(numbered("甲", level=at) for at in steps), many(*levels)) == [
        *("1.甲", "1.甲", "1)甲", "2.甲", "2)甲", "2.甲", "1)甲")
    ]


def test_instances_of_one_list_count_on_unless_they_start_anew() -> None:
    numbering = (
        abstract(1, level(0, "decimal", "%1.")) + instance(1, 1) + instance(2, 1) + instance(3, 1, restart(0, 1))
    )
    order = (1, 1, 2, 3, 3, 1)
    shown = [line[0] for line in lines("".join(numbered("甲", one_) for one_ in order), numbering)]
    assert shown == ["1", "2", "3", "1", "2", "3"]


def test_an_instance_may_print_a_level_otherwise() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    assert lines(numbered("甲"), abstract(1, level(0, "decimal", "%1.")) + instance(1, 1, own)) == ["A)甲"]


def style(name: str, inside: str, kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}">{inside}</w:style>'


def styled(text: str, name: str, more: str = "") -> str:
    return paragraph(text, f'<w:pStyle w:val="{name}"/>{more}')


NUMBERED_STYLE = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'


def test_a_style_gives_its_paragraphs_the_level_that_is_linked_to_it() -> None:
    levels = (
        level(0, "chineseCounting", "第%1章", '<w:pStyle w:val="zhang"/>'),
        level(1, "chineseCounting", "第%2条", '<w:pStyle w:val="tiao"/>'),
    )
    styles = style("zhang", NUMBERED_STYLE) + style("tiao", NUMBERED_STYLE) + style("own", '<w:basedOn w:val="tiao"/>')
    body = styled("总则", "zhang") + styled("目的", "tiao") + styled("范围", "own")
    assert lines(body, many(*levels), styles) == ["第一章 总则", "第一条 目的", "第二条 范围"]


def test_a_style_may_name_the_level_itself_and_the_paragraph_another() -> None:
    levels = (level(0, "decimal", "%1."), level(1, "decimal", "(%2)"))
    inside = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = styled("甲", "s") + styled("乙", "s", '<w:numPr><w:ilvl w:val="0"/></w:numPr>')
    assert lines(body, many(*levels), style("s", inside)) == ["(1)甲", "2.乙"]


def test_a_paragraph_may_be_taken_out_of_the_list_of_its_style() -> None:
    body = styled("甲", "s") + styled("不编号", "s", '<w:numPr><w:numId w:val="0"/></w:numPr>') + styled("乙", "s")
    assert lines(body, one("decimal", "%1."), style("s", NUMBERED_STYLE)) == ["1.甲", "不编号", "2.乙"]


def test_a_list_may_be_kept_in_a_list_style() -> None:
    linked = '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="list"/></w:abstractNum>'
    numbering = one("chineseCounting", "%1、") + linked + instance(2, 2)
    assert lines(numbered("甲", 2) + numbered("乙", 2), numbering, style("list", NUMBERED_STYLE, "numbering")) == [
        "一、甲",
        "二、乙",
    ]


@pytest.mark.parametrize("target", [1, 7])
def test_a_list_style_that_leads_nowhere_numbers_nothing(target: int) -> None:
    numbering = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="list"/></w:abstractNum>' + instance(1, 1)
    styles = style("list", f'<w:pPr><w:numPr><w:numId w:val="{target}"/></w:numPr></w:pPr>', "numbering")
    assert lines(numbered("甲"), numbering, styles) in (["甲"], ["甲"])


def test_a_paragraph_without_words_counts_and_shows_nothing() -> None:
    assert lines(numbered("甲") + numbered("") + numbered("乙"), one("decimal", "%1.")) == ["1.甲", "", "3.乙"]


def test_hidden_and_deleted_paragraphs_do_not_count() -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:{}/></w:rPr>'
    gone = paragraph("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", number.format("del"))
    hidden = paragraph(run("隐藏", "<w:vanish/>"), number.format("vanish"))
    assert lines(numbered("甲") + gone + hidden + numbered("乙"), one("decimal", "%1.")) == ["1.甲", "2.乙"]


def test_paragraphs_in_cells_and_text_boxes_are_counted_in_their_order() -> None:
    body = numbered("甲") + table(row(numbered("乙"), "值"), row(numbered("丙"), "值")) + numbered("丁")
    assert lines(body, one("decimal", "%1.")) == ["1.甲", "2.乙\t值", "3.丙\t值", "4.丁"]


def test_bullets_are_the_signs_they_show() -> None:
    numbering = one("bullet", "\uf06c", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>')
    assert lines(numbered("身份证"), numbering) == ["● 身份证"]
