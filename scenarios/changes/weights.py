"""Weigh soft objectives otherwise."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from models.domain.submission import Settings
from scenarios.change import Change
from scenarios.document import Document, policy_part, with_policy
from solver.wording import listed, rule_title


class Weights(Change):
    """Soft objectives count more or less; 0 switches one off."""

    weights: Settings = Field(min_length=1)

    def applied(self, document: Document) -> Document:
        """The document with these weights in its policy, wherever the old ones stood."""
        rules: dict[str, Any] = policy_part(document, "rules", {})
        weighed = {
            name: {field: value for field, value in settings.items() if field != "weight"}
            if name in self.weights
            else settings
            for name, settings in rules.items()
        }
        return with_policy(
            document,
            weights=policy_part(document, "weights", {}) | self.weights,
            rules=weighed,
            off=[name for name in policy_part(document, "off", []) if name not in self.weights],
        )

    def told(self) -> str:
        """As a sentence."""
        weighed = [f"{rule_title(name)} {weight}" for name, weight in self.weights.items()]
        return f"weight of {listed(weighed)}"
