"""Drafts of conditions: quoted from the clause, refused until confirmed, sound once they are."""

from pathlib import Path

import pytest
import yaml

from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.load import load_corpus
from corpus.records.condition import read_conditions
from corpus.records.services import described_documents, possible_conditions, read_profile_in
from corpus.records.suggestion import suggested_conditions, suggested_needs

PROFILE = read_profile_in(None)
QUESTIONS = {question.key: question for question in PROFILE}


def clause(text: str) -> Clause:
    return Clause("d:1", "d", "", "", (), text, 0, len(text))


def quotes(node: object) -> list[str]:
    if isinstance(node, list):
        return [quote for one in node for quote in quotes(one)]
    if isinstance(node, dict):
        return [node["quote"]] if "quote" in node else [quote for one in node.values() for quote in quotes(one)]
    return []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("对遗失许可证的，予以补发。", "遗失许可证的"),
        ("符合下岗再就业条件的人员，可以申请补贴。", "符合下岗再就业条件的人员"),
        ("凡在湖岸摆摊的，应当登记。", "在湖岸摆摊的"),
        ("属于独生子女家庭的，优先安排。", "属于独生子女家庭的"),
        ("面向湖岸小微企业开展培训。", "湖岸小微企业"),
        ("针对受灾的企业，减免租金。", "受灾的企业"),
        ("在湖岸居住满三年，可以申请。", "在湖岸居住满三年"),
        ("年满60周岁以上，免收门票。", "年满60周岁以上"),
        ("许可证遗失的，应当补领。", "许可证遗失的"),
        ("对暂不具备落户条件的人员，提供服务。", "暂不具备落户条件的人员"),
        ("补贴对象：\n（一）失业半年以上的；", "失业半年以上的"),
    ],
)
def test_the_wording_of_conditions_is_recognised(text: str, quote: str) -> None:
    assert quote in quotes(suggested_needs(clause(text), PROFILE))


@pytest.mark.parametrize(
    "text",
    [
        "违反本办法规定的，处200元以上500元以下罚款。",
        "县级以上人民政府负责湖岸管理工作。",
        "本办法自2024年6月1日起施行。",
        "为了规范湖岸秩序，制定本办法。",
        "",
    ],
)
def test_what_is_punished_or_done_among_offices_is_no_condition(text: str) -> None:
    assert suggested_needs(clause(text), PROFILE) == []


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ("对注册登记满两年的企业，给予奖励。", {"ask": "years_registered", "at_least": 2}),
        ("对受灾的企业，给予奖励。", {"ask": "kind", "is": ["企业"]}),
        ("注册登记满两年，可以申请。", {"ask": "years_registered", "at_least": 2}),
        ("注册登记三年以下，可以申请。", {"ask": "years_registered", "at_most": 3}),
        ("在湖岸居住两年以上，可以申请。", {"judged": True}),  # of another thing
        ("一般纳税人，可以申请。", {"ask": "taxpayer", "is": ["一般纳税人"]}),
        ("对渔船破损的，给予补贴。", {"judged": True}),
    ],
)
def test_words_that_are_an_answers_own_name_the_question(text: str, leaf: dict[str, object]) -> None:
    found = suggested_needs(clause(text), PROFILE)[0]
    assert {key: value for key, value in found.items() if key != "quote"} == leaf


def test_conditions_of_several_sentences_stand_apart() -> None:
    (group,) = suggested_needs(clause("遗失的，应当补领。破损的，应当更换。"), PROFILE)
    assert quotes(group["any"]) == ["遗失的", "破损的"]


def test_drafts_are_refused_until_confirmed_and_sound_then(tmp_path: Path) -> None:
    text = "湖岸办法\n第一条 对注册登记满两年的企业，给予奖励。许可证遗失的，应当补领。\n第二条 附则。\n"
    (tmp_path / "d.txt").write_text(text, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    draft = suggested_conditions(corpus, PROFILE)["d"]
    line = next(n for n, one in enumerate(draft.splitlines(), 1) if "draft: true" in one)
    _, faults = read_conditions(draft.encode(), "d.apply.yaml", "d", corpus, QUESTIONS)
    assert [str(fault).partition(": ")[0] for fault in faults] == [f"d.apply.yaml:{line}"]
    confirmed = draft.replace("  draft: true\n", "")
    records, faults = possible_conditions(confirmed.encode(), "d.apply.yaml", "d", corpus, QUESTIONS)
    assert ([record.id for record in records], faults) == (["d:1"], ())


def test_every_draft_of_the_shipped_texts_is_sound_once_confirmed(corpus: Corpus, second_corpus: Corpus) -> None:
    for texts in (corpus, second_corpus):
        for id_, draft in suggested_conditions(texts, PROFILE).items():
            confirmed = draft.replace("  draft: true\n", "")
            _, faults = read_conditions(confirmed.encode(), "f", id_, texts, QUESTIONS)
            assert faults == ()
            assert [entry["clause"] for entry in yaml.safe_load(confirmed)]


def test_a_document_that_somebody_has_described_gets_no_draft(corpus: Corpus) -> None:
    assert described_documents(None) == {"harbin-66", "anhui-2023-4"}
    assert suggested_conditions(corpus, PROFILE, described_documents(None)) == {}
