"""The first solve of a process pays for what NumPy and OR-Tools load late; so let it be tiny."""

from __future__ import annotations

from models.domain.participant import MenteeSection, MentorSection, Participant
from models.domain.policy import Policy, RuleChoice
from models.domain.problem import Problem
from solver.levels import LEVELS, TIE_RULE
from solver.relaxation.network import lay_network
from solver.rulebook import all_rules, choose_rules
from solver.search.clock import Clock
from solver.search.find import find_answer


def warm_up() -> None:
    """Finds the rules and solves a round of two people."""
    needed = [rule for rule in all_rules().values() if not rule.can_be_switched_off]
    problem = Problem(
        name="Two people",
        programme="none",
        ladder=("only",),
        policy=Policy(
            profile="none",
            rules=tuple(RuleChoice(kind=rule.kind, name=rule.name) for rule in needed),
            levels=("mentees_matched", "points", TIE_RULE),
        ),
        participants=(
            Participant(reference="a", person="a", grade="only", mentor=MentorSection(capacity=1)),
            Participant(reference="b", person="b", grade="only", mentee=MenteeSection(wants=1)),
        ),
        tie_salt="",
    )
    rules = choose_rules(problem.policy)
    network = lay_network(problem, rules, [LEVELS[name] for name in problem.policy.levels])
    find_answer(problem, rules, network, Clock(1.0), lambda level, answer: None)
