"""Laws of the webhook: whoever tells waits for nobody, what is told is signed, tried again, and survives a restart."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from assistant.database.database import Database
from assistant.operations.outbox import KEPT, Outbox
from assistant.operations.webhook import FullError, State, Webhook, pause

ROOT = Path(__file__).parents[3]
SECRET = "correct horse battery staple"


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **passed: float) -> None:
        self.now += timedelta(**passed)


class Receiver:
    """Answers with these codes, one a request, the last one for ever; keeps what came."""

    def __init__(self, *codes: int | type[Exception], headers: dict[str, str] | None = None) -> None:
        self._codes = list(codes)
        self._headers = headers or {}
        self.got: list[httpx.Request] = []

    def client(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.got.append(request)
        code = self._codes.pop(0) if len(self._codes) > 1 else self._codes[0]
        if isinstance(code, type):
            raise code("away")
        return httpx.Response(code, headers=self._headers)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def hook(where: Path | str, clock: Clock, receiver: Receiver, most: int = 1000) -> Webhook:
    outbox = Outbox(Database(where), clock, most)
    return Webhook(outbox, "https://office.test/notes", SECRET, client=receiver.client(), now=clock, shake=lambda: 1.0)


DOCUMENTED = re.findall(r"```py\n(.+?)```", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.DOTALL)


def is_genuine(headers: httpx.Headers, body: bytes, now: datetime, secret: str = SECRET) -> bool:
    """What docs/api.md tells a receiver to do, run as it stands there, at this moment."""
    (check,) = DOCUMENTED
    names: dict[str, Any] = {}
    exec(check, names)
    names["time"] = SimpleNamespace(time=now.timestamp)
    return bool(names["is_genuine"](headers, body, secret))


def state(one: Webhook) -> list[tuple[State, int, str | None]]:
    return [(message.state, message.tries, message.problem) for message in one.latest("note")]


def test_a_message_is_signed_and_delivered_once(where: Path | str, clock: Clock) -> None:
    receiver = Receiver(204)
    one = hook(where, clock, receiver)
    id_ = one.put("note", {"summary": "摆摊"})
    assert (receiver.got, state(one)) == ([], [(State.WAITING, 0, None)])  # nobody has waited
    assert (one.send_due(), one.send_due()) == (1, 0)
    (request,) = receiver.got
    assert request.headers["X-Policyqa-Id"] == id_
    assert request.headers["X-Policyqa-Event"] == "note"
    assert json.loads(request.content) == {
        "id": id_,
        "kind": "note",
        "created": "2026-11-30T09:00:00+00:00",
        "data": {"summary": "摆摊"},
    }
    assert is_genuine(request.headers, request.content, clock())
    assert [(one.state, one.body) for one in one.latest("note")] == [(State.DELIVERED, None)]


def test_a_forged_an_altered_and_an_old_message_are_refused(where: Path | str, clock: Clock) -> None:
    receiver = Receiver(200)
    one = hook(where, clock, receiver)
    one.put("note", {"summary": "摆摊"})
    one.send_due()
    (request,) = receiver.got
    assert not is_genuine(request.headers, request.content + b" ", clock())
    assert not is_genuine(request.headers, request.content, clock(), "another secret of length")
    later = {**request.headers, "x-policyqa-timestamp": str(int(request.headers["X-Policyqa-Timestamp"]) + 1)}
    assert not is_genuine(httpx.Headers(later), request.content, clock())
    clock.move(hours=1)
    assert not is_genuine(request.headers, request.content, clock())


def test_a_receiver_that_fails_thrice_gets_it_in_the_end_with_growing_pauses(where: Path | str, clock: Clock) -> None:
    receiver = Receiver(503, httpx.ConnectError, 429, 200)
    one = hook(where, clock, receiver)
    one.put("note", {})
    for seconds, problem in ((5, "HTTP 503"), (10, "ConnectError"), (20, "HTTP 429")):
        assert one.send_due() == 1
        assert state(one)[0][2] == problem
        clock.move(seconds=seconds - 1)
        assert one.send_due() == 0
        clock.move(seconds=1)
    assert one.send_due() == 1
    assert state(one) == [(State.DELIVERED, 4, None)]
    assert len({request.headers["X-Policyqa-Id"] for request in receiver.got}) == 1
    assert len({request.content for request in receiver.got}) == 1
    assert all(is_genuine(request.headers, request.content, clock()) for request in receiver.got)


@pytest.mark.parametrize("code", [301, 400, 401, 404, 410, 422])
def test_what_the_receiver_refuses_is_failed_at_once_and_can_be_sent_again(
    where: Path | str, clock: Clock, code: int
) -> None:
    receiver = Receiver(code, 200)
    one = hook(where, clock, receiver)
    id_ = one.put("note", {"summary": "摆摊"})
    one.send_due()
    clock.move(days=2)
    assert (one.send_due(), state(one)) == (0, [(State.FAILED, 1, f"HTTP {code}")])
    assert one.again(id_)
    assert (one.send_due(), state(one)) == (1, [(State.DELIVERED, 1, None)])
    assert not one.again(id_)
    assert not one.again("0" * 32)


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503])
def test_it_is_given_up_after_a_day(where: Path | str, clock: Clock, code: int) -> None:
    receiver = Receiver(code)
    one = hook(where, clock, receiver)
    one.put("note", {})
    begun = clock()
    while state(one)[0][0] is State.WAITING:
        one.send_due()
        clock.move(minutes=10)
        assert clock() - begun < timedelta(days=2)
    assert timedelta(hours=24) <= clock() - begun < timedelta(hours=25)
    assert 24 < len(receiver.got) < 60
    assert state(one)[0][2] == f"HTTP {code}"


@pytest.mark.parametrize("asked", ["600", "Mon, 30 Nov 2026 09:10:00 GMT"])
def test_a_receiver_that_asks_to_be_left_alone_is(where: Path | str, clock: Clock, asked: str) -> None:
    receiver = Receiver(429, 200, headers={"Retry-After": asked})
    one = hook(where, clock, receiver)
    one.put("note", {})
    one.send_due()
    clock.move(seconds=599)
    assert one.send_due() == 0
    clock.move(seconds=1)
    assert one.send_due() == 1


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("9" * 30, 3600), ("Thu, 30 Nov 2028 09:00:00 GMT", 3600), ("soon", 5), ("-5", 5), ("²", 5), ("", 5)],
)
def test_it_asks_for_an_hour_at_most_and_for_nothing_in_words(
    where: Path | str, clock: Clock, asked: str, seconds: float
) -> None:
    one = hook(where, clock, Receiver(503, headers={"Retry-After": asked.encode().decode("latin-1")}))
    one.put("note", {})
    one.send_due()
    assert one.latest("note")[0].due == clock() + timedelta(seconds=seconds)


def test_a_restart_loses_nothing(where: Path | str, clock: Clock) -> None:
    before = hook(where, clock, Receiver(503))
    ids = [before.put("note", {"n": n}) for n in range(3)]
    before.send_due()
    clock.move(hours=1)
    receiver = Receiver(200)
    after = hook(where, clock, receiver)
    assert after.send_due() == 3
    assert [request.headers["X-Policyqa-Id"] for request in receiver.got] == ids


def test_of_two_processes_one_sends(where: Path | str, clock: Clock) -> None:
    first, second = Outbox(Database(where), clock), Outbox(Database(where), clock)
    first.put("note", {})
    lease = clock() + timedelta(minutes=2)
    assert first.take(lease) is not None
    assert second.take(lease) is None
    clock.move(minutes=3)  # the first one has died
    assert second.take(clock() + timedelta(minutes=2)) is not None


def test_there_is_an_end_of_what_waits_and_what_is_done_is_forgotten(where: Path | str, clock: Clock) -> None:
    one = hook(where, clock, Receiver(200), most=2)
    one.put("note", {})
    one.put("note", {})
    with pytest.raises(FullError):
        one.put("note", {})
    one.send_due()
    one.put("note", {})
    clock.move(seconds=KEPT.total_seconds() + 1)
    one.put("note", {})
    assert [state for state, _, _ in state(one)] == [State.WAITING, State.WAITING]


def test_kinds_are_told_apart(where: Path | str, clock: Clock) -> None:
    one = hook(where, clock, Receiver(200))
    one.put("note", {})
    one.put("published", {"generation": 3})
    assert (len(one.latest("note")), len(one.latest("published"))) == (1, 1)


def test_pauses_double_to_an_hour_and_are_shaken_by_half() -> None:
    assert [pause(n, lambda: 1.0).total_seconds() for n in (0, 1, 2, 9, 10, 10_000)] == [5, 10, 20, 2560, 3600, 3600]
    assert pause(0, lambda: 0.0).total_seconds() == 2.5


def test_the_thread_sends_what_is_put_and_ends(where: Path | str, clock: Clock) -> None:
    receiver = Receiver(200)
    one = hook(where, clock, receiver)
    one.put("note", {})
    one.start()
    one.stop()
    assert state(one)[0][0] in (State.DELIVERED, State.WAITING)  # it may have been stopped before it began
