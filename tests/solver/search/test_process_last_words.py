"""A child may tell its last and end at any moment: whatever it told is heard."""

from __future__ import annotations

import pytest

from solver.limits import Limits
from solver.search.messages import Done, Found
from solver.search.outcome import Ended
from solver.search.pipes import Pipes
from tests.builders import a_problem
from tests.solver.search.test_process import DONE, FOUND, READY
from tests.stub_child import a_child


def test_last_words_told_while_the_parent_looked_away_are_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a busy machine all of it can come between a look at the pipes and one at the child."""
    with a_child(f"print({READY!r}); print({FOUND!r}); print({DONE!r})") as child:
        looks: list[float] = []

        def sees_nothing_at_first(seconds: float) -> bytes | None:
            looks.append(seconds)
            if len(looks) > 1:
                return Pipes.take(child._pipes, seconds)
            child._child.wait()
            return None

        monkeypatch.setattr(child._pipes, "take", sees_nothing_at_first)
        child.ask(a_problem(), Limits(seconds=60))
        assert [type(message) for message in child.answers()] == [Found, Done, Ended]
