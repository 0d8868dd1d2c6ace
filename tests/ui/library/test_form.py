"""What a clerk types becomes the TOML of the library, and nothing that was typed is lost or obeyed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.drafts import FIRST_LINE
from corpus.drafts import Draft as Stated
from corpus.metadata import Metadata, parse_metadata
from ui.library.drafts import Form
from ui.library.form import KEYS, Mistake, first_form, mistakes, to_facts


def read(form: Form, kept: Metadata | None = None) -> Metadata:
    return parse_metadata(to_facts(form, kept or Metadata()), "x.toml")


def test_every_fact_is_written_as_the_library_reads_it() -> None:
    typed = {
        "title": " 云泽市安居补贴办法 ",
        "number": "云人社规〔2025〕7号",
        "issuer": "云泽市人社局、云泽市财政局",
        "jurisdiction": "云泽市、某县，某区",
        "issued": "2025年3月18日",
        "effective": "2025-05-01",
        "expires": "2030/4/30",
        "replaces": "云泽市租房补贴办法\n云人社发〔2021〕15号\n",
        "replaced_by": "云泽市安居补贴条例",
        "status": "现行",
        "audience": "高校毕业生",
        "main": "attachment",
    }
    found = read(Form(typed))
    assert set(typed) == set(KEYS)
    assert (found.title, found.jurisdiction) == ("云泽市安居补贴办法", ("云泽市", "某县", "某区"))
    assert (found.issued, found.effective, found.expires) == (date(2025, 3, 18), date(2025, 5, 1), date(2030, 4, 30))
    assert found.replaces == ("云泽市租房补贴办法", "云人社发〔2021〕15号")
    assert found.replaced_by == "云泽市安居补贴条例"
    assert (found.status, found.audience, found.main) == ("现行", "高校毕业生", "attachment")


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=40)))
def test_whatever_is_typed_gives_facts_that_can_be_read(typed: dict[str, str]) -> None:
    read(Form(typed))


@pytest.mark.parametrize("text", ["明年", "2025-02-30", "2025", "2025-13-01", "2025-01-01T00:00:00"])
def test_what_is_no_day_is_said_and_left_out(text: str) -> None:
    form = Form({"issued": text, "title": "办法"})
    assert mistakes(form) == [Mistake("issued", "day")]
    assert read(form) == Metadata(title="办法")


def test_facts_that_the_form_does_not_show_are_kept() -> None:
    kept = Metadata(title="旧名", title_en="Measures", source="某市人民政府网")
    found = read(Form({"title": "新名"}), kept)
    assert (found.title, found.title_en, found.source) == ("新名", "Measures", "某市人民政府网")


def test_the_form_begins_with_what_is_written_then_with_what_is_surely_stated() -> None:
    stated = (
        Stated("title", "文中标题", "文中标题", 0.95),
        Stated("number", "某政〔2025〕1号", "某政〔2025〕1号", 0.95),
        Stated("issued", date(2025, 1, 2), "2025年1月2日", 0.4),
        Stated("jurisdiction", ("某省", "某市"), "某市", 0.9),
    )
    form = first_form(Metadata(title="写明的标题"), stated)
    assert form.values["title"] == "写明的标题"
    assert form.values["number"] == "某政〔2025〕1号"
    assert form.values["issued"] == ""
    assert form.values["jurisdiction"] == "某省、某市"
    assert form.checked == ("title",)


def test_a_fact_that_stays_as_read_keeps_the_words_it_was_read_from() -> None:
    stated = (Stated("title", "办法", "某市\n办法", 0.95), Stated("number", "1号", "1号", 0.9))
    text = to_facts(Form({"title": "办法", "number": "2号"}), Metadata(), stated)
    assert text == f'{FIRST_LINE}\n# 0.95 某市 办法\ntitle = "办法"\nnumber = "2号"\n'


def test_what_is_checked_and_empty_is_known_to_be_unknown() -> None:
    sure, unsure = Stated("issued", date(2024, 5, 6), "2024年5月6日", 0.9), Stated("number", "1号", "1号", 0.3)
    form = Form({"title": "办法", "main": ""}, ("title", "number", "jurisdiction", "main"))
    text = to_facts(form, Metadata(unknown=("source",)), (sure, unsure))
    assert parse_metadata(text, "a.toml").unknown == ("number", "jurisdiction", "issued", "source")
    assert first_form(parse_metadata(text, "a.toml"), (sure, unsure)).checked == (
        "title",
        "number",
        "jurisdiction",
        "issued",
    )
