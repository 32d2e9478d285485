"""Any explanation, for any audience: the one place where it is put into words."""

from __future__ import annotations

from models.domain.explanation import WhyNot
from models.domain.result import Role, Unmatched
from models.domain.why import Audience, Counterfactual, Ties, WhyPair
from solver.questions.telling.for_auditors import for_auditors
from solver.questions.telling.for_participants import for_participants
from solver.questions.telling.for_planners import for_planners

Explanation = WhyPair | WhyNot | Ties | Counterfactual | Unmatched


def tell(
    explanation: Explanation, audience: Audience, digest: str = "", reader: Role = "mentee"
) -> tuple[str, ...]:
    """The explanation as sentences, one a line; empty where it is not for this audience.

    `digest` is that of the result's certificate, which auditors are told. `reader` says in
    which role a participant reads. No audience is ever told a characteristic.
    """
    if audience == "planner":
        return tuple(for_planners(explanation))
    if audience == "auditor":
        return (*for_auditors(explanation), f"certificate {digest}")
    return tuple(for_participants(explanation, reader))
