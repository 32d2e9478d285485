"""Choose another fairness mode."""

from __future__ import annotations

from models.domain.submission import FairnessSubmission
from scenarios.change import Change
from scenarios.document import Document, with_policy
from solver.wording import rule_title


class Fairness(Change):
    """The round is matched by another fairness mode, with its settings; `null` names none."""

    fairness: FairnessSubmission | None

    def applied(self, document: Document) -> Document:
        """The document with the mode in its policy."""
        chosen = self.fairness and self.fairness.model_dump(mode="json", exclude_unset=True)
        return with_policy(document, fairness=chosen)

    def told(self) -> str:
        """As a sentence."""
        if self.fairness is None:
            return "no fairness mode"
        return f"fairness mode {rule_title(self.fairness.mode)}"
