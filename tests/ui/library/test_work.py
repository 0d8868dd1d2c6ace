"""One piece of work at a time, told step by step, and how it ended."""

import threading

import pytest

from corpus.errors import InputError
from corpus.library.view import Table
from ui.library.command import Say
from ui.library.work import BusyError, State, Task, Work

PATIENCE = 20  # seconds until a test that hangs fails


def finished(work: Work) -> Table:
    """What is told once the thread has ended."""
    for thread in threading.enumerate():
        if thread.name == "library":
            thread.join(PATIENCE)
    assert work.view()["state"] is not State.RUNNING
    return work.view()


def test_steps_and_outcome_are_told_until_other_work_begins() -> None:
    work = Work()
    assert work.view()["state"] is State.IDLE

    def call(say: Say) -> Table:
        say("第一步")
        say("第二步")
        return {"number": 2}

    work.start(Task.PUBLISH, call)
    told = finished(work)
    assert (told["state"], told["task"], told["steps"]) == (State.DONE, Task.PUBLISH, ("第一步", "第二步"))
    assert told["outcome"] == {"number": 2}
    work.start(Task.REMOVE, lambda _say: {"refused": {}})
    told = finished(work)
    assert (told["state"], told["task"], told["steps"]) == (State.REFUSED, Task.REMOVE, ())


def test_there_is_one_at_a_time() -> None:
    work, go_on = Work(), threading.Event()

    def call(_say: Say) -> Table:
        assert go_on.wait(PATIENCE)
        return {}

    work.start(Task.PUBLISH, call)
    with pytest.raises(BusyError, match="请等它结束"):
        work.start(Task.ROLLBACK, call)
    go_on.set()
    assert finished(work)["task"] is Task.PUBLISH


@pytest.mark.parametrize("error", [InputError("没有空间。no room"), OSError("no room"), ValueError("no room")])
def test_a_failure_is_told_and_keeps_nothing_from_beginning_again(error: Exception) -> None:
    work = Work()

    def call(_say: Say) -> Table:
        raise error

    work.start(Task.PUBLISH, call)
    told = finished(work)
    assert (told["state"], "no room" in told["reason"]) == (State.FAILED, True)
    work.start(Task.PUBLISH, lambda _say: {})
    assert finished(work)["state"] is State.DONE
