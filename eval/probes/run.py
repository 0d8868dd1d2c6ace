"""Ask every probe of an assistant in this process, with the history that the chat page would send."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer
from assistant.question.history import ASSISTANT, USER
from assistant.question.history import Turn as Earlier
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import InputError
from corpus.load import load_corpus
from eval.probes.checks import Turn, failures
from eval.probes.probe import SECOND, SHIPPED, Probe, Said
from index.building import build_index
from index.encoder.encoder import load_encoder

HERE = Path(__file__).parent
TEXTS = HERE / "texts"
_REFUSED = "refused"  # a check's name for a question that was refused as bad input, as the interface would with 422


@dataclass(frozen=True, slots=True)
class TurnResult:
    said: Said
    failed: tuple[str, ...]  # names of the checks; empty: a good turn
    answered: str  # what was said, or the refusal
    status: str = ""
    cited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProbeResult:
    probe: Probe
    turns: tuple[TurnResult, ...]

    @property
    def passed(self) -> bool:
        """A probe passes where every turn does."""
        return not any(turn.failed for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Share:
    passed: int
    of: int

    @property
    def value(self) -> float:
        return self.passed / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.passed}/{self.of} ({self.value:.2f})"


def assistants(settings: Settings) -> dict[str, Assistant]:
    """One over the shipped documents, one over the texts of the probes; both are indexed in memory."""
    encoder = load_encoder(settings.encoder)
    corpora = {SHIPPED: load_corpus(), SECOND: load_corpus(TEXTS)}
    return {name: Assistant(build_index(corpus, encoder), settings) for name, corpus in corpora.items()}


def run(probes: Iterable[Probe], assistants: Mapping[str, Assistant]) -> list[ProbeResult]:
    """The results, in the order of the probes."""
    return [ask(probe, assistants[probe.corpus]) for probe in probes]


def ask(probe: Probe, assistant: Assistant) -> ProbeResult:
    """Every turn in order; each sees what was said before it, with the clauses that were cited."""
    history: list[Earlier] = []
    before: Answer | None = None
    results: list[TurnResult] = []
    for said in probe.turns:
        try:
            place = [said.place] if said.place else []
            answer = assistant.ask(said.user, history=history, jurisdiction=place, language=probe.page_language)
        except InputError as error:
            results.append(TurnResult(said, (_REFUSED,), str(error)))
            continue
        cited = tuple(dict.fromkeys(one.part_id or one.clause_id for one in answer.citations))
        failed = failures(said.expect, Turn(answer, before))
        results.append(TurnResult(said, failed, answer.text, answer.reason or answer.status, cited))
        clauses = tuple(dict.fromkeys(one.clause_id for one in answer.citations))
        history += [Earlier(USER, said.user), Earlier(ASSISTANT, answer.text, clauses)]
        before = answer
    return ProbeResult(probe, tuple(results))


def passed(results: Sequence[ProbeResult]) -> Share:
    """The share of probes that pass."""
    return Share(sum(one.passed for one in results), len(results))


def good_turns(results: Sequence[ProbeResult]) -> Share:
    """The share of turns that pass, which counts for conversations."""
    turns = [turn for one in results for turn in one.turns]
    return Share(sum(not turn.failed for turn in turns), len(turns))


def passed_by(results: Sequence[ProbeResult], key: Callable[[Probe], str]) -> dict[str, Share]:
    """The share of probes that pass, by what `key` says of a probe, in the order of the probes."""
    names = dict.fromkeys(key(one.probe) for one in results)
    return {name: passed([one for one in results if key(one.probe) == name]) for name in names}
