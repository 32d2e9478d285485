"""Least numbers that counting people and places shows to be beyond reach."""

from __future__ import annotations

from models.domain.problem import Problem
from models.domain.submission import PolicySubmission
from solver.intake.issue_log import IssueLog
from solver.intake.setting_words import place_of_rule
from solver.rulebook import choose_rules


def check_minimums(problem: Problem, submission: PolicySubmission, log: IssueLog) -> None:
    """One issue for each least number that no answer can meet, whatever the pairs are worth.

    Only what counting shows is found here; the rest is for the solver to find out.
    """
    for constraint in choose_rules(problem.policy).constraints:
        place = place_of_rule(constraint.name, submission)
        for minimum in constraint.minimums(problem):
            wanted, reachable = minimum.wanted, minimum.reachable
            if wanted > reachable:
                message = (
                    f"`{constraint.name}` asks for at least {wanted} {minimum.group}, "
                    f"and there are places for {reachable}"
                )
                hint = f"Ask for at most {reachable}, or add places."
                detail = {"rule": constraint.name, "group": minimum.group}
                numbers = {"wanted": wanted, "reachable": reachable}
                log.error("MINIMUM_UNREACHABLE", place, message, hint, **detail, **numbers)
