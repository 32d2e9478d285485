"""The result, put together from the problem, the pairs and the prices; no solver needed.

Solving and verifying both end here: what a result says can be said again by anybody who has
the problem, the pairs and the certificate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from models.domain.base import Frozen, digest_of
from models.domain.by_hand import ByHand
from models.domain.certificate import Certificate, LevelCertificate
from models.domain.issue import Issue
from models.domain.participant import Pair
from models.domain.problem import Problem
from models.domain.result import (
    Assignment,
    Collision,
    LevelResult,
    LoadCost,
    MatchResult,
    RunReport,
    SolveStatus,
    TieRule,
    Unmatched,
)
from models.domain.stop import SAME_EVERYWHERE, StopReason
from solver.answers.conflicts import conflict_in_words
from solver.answers.pins import dropped_pins, waived_pins, with_dropped
from solver.answers.unmatched import Leftovers
from solver.answers.why import Reasons
from solver.groundwork import Prepared
from solver.judge.audit import AuditRejectedError, audit
from solver.judge.blocking import instabilities
from solver.judge.claims import Claim, claimed_bounds, held_round, priced_claims
from solver.judge.survey import Question, Survey, survey
from solver.levels import PINS_KEPT, TIE_RULE
from solver.modes import mode_of
from solver.rulebook import Rules, choose_rules


class RunFacts(Frozen):
    """What is known of the run and cannot be worked out again."""

    id: str = ""
    seconds: float = 0.0
    versions: dict[str, str] = Field(default_factory=dict)
    stopped_by: StopReason | None = None
    by_hand: tuple[ByHand, ...] = ()

    @property
    def ties_were_chosen(self) -> bool:
        """Whether a planner chose among equals, in place of the tie rule."""
        return any(choice.kind == "tie_choice" for choice in self.by_hand)


@dataclass(frozen=True)
class Judgement:
    """The values and the bounds of pairs, what of each level is proved, and the survey."""

    values: Mapping[str, int]
    bounds: Mapping[str, int]
    levels: tuple[LevelResult, ...]
    survey: Survey


def report(
    problem: Problem,
    rules: Rules,
    pairs: Sequence[Pair],
    claims: Sequence[Claim],
    facts: RunFacts,
    issues: Sequence[Issue] = (),
    groundwork: Prepared | None = None,
) -> MatchResult:
    """The audited, certified and explained result.

    `groundwork` is what somebody has at hand; without it everything is found again. Raises
    `AuditRejectedError` when the pairs break a hard rule.
    """
    pairs = sorted(pairs, key=lambda pair: (pair.mentor, pair.mentee))
    found = judged(problem, rules, pairs, claims, groundwork)
    levels, seen = found.levels, found.survey
    proved = all(level.proved for level in levels if level.name != TIE_RULE)
    reasons = groundwork.reasons if groundwork else Reasons(problem, rules)
    held = held_round(problem, rules, found.values)
    unmatched, short = _leftovers(*held, pairs, seen, proved)
    as_many = all(level.proved for level in levels if level.name == PINS_KEPT)
    dropped = dropped_pins(problem, rules, pairs, as_many)
    return MatchResult(
        run=_run(
            problem,
            facts,
            "optimal" if proved else "feasible",
            _tie_rule(facts, levels),
        ),
        levels=levels,
        assignments=_assignments(reasons, pairs, seen),
        unmatched=unmatched,
        short=short,
        load_costs=_load_costs(rules, pairs),
        waived_pins=waived_pins(problem, rules),
        dropped_pins=dropped,
        blocking_pairs=seen.blocking,
        issues=with_dropped(issues, problem, dropped),
        certificate=_certificate(problem, pairs, claims, found),
    )


def judged(
    problem: Problem,
    rules: Rules,
    pairs: Sequence[Pair],
    claims: Sequence[Claim],
    groundwork: Prepared | None = None,
) -> Judgement:
    """What the judge says of some pairs and claims, before anybody is told why.

    Raises `AuditRejectedError` when the pairs break a hard rule.
    """
    found = audit(problem, rules, pairs, groundwork.facts if groundwork else None)
    if not found.accepted:
        raise AuditRejectedError(found.breaches)
    priced = priced_claims(problem, rules, claims, found.values)
    screen = groundwork.screen if groundwork else None
    _, held = held_round(problem, rules, found.values)
    floors = [floor for floor in held.floors if floor not in rules.floors]
    question = Question(problem, rules, pairs, found.points, priced, found.values, floors)
    seen = survey(question, screen)
    mode = mode_of(problem.policy)
    if mode is not None and mode.is_stable and seen.blocking.count:
        raise AuditRejectedError(instabilities(seen.blocking))
    bounds = claimed_bounds(problem, rules, claims, found.values, seen.bounds)
    levels = tuple(_level(claim, found.values[claim.name], bounds[claim.name]) for claim in claims)
    return Judgement(found.values, bounds, levels, seen)


def _tie_rule(facts: RunFacts, levels: Sequence[LevelResult]) -> TieRule:
    if facts.ties_were_chosen:
        return "chosen"
    return TIE_RULE if levels and levels[-1].proved else "deterministic"


def report_no_answer(
    problem: Problem,
    facts: RunFacts,
    conflict: Collision | None = None,
    issues: Sequence[Issue] = (),
) -> MatchResult:
    """The result of a round of which no answer is known; with a conflict, there is none."""
    return MatchResult(
        run=_run(problem, facts, "infeasible" if conflict else "unknown", "deterministic"),
        levels=(),
        assignments=(),
        waived_pins=waived_pins(problem, choose_rules(problem.policy)),
        dropped_pins=problem.dropped_pins,
        issues=tuple(issues),
        conflict=conflict_in_words(conflict) if conflict else None,
        certificate=Certificate(),
    )


def _run(
    problem: Problem, facts: RunFacts, solve_status: SolveStatus, tie_rule: TieRule
) -> RunReport:
    return RunReport(
        **facts.model_dump(),
        status="stopped" if facts.stopped_by else "solved",
        reproducible=facts.stopped_by is None or facts.stopped_by in SAME_EVERYWHERE,
        solve_status=solve_status,
        tie_salt=problem.tie_salt,
        tie_rule=tie_rule,
        problem_digest=problem.digest,
    )


def _level(claim: Claim, value: int, bound: int) -> LevelResult:
    if value == bound:
        return LevelResult(
            name=claim.name, value=value, bound=bound, proved=True, proof="certified"
        )
    if claim.engine:
        return LevelResult(
            name=claim.name,
            value=value,
            bound=value,
            proved=True,
            proof=f"engine:{claim.engine}",
            certified_bound=bound,
        )
    return LevelResult(name=claim.name, value=value, bound=bound, proved=False)


def _assignments(reasons: Reasons, pairs: Sequence[Pair], seen: Survey) -> tuple[Assignment, ...]:
    return tuple(
        reasons.explain(pair, *ranks)
        for pair, *ranks in zip(pairs, seen.mentee_ranks, seen.mentor_ranks, strict=True)
    )


def _leftovers(
    problem: Problem, rules: Rules, pairs: Sequence[Pair], seen: Survey, proved: bool
) -> tuple[tuple[Unmatched, ...], tuple[Unmatched, ...]]:
    leftovers = Leftovers(problem, rules, pairs, proved)
    mentees = leftovers.among("mentee", seen.mentee_options)
    mentors = leftovers.among("mentor", seen.mentor_options)
    unmatched = [person for person in mentees if not person.got] + mentors
    return tuple(unmatched), tuple(person for person in mentees if person.got)


def _load_costs(rules: Rules, pairs: Sequence[Pair]) -> tuple[LoadCost, ...]:
    if not rules.loads:
        return ()
    loads: dict[str, int] = {}
    for pair in pairs:
        loads[pair.mentor] = loads.get(pair.mentor, 0) + 1
    costs = (
        LoadCost(
            mentor=mentor,
            load=load,
            cost=sum(rule.cost_of(nth) for rule in rules.loads for nth in range(1, load + 1)),
        )
        for mentor, load in sorted(loads.items())
    )
    return tuple(cost for cost in costs if cost.cost)


def _certificate(
    problem: Problem,
    pairs: Sequence[Pair],
    claims: Sequence[Claim],
    found: Judgement,
) -> Certificate:
    levels = tuple(
        LevelCertificate(
            name=claim.name,
            value=found.values[claim.name],
            bound=found.bounds[claim.name],
            prices=claim.prices,
            falls_short=claim.falls_short,
        )
        for claim in claims
    )
    bound_together: Mapping[str, object] = {
        "problem": problem.digest,
        "pairs": [[pair.mentor, pair.mentee] for pair in pairs],
        "levels": [level.model_dump(mode="json") for level in levels],
    }
    return Certificate(digest=digest_of(bound_together), verified=True, levels=levels)
