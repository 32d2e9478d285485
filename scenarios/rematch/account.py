"""What became of every pair of the earlier result, and who had somebody and has nobody now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.domain.participant import EarlierPair, Pair, Participant
from models.domain.problem import Problem
from models.domain.rematch import GonePair, PersonAlone, Rematch
from models.domain.result import Check, MatchResult, Role
from scenarios.rematch.live_round import LiveRound
from solver.judge.facts import refusals
from solver.rule import FULL_VALUE
from solver.rulebook import rules_given

Names = tuple[str, str]


def account(mode: str, live: LiveRound, result: MatchResult, price: int = 0) -> Rematch:
    """Every earlier pair's fate in a result of the round; its points are told without `price`."""
    made = {(pair.mentor, pair.mentee) for pair in result.pairs}
    standing = set(live.standing)
    kept, broken = sorted(made & standing), sorted(standing - made)
    most = len(kept) if not broken else live.most_kept
    loads = sum(load.cost for load in result.load_costs)
    points = sum(pair.points for pair in result.assignments) - loads
    return Rematch(
        mode=mode,
        unavoidable=tuple(_gone(live.problem, standing)),
        kept=_pairs(kept),
        broken=_pairs(broken),
        least_broken=None if most is None else len(standing) - most,
        broken_avoidable=None if most is None else most - len(kept),
        new=_pairs(sorted(made - standing)),
        unmatched_now=tuple(_alone(live.problem, made)),
        points=points - paid(price, len(kept)),
        price=price,
    )


def paid(price: int, pairs: int) -> int:
    """What a price comes to for so many pairs, in whole points."""
    return FULL_VALUE * price * pairs


def _gone(problem: Problem, standing: set[Names]) -> Iterable[GonePair]:
    """The earlier pairs that cannot stand, in the order of their references."""
    givers = {person.person: person for person in problem.mentors}
    takers = {person.person: person for person in problem.mentees}
    for (giver, taker), earlier in sorted(
        problem.earlier_humans.items(), key=lambda item: (item[1].mentor, item[1].mentee)
    ):
        mentor, mentee = givers.get(giver), takers.get(taker)
        if mentor is None or mentee is None:
            yield _without(problem, earlier, giver if mentor is None else taker, mentor is None)
        elif (mentor.reference, mentee.reference) not in standing:
            yield _refused(problem, mentor, mentee)


def _without(problem: Problem, pair: EarlierPair, person: str, is_mentor: bool) -> GonePair:
    """A pair of whom somebody is missing: the mentor is named first, where both are."""
    reference = pair.mentor if is_mentor else pair.mentee
    rows = problem.by_person.get(person)
    if rows is None:
        reason, because = "left", f"{reference} is no longer in the round"
    else:
        reason = "takes_no_part"
        because = (
            f"{reference} has no place for a mentee"
            if is_mentor
            else f"{reference} wants no mentor this time"
        )
    return GonePair.model_validate(
        {"mentor": pair.mentor, "mentee": pair.mentee, "reason": reason, "because": because}
    )


def _refused(problem: Problem, mentor: Participant, mentee: Participant) -> GonePair:
    failed = refusals(problem, rules_given(problem.policy), mentor, mentee)
    return GonePair(
        mentor=mentor.reference,
        mentee=mentee.reference,
        reason="ineligible",
        because="; ".join(because for _, because in failed),
        checks=tuple(Check(rule=rule, because=because) for rule, because in failed),
    )


def _alone(problem: Problem, made: set[Names]) -> Iterable[PersonAlone]:
    """Those of the earlier result who take part in the same role and have nobody, mentees first."""
    roles: tuple[tuple[Role, Sequence[Participant], int], ...] = (
        ("mentee", problem.mentees, 1),
        ("mentor", problem.mentors, 0),
    )
    for role, people, side in roles:
        had = {humans[side] for humans in problem.earlier_humans}
        has = {names[side] for names in made}
        for reference in sorted(p.reference for p in people if p.person in had):
            if reference not in has:
                yield PersonAlone(reference=reference, role=role)


def _pairs(names: Sequence[Names]) -> tuple[Pair, ...]:
    return tuple(Pair(mentor=mentor, mentee=mentee) for mentor, mentee in names)
