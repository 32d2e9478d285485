"""What it takes to give somebody a partner whom others hold, and who competes for them."""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.leftover import Contention, Scarcity, Segment
from solver.questions.competing import Competing
from solver.questions.residual import FAR
from solver.questions.scarcity import segment_of
from solver.questions.side import Side
from solver.questions.turnover import Told, Turnover


class Contended:
    """Answers for one side; `rows` is its table of scarcity."""

    def __init__(self, side: Side, turnover: Turnover, rows: Mapping[Segment, Scarcity]) -> None:
        self._side, self._turnover, self._rows = side, turnover, rows
        self._competing = Competing(side)

    def of(self, place: int) -> Contention:
        """Of somebody by position, whose eligible partners are others'."""
        told = self._forced_in(place)
        competing = self._competing.of(place)
        return Contention(
            losses=told.change.losses if told else None,
            change=told.change if told else None,
            competing=competing,
            scarcity=None if competing else self._rows[segment_of(self._side.people[place])],
        )

    def _forced_in(self, place: int) -> Told | None:
        """The cheapest change by which they have one partner more."""
        side, node = self._side, place + self._side.first_node
        length, way = side.onward.way_past(node, node)
        if int(side.one_more[place]) >= FAR or length >= FAR:
            return None
        return self._turnover.tell(way, side.forcing.limits_kept)
