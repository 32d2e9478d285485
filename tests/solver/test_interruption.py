from __future__ import annotations

from solver.interruption import Interruption


def test_whoever_listens_is_told_when_somebody_asks() -> None:
    told: list[str] = []
    interruption = Interruption()
    interruption.tell(lambda: told.append("now"))
    assert told == []
    interruption.ask()
    assert told == ["now"]


def test_whoever_listens_late_is_told_at_once() -> None:
    told: list[str] = []
    interruption = Interruption()
    interruption.ask()
    interruption.tell(lambda: told.append("now"))
    assert told == ["now"]


def test_asking_nobody_is_no_error() -> None:
    Interruption().ask()
