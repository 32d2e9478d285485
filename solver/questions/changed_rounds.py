"""The same round under another policy: without one pair, or with another weight."""

from __future__ import annotations

from models.domain.participant import Pair, Participant
from models.domain.policy import Policy, RuleChoice
from models.domain.problem import Problem
from solver.rule import Objective
from solver.rulebook import all_rules

BARRED = "barred_pairs"


def without_pair(problem: Problem, mentor: str, mentee: str) -> Problem:
    """The same round in which these two may not be paired.

    Where the policy leaves out the rule that heeds bars, it is switched on for this pair alone.
    """
    bar = Pair(mentor=mentor, mentee=mentee)
    if any(choice.name == BARRED for choice in problem.policy.rules):
        bars = {*problem.bars, bar}
        ordered = sorted(bars, key=lambda pair: (pair.mentor, pair.mentee))
        return problem.changed(bars=tuple(ordered))
    return problem.changed(
        policy=_with_choice(problem.policy, RuleChoice(kind="eligibility", name=BARRED)),
        bars=(bar,),
        participants=tuple(map(_without_wishes, problem.participants)),
    )


def weighable(problem: Problem) -> dict[str, Objective]:
    """Every soft objective with its settings and today's weight, 0 where the policy has none."""
    known = {choice.name: choice.settings for choice in problem.policy.rules}
    return {
        name: rule(**known.get(name, {}))
        for name, rule in sorted(all_rules().items())
        if issubclass(rule, Objective)
    }


def with_weight(problem: Problem, rule: Objective, weight: int) -> Problem:
    """The same round with another weight for one soft objective."""
    settings = {**rule.model_dump(mode="json"), "weight": weight}
    choice = RuleChoice(kind=rule.kind, name=rule.name, settings=settings)
    return problem.changed(policy=_with_choice(problem.policy, choice))


def _with_choice(policy: Policy, choice: RuleChoice) -> Policy:
    others = [other for other in policy.rules if other.name != choice.name]
    rules = sorted((*others, choice), key=lambda one: (one.kind, one.name))
    return policy.model_copy(update={"rules": tuple(rules)})


def _without_wishes(person: Participant) -> Participant:
    sections = {
        name: section.model_copy(update={"avoids": ()})
        for name, section in (("mentor", person.mentor), ("mentee", person.mentee))
        if section is not None
    }
    return person.model_copy(update=sections)
