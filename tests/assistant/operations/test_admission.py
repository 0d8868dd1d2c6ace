"""Turns without a server; with one: tests/ui/test_load.py."""

import asyncio

from starlette.types import Message, Receive, Scope, Send

from assistant.operations.admission import Admission, Turns
from assistant.operations.metrics import Metrics
from tests.assistant.operations.asgi import BODY, GONE, Recorder, exchange, request


async def _never() -> None:
    await asyncio.Event().wait()


async def _at_once() -> None:
    return


def test_a_turn_that_is_free_is_taken_at_once_and_the_next_waits_in_order() -> None:
    async def play() -> list[str]:
        turns, order = Turns(1, 9, Metrics()), []

        async def one(name: str) -> None:
            assert await turns.take(_never)
            order.append(name)
            turns.give_back()

        assert await turns.take(_never)
        waiting = [asyncio.create_task(one(name)) for name in ("first", "second", "third")]
        await asyncio.sleep(0)
        order.append("given back")
        turns.give_back()
        await asyncio.gather(*waiting)
        assert await turns.take(_never)  # nobody kept it
        return order

    assert asyncio.run(play()) == ["given back", "first", "second", "third"]


def test_who_leaves_takes_no_turn_even_when_it_comes_at_the_same_moment() -> None:
    async def play() -> None:
        turns = Turns(1, 9, Metrics())
        assert await turns.take(_never)
        assert not await turns.take(_at_once)
        leaving = asyncio.create_task(turns.take(_at_once))
        await asyncio.sleep(0)
        turns.give_back()
        assert not await leaving
        assert await turns.take(_never)

    asyncio.run(play())


def test_a_queue_is_full_when_all_turns_are_taken_and_no_more_may_wait() -> None:
    async def play() -> list[bool]:
        turns = Turns(1, 1, Metrics())
        seen = [turns.full]
        await turns.take(_never)
        seen.append(turns.full)
        waiting = asyncio.create_task(turns.take(_never))
        await asyncio.sleep(0)
        seen.append(turns.full)
        turns.give_back()
        assert await waiting
        seen.append(turns.full)
        return seen

    assert asyncio.run(play()) == [False, False, True, False]


def test_only_what_computes_needs_a_turn() -> None:
    app, metrics = Recorder(), Metrics()
    layer = Admission(app, Turns(0, 0, metrics), metrics)
    assert exchange(layer, request("GET"))[0]["status"] == 200
    assert exchange(layer, request("POST"))[0]["status"] == 503
    assert [scope["method"] for scope in app.scopes] == ["GET"]


def test_a_turn_is_given_back_when_the_app_fails_and_the_body_arrives_whole() -> None:
    metrics = Metrics()
    turns, seen = Turns(1, 0, metrics), []

    async def fail(_scope: Scope, receive: Receive, _send: Send) -> None:
        seen.extend([await receive(), await receive()])
        raise RuntimeError

    async def twice(scope: Scope, receive: Receive, send: Send) -> None:
        for _ in range(2):
            try:
                await Admission(fail, turns, metrics)(scope, receive, send)
            except RuntimeError:
                continue

    body: Message = {**BODY, "body": b"{}"}
    assert exchange(twice, request("POST"), [body, GONE, body, GONE]) == []
    assert seen == [body, GONE] * 2


def test_a_page_that_computes_needs_a_turn_and_no_other_page_does() -> None:
    metrics = Metrics()
    layer = Admission(Recorder(), Turns(0, 0, metrics), metrics, ["/compare"])
    assert exchange(layer, request("GET", "/compare"))[0]["status"] == 503
    assert exchange(layer, request("GET", "/compared"))[0]["status"] == 200
