"""A clock whose hand the test moves."""


class Hand:
    """Seconds since the epoch, as far as the test goes."""

    def __init__(self, time: float = 1_000_000.0) -> None:
        self.time = time

    def __call__(self) -> float:
        return self.time
