"""A model that misbehaves in any way costs no more than its time, and is left alone when it goes on."""

import threading

import pytest

from assistant.phrasing.breaker import Breaker
from assistant.phrasing.endpoint import Endpoint, EndpointError
from eval.phrasing.stub import BEHAVIOURS, Stub, completion, response

SECONDS = 0.4


def endpoint(url: str, *, most: int = 4, breaker: Breaker | None = None, key: str | None = None) -> Endpoint:
    return Endpoint(url, "small", key, SECONDS, most, breaker=breaker)


def test_a_model_is_asked_in_the_common_form_and_its_text_comes_back() -> None:
    with Stub() as stub:
        stub.says("可以申请[1]。")
        assert endpoint(stub.url, key="geheim").complete([{"role": "user", "content": "问"}]) == "可以申请[1]。"
        assert endpoint(stub.url + "/chat/completions").complete([]) == "可以申请[1]。"
        assert stub.asked[0]["model"] == "small"
        assert stub.asked[0]["messages"] == [{"role": "user", "content": "问"}]
        assert stub.headers[0].startswith("POST /v1/chat/completions HTTP/1.1")
        assert "authorization: bearer geheim" in stub.headers[0].lower()
        assert "authorization" not in stub.headers[1].lower()


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_every_way_to_fail_ends_as_an_error(name: str) -> None:
    with Stub(BEHAVIOURS[name]) as stub, pytest.raises(EndpointError):
        endpoint(stub.url).complete([])
    for thread in threading.enumerate():
        if thread.name == "model":
            thread.join(5)
    assert not [thread for thread in threading.enumerate() if thread.name == "model"]


def test_a_model_that_is_not_there_ends_as_an_error() -> None:
    with Stub() as stub:
        url = stub.url
    with pytest.raises(EndpointError):
        endpoint(url).complete([])


def test_no_more_calls_are_under_way_than_may_be() -> None:
    arrived, go = threading.Event(), threading.Event()

    def slow() -> "list[bytes]":
        arrived.set()
        go.wait(5)
        return [response(completion("好"))]

    with Stub(lambda: iter(slow())) as stub:
        asked = Endpoint(stub.url, "small", None, 5, 1)
        first = threading.Thread(target=asked.complete, args=([],))
        first.start()
        assert arrived.wait(5)
        with pytest.raises(EndpointError, match="busy"):
            asked.complete([])
        go.set()
        first.join()
        assert asked.complete([]) == "好"


def test_what_fails_is_left_alone_and_tried_again_once_after_a_pause() -> None:
    clock = [0.0]
    breaker = Breaker(now=lambda: clock[0])
    with Stub(BEHAVIOURS["is broken"]) as stub:
        asked = endpoint(stub.url, breaker=breaker)
        for _ in range(3):
            with pytest.raises(EndpointError, match="500"):
                asked.complete([])
        with pytest.raises(EndpointError, match="paused"):
            asked.complete([])
        assert len(stub.asked) == 3
        clock[0] = 11
        with pytest.raises(EndpointError, match="500"):
            asked.complete([])
        clock[0] = 22  # the pause is longer now
        with pytest.raises(EndpointError, match="paused"):
            asked.complete([])
        clock[0] = 60
        stub.says("好")
        assert asked.complete([]) == asked.complete([]) == "好"


def test_behind_a_pause_one_tries_and_the_others_wait() -> None:
    clock = [0.0]
    breaker = Breaker(now=lambda: clock[0])
    for _ in range(3):
        assert breaker.admits()
        breaker.failed()
    clock[0] = 11
    assert breaker.admits()
    assert not breaker.admits()
    breaker.succeeded()
    assert breaker.admits()
