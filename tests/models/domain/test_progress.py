from __future__ import annotations

from models.domain.progress import Progress


def test_the_gap_is_known_once_value_and_bound_are() -> None:
    assert Progress(stage="deciding", value=7, bound=10).gap == 3
    assert Progress(stage="deciding", value=7).gap is None
    assert Progress(stage="deciding", bound=10).gap is None
