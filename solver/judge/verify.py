"""Is a published result what the rules say, and is it optimal? Answered with no solver.

What a result claims is read, and nothing of it is believed: from the round, the pairs and
the prices the whole result is put together again, and every difference is a finding. Only the
other answers that the price of fairness compares with are not in the result: that it adds up is
checked, and what they came to is taken as stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.domain.base import Frozen
from models.domain.problem import Problem
from models.domain.result import LevelResult, MatchResult
from solver.judge.audit import AuditRejectedError
from solver.judge.bound import UnusablePricesError
from solver.judge.choices import choices_refuted
from solver.judge.claims import Claim
from solver.judge.price import WrongPriceError, restated
from solver.report import RunFacts, report
from solver.rulebook import choose_rules

ENGINE = "engine:"
MOST_FINDINGS = 100
NOTHING_TO_VERIFY = "the result makes no assignments and carries no proof that none can be made"


class Verification(Frozen):
    """What the judge found: every difference from the claims, and the levels worked out anew."""

    findings: tuple[str, ...]
    levels: tuple[LevelResult, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the result is what the round, its pairs and its prices give."""
        return not self.findings

    @property
    def certified_optimal(self) -> bool:
        """Whether the judge's own bound meets the value at every level."""
        return (
            self.accepted
            and bool(self.levels)
            and all(level.proof == "certified" for level in self.levels)
        )


def verify_result(problem: Problem, result: MatchResult) -> Verification:
    """Checks a result against the round that it claims to answer."""
    if result.run.solve_status in ("infeasible", "unknown"):
        return Verification(findings=(NOTHING_TO_VERIFY,))
    wrong_levels = _wrong_levels(problem, result)
    if wrong_levels:
        return Verification(findings=tuple(wrong_levels))
    try:
        rebuilt = _rebuilt(problem, result)
    except AuditRejectedError as error:
        return Verification(findings=_at_most(error.breaches))
    except UnusablePricesError as error:
        return Verification(findings=(f"the prices prove nothing: {error}",))
    except WrongPriceError as error:
        return Verification(findings=(f"the price of fairness is wrong: {error}",))
    claimed, found = (value.model_dump(mode="json") for value in (result, rebuilt))
    findings = _at_most((*choices_refuted(problem, rebuilt), *_differences("", claimed, found)))
    return Verification(findings=findings, levels=rebuilt.levels)


def _wrong_levels(problem: Problem, result: MatchResult) -> list[str]:
    wanted = list(problem.policy.levels)
    stated = {
        "the result": [level.name for level in result.levels],
        "the certificate": [level.name for level in result.certificate.levels],
    }
    return [
        f"{where} has the levels {', '.join(names) or 'none'}; the policy has {', '.join(wanted)}"
        for where, names in stated.items()
        if names != wanted
    ]


def claims_of(result: MatchResult) -> list[Claim]:
    """What a result claims of its levels, with the prices behind it."""
    engines = {
        level.name: level.proof.removeprefix(ENGINE)
        for level in result.levels
        if level.proof.startswith(ENGINE)
    }
    return [Claim.stated(level, engines.get(level.name)) for level in result.certificate.levels]


def facts_of(result: MatchResult) -> RunFacts:
    """What a result says of its run and cannot be worked out again."""
    return RunFacts(**{name: getattr(result.run, name) for name in RunFacts.model_fields})


def _rebuilt(problem: Problem, result: MatchResult) -> MatchResult:
    rules = choose_rules(problem.policy)
    claims, facts = claims_of(result), facts_of(result)
    rebuilt = report(problem, rules, result.pairs, claims, facts, issues=result.issues)
    prices = tuple(restated(problem, result.pairs, price) for price in result.price_of_fairness)
    return rebuilt.model_copy(update={"price_of_fairness": prices})


def _at_most(findings: tuple[str, ...]) -> tuple[str, ...]:
    more = len(findings) - MOST_FINDINGS
    return findings if more <= 0 else (*findings[:MOST_FINDINGS], f"and {more:,} more")


def _differences(place: str, claimed: Any, found: Any) -> Iterator[str]:
    """Where two JSON values differ, as sentences with a JSON pointer and both values."""
    if isinstance(claimed, dict) and isinstance(found, dict):
        for key in sorted(claimed.keys() | found.keys()):
            yield from _differences(f"{place}/{key}", claimed.get(key), found.get(key))
    elif isinstance(claimed, list) and isinstance(found, list) and len(claimed) == len(found):
        for index, (one, other) in enumerate(zip(claimed, found, strict=True)):
            yield from _differences(f"{place}/{index}", one, other)
    elif claimed != found:
        yield f"{place} says {_short(claimed)} and should say {_short(found)}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
