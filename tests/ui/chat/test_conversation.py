"""Conversations by the key of a tab."""

import pytest

from assistant.service import Assistant
from ui.chat.conversation import Conversation, Conversations, Exchange

KEYS = ["0" * 32, "a" * 32, "f" * 32]


@pytest.fixture
def said(assistant: Assistant) -> Conversation:
    return (Exchange(assistant.ask("你好")),)


def test_each_key_has_its_own_conversation_until_it_is_cleared(said: Conversation) -> None:
    kept = Conversations()
    kept.keep(KEYS[0], said)
    kept.keep(KEYS[1], said + said)
    kept.keep(KEYS[1], ())
    assert [kept.get(key) for key in KEYS] == [said, (), ()]


@pytest.mark.parametrize("key", ["", "0" * 31, "0" * 33, "G" * 32, "../" * 10])
def test_only_a_key_that_cannot_be_guessed_keeps_anything(said: Conversation, key: str) -> None:
    kept = Conversations()
    kept.keep(key, said)
    assert kept.get(key) == ()


def test_the_conversation_idle_longest_gives_way(said: Conversation) -> None:
    kept = Conversations(max_size=2 * said[0].size)
    for key in KEYS[:2]:
        kept.keep(key, said)
    kept.get(KEYS[0])  # used again
    kept.keep(KEYS[2], said)
    assert [kept.get(key) for key in KEYS] == [said, (), said]


def test_a_conversation_ends_when_it_is_not_used(said: Conversation) -> None:
    kept = Conversations(idle=0)
    kept.keep(KEYS[0], said)
    assert kept.get(KEYS[0]) == ()


def test_together_they_take_no_more_than_their_room(said: Conversation) -> None:
    kept = Conversations(max_size=10 * said[0].size)
    keys = [f"{number:032x}" for number in range(8)]
    for key in keys:
        kept.keep(key, said * 3)
    assert [bool(kept.get(key)) for key in keys] == [False] * 5 + [True] * 3


def test_one_that_is_too_large_alone_is_not_kept_and_pushes_nobody_out(said: Conversation) -> None:
    kept = Conversations(max_size=2 * said[0].size)
    kept.keep(KEYS[0], said)
    kept.keep(KEYS[1], said * 3)
    assert [kept.get(key) for key in KEYS[:2]] == [said, ()]
