"""What a word means: in the documents' words where they say so, else in ours, else it is said that nobody says."""

from pathlib import Path

import pytest

from assistant.answer import Audience, BlockKind, Reason, Status
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder

FERRIES = """云泽市渡口管理办法

第一条　为了方便过渡，制定本办法。
第二条　渡口码由船员申领，渡口码遗失的，应当补领渡口码。
第三条　渡口码每年换一次，换渡口码不收费。
第四条　渡船载客不得超过核定人数。
第五条　渡口应当设置候船亭。
第六条　大风天气停渡。
第七条　渡口码不得转借他人。
第八条　船员每年体检一次。
第九条　本办法所称渡口码，是指登船时出示的电子凭证。
第十条　本办法自发布之日起施行。
"""


@pytest.mark.parametrize(
    ("text", "meaning", "clause"),
    [
        ("容缺办理是什么意思？", "“容缺办理”：主要材料齐了就先办", "harbin-66:33"),
        ("请问什么是包容审慎监管", "“包容审慎监管”：对新行业先给发展空间", "harbin-66:45"),
        ("文件里说的“标准地”到底是个啥意思呀", "“标准地”：卖地前就把投资", "anhui-2023-4:1.5"),
        ("如何理解亩均税收", "“亩均税收”：平均每亩地", "anhui-2023-4:1.7"),
        ("破产管理人是什么", "“破产管理人”：企业破产后", "anhui-2023-4:3.6"),
        ("what does 容缺 mean?", "“容缺 · accepting with gaps”: If the main papers", "harbin-66:33"),
        ("What is a standard land plot?", "“标准地 · standard land plot”: A plot", "anhui-2023-4:1.5"),
    ],
)
def test_a_term_that_the_documents_use_is_explained_with_the_clauses_that_use_it(
    assistant: Assistant, text: str, meaning: str, clause: str
) -> None:
    answer = assistant.ask(text)
    assert (answer.status, answer.reason) == (Status.ANSWERED, None)
    assert answer.blocks[0].text.startswith(meaning)
    assert "《" in answer.blocks[0].text or "〔" in answer.blocks[0].text
    assert {cited.clause_id for cited in answer.citations} == {clause}


def test_it_is_said_whose_words_they_are(assistant: Assistant) -> None:
    used, unused = assistant.ask("容缺办理是什么意思"), assistant.ask("支付令是什么意思")
    assert used.blocks[1].text == "以上是我们的解释。查到的条款用到了这个词，但没有解释它。"
    assert unused.blocks[1].text == "以上是我们的解释。查到的条款里没有用到这个词。"
    assert unused.related == ()


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("什么是双预告", "harbin-66:13"),
        ("一码管地是什么意思", "anhui-2023-4:1.6"),
        ("什么是就业驿站", "harbin-66:21"),
        ("11+N是什么意思", "harbin-66:14"),  # 11 and N are said further on
        ("第57条里的双书同达是什么意思", "harbin-66:57"),
    ],
)
def test_what_a_clause_explains_is_quoted(assistant: Assistant, text: str, clause: str) -> None:
    answer = assistant.ask(text)
    assert answer.status is Status.ANSWERED
    assert answer.citations[0].clause_id == clause


@pytest.mark.parametrize("text", ["渡口码是什么意思", "什么叫渡口码", "what does 渡口码 mean"])
def test_a_definition_is_quoted_wherever_it_stands(encoder: Encoder, tmp_path: Path, text: str) -> None:
    (tmp_path / "ferries.txt").write_text(FERRIES, encoding="utf-8")
    ferries = Assistant(build_index(load_corpus(tmp_path), encoder), Settings(index=tmp_path / "index", feedback=None))
    answer = ferries.ask(text)
    assert [cited.clause_id for cited in answer.citations] == ["ferries:9"]


@pytest.mark.parametrize(
    ("text", "word", "clause"),
    [
        ("127是什么意思", "127", "anhui-2023-4:1.3"),
        ("4567产业体系指的是什么？", "4567产业体系", "harbin-66:66"),
        ("G60科创走廊是啥意思", "G60科创走廊", "anhui-2023-4:2.1"),
        ("what does 4567 stand for", "4567", "harbin-66:66"),
    ],
)
def test_a_number_used_as_a_name_is_said_not_to_be_explained(
    assistant: Assistant, text: str, word: str, clause: str
) -> None:
    answer = assistant.ask(text)
    assert answer.reason is Reason.CONVERSATION
    assert f"“{word}”" in answer.blocks[0].text
    assert "没有解释" in answer.blocks[0].text or "does not explain" in answer.blocks[0].text
    assert answer.blocks[-1].kind is BlockKind.CALL
    assert [near.clause_id for near in answer.related] == [clause]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("云端渡口证是什么意思", "没有查到“云端渡口证”的意思"),
        ("what does ferry voucher mean", "No meaning of “ferry voucher” was found"),
    ],
)
def test_a_word_that_nobody_explains_is_said_to_be_unknown(assistant: Assistant, text: str, said: str) -> None:
    answer = assistant.ask(text)
    assert answer.reason is Reason.CONVERSATION
    assert answer.blocks[0].text.startswith(said)
    assert answer.related == ()


def test_a_longer_word_that_nobody_explains_comes_with_the_term_in_it(assistant: Assistant) -> None:
    answer = assistant.ask("承诺制容缺是什么意思")
    assert "“承诺制容缺”" in answer.blocks[0].text
    assert answer.blocks[1].text.startswith("“容缺”：")


def test_a_word_that_sounds_like_another_is_read_as_it_was_typed(assistant: Assistant) -> None:
    assert assistant.ask("停工留薪期是什么意思").blocks[0].text.startswith("“停工留薪期”：受了工伤")


def test_an_agent_is_told_what_to_check(assistant: Assistant) -> None:
    assert assistant.ask("127是什么意思", audience=Audience.AGENT).blocks[-1].text == "请转承办单位核实。"


@pytest.mark.parametrize(
    "text",
    ["办抵押注销要什么材料", "材料是什么", "首贷专区是什么", "什么是开公司最快的办法", "第26条是什么意思",
     "怎么申请首贷", "什么时候能拿到证", "what is the fee for registering",
     "by what means can I pay"],
)  # fmt: skip
def test_a_question_about_a_matter_is_no_question_about_a_word(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).reason is not Reason.CONVERSATION


@pytest.mark.parametrize(
    "text", ["“三零”卡说的是哪三个零", "4567这几个数字分别代表什么", "Which branches are the 4567?"]
)
def test_what_a_short_name_counts_is_said_to_be_unexplained(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert answer.reason is Reason.CONVERSATION
    assert "没有解释" in answer.text or "does not explain" in answer.text


def test_what_a_short_name_counts_is_quoted_where_the_clause_lists_it(assistant: Assistant) -> None:
    answer = assistant.ask("“三随机”是哪三个随机")
    assert [cited.clause_id for cited in answer.citations[:1]] == ["anhui-2023-4:4.4"]
