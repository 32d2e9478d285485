"""What becomes of a pin that cannot stand: it is refused, or dropped with a warning."""

from __future__ import annotations

from typing import Any

from models.domain.participant import DroppedPin, Pair
from models.domain.policy import OnConflict
from solver.intake.issue_log import IssueLog, Path


class PinLog:
    """Writes down the faults of pins as the policy wants them taken."""

    def __init__(self, log: IssueLog, on_conflict: OnConflict) -> None:
        self.log = log
        self.drops = on_conflict == "drop"
        self._dropped: dict[tuple[str, str], DroppedPin] = {}

    def refuse(
        self, code: str, path: Path, pin: Pair, message: str, hint: str, **detail: Any
    ) -> None:
        """Refuses a pin; it is dropped where the policy says so, for all the reasons there are."""
        if not self.drops:
            self.log.error(code, path, message, hint, **detail)
            return
        self.log.warning(code, path, f"{message}; the pin is dropped", hint, **detail)
        key = pin.mentor, pin.mentee
        known = self._dropped.get(key)
        self._dropped[key] = DroppedPin(
            mentor=pin.mentor,
            mentee=pin.mentee,
            code=known.code if known else code,
            because=f"{known.because}; {message}" if known else message,
        )

    def is_dropped(self, pin: Pair) -> bool:
        """Whether the pin has been dropped."""
        return (pin.mentor, pin.mentee) in self._dropped

    @property
    def dropped(self) -> tuple[DroppedPin, ...]:
        """The pins dropped so far, sorted."""
        return tuple(pin for _, pin in sorted(self._dropped.items()))
