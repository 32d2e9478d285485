"""A round's life: which act leads from which states to which, and who may do it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from models.domain.api_key import KeyRole
from models.domain.base import Frozen
from models.domain.round import RoundStatus

RoundAct = Literal[
    "create",
    "edit",
    "validate",
    "invalidate",
    "solve",
    "finish",
    "end",
    "change_by_hand",
    "submit",
    "send_back",
    "publish",
    "withdraw",
    "close",
]

PREPARE: Final[frozenset[KeyRole]] = frozenset({"hr_system", "planner"})
DECIDE: Final[frozenset[KeyRole]] = frozenset({"planner"})
SERVICE: Final[frozenset[KeyRole]] = frozenset()
"""Nobody asks for it: the service does it, when a run ends or a check fails."""


class Transition(Frozen):
    """An act leads from each of these states to one, or leaves the round in its state.

    A round that is made has no state before.
    """

    starts: frozenset[RoundStatus]
    leads_to: RoundStatus | None
    roles: frozenset[KeyRole]
    done: str


STATES: Final[Mapping[RoundStatus, str]] = {
    "draft": "a draft",
    "validated": "checked",
    "invalid": "invalid",
    "running": "being solved",
    "solved": "solved",
    "in_review": "in review",
    "published": "published",
    "withdrawn": "withdrawn",
    "closed": "closed",
}
"""Each completes "the round is …"."""

UNSOLVED: Final[frozenset[RoundStatus]] = frozenset({"draft", "validated", "invalid"})
UNPUBLISHED: Final[frozenset[RoundStatus]] = UNSOLVED | {"solved", "withdrawn"}


def _transition(
    starts: frozenset[RoundStatus] | set[RoundStatus],
    leads_to: RoundStatus | None,
    roles: frozenset[KeyRole],
    done: str,
) -> Transition:
    return Transition(starts=frozenset(starts), leads_to=leads_to, roles=roles, done=done)


LIFE: Final[Mapping[RoundAct, Transition]] = {
    "create": _transition(set(), "draft", PREPARE, "made"),
    "edit": _transition(UNPUBLISHED, "draft", PREPARE, "edited"),
    "validate": _transition(UNSOLVED, "validated", PREPARE, "checked"),
    "invalidate": _transition(UNPUBLISHED, "invalid", SERVICE, "found invalid"),
    "solve": _transition(UNPUBLISHED, "running", PREPARE, "queued"),
    "finish": _transition({"running"}, "solved", SERVICE, "finished"),
    "end": _transition({"running"}, "validated", SERVICE, "ended"),
    "change_by_hand": _transition(
        UNSOLVED | {"running", "solved", "published"}, None, SERVICE, "changed by hand"
    ),
    "submit": _transition({"solved", "withdrawn"}, "in_review", DECIDE, "submitted for review"),
    "send_back": _transition({"in_review"}, "solved", DECIDE, "sent back"),
    "publish": _transition({"solved", "in_review"}, "published", DECIDE, "published"),
    "withdraw": _transition({"published"}, "withdrawn", DECIDE, "withdrawn"),
    "close": _transition(UNPUBLISHED | {"in_review", "published"}, "closed", DECIDE, "closed"),
}
"""`finish` is for a run that leaves the round with a result of its document, `end` for another.
`change_by_hand` is for one more run that somebody made of another; it has rights of its own.
`done` completes "the round cannot be …"."""


def acts_open_in(status: RoundStatus) -> tuple[RoundAct, ...]:
    """What people can do with a round in this state, in the table's order."""
    return tuple(act for act, way in LIFE.items() if status in way.starts and way.roles)
