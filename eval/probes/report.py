"""What came of the probes, for people and for programs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.probes.probe import Probe
from eval.probes.run import ProbeResult, TurnResult, good_turns, passed, passed_by

_SHOWN = 240  # characters of an answer that failed
_BY: Mapping[str, Callable[[Probe], str]] = {
    "kind": lambda probe: probe.kind,
    "language": lambda probe: probe.language,
}


def as_text(name: str, results: Sequence[ProbeResult]) -> str:
    """What failed, then the shares by kind and language, then the whole."""
    failed = (_failure(one.probe, turn) for one in results for turn in one.turns if turn.failed)
    shares = (
        f"{by:<9} {value:<16} {share}" for by, key in _BY.items() for value, share in passed_by(results, key).items()
    )
    whole = f"{name}: passed {passed(results)}, good turns {good_turns(results)}"
    return "\n".join((*failed, *shares, whole))


def to_table(results: Sequence[ProbeResult]) -> dict[str, Any]:
    """The same, JSON-ready; of a probe that fails every turn, since a later one depends on the earlier."""
    shares = {
        f"by_{by}": {value: asdict(share) for value, share in passed_by(results, key).items()}
        for by, key in _BY.items()
    }
    failed = [{"id": one.probe.id, "turns": [asdict(turn) for turn in one.turns]} for one in results if not one.passed]
    return {"passed": asdict(passed(results)), "good_turns": asdict(good_turns(results)), **shares, "failures": failed}


def _failure(probe: Probe, turn: TurnResult) -> str:
    return "\n".join(_failure_lines(probe, turn)) + "\n"


def _failure_lines(probe: Probe, turn: TurnResult) -> Iterator[str]:
    place = f"（{turn.said.place}）" if turn.said.place else ""
    text = " / ".join(line for line in turn.answered.splitlines() if line)
    yield f"{probe.id}  {place}{turn.said.user}"
    yield f"  fails: {', '.join(turn.failed)}"
    yield f"  {turn.status} {' '.join(turn.cited)}".rstrip()
    yield f"  {text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}"
