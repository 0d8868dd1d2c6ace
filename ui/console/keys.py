"""The keys of the console and what each does: the message `console.key.{name}`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A key; a `brief` one stands at the foot of the page as well, under `console.key_brief.{name}`."""

    key: str
    name: str
    brief: bool = True


KEYS = (
    Key("↑ ↓", "move", brief=False),
    Key("Enter", "open", brief=False),
    Key("Esc", "step_back", brief=False),
    Key("/", "box"),
    Key("1–9", "pick"),
    Key("C", "script"),
    Key("Q", "quote"),
    Key("G", "order"),
    Key("W", "wrong"),
    Key("O", "outdated"),
    Key("M", "missing"),
    Key("U", "take_back"),
    Key("J", "handover"),
    Key("S", "scores", brief=False),
    Key("Alt+N", "new_call", brief=False),
    Key("?", "keys"),
)
