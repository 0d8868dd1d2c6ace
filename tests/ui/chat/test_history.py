"""What a tab sends of its conversation, and is given to keep."""

import json

import pytest

from assistant.question.limits import DEFAULT_LIMITS, RequestLimits
from assistant.service import Turn
from ui.chat.history import read_history, to_keep

TURNS = (Turn("user", "电费怎么交"), Turn("assistant", "网上交。[1]", ("d:1",)))


def test_what_was_given_to_keep_is_read_back() -> None:
    kept = json.loads(to_keep(TURNS, {"zh": ("<h2>", "<p>"), "en": ("<h2>", "<p>")}))
    assert kept["shown"]["zh"] == ["<h2>", "<p>"]
    assert read_history(json.dumps(kept["turns"]), "要多久", DEFAULT_LIMITS) == list(TURNS)


@pytest.mark.parametrize("sent", ["", "[]", "{", "null", "[1]", '[{"role": "system", "content": "x"}]', '["\\ud800"]'])
def test_what_is_no_history_of_ours_is_none(sent: str) -> None:
    assert read_history(sent, "要多久", DEFAULT_LIMITS) == []


def test_the_latest_turns_count_as_far_as_there_is_room() -> None:
    sent = json.dumps([{"role": "user", "content": "问" * 40}, {"role": "assistant", "content": "答" * 40}] * 5)
    few = read_history(sent, "问", RequestLimits(max_history=4))
    assert [turn.role for turn in few] == ["user", "assistant"] * 2
    short = read_history(sent, "问" * 20, RequestLimits(max_characters=110))
    assert [turn.role for turn in short] == ["user", "assistant"]
    assert read_history(sent, "问" * 100, RequestLimits(max_characters=110)) == []
