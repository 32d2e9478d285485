"""Switch a rule on, or give it other settings."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from models.domain.submission import Settings
from scenarios.change import Change
from scenarios.document import Document, policy_part, with_policy
from solver.wording import rule_title


class RuleOn(Change):
    """A rule holds, or holds with other settings. Settings that are not given stay as they are."""

    rule: str
    settings: Settings = Field(default_factory=dict)

    def applied(self, document: Document) -> Document:
        """The document with the rule in its policy."""
        rules: dict[str, Any] = policy_part(document, "rules", {})
        return with_policy(
            document,
            rules=rules | {self.rule: rules.get(self.rule, {}) | self.settings},
            off=[name for name in policy_part(document, "off", []) if name != self.rule],
        )

    def told(self) -> str:
        """As a sentence."""
        settings = ", ".join(f"{name} {value}" for name, value in self.settings.items())
        return f"{rule_title(self.rule)} holds" + (f" ({settings})" if settings else "")
