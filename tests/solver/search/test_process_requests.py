"""A child that somebody asks to stop ends in a moment, and all that it told is heard."""

from __future__ import annotations

import time

from solver.limits import Limits
from solver.search.messages import Done, Found
from solver.search.outcome import Ended
from tests.builders import a_problem
from tests.solver.search.test_process import (
    DONE,
    FOUND,
    LONG_BUT_NOT_FOR_EVER,
    assert_no_child_is_left,
)
from tests.stub_child import HANGS, a_child


def test_a_child_is_ended_on_request_and_what_it_told_is_heard() -> None:
    started = time.monotonic()
    with a_child(f"print({FOUND!r}, flush=True); {HANGS}") as child:
        child.ask(a_problem(), Limits(seconds=600))
        answers = child.answers()
        assert isinstance(next(answers), Found)
        child.stop()
        assert child.has_news()
        assert list(answers) == [Ended("requested")]
    assert time.monotonic() - started < LONG_BUT_NOT_FOR_EVER
    assert_no_child_is_left()


def test_a_child_can_be_ended_before_anybody_asks_it_anything() -> None:
    with a_child(HANGS) as child:
        child.stop()
        child.ask(a_problem(), Limits(seconds=600))
        assert list(child.answers()) == [Ended("requested")]


def test_a_child_that_was_done_by_the_time_of_the_request_is_done() -> None:
    with a_child(f"print({FOUND!r}); print({DONE!r})") as child:
        child.ask(a_problem(), Limits(seconds=600))
        child._child.wait()
        child.stop()
        assert [type(message) for message in child.answers()] == [Found, Done, Ended]
