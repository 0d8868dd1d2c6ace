"""The opened clause: what is read out and copied is borne out by the text."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.messages import Messages, languages, messages
from assistant.service import Assistant
from corpus.corpus import Corpus
from index.building import build_index
from tests.bigram_encoder import BigramEncoder
from tests.ui.console_views import ZH, open_clause

OFFICE = Path(__file__).parents[2] / "office"

LOAN = "anhui-2023-4:1.3"


@pytest.mark.parametrize(
    ("question", "clause"), [("首贷 贴息", LOAN), ("33条", "harbin-66:33"), ("金融顾问", "harbin-66:26")]
)
@pytest.mark.parametrize("words", [messages(code) for code in languages()], ids=languages())
def test_what_is_copied_is_true_to_the_text(assistant: Assistant, question: str, clause: str, words: Messages) -> None:
    opened = open_clause(assistant, clause, question, words)
    text = opened.document.text
    assert opened.quote == "\n".join(text[start:end] for start, end in opened.quotes)
    assert opened.script.splitlines()[-1] == opened.address
    records = [assistant.corpus.plain[key] for key in (clause, *(part.id for part in opened.clause.parts))]
    turning = words("console.script.channels", channels="\n").partition("\n")[0]
    said = {record.plain if words is ZH else record.gist_en for record in records}
    opening, *facts, source, close = (one for one in opened.script_lines if not one.startswith(turning))
    assert all(words.place(place) in opening for place in opened.clause.jurisdiction)
    assert facts
    assert set(facts) <= said
    title = opened.document.title if words is ZH else opened.document.title_en or ""
    assert title in source or "2023" in source
    assert close == words("console.script.close")


def test_a_script_says_place_fact_day_and_source_as_they_are_spoken(assistant: Assistant) -> None:
    opened = open_clause(assistant, "anhui-2023-4:4.2", "滁州过户要交纸质材料吗")
    assert opened.lead == "不用。"
    assert opened.script_lines == (
        "您问的“房产登记打包办、无纸化、电子证通用”，滁州的文件是这样写的。",
        "不用。",
        assistant.corpus.plain["anhui-2023-4:4.2.2"].plain,
        "这写在皖营商环境办2023年第4号文件典型案例第四部分第二项第二点里，文件日期是2023年10月19日。",
        "办理的渠道有：“不动产智治应用”；不动产登记服务窗口。",
        "请问还有什么可以帮您？",
    )


def test_a_clause_that_does_not_answer_is_not_read_out(assistant: Assistant) -> None:
    for question, answers in (("首贷 贴息", True), ("首贷 利率 多少", False)):
        opened = open_clause(assistant, LOAN, question)
        assert bool(opened.script_lines) is bool(opened.script) is answers


def test_without_a_plain_record_the_text_itself_is_read_out(
    corpus: Corpus, bigram_encoder: BigramEncoder, assistant: Assistant
) -> None:
    bare = Assistant(build_index(replace(corpus, plain={}), bigram_encoder), assistant.settings)
    opened = open_clause(bare, "harbin-66:33", "税务注销")
    assert opened.script_lines[0] == "您问的这件事，哈尔滨的文件是这样写的。"
    assert f"文件原话是：“{opened.quote}”" in opened.script_lines
    assert opened.quote in corpus.clause("harbin-66:33").text


def test_what_stands_beside_a_clause_is_where_to_turn_but_the_hotline_and_how_it_is_done(assistant: Assistant) -> None:
    office = Assistant(assistant.index, assistant.settings, documents=OFFICE)
    opened = open_clause(office, "harbin-66:19", "退休证怎么下载")
    assert [one.channel.phone for one in opened.offers if one.channel.phone] == ["0451-00000000"]
    assert opened.guide
    assert [aspect.name for aspect in opened.guide.aspects if not aspect.lines] == ["办理流程", "收费"]
    assert "核对" not in "".join(opened.script_lines), "it is not read out"
    assert open_clause(assistant, "harbin-66:19", "退休证怎么下载").guide is None
