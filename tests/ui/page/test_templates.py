"""What every template rests on: values are escaped, and on one line keep every character."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from assistant.messages import languages, messages
from ui.page.templates import render, render_line

NEXT_LINE = "\x85"  # HTML has no reference to it


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters=NEXT_LINE), min_size=1))
def test_a_value_keeps_every_character_on_its_one_line(text: str) -> None:
    line = render_line("chat/notice.html", messages("zh"), notice=text)
    assert len(line.splitlines()) == 1
    shown = line.removeprefix('<p class="pq-notice">').removesuffix("</p>")
    assert "<" not in shown
    references = {f"&#{ord(character)};": character for character in "\t\n\v\f\r\x1c\x1d\x1e\u2028\u2029"}
    for reference, character in references.items():
        shown = shown.replace(reference, character)
    assert html.unescape(shown) == html.unescape(str(Markup.escape(text)))


def test_the_lines_of_the_template_are_joined_without_a_gap() -> None:
    line = render_line("chat/question.html", messages("zh"), question="甲\n乙")
    assert line == '<h2 class="pq-asked" tabindex="-1"><span class="unseen">您问：</span>甲&#10;乙</h2>'


@pytest.mark.parametrize("code", languages())
def test_a_message_with_markup_in_it_escapes_all_else(code: str) -> None:
    page = render(
        "clause/missing.html", messages(code), id="<b>x</b>", first=(), url=None, switch=lambda other: f"/{other.code}"
    )
    assert "<q>&lt;b&gt;x&lt;/b&gt;</q>" in page
