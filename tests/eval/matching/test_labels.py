"""Figures of matching against labels."""

import json
from pathlib import Path

import pytest

from assistant.matching.matcher import Matcher
from corpus.corpus import Corpus
from corpus.errors import QuestionFileError
from corpus.records.services import read_services
from eval.matching.labels import figures, judge, read_labelled
from eval.matching.profiles import draw_profiles, questions_to_settle

PROFILE = {"id": "p-1", "answers": {"kind": "企业", "matter": ["出口货物"]}, "jurisdiction": "哈尔滨"}


@pytest.fixture(scope="module")
def matcher(corpus: Corpus) -> Matcher:
    return Matcher(corpus, read_services(None, corpus))


def _file(folder: Path, **labels: str) -> Path:
    file = folder / "labelled.jsonl"
    file.write_text(json.dumps({**PROFILE, "labels": labels}, ensure_ascii=False) + "\n\n", encoding="utf-8")
    return file


def test_figures_count_both_sides(matcher: Matcher, tmp_path: Path) -> None:
    labels = {"harbin-66:26": "applies", "harbin-66:30": "may", "harbin-66:2": "not", "harbin-66:47": "may"}
    found = figures(judge(read_labelled(_file(tmp_path, **labels), matcher), matcher))
    assert (found.labels, found.f1_applies, found.agreement) == (4, 1.0, 0.75)
    assert found.f1_not == pytest.approx(2 / 3)
    assert [one.clause for one in found.differing] == ["harbin-66:47"]


def test_of_a_clause_with_records_for_its_parts_the_best_counts(matcher: Matcher, tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    answers = {"identity": ["外籍高端人才"]}
    labels = {"anhui-2023-4:2.7": "applies", "anhui-2023-4:2.7.1": "applies"}
    file.write_text(json.dumps({"id": 1, "answers": answers, "labels": labels}), encoding="utf-8")
    assert figures(judge(read_labelled(file, matcher), matcher)).agreement == 1


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{}",
        "no json",
        '{"id": 1, "answers": {"x": 1}, "labels": {}}',
        '{"id": 1, "answers": {}, "labels": {"a": "yes"}}',
    ],
)
def test_a_bad_line_is_named(matcher: Matcher, tmp_path: Path, line: str) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(QuestionFileError, match=r"labelled\.jsonl:2"):
        read_labelled(file, matcher)


def test_drawn_profiles_are_the_same_for_a_seed_and_settle(matcher: Matcher) -> None:
    first, again = (list(draw_profiles(matcher, 8, seed=3)) for _ in "12")
    assert first == again
    for one in first:
        assert matcher.match(one.answers, one.places).settled
        assert 1 <= questions_to_settle(matcher, one) <= len(matcher.profile)
