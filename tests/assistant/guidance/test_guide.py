"""Help for a field: what its form says, a guess where no form does, silence where nothing is near."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.guidance.asked import FieldAsked
from assistant.guidance.guess import guess, nearest
from assistant.guidance.guide import FieldHelp, Guide
from assistant.messages import messages
from assistant.service import Assistant
from corpus.errors import InputError, NotFoundError

ZH, EN = messages("zh"), messages("en")


@pytest.fixture(scope="module")
def guide(assistant: Assistant) -> Guide:
    return Guide(assistant)


def _first(about: FieldHelp) -> str | None:
    return about.clauses[0].clause.id if about.clauses else None


def test_every_field_of_every_form_gives_its_own_clauses_and_quotes_their_very_words(
    guide: Guide, assistant: Assistant
) -> None:
    for form in assistant.services.forms:
        for field in form.fields:
            about = guide.help(FieldAsked(field.id, form.id), ZH)
            assert tuple(one.clause.id for one in about.clauses) == field.clauses
            assert not about.guessed
            for one in about.clauses:
                text = assistant.corpus.document(one.clause.document_id).text
                assert one.quotes
                assert all(text[quote.start : quote.end] == quote.quote for quote in one.quotes)
                assert all(quote.validity for quote in one.quotes)


def test_a_tip_is_the_offices_with_source_and_day(guide: Guide) -> None:
    about = guide.help(FieldAsked("address", "open-a-company"), ZH)
    assert about.tip is not None
    assert (about.tip.origin.source, about.tip.origin.checked) == ("随附示例，由使用单位核对", date(2026, 11, 30))
    assert about.clauses == ()  # and no guess beside it
    english = guide.help(FieldAsked("address", "open-a-company"), EN)
    assert english.tip is not None
    assert english.tip.text.startswith("The registered address")


def test_a_form_counts_before_what_the_page_calls_the_field(guide: Guide) -> None:
    about = guide.help(FieldAsked("business-scope", "open-a-company", label="首贷贴息"), ZH)
    assert _first(about) == "harbin-66:5"
    assert about.asked.label == "经营范围"


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        (
            FieldAsked(label="保证金形式", section="投标", options=("保险保函", "现金"), places=("哈尔滨",)),
            "harbin-66:47",
        ),
        (FieldAsked("x", "of-another-office", "首贷贴息", places=("合肥",)), "anhui-2023-4:1.3"),
        (FieldAsked("none-such", "open-a-company", "企业年金方案备案复函"), "harbin-66:22"),
    ],
)
def test_a_field_that_no_form_knows_gets_a_guess_that_is_said_to_be_one(
    guide: Guide, asked: FieldAsked, clause: str
) -> None:
    about = guide.help(asked, ZH)
    assert (_first(about), about.guessed, about.field, about.tip) == (clause, True, None, None)


@pytest.mark.parametrize("label", ["姓名", "邮政编码", "传真", "3. 姓名：", "26", "第五条", "<b>?</b>", "y" * 2000])
@pytest.mark.parametrize("section", ["", "首贷申请"])
def test_nothing_is_shown_where_nothing_is_near_enough(guide: Guide, label: str, section: str) -> None:
    about = guide.help(FieldAsked(label=label, section=section), ZH)
    assert (about.clauses, about.guessed) == ((), False)


def test_a_guess_needs_the_label_and_not_its_section_alone(assistant: Assistant) -> None:
    section = FieldAsked(label="银行首次贷款贴息", section="")
    name = FieldAsked(label="经办人姓名", section="银行首次贷款贴息")
    assert guess(section, assistant) is not None
    assert guess(name, assistant) is None


def test_a_guess_grows_no_surer_by_a_section(assistant: Assistant) -> None:
    alone = FieldAsked(label="备案复函领取方式", section="")
    under = replace(alone, section="企业年金")
    first, second = nearest(alone, assistant), nearest(under, assistant)
    assert first is not None
    assert second is not None
    assert second.confidence <= first.confidence + 1e-9


def test_the_place_of_the_form_bounds_a_guess(guide: Guide) -> None:
    asked = FieldAsked(label="报装容量（千瓦）", section="用电")
    assert _first(guide.help(replace(asked, places=("芜湖",)), ZH)) == "anhui-2023-4:3.3"
    assert (_first(guide.help(replace(asked, places=("哈尔滨",)), ZH)) or "harbin").startswith("harbin")


def test_what_cannot_be_helped_says_what_to_do(guide: Guide) -> None:
    with pytest.raises(InputError, match="label"):
        guide.help(FieldAsked("none-such", "open-a-company"), ZH)
    with pytest.raises(NotFoundError, match="/v1/forms"):
        guide.form("none-such")


def test_without_forms_there_are_none_and_fields_are_still_guessed(second_assistant: Assistant) -> None:
    guide = Guide(second_assistant)
    with pytest.raises(NotFoundError):
        guide.form("open-a-company")
    assert guide.help(FieldAsked("business-scope", "open-a-company", "血型"), ZH).clauses == ()


@pytest.mark.parametrize(
    ("asked", "queries"),
    [
        (FieldAsked(label=" 1. 首贷 *：", section="二、"), ["首贷", "二、 首贷"]),
        (FieldAsked(label="办理方式", section="用电"), ["办理方式", "用电 办理方式"]),
        (FieldAsked(label="办理方式", options=("线上", "其他")), ["办理方式 线上"]),
        (FieldAsked(label="甲", options=("是", "否", "不需要")), ["甲"]),
        (FieldAsked(label="甲" * 30), ["甲" * 10]),
    ],
)
def test_a_field_is_searched_by_its_words_without_number_star_and_bare_answers(
    asked: FieldAsked, queries: list[str]
) -> None:
    assert list(asked.queries(10)) == queries


@pytest.mark.parametrize(
    "label",
    ["姓名", "3、申请人签字（盖章）：", "统一社会信用代码", "联系人及联系电话", "性别 男/女", "E-mail address", "……"],
)
def test_what_stands_on_every_form_is_not_searched(label: str) -> None:
    assert FieldAsked(label=label, section="首贷申请").queries(100) == ()
    assert FieldAsked(label=label, section="首贷申请", options=("贴息",)).queries(100)
