from __future__ import annotations

import pytest

from models.domain.webhook import Outcome


@pytest.mark.parametrize(
    ("outcome", "delivered", "gone"),
    [
        (Outcome(status=200), True, False),
        (Outcome(status=299), True, False),
        (Outcome(status=199), False, False),
        (Outcome(status=300), False, False),
        (Outcome(status=410), False, True),
        (Outcome(fault="timeout"), False, False),
    ],
)
def test_only_a_success_is_a_delivery_and_only_410_is_the_end(
    outcome: Outcome, delivered: bool, gone: bool
) -> None:
    assert (outcome.delivered, outcome.gone) == (delivered, gone)
