"""The index is built once at a time, again after a change meanwhile, and a failure is told."""

import threading

from ui.library.building import BuildError, IndexBuilding, State

PATIENCE = 20  # seconds until a test that hangs fails


def finished(building: IndexBuilding) -> None:
    """Wait for the thread that builds."""
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join(PATIENCE)
    assert building.state is not State.BUILDING


def test_a_change_is_built() -> None:
    built: list[int] = []
    building = IndexBuilding(lambda: built.append(1))
    assert building.state is State.IDLE
    building.ask()
    finished(building)
    assert (building.state, built) == (State.BUILT, [1])


def test_changes_while_it_is_built_are_built_once_more() -> None:
    begun, go_on = threading.Semaphore(0), threading.Semaphore(0)
    built: list[int] = []

    def build() -> None:
        begun.release()
        assert go_on.acquire(timeout=PATIENCE)
        built.append(1)

    building = IndexBuilding(build)
    building.ask()
    assert begun.acquire(timeout=PATIENCE)
    for _ in range(5):
        building.ask()
    assert building.state is State.BUILDING
    go_on.release(2)
    finished(building)
    assert built == [1, 1]


def test_a_failure_is_told_and_the_next_build_may_succeed() -> None:
    reasons = ["没有空间。no space"]

    def build() -> None:
        if reasons:
            raise BuildError(reasons.pop())

    building = IndexBuilding(build)
    building.ask()
    finished(building)
    assert (building.state, building.reason) == (State.FAILED, "没有空间。no space")
    building.ask()
    finished(building)
    assert (building.state, building.reason) == (State.BUILT, "")
