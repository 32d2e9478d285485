from __future__ import annotations

from service.security.tries import MOST_ADDRESSES, MOST_TRIES, WITHIN_SECONDS, FailedTries


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_some_tries_are_free_and_then_there_is_a_wait_that_ends() -> None:
    clock = Clock()
    tries = FailedTries(clock)
    assert [tries.seconds_to_wait("a") for _ in range(MOST_TRIES)] == [0.0] * MOST_TRIES
    clock.now += 10
    assert tries.seconds_to_wait("a") == WITHIN_SECONDS - 10
    assert tries.seconds_to_wait("b") == 0
    clock.now += WITHIN_SECONDS + 1
    assert tries.seconds_to_wait("a") == 0


def test_who_goes_on_trying_goes_on_waiting() -> None:
    clock = Clock()
    tries = FailedTries(clock)
    for _ in range(100):
        clock.now += 1
        waits = tries.seconds_to_wait("a")
    assert 0 < waits <= WITHIN_SECONDS


def test_the_memory_does_not_grow_with_the_addresses() -> None:
    tries = FailedTries(Clock())
    for _ in range(MOST_TRIES):
        tries.seconds_to_wait("first")
    for number in range(MOST_ADDRESSES):
        tries.seconds_to_wait(str(number))
    assert tries.seconds_to_wait("first") == 0
