"""The same round in which one pair may not be made."""

from __future__ import annotations

from models.domain.participant import Pair, Participant
from models.domain.policy import RuleChoice
from models.domain.problem import Problem

BARRED = "barred_pairs"


def without_pair(problem: Problem, mentor: str, mentee: str) -> Problem:
    """The same round with one bar more, and with the rule that heeds bars.

    Where the policy leaves that rule out, nobody's other bars and wishes begin to count.
    """
    bar = Pair(mentor=mentor, mentee=mentee)
    if any(choice.name == BARRED for choice in problem.policy.rules):
        bars = {*problem.bars, bar}
        ordered = sorted(bars, key=lambda pair: (pair.mentor, pair.mentee))
        return problem.changed(bars=tuple(ordered))
    rule = RuleChoice(kind="eligibility", name=BARRED)
    rules = sorted((*problem.policy.rules, rule), key=lambda choice: choice.name)
    return problem.changed(
        policy=problem.policy.model_copy(update={"rules": tuple(rules)}),
        bars=(bar,),
        participants=tuple(map(_without_wishes, problem.participants)),
    )


def _without_wishes(person: Participant) -> Participant:
    sections = {
        name: section.model_copy(update={"avoids": ()})
        for name, section in (("mentor", person.mentor), ("mentee", person.mentee))
        if section is not None
    }
    return person.model_copy(update=sections)
