from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from models.domain.stop import SAME_EVERYWHERE, STOP_REASONS, StopReason

EXPLAINED = Path(__file__).parents[3] / "docs" / "command-line.md"


def test_every_stop_reason_has_words() -> None:
    assert tuple(STOP_REASONS) == get_args(StopReason)
    assert len(set(STOP_REASONS.values())) == len(STOP_REASONS)


def test_the_documentation_explains_every_stop_reason_and_no_other() -> None:
    """In their order, each with whether the result is reproducible."""
    rows = re.findall(r"^\| `(\w+)` \| .* \| (yes|no) \|$", EXPLAINED.read_text("utf-8"), re.M)
    expected = [(name, "yes" if name in SAME_EVERYWHERE else "no") for name in STOP_REASONS]
    assert rows == expected
