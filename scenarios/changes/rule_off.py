"""Switch a rule off."""

from __future__ import annotations

from scenarios.change import Change
from scenarios.document import Document, NotApplicableError, policy_part, with_policy
from solver.wording import rule_title


class RuleOff(Change):
    """A rule does not hold, or a soft objective does not count."""

    rule: str

    def applied(self, document: Document) -> Document:
        """The document with the rule off in its policy."""
        off = policy_part(document, "off", [])
        if self.rule in off:
            message = f"`{self.rule}` is off already"
            raise NotApplicableError("CHANGE_WITHOUT_EFFECT", "rule", self.rule, message)
        without = {
            part: {
                name: given
                for name, given in policy_part(document, part, {}).items()
                if name != self.rule
            }
            for part in ("rules", "weights")
        }
        return with_policy(document, **without, off=[*off, self.rule])

    def told(self) -> str:
        """As a sentence."""
        return f"{rule_title(self.rule)} is off"
