"""From a raw document to a problem that can be solved, or to every issue in it at once."""

from solver.intake.document import read_document
from solver.intake.policy import resolve_policy
from solver.intake.round import Intake, read_round

__all__ = ["Intake", "read_document", "read_round", "resolve_policy"]
