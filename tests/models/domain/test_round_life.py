"""The table of a round's life: where it can lead, and what is never offered to anybody."""

from __future__ import annotations

from typing import get_args

import pytest

from models.domain.round import RoundStatus
from models.domain.round_life import LIFE, STATES, RoundAct, acts_open_in

EVERY_STATUS: tuple[RoundStatus, ...] = get_args(RoundStatus)


def test_every_act_and_every_state_is_in_the_table() -> None:
    assert set(LIFE) == set(get_args(RoundAct))
    assert set(STATES) == set(EVERY_STATUS)


def test_every_state_can_be_come_to_and_only_the_closed_one_is_the_end() -> None:
    reached: set[RoundStatus] = {"draft"}
    for _ in EVERY_STATUS:
        reached |= {way.leads_to for way in LIFE.values() if way.leads_to and way.starts & reached}
    assert reached == set(EVERY_STATUS)
    ends = {status for status in EVERY_STATUS if not any(status in w.starts for w in LIFE.values())}
    assert ends == {"closed"}


@pytest.mark.parametrize("status", ["running", "in_review", "published", "closed"])
def test_what_is_solved_decided_upon_or_over_is_neither_edited_nor_solved(
    status: RoundStatus,
) -> None:
    assert not {"edit", "solve", "validate"} & set(acts_open_in(status))


@pytest.mark.parametrize("status", ["in_review", "withdrawn", "closed"])
def test_what_is_decided_upon_is_not_changed_by_hand(status: RoundStatus) -> None:
    assert status not in LIFE["change_by_hand"].starts


def test_what_the_service_does_by_itself_is_offered_to_nobody() -> None:
    offered = {act for status in EVERY_STATUS for act in acts_open_in(status)}
    assert offered == set(LIFE) - {"create", "invalidate", "finish", "end", "change_by_hand"}


def test_a_published_result_can_only_be_withdrawn_or_closed() -> None:
    assert acts_open_in("published") == ("withdraw", "close")


def test_only_planners_decide() -> None:
    deciding = {act for act, way in LIFE.items() if way.roles == {"planner"}}
    assert deciding == {"submit", "send_back", "publish", "withdraw", "close"}
