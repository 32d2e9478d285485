"""Who withdraws and who joins, as changes."""

from __future__ import annotations

from collections.abc import Sequence

from models.domain.issue import Issue
from scenarios.change import Change
from scenarios.reading import read_changes


def read_comings(
    withdrawn: Sequence[str], newcomers: object, further: object = ()
) -> tuple[tuple[Change, ...], tuple[Issue, ...]]:
    """The changes that take people out, add others and do whatever else, in this order.

    `newcomers` are participants as a round has them, `further` a list of changes, each as read
    from JSON. Every issue is told; it stands at the change's place in the whole list.
    """
    raw: list[object] = [{"change": "remove_person", "reference": name} for name in withdrawn]
    for listed, as_change in ((newcomers, _joins), (further, lambda change: change)):
        if not isinstance(listed, list | tuple):
            return read_changes(listed)
        raw += [as_change(entry) for entry in listed]
    return read_changes(raw)


def _joins(participant: object) -> object:
    return {"change": "add_person", "participant": participant}
