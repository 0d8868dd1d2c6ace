"""Passwords are looked at a few at a time, outside of the event loop."""

import asyncio
import threading

import pytest

from assistant.access.passwords import Bounded, BusyError, Passwords
from tests.people import CHEAP, PASSWORD


def test_two_are_looked_at_at_once_and_who_comes_when_many_wait_is_told_so() -> None:
    inside, most, lock = 0, 0, threading.Lock()
    go_on, entered = threading.Event(), threading.Semaphore(0)

    def look() -> str:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        entered.release()
        go_on.wait(20)
        with lock:
            inside -= 1
        return threading.current_thread().name

    async def many() -> list[object]:
        bounded = Bounded(2, 3)
        calls = [asyncio.ensure_future(bounded(look)) for _ in range(8)]
        done, _ = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        assert all(isinstance(one.exception(), BusyError) for one in done)
        for _ in range(2):
            await asyncio.to_thread(entered.acquire)
        go_on.set()
        found = await asyncio.gather(*calls, return_exceptions=True)
        assert await bounded(look)  # there is room again
        return list(found)

    found = asyncio.run(many())
    assert sum(isinstance(one, BusyError) for one in found) == 3
    assert most == 2
    assert threading.main_thread().name not in found


def test_without_an_account_the_answer_is_no() -> None:
    passwords = Passwords(CHEAP)
    kept = passwords.hashed(PASSWORD)
    assert passwords.is_right(kept, PASSWORD)
    assert not passwords.is_right(None, "nobody has this one")
    assert not passwords.is_right("no hash", PASSWORD)
    assert not passwords.is_right(kept, PASSWORD + "x" * 1000)


@pytest.mark.parametrize("password", ["密码是几个不相干的汉字呀", "\x00" * 3 + "with a zero byte", "🙂" * 20])
def test_any_characters_will_do(password: str) -> None:
    passwords = Passwords(CHEAP)
    kept = passwords.hashed(password)
    assert passwords.is_right(kept, password)
    assert not passwords.is_right(kept, password[:-1])
