"""Why a mentor was not given a mentee: one verdict for each pair, the first that applies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

from models.domain.explanation import Change, WhyNot
from models.domain.participant import Pair, Participant
from models.domain.problem import Problem
from models.domain.result import Assignment, Check, MatchResult
from solver.judge.facts import points_of, refusals
from solver.levels import PINS_KEPT
from solver.questions.forcing import Forcing
from solver.questions.words import change_in_words, losses_in_words
from solver.rulebook import Rules

BARRED = "barred_pairs"

ForcedAnew = Callable[[str, str], WhyNot]
"""Answers by solving the round again with the pair forced; the last resort."""


class WhyNots:
    """Answers for any pair of one result.

    `forcing` is at hand where the result's prices prove it; without it, and where the cheapest
    change would break a limit that is no part of the network, `anew` is asked.
    """

    def __init__(
        self,
        problem: Problem,
        rules: Rules,
        result: MatchResult,
        forcing: Forcing | None,
        anew: ForcedAnew,
    ) -> None:
        self._problem, self._rules = problem, rules
        self._forcing, self._anew = forcing, anew
        self._made = {(a.mentor, a.mentee): a for a in result.assignments}

    def ask(self, mentor: str, mentee: str) -> WhyNot:
        """The verdict for a mentor and a mentee, given by reference."""
        found = self._before_any_cost(mentor, mentee)
        if found is not None:
            return found
        change = self._forcing.force(mentor, mentee) if self._forcing else None
        answer = (
            self._anew(mentor, mentee) if change is None else self._told(mentor, mentee, change)
        )
        return self._behind_kept_pins(answer)

    def _before_any_cost(self, mentor: str, mentee: str) -> WhyNot | None:
        """Every verdict that can be given without asking what forcing the pair would cost."""
        people = self._problem.by_reference
        giver, taker = people.get(mentor), people.get(mentee)
        absent = _absent(giver, mentor, "mentor") or _absent(taker, mentee, "mentee")
        if absent or giver is None or taker is None:
            return WhyNot(mentor=mentor, mentee=mentee, verdict="not_in_round", because=absent)
        if giver.person == taker.person:
            because = f"{mentor} and {mentee} are the same person"
            return WhyNot(mentor=mentor, mentee=mentee, verdict="same_person", because=because)
        if (mentor, mentee) in self._made:
            return _already(self._made[mentor, mentee])
        return self._refused(giver, taker) or self._pinned_away(giver, taker, self._problem.pins)

    def _refused(self, giver: Participant, taker: Participant) -> WhyNot | None:
        refused = refusals(self._problem, self._rules, giver, taker)
        if not refused:
            return None
        others = [found for found in refused if found[0] != BARRED]
        told = others or refused
        return WhyNot(
            mentor=giver.reference,
            mentee=taker.reference,
            verdict="ineligible" if others else "barred",
            because="; ".join(sentence for _, sentence in told),
            checks=tuple(Check(rule=rule, because=sentence) for rule, sentence in refused),
        )

    def _behind_kept_pins(self, answer: WhyNot) -> WhyNot:
        """A pin that was kept though it could be dropped blocks like any; the cost stands too."""
        if answer.change is None or not answer.change.losses.get(PINS_KEPT):
            return answer
        people = self._problem.by_reference
        kept = tuple(pin for pin in self._problem.droppable_pins if _key(pin) in self._made)
        standing = (*self._problem.pins, *kept)
        blocked = self._pinned_away(people[answer.mentor], people[answer.mentee], standing)
        if blocked is None:
            return answer
        told = {name: getattr(blocked, name) for name in ("verdict", "because", "pins")}
        return answer.model_copy(update=told)

    def _pinned_away(
        self, giver: Participant, taker: Participant, pins: Sequence[Pair]
    ) -> WhyNot | None:
        of_giver = tuple(pin for pin in pins if pin.mentor == giver.reference)
        of_taker = tuple(pin for pin in pins if pin.mentee == taker.reference)
        if giver.mentor and len(of_giver) >= giver.mentor.capacity:
            because = f"all places of {giver.reference} are pinned to others"
            blocking = of_giver
        elif taker.mentee and len(of_taker) >= taker.mentee.wants:
            because = f"{taker.reference} is pinned to {of_taker[0].mentor}"
            blocking = of_taker
        else:
            return None
        return WhyNot(
            mentor=giver.reference,
            mentee=taker.reference,
            verdict="blocked_by_pin",
            because=because,
            pins=blocking,
        )

    def _told(self, mentor: str, mentee: str, change: Change) -> WhyNot:
        people = self._problem.by_reference
        moves = change_in_words(change)
        tied = change.costs_nothing
        because = (
            f"the pair would be just as good; only the lottery among equals decided: {moves}"
            if tied
            else f"with this pair there would be {losses_in_words(change.losses)}: {moves}"
        )
        return WhyNot(
            mentor=mentor,
            mentee=mentee,
            verdict="tied" if tied else "dominated",
            because=because,
            points=points_of(self._problem, self._rules, people[mentor], people[mentee]),
            change=change,
            local_losses=self._locally(mentor, mentee),
        )

    def _locally(self, mentor: str, mentee: str) -> dict[str, int] | None:
        """The least loss of swapping just these two in; None where pins or limits forbid it."""
        assert self._forcing is not None  # noqa: S101  only asked for changes that it made
        standing, pinned = self._forcing.standing, self._problem.pinned
        people = self._problem.by_reference
        held = [(mentor, other) for other in standing.mentees_of.get(mentor, [])]
        holding = [(other, mentee) for other in standing.mentors_of.get(mentee, [])]
        full = len(held) >= people[mentor].mentoring.capacity
        sated = len(holding) >= people[mentee].learning.wants
        drops = [[pair] for pair in held if pair not in pinned] if full else [[]]
        leaves = [[pair] for pair in holding if pair not in pinned] if sated else [[]]
        swaps = [
            self._forcing.swap(drop + leave, (mentor, mentee))
            for drop, leave in product(drops, leaves)
            if self._forcing.limits_kept.after(drop + leave, [(mentor, mentee)])
        ]
        losses = [swap.losses for swap in swaps]
        return min(losses, key=lambda lost: tuple(lost.values()), default=None)


def _key(pair: Pair) -> tuple[str, str]:
    return pair.mentor, pair.mentee


def _absent(person: Participant | None, reference: str, role: str) -> str:
    """Why somebody cannot be a mentor, or a mentee, in this round; empty where they can."""
    if person is None:
        return f"{reference} is not in this round"
    if role == "mentor" and not (person.mentor and person.mentor.capacity):
        return f"{reference} offers no place as a mentor in this round"
    if role == "mentee" and not (person.mentee and person.mentee.wants):
        return f"{reference} seeks no mentor in this round"
    return ""


def _already(assignment: Assignment) -> WhyNot:
    return WhyNot(
        mentor=assignment.mentor,
        mentee=assignment.mentee,
        verdict="already_matched",
        because=f"{assignment.mentor} and {assignment.mentee} are paired",
        points=assignment.points,
        assignment=assignment,
    )
