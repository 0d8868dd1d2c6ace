import asyncio
import json

from eval.speed.hostile import LENGTH, ORDINARY, REQUESTS, TURNS, Attack, attack, hostile_bodies
from tests.eval.speed.small_server import served

MAX_BODY = 65_536  # bytes, as shipped


def test_the_requests_are_of_the_longest_size_that_is_allowed() -> None:
    bodies = hostile_bodies()
    assert len(bodies) == REQUESTS
    for body in bodies:
        assert len(body["question"]) == LENGTH
        assert [turn["content"] for turn in body["history"]] == [body["question"]] * TURNS
        assert len(json.dumps(body, ensure_ascii=False).encode()) <= MAX_BODY
    assert len({body["question"] for body in bodies}) > 5


def _attack(hold: bool, requests: int = 6) -> Attack:
    """An attack on a server that refuses hostile requests, or holds the first until its client has hung up."""
    forever = hold

    async def respond(path: str, body: bytes) -> tuple[int, bytes]:
        nonlocal forever
        if path == "/healthz":
            return 200, b"{}"
        if json.loads(body)["question"] == ORDINARY:
            return 200, b"{}"
        if forever:
            forever = False
            await asyncio.Event().wait()
        return 429, b"{}"

    async def run() -> Attack:
        async with served(respond) as port:
            return await attack(port, hostile_bodies(requests), patience=1.0 if hold else 20.0, limit=20)

    return asyncio.run(run())


def test_what_is_refused_is_counted_and_the_server_is_normal_again() -> None:
    found = _attack(hold=False)
    assert (found.answered, found.refused, found.hung_up) == (0, 6, 0)
    assert found.health_asked >= 1
    assert found.health_failed == 0
    assert found.normal_after_s is not None


def test_clients_without_an_answer_hang_up() -> None:
    found = _attack(hold=True)
    assert (found.refused, found.hung_up) == (5, 1)
    assert found.normal_after_s is not None
    assert found.normal_after_s >= 1.0


def test_a_server_that_is_gone_is_never_normal_and_its_health_fails() -> None:
    async def run() -> Attack:
        async with served(lambda _path, _body: asyncio.sleep(0, (0, b""))) as port:
            return await attack(port, hostile_bodies(2), patience=0.1, limit=0.5)

    found = asyncio.run(run())
    assert found.normal_after_s is None
    assert found.health_failed == found.health_asked > 0
