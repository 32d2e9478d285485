"""A search is weighed with its parent, so that its niceness counts."""

from __future__ import annotations

import os

from solver.limits import Limits
from solver.search.messages import Done
from tests.builders import a_problem
from tests.stub_child import a_child

DONE = '{"kind":"done","versions":{"session":"%d"}}'


def test_a_child_is_in_the_session_of_its_parent_and_leads_a_group() -> None:
    """Linux weighs sessions against each other first: in its own it would have half a machine."""
    with a_child(f"print({DONE!r} % os.getsid(0))") as child:
        child.ask(a_problem(), Limits(seconds=60))
        assert os.getpgid(child._child.pid) == child._child.pid
        done, _ = child.answers()
    assert isinstance(done, Done)
    assert done.versions == {"session": str(os.getsid(0))}
