"""How many hostile replies pass, how many true ones do, and how long an answer waits for a model that misbehaves."""

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.phrasing.endpoint import Endpoint, EndpointError
from assistant.phrasing.gate import accept
from assistant.phrasing.reply import RefusedError
from eval.phrasing.mutations import Mutation, replies
from eval.phrasing.stub import BEHAVIOURS, Stub
from eval.phrasing.well_formed import Said


def why_not(said: Said) -> str:
    """Why a reply is refused; empty where it passes."""
    try:
        accept(said.reply, dict(enumerate(said.quotes, 1)))
    except RefusedError as error:
        return str(error)
    return ""


@dataclass(frozen=True, slots=True)
class Hostile:
    """What came of the hostile replies of one family."""

    made: Mapping[str, int]  # by kind
    passed: Sequence[tuple[str, Said]]  # kind and reply


def hostile(seeds: Sequence[Said], kinds: Mapping[str, Mutation], count: int, seed: int) -> Hostile:
    """So many replies made false, and those of them that the gate lets through.

    Only what passes as it was is made false: of another one nothing would be learnt.
    """
    true = [one for one in seeds if not why_not(one)]
    made = replies(true, kinds, count, random.Random(seed))
    return Hostile(Counter(kind for kind, _ in made), [(kind, said) for kind, said in made if not why_not(said)])


@dataclass(frozen=True, slots=True)
class Waited:
    """How long one call waited, in seconds, and what it ended with."""

    behaviour: str
    seconds: float
    error: str


def waits(limit: float) -> list[Waited]:
    """One call for every way in which a model can misbehave, under a limit in seconds."""
    found = []
    for name, behaviour in BEHAVIOURS.items():
        with Stub(behaviour) as stub:
            found.append(_waited(name, stub.url, limit))

    return [*found, _waited("is not there", stub.url, limit)]


def _waited(name: str, url: str, limit: float) -> Waited:
    endpoint = Endpoint(url, "stub", None, limit, 4)
    start = time.perf_counter()
    try:
        error = f"answered {endpoint.complete([])!r}"
    except EndpointError as problem:
        error = str(problem)
    return Waited(name, time.perf_counter() - start, error)
