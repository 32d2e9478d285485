"""The fairness mode `coverage`."""

from __future__ import annotations

from solver.fairness_mode import FairnessMode


class Coverage(FairnessMode):
    """As many mentees as possible have a mentor; among such answers the points decide. The
    profile's own levels stay as they are."""
