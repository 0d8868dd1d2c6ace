import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import QuestionFileError
from corpus.load import load_corpus
from eval.probes.__main__ import CONVERSATIONS, PROBES
from eval.probes.probe import SECOND, SHIPPED, Probe, Said, read_probes
from eval.probes.run import TEXTS

ROW: dict[str, Any] = {
    "id": "p-01",
    "kind": "district",
    "corpus": "second",
    "turns": [{"user": "衡阳补多少", "place": "衡阳", "expect": {"status": "answered"}}],
}


def _file(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "probes.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_a_probe_is_read_with_its_turns(tmp_path: Path) -> None:
    (probe,) = read_probes(_file(tmp_path, ROW))
    assert probe == Probe("p-01", "district", "second", (Said("衡阳补多少", {"status": "answered"}, "衡阳"),))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"corpus": "third"}, "the corpus 'third'"),
        ({"turns": []}, "expects nothing"),
        ({"turns": [{"user": "?", "expect": {}}]}, "expects nothing"),
        ({"turns": [{"user": "?", "expect": {"sayz": []}}]}, "no check 'sayz'"),
        ({"turns": [{"user": "?", "expect": {"any_of": [{"sayz": []}]}}]}, "no check 'sayz'"),
        ({"turns": [{"expect": {"status": "answered"}}]}, "user"),
    ],
)
def test_what_cannot_be_checked_is_named_with_its_line(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(QuestionFileError, match=rf"probes.jsonl:2: .*{message}"):
        read_probes(_file(tmp_path, ROW, {**ROW, "id": "p-02", **change}))


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r":2: .*'p-01' stands in the file already"):
        read_probes(_file(tmp_path, ROW, ROW))


@pytest.mark.parametrize(
    ("said", "page", "language", "page_language"),
    [
        ("衡阳补多少", "", "zh", "zh"),
        ("APP 怎么下", "", "zh", "zh"),
        ("How much?", "", "en", "en"),
        ("Harbin 的 first loan", "", "mixed", "zh"),
        ("26", "zh", "en", "zh"),
    ],
)
def test_language_is_that_of_the_letters(said: str, page: str, language: str, page_language: str) -> None:
    probe = Probe("p", "k", "shipped", (Said(said, {"status": "answered"}),), page)
    assert (probe.language, probe.page_language) == (language, page_language)


def test_the_files_hold_what_they_promise() -> None:
    probes, talks = read_probes(PROBES), read_probes(CONVERSATIONS)
    languages = Counter(probe.language for probe in probes)
    assert len(probes) >= 170
    assert 0.35 <= (languages["en"] + languages["mixed"]) / len(probes) <= 0.45
    assert len(talks) == 20
    assert all(4 <= len(talk.turns) <= 6 for talk in talks)
    assert not {probe.id for probe in probes} & {talk.id for talk in talks}
    assert {probe.corpus for probe in (*probes, *talks)} == {SHIPPED, SECOND}


def test_every_clause_that_a_probe_names_is_in_its_corpus() -> None:
    corpora = {SHIPPED: load_corpus(), SECOND: load_corpus(TEXTS)}
    known = {name: {clause.id for clause in corpus.clauses} for name, corpus in corpora.items()}
    for probe in (*read_probes(PROBES), *read_probes(CONVERSATIONS)):
        for turn in probe.turns:
            ids = {one for name, value in turn.expect.items() if name.startswith("cites") for one in value}
            assert ids <= known[probe.corpus], probe.id
