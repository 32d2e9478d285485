"""Floods from a real child: neither the parent's time nor its memory goes with them."""

from __future__ import annotations

import pytest

from solver.limits import Limits
from solver.search import pipes, process
from solver.search.outcome import Ended
from tests.builders import a_problem
from tests.solver.search.test_process import FOUND, READY, ended, told_by
from tests.stub_child import a_child


def test_only_the_end_of_a_flood_of_errors_is_kept() -> None:
    with a_child(f"print({READY!r}); print('x' * (1 << 22) + 'y', file=sys.stderr)") as child:
        child.ask(a_problem(), Limits(seconds=60))
        outcome = ended(list(child.answers()))
        assert len(child._pipes.errors) == pipes.KEPT_OF_ERRORS
        assert child._pipes.errors.endswith("xy\n")
    assert outcome.reason == "crashed"


def test_a_flood_that_nobody_listens_to_is_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child waits; the parent's memory does not grow. What fitted is still heard."""
    monkeypatch.setattr(pipes, "MOST_UNREAD_CHUNKS", 3)
    with a_child(f"while True: print({FOUND!r})") as child:
        child.ask(a_problem(), Limits(seconds=0.1))
        while not child._pipes._chunks.full():
            pass
        assert child.has_news()
        child.kill()
        told = list(child.answers())
    assert isinstance(ended(told), Ended)
    # However little each chunk holds: a child writes a few kilobytes at a time.
    assert 100 < len(told) < 50_000


def test_a_line_that_never_ends_is_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "LONGEST_LINE", 1 << 20)
    assert ended(told_by("while True: print('x' * 10_000, end='')")).reason == "garbage_output"
