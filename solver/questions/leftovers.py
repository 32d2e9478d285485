"""Why unmatched: for everybody left over the reason, what it would take, and what would help."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from models.domain.leftover import (
    WITHOUT_OPTIONS,
    Contention,
    Remedy,
    Scarcity,
    UnmatchedReport,
    WhyUnmatched,
)
from models.domain.problem import Problem
from models.domain.result import MatchResult, Role, Unmatched
from solver.questions.contended import Contended
from solver.questions.forcing import Forcing
from solver.questions.leftover_words import NOT_PROVED
from solver.questions.refused import Refusing
from solver.questions.remedies import Remedies
from solver.questions.scarcity import scarcity
from solver.questions.side import Side
from solver.questions.turnover import Turnover
from solver.questions.waivers import smallest_waivers
from solver.rulebook import Rules
from solver.scoring.scoreboard import score_pairs

ROLES: tuple[Role, ...] = ("mentee", "mentor")

ALIKE = ("reference", "role", "reason", "because", "got", "wanted", "funnel")
"""What an answer repeats of the stored result."""


class WhyLeftOver:
    """Answers for those left over in one result; everything is worked out for many at once.

    `forcing` is at hand where the result's prices prove it.
    """

    def __init__(
        self, problem: Problem, rules: Rules, result: MatchResult, forcing: Forcing | None
    ) -> None:
        self._problem, self._rules, self._result = problem, rules, result
        self._forcing = forcing

    def report(self) -> UnmatchedReport:
        """Everybody who is left over, with the round's table of scarcity."""
        return self._report((*self._result.unmatched, *self._result.short))

    def report_of(self, reference: str) -> UnmatchedReport:
        """The same report of one person alone; nobody is in it who is not left over."""
        return self._report(self._named(reference))

    def _report(self, left: Sequence[Unmatched]) -> UnmatchedReport:
        told = self._why(left)
        return UnmatchedReport(
            exact=self._forcing is not None,
            note="" if self._forcing else NOT_PROVED,
            unmatched=tuple(one for one in told if not one.got),
            short=tuple(one for one in told if one.got),
            scarcity=self._scarcity,
        )

    def of(self, reference: str) -> tuple[WhyUnmatched, ...]:
        """Why somebody is left over, once for each role in which they are."""
        return tuple(self._why(self._named(reference)))

    def _named(self, reference: str) -> list[Unmatched]:
        everybody = (*self._result.unmatched, *self._result.short)
        return [one for one in everybody if one.reference == reference]

    def _why(self, left: Sequence[Unmatched]) -> list[WhyUnmatched]:
        told: dict[tuple[Role, str], WhyUnmatched] = {}
        for role in ROLES:
            some = [one for one in left if one.role == role]
            if some:
                told |= {(role, one.reference): one for one in self._of_side(role, some)}
        return [told[one.role, one.reference] for one in left]

    def _of_side(self, role: Role, left: Sequence[Unmatched]) -> list[WhyUnmatched]:
        place_of = self._places(role)
        places = [place_of[one.reference] for one in left]
        stuck = [place_of[one.reference] for one in left if one.reason in WITHOUT_OPTIONS]
        waivers = smallest_waivers(self._refusing, role, stuck)
        contended: Contended | None = None
        helped: dict[int, tuple[tuple[Remedy, ...], str]] = {}
        if self._forcing:
            side, turnover = Side(self._forcing, role), Turnover(self._forcing, self._problem)
            rows = {row.segment: row for row in self._scarcity if row.role == role}
            contended = Contended(side, turnover, rows)
            helped = Remedies(side, self._rules, self._refusing, turnover).of(
                [place for one, place in zip(left, places, strict=True) if not one.got],
                [place for one, place in zip(left, places, strict=True) if one.got],
            )
        told = []
        for one, place in zip(left, places, strict=True):
            contention: Contention | None = None
            if contended and one.reason == "contention":
                contention = contended.of(place)
            remedies, nearest = helped.get(place, ((), ""))
            told.append(
                WhyUnmatched(
                    **{name: getattr(one, name) for name in ALIKE},
                    waivers=waivers.get(place, ()),
                    contention=contention,
                    remedies=remedies,
                    nearest=nearest,
                )
            )
        return told

    def _places(self, role: Role) -> dict[str, int]:
        people = self._problem.mentees if role == "mentee" else self._problem.mentors
        return {person.reference: place for place, person in enumerate(people)}

    @cached_property
    def _refusing(self) -> Refusing:
        return Refusing(self._problem, self._rules)

    @cached_property
    def _scarcity(self) -> tuple[Scarcity, ...]:
        forcing = self._forcing
        every = forcing.residual.every if forcing else score_pairs(self._problem, self._rules)
        return scarcity(self._problem, every)
