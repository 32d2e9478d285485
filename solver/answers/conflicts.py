"""Rules and pins that cannot hold together, as a planner is told."""

from __future__ import annotations

from models.domain.participant import Pair
from models.domain.result import Collision, Conflict
from solver.modes import all_modes
from solver.wording import listed, pins_named, rule_title

NOT_SMALLEST = "perhaps not all of these are needed: the search for the fewest ended early"


def conflict_in_words(found: Collision, forced: Pair | None = None) -> Conflict:
    """The collision with a sentence; `forced` is a pair that only a question has pinned."""
    parts = []
    if forced in found.pins:
        parts.append(f"the pair of {forced.mentor} and {forced.mentee}")
    modes = [name for name in found.rules if name in all_modes()]
    parts += [f"the fairness mode {rule_title(mode)}" for mode in modes]
    rules = [rule_title(name) for name in found.rules if name not in modes]
    if rules:
        parts.append(f"the rule{'s' if len(rules) > 1 else ''} {listed(rules)}")
    pins = [pin for pin in found.pins if pin != forced]
    if pins:
        parts.append(pins_named(pins))
    alone = len(found.rules) + len(found.pins) == 1
    because = f"no pairs at all can keep {parts[0]}"
    if not alone:
        because = f"no pairs can keep all of these together: {listed(parts)}"
    if not found.minimal:
        because = f"{because} ({NOT_SMALLEST})"
    return Conflict(rules=found.rules, pins=found.pins, minimal=found.minimal, because=because)
