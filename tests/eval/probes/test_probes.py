"""The probes, asked: the share that passes never falls below what was reached."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.service import Assistant
from assistant.settings import Settings
from corpus.load import load_corpus
from eval.probes import __main__ as command
from eval.probes.__main__ import CONVERSATIONS, PROBES
from eval.probes.probe import Probe, Said, read_probes
from eval.probes.run import TEXTS, ask, good_turns, passed, passed_by, run
from index.building import build_index
from index.encoder.encoder import Encoder

PROBES_PASSED = 0.92  # the share of probes that pass
GOOD_TURNS = 0.85  # the share of turns of the conversations that are good


@pytest.fixture(scope="module")
def assistants(
    assistant: Assistant, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Assistant]:
    folder = tmp_path_factory.mktemp("probes")
    settings = Settings(index=folder / "index", feedback=folder / "feedback.sqlite3")
    return {"shipped": assistant, "second": Assistant(build_index(load_corpus(TEXTS), encoder), settings)}


def test_as_many_probes_pass_as_before(assistants: dict[str, Assistant]) -> None:
    results = run(read_probes(PROBES), assistants)
    assert passed(results).value >= PROBES_PASSED, [one.probe.id for one in results if not one.passed]


def test_as_many_turns_of_conversations_are_good_as_before(assistants: dict[str, Assistant]) -> None:
    results = run(read_probes(CONVERSATIONS), assistants)
    assert good_turns(results).value >= GOOD_TURNS, [one.probe.id for one in results if not one.passed]


def test_a_turn_is_asked_behind_what_was_said_before(assistants: dict[str, Assistant]) -> None:
    where, then = (
        Said("合肥新车怎么上牌", {"cites": ["anhui-2023-4:2.2"]}),
        Said("哈尔滨呢", {"cites_not": ["harbin-66:5"]}),
    )
    result = ask(Probe("p", "talk", "shipped", (where, then)), assistants["shipped"])
    assert [turn.failed for turn in result.turns] == [(), ()]
    assert result.turns[0].cited == ("anhui-2023-4:2.2.3",)
    assert result.turns[0].status == "answered"


def test_a_question_refused_as_bad_input_fails_and_the_talk_goes_on(assistants: dict[str, Assistant]) -> None:
    turns = (Said("怎么申请首贷", {"status": "answered"}, "亚特兰蒂斯"), Said("土地码", {"status": "answered"}))
    result = ask(Probe("p", "k", "shipped", turns), assistants["shipped"])
    assert result.turns[0].failed == ("refused",)
    assert result.turns[1].failed == ()


def test_shares_count_probes_by_kind_and_turns(assistants: dict[str, Assistant]) -> None:
    right, wrong = Said("土地码", {"cites": ["anhui-2023-4:1.6"]}), Said("土地码", {"status": "clarify"})
    probes = [
        Probe("a", "one", "shipped", (right, right)),
        Probe("b", "one", "shipped", (right, wrong)),
        Probe("c", "two", "shipped", (wrong,)),
    ]
    results = run(probes, assistants)
    assert str(passed(results)) == "1/3 (0.33)"
    assert str(good_turns(results)) == "3/5 (0.60)"
    assert {name: share.passed for name, share in passed_by(results, lambda one: one.kind).items()} == {
        "one": 1,
        "two": 0,
    }
    assert passed([]).value == 0


def test_the_command_lists_failures_and_exits_with_1_below_the_share(
    assistants: dict[str, Assistant], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "assistants", lambda _: assistants)
    rows = [
        {
            "id": "good",
            "kind": "k",
            "corpus": "shipped",
            "turns": [{"user": "土地码", "expect": {"status": "answered"}}],
        },
        {"id": "bad", "kind": "k", "corpus": "shipped", "turns": [{"user": "土地码", "expect": {"status": "clarify"}}]},
    ]
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    shown = CliRunner().invoke(command.app, [str(path), "--at-least", "0.6"])
    assert shown.exit_code == 1
    assert "bad  土地码\n  fails: status" in shown.stdout
    assert "mine: passed 1/2 (0.50)" in shown.stdout
    table = CliRunner().invoke(command.app, [str(path), "--json", "--at-least", "0.5", "--id", "good"])
    assert table.exit_code == 0
    assert json.loads(table.stdout)["mine"]["by_kind"] == {"k": {"passed": 1, "of": 1}}
