"""Why a pair was made: its reasons, how much hangs on it, and what stood against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import takewhile

from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import Assignment, MatchResult, Role
from models.domain.why import BetterOption, ForcedBy, Held, Ties, WhyPair
from solver.questions.changed_rounds import without_pair
from solver.questions.forcing import Forcing
from solver.questions.options import Option, options_of
from solver.questions.ties import Ask, asked_in_order, ties_of
from solver.rulebook import Rules

POINTS = "points"

Solve = Callable[[Problem], MatchResult]
"""Solves another round; the last resort."""


class WhyPairs:
    """Says why the pairs of one result were made.

    `ask` is why-not's: what another pair would lose. `solve` solves a round without the pair,
    where a limit's least number may have forced it.
    """

    def __init__(
        self,
        problem: Problem,
        rules: Rules,
        result: MatchResult,
        forcing: Forcing | None,
        ask: Ask,
        solve: Solve,
    ) -> None:
        self._problem, self._rules, self._result = problem, rules, result
        self._forcing, self._ask, self._solve = forcing, cache(ask), solve
        self._pairs = result.pairs
        self._made = {(a.mentor, a.mentee): a for a in result.assignments}

    def ask(self, mentor: str, mentee: str) -> WhyPair | None:
        """Why the two were paired; None where they are not."""
        made = self._made.get((mentor, mentee))
        if made is None:
            return None
        of_mentee, of_mentor = self.options(mentee, "mentee"), self.options(mentor, "mentor")
        only_option_of: list[Role] = ["mentee"] if len(of_mentee) == 1 else []
        only_option_of += ["mentor"] if len(of_mentor) == 1 else []
        needed_for = self._needed_for(made)
        margin, known, closest = self._margin(of_mentee, mentee)
        return WhyPair(
            assignment=made,
            mentee_options=len(of_mentee),
            mentor_options=len(of_mentor),
            margin=margin,
            margin_known=known,
            closest=closest,
            forced_by=self._forced_by(made, only_option_of, needed_for),
            only_option_of=tuple(only_option_of),
            needed_for=needed_for,
            mentees_better=self._better(made, of_mentee, "mentee"),
            mentors_better=self._better(made, of_mentor, "mentor"),
            tied_alternatives=self.ties(mentee, "mentee", of_mentee),
        )

    def options(self, reference: str, role: Role) -> list[Option]:
        """Everybody eligible for somebody, most points first."""
        given = self._problem, self._rules, self._made
        return options_of(*given, reference, role, self._forcing)

    def ties(self, reference: str, role: Role, options: Sequence[Option] | None = None) -> Ties:
        """Everybody with whom somebody would be just as well paired in this role."""
        options = self.options(reference, role) if options is None else options
        return ties_of(self._forcing, self._ask, options, reference, role)

    def _margin(
        self, options: Sequence[Option], mentee: str
    ) -> tuple[int | None, bool, str | None]:
        """The margin, whether it is known, and the mentor of the option that comes closest."""
        margin, known, closest = None, True, None
        for least, answer in asked_in_order(self._forcing, self._ask, options, mentee, "mentee"):
            if self._loses_before(least) or self._is_reached(margin, least):
                break
            if answer is None or answer.verdict == "unknown":
                known = False
            elif answer.change is not None and not self._loses_before(answer.change.losses):
                lost = answer.change.losses.get(POINTS, 0)
                if margin is None or lost < margin:
                    margin, closest = lost, answer.mentor
        # A tie cannot be beaten by what was not worked out; any other margin can.
        known = known or margin == 0
        return (margin if known else None), known, (closest if known else None)

    def _loses_before(self, losses: Mapping[str, int]) -> bool:
        """Whether something is lost at a level before points."""
        levels = self._problem.policy.levels
        return any(losses.get(name, 0) for name in takewhile(lambda n: n != POINTS, levels))

    def _is_reached(self, margin: int | None, least: Mapping[str, int]) -> bool:
        """Whether whatever loses so much at least is no better than the margin in hand."""
        return margin is not None and least.get(POINTS, 0) >= margin

    def _needed_for(self, made: Assignment) -> tuple[str, ...]:
        """What the other pairs alone would break, in sentences."""
        one = Pair(mentor=made.mentor, mentee=made.mentee)
        others = [pair for pair in self._pairs if pair != one]
        return tuple(
            sentence
            for rule in self._rules.constraints
            if rule.limit(self._problem).shape == "group"
            for sentence in rule.breaches(self._problem, others)
        )

    def _forced_by(
        self, made: Assignment, only_option_of: Sequence[Role], needed_for: Sequence[str]
    ) -> ForcedBy | None:
        if (made.mentor, made.mentee) in self._problem.pinned:
            return "pin"
        if only_option_of:
            return "only_option"
        if not needed_for:
            return None
        other = self._solve(without_pair(self._problem, made.mentor, made.mentee))
        return "quota" if other.run.solve_status == "infeasible" else None

    def _better(
        self, made: Assignment, options: Sequence[Option], role: Role
    ) -> BetterOption | None:
        """The best option that was not made, where it has more points than the pair."""
        best = next((option for option in options if not option.made), None)
        if best is None or best.points <= made.points:
            return None
        partner = best.partner(role)
        held = [
            Held(partner=a.mentee if role == "mentee" else a.mentor, points=a.points)
            for a in self._result.assignments
            if partner == (a.mentor if role == "mentee" else a.mentee)
        ]
        person = self._problem.by_reference[partner]
        places = person.mentoring.capacity if role == "mentee" else person.learning.wants
        return BetterOption(
            partner=partner,
            points=best.points,
            held_by=tuple(held),
            free=places - len(held),
            answer=self._ask(best.mentor, best.mentee),
        )
