"""Laws of comparing two versions, and what is read off some that somebody might bring."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.lifecycle.differences import Change, Differences, differences
from corpus.lifecycle.version import Version, version_held
from corpus.lifecycle.wording import Span, runs
from corpus.load import load_corpus
from corpus.text.characters import fold
from eval.probes.run import TEXTS

SENTENCES = (
    "商户负责清扫门前的积雪，雪停后四小时内清扫完毕。",
    "商户负责清扫门前的积雪，雪停后两小时内清扫完毕。",
    "公共自行车每次使用一小时以内免费。",
    "公共自行车每次使用半小时以内免费，超过的每半小时收取一元。",
    "申请人应当提交身份证明和租赁合同。",
    "本办法自公布之日起施行。",
    "",
    "略",
)


def version(id_: str, texts: Sequence[str]) -> Version:
    text, clauses = "", list[Clause]()
    for number, words in enumerate(texts, 1):
        printed = f"第{number}条"
        start, text = len(text), f"{text}{printed} {words}\n"
        end = len(text) - 1
        clauses.append(
            Clause(f"{id_}:{number}", id_, printed, "", (), text[start:end], start, end, number_length=len(printed))
        )
    return Version(Document(id_, id_, text), tuple(clauses))


def compare(old: Sequence[str], new: Sequence[str]) -> Differences:
    return differences(version("old", old), version("new", new))


def shown(found: Differences) -> list[tuple[str, str | None, str | None]]:
    def number(clause: Clause | None) -> str | None:
        return clause.id.partition(":")[2] if clause else None

    return [(one.change, number(one.old), number(one.new)) for one in found.entries]


def unmarked(text: str, marks: Sequence[Span], start: int, end: int) -> str:
    return "".join("".join(fold(run).split()) for run, marked in runs(text, marks, start, end) if not marked)


def check_laws(found: Differences, old: Sequence[Clause], new: Sequence[Clause]) -> None:
    assert sorted(one.old.id for one in found.entries if one.old) == sorted(clause.id for clause in old)
    assert [one.new.id for one in found.entries if one.new] == [clause.id for clause in new]
    for one in found.entries:
        if one.old is None or one.new is None:
            assert one.change is (Change.NEW if one.old is None else Change.GONE)
            continue
        sides = (found.old.text, one.old_marks, one.old), (found.new.text, one.new_marks, one.new)
        left = [unmarked(text, marks, unit.body_start, unit.end) for text, marks, unit in sides]
        assert left[0] == left[1]
        assert bool(one.old_marks or one.new_marks) == one.change.endswith("changed")
        old_parts = [part.old.id for part in one.parts if part.old]
        new_parts = [part.new.id for part in one.parts if part.new]
        if one.change is not Change.SAME:
            assert sorted(old_parts) == sorted(part.id for part in one.old.all_parts())
            assert new_parts == [part.id for part in one.new.all_parts()]


@given(st.lists(st.sampled_from(SENTENCES), max_size=7), st.lists(st.sampled_from(SENTENCES), max_size=7))
def test_every_clause_stands_in_one_entry_and_what_is_not_marked_is_the_same(old: list[str], new: list[str]) -> None:
    check_laws(compare(old, new), version("old", old).clauses, version("new", new).clauses)


@given(st.lists(st.text("甲乙丙，。；12 \n", max_size=30), max_size=4))
def test_any_text_is_the_same_as_itself(texts: list[str]) -> None:
    assert {one.change for one in compare(texts, texts).entries} <= {Change.SAME}


@pytest.mark.parametrize("folder", [None, TEXTS])
def test_whole_documents_keep_the_laws(folder: None) -> None:
    corpus: Corpus = load_corpus(folder)
    versions = [version_held(corpus, document.id) for document in corpus.documents]
    for one in versions:
        assert {entry.change for entry in differences(one, one).entries} == {Change.SAME}
        check_laws(differences(one, versions[0]), one.clauses, versions[0].clauses)


def test_an_article_put_in_moves_the_others() -> None:
    found = compare(SENTENCES[:3], ("新设的规定另行公布，由街道办事处负责解释。", *SENTENCES[:3]))
    assert shown(found) == [("new", None, "1"), ("moved", "1", "2"), ("moved", "2", "3"), ("moved", "3", "4")]


def test_the_number_decides_between_texts_equally_near() -> None:
    found = compare(["每户补助一百元。", "每户补助二百元。"], ["每户补助三百元。", "每户补助四百元。"])
    assert shown(found) == [("changed", "1", "1"), ("changed", "2", "2")]


def test_what_has_nothing_in_common_is_gone_and_new() -> None:
    found = compare([SENTENCES[0]], ["禁止携带宠物乘坐公共电梯。"])
    assert [one.change for one in found.entries] == [Change.NEW, Change.GONE]
    assert found.counterpart("old:1") is None
    assert found.change_of("old:1") == (Change.GONE, None)


def test_words_are_marked_and_nothing_smaller() -> None:
    found = compare(["七十周岁以上的老人，每餐补贴二元。"], ["六十五周岁以上的老人，每餐补贴三元。"])
    (entry,) = found.entries
    assert [found.old.text[slice(*span)] for span in entry.old_marks] == ["七十", "二"]
    assert [found.new.text[slice(*span)] for span in entry.new_marks] == ["六十五", "三"]


def test_widths_and_blanks_are_no_change() -> None:
    assert shown(compare(["每月一次，每次100元。"], ["每月一次,每次 １００ 元。"])) == [("same", "1", "1")]


def test_parts_are_compared_inside_their_clause() -> None:
    corpus = load_corpus(TEXTS)
    old, new = (version_held(corpus, id_) for id_ in ("hengyang-lift-2019", "hengyang-lift"))
    found = differences(old, new)
    assert found.change_of("hengyang-lift-2019:3") == (Change.MOVED_AND_CHANGED, "hengyang-lift:4")
    entry = next(one for one in found.entries if one.new and one.new.id == "hengyang-lift:6")
    assert next((part.change, part.new.id) for part in entry.parts if part.new) == (Change.NEW, "hengyang-lift:6.1")
    back = differences(new, new)
    assert back.change_of("hengyang-lift:6.2") == (Change.SAME, "hengyang-lift:6.2")


def test_very_long_texts_are_compared_by_sentences() -> None:
    long = "".join(f"第{n}号窗口办理{n}类业务。" for n in range(900))
    found = compare([long], [long.replace("第77号窗口", "第77号柜台")])
    (entry,) = found.entries
    assert [found.new.text[slice(*span)] for span in entry.new_marks] == ["第77号柜台办理77类业务。"]
