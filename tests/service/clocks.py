"""A clock of a test's own."""

from __future__ import annotations


class Clock:
    """A clock that stands still, at the beginning of a minute, until the test moves it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now
