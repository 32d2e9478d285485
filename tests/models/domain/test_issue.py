from __future__ import annotations

from models.domain.issue import Issue, has_errors


def test_only_errors_forbid_going_on() -> None:
    warning = Issue(code="A_WARNING", message="look at this", severity="warning")
    error = Issue(code="AN_ERROR", message="mend this")
    assert not has_errors([])
    assert not has_errors([warning])
    assert has_errors([warning, error])
