"""The judge of medium rounds: one plain programme of whole numbers over all candidate pairs.

No pricing, no rewriting, no face: HiGHS is given every pair, every place and every group as
the rules' plain-Python voices state them, and one level after the other as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
    result_pb2,
)
from ortools.math_opt.core.python import solver

from models.domain.participant import Pair
from models.domain.problem import Problem
from solver.judge.facts import candidate_pairs
from solver.levels import LEVELS, Level
from solver.rule import HardConstraint
from solver.rulebook import choose_rules

SECONDS = 60
"""No round of a test takes so long; one that did would fail."""

Terms = dict[int, int]


class PlainProgramme:
    """A round as variables (pairs, then everybody's places) and rows of whole numbers.

    With `only`, no other hard constraints are kept than these and everybody's places; `pins`
    are pairs that have to be made all the same.
    """

    def __init__(
        self, problem: Problem, only: frozenset[str] | None = None, pins: Iterable[Pair] = ()
    ) -> None:
        self.problem = problem
        self.rules = choose_rules(problem.policy)
        self.candidates = list(candidate_pairs(problem, self.rules))
        self._places: list[tuple[str, str, int]] = []
        self._rows: list[tuple[Terms, int, int]] = []
        for role, people in (("mentee", problem.mentees), ("mentor", problem.mentors)):
            for person in people:
                self._add_person(role, person.reference)
        for rule in self.rules.constraints:
            if only is None or rule.name in only:
                self._add_rule(rule)
        for pin in pins:
            pinned = {
                place: 1
                for place, (mentor, mentee, _) in enumerate(self.candidates)
                if (mentor.reference, mentee.reference) == (pin.mentor, pin.mentee)
            }
            self._rows.append((pinned, 1, 1))

    def best_values(self, levels: int | None = None) -> tuple[int, ...] | None:
        """The optimum of each of the first levels, given those before; None: no answer."""
        values: dict[str, int] = {}
        for name in self.problem.policy.levels[:levels]:
            best = self.best_given(name, values)
            if best is None:
                return None
            values[name] = best
        return tuple(values.values())

    def best_given(self, name: str, earlier: Mapping[str, int]) -> int | None:
        """The most of a level where earlier levels have exactly these values."""
        model = model_pb2.ModelProto()
        size = len(self.candidates) + len(self._places)
        model.variables.ids.extend(range(size))
        model.variables.lower_bounds.extend([0.0] * size)
        model.variables.upper_bounds.extend([1.0] * size)
        model.variables.integers.extend([True] * size)
        model.objective.maximize = True
        terms = sorted(self._gains(LEVELS[name]).items())
        model.objective.linear_coefficients.ids.extend(place for place, _ in terms)
        model.objective.linear_coefficients.values.extend(float(gain) for _, gain in terms)
        kept = [(self._gains(LEVELS[other]), v, v) for other, v in earlier.items()]
        for number, (row, least, most) in enumerate([*self._rows, *kept]):
            model.linear_constraints.ids.append(number)
            model.linear_constraints.lower_bounds.append(least)
            model.linear_constraints.upper_bounds.append(most)
            for place, coefficient in sorted(row.items()):
                model.linear_constraint_matrix.row_ids.append(number)
                model.linear_constraint_matrix.column_ids.append(place)
                model.linear_constraint_matrix.coefficients.append(coefficient)
        return self._most(model, name)

    def _most(self, model: model_pb2.ModelProto, name: str) -> int | None:
        parameters = parameters_pb2.SolveParametersProto()
        parameters.time_limit.FromSeconds(SECONDS)
        parameters.highs.double_options["mip_rel_gap"] = 0.0
        parameters.highs.double_options["mip_abs_gap"] = 0.5
        result = solver.solve(
            model,
            parameters_pb2.SOLVER_TYPE_HIGHS,
            parameters_pb2.SolverInitializerProto(),
            parameters,
            model_parameters_pb2.ModelSolveParametersProto(),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            None,
        )
        if result.termination.reason == result_pb2.TERMINATION_REASON_INFEASIBLE:
            return None
        assert result.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL
        found = result.solutions[0].primal_solution.variable_values
        gains = self._gains(LEVELS[name])
        chosen = zip(found.ids, found.values, strict=True)
        return sum(gains.get(place, 0) * round(share) for place, share in chosen)

    def _gains(self, level: Level) -> Terms:
        gains = [
            level.pair_gain(self.problem, mentor.reference, mentee.reference, points)
            for mentor, mentee, points in self.candidates
        ]
        for role, reference, nth in self._places:
            person = self.problem.by_reference[reference]
            if role == "mentee":
                gains.append(level.mentee_gain(person, nth))
            else:
                gains.append(level.mentor_gain(self.rules, person, nth))
        return {place: gain for place, gain in enumerate(gains) if gain}

    def _add_person(self, role: str, reference: str) -> None:
        """A variable for each place, filled in order; together they are the person's pairs."""
        mine = self._pairs_of[role, reference]
        person = self.problem.by_reference[reference]
        most = person.learning.wants if role == "mentee" else person.mentoring.capacity
        row = dict.fromkeys(mine, 1)
        for nth in range(1, min(most, len(mine)) + 1):
            place = len(self.candidates) + len(self._places)
            self._places.append((role, reference, nth))
            row[place] = -1
            if nth > 1:
                self._rows.append(({place - 1: 1, place: -1}, 0, 1))
        self._rows.append((row, 0, 0))

    def _add_rule(self, rule: HardConstraint) -> None:
        """A row for each group that anything counts in, or that nothing would break."""
        limit = rule.limit(self.problem)
        groups: dict[str, Terms] = {limit.label(code): {} for code in limit.needed}
        for place, (mentor, mentee, _) in enumerate(self.candidates):
            for label, size in rule.shares(self.problem, mentor, mentee):
                row = groups.setdefault(label, {})
                row[place] = row.get(place, 0) + size
        for mentee in self.problem.mentees:
            label = rule.matched_group(self.problem, mentee)
            first = self._first_place.get(mentee.reference)
            if label is not None and first is not None:
                groups.setdefault(label, {})[first] = 1
        for label, row in groups.items():
            for mentor_reference, size in rule.price_of_mentors(self.problem, {label: 1}).items():
                for place in self._pairs_of["mentor", mentor_reference]:
                    row[place] = row.get(place, 0) + size
            self._rows.append((row, *rule.group_bounds(self.problem, label)))

    @cached_property
    def _pairs_of(self) -> dict[tuple[str, str], list[int]]:
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, (mentor, mentee, _) in enumerate(self.candidates):
            found["mentor", mentor.reference].append(place)
            found["mentee", mentee.reference].append(place)
        return found

    @property
    def _first_place(self) -> dict[str, int]:
        start = len(self.candidates)
        return {
            reference: start + number
            for number, (role, reference, nth) in enumerate(self._places)
            if role == "mentee" and nth == 1
        }
