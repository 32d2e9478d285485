from __future__ import annotations

from models.domain.participant import DroppedPin, Pair
from solver.intake.issue_log import IssueLog
from solver.intake.pin_log import PinLog

PIN = Pair(mentor="M-1", mentee="E-9")
PLACE = ("pins", 0, "mentee")


def test_a_pin_is_refused_unless_the_policy_lets_it_be_dropped() -> None:
    for mode in ("reject", "waive"):
        faults = PinLog(log := IssueLog(), mode)
        faults.refuse("PIN_UNKNOWN_PERSON", PLACE, PIN, "nobody", "Remove it.", value="E-9")
        (issue,) = log.issues()
        assert (issue.severity, issue.message, issue.pointer) == (
            "error",
            "nobody",
            "/pins/0/mentee",
        )
        assert not faults.is_dropped(PIN)


def test_a_dropped_pin_is_a_warning_with_the_same_words() -> None:
    faults = PinLog(log := IssueLog(), "drop")
    faults.refuse("PIN_UNKNOWN_PERSON", PLACE, PIN, "nobody", "Remove it.", value="E-9")
    (issue,) = log.issues()
    assert (issue.severity, issue.message) == ("warning", "nobody; the pin is dropped")
    assert issue.detail == {"value": "E-9"}
    assert faults.is_dropped(PIN)
    assert faults.dropped == (
        DroppedPin(mentor="M-1", mentee="E-9", code="PIN_UNKNOWN_PERSON", because="nobody"),
    )


def test_a_pin_with_two_faults_is_dropped_once_for_both() -> None:
    faults = PinLog(IssueLog(), "drop")
    faults.refuse("PIN_VS_BAR", PLACE, PIN, "barred", "")
    faults.refuse("PIN_INELIGIBLE", PLACE, PIN, "too low", "")
    (pin,) = faults.dropped
    assert (pin.code, pin.because) == ("PIN_VS_BAR", "barred; too low")
