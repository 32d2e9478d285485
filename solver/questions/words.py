"""Changes and losses in a planner's words, the same for every page, file and endpoint."""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.explanation import Change, Move
from solver.wording import listed, points_in_words

_COUNTED = {
    "mentees_matched": ("mentee with a mentor", "mentees with a mentor"),
    "mentees_matched_1": (
        "carried-over mentee with a mentor",
        "carried-over mentees with a mentor",
    ),
    "mentees_matched_2": ("returning mentee with a mentor", "returning mentees with a mentor"),
    "mentees_matched_3": ("new mentee with a mentor", "new mentees with a mentor"),
    "mentors_used": ("mentor with a mentee", "mentors with a mentee"),
    "kept": ("earlier pair kept", "earlier pairs kept"),
    "pins_kept": ("pin kept", "pins kept"),
}


def losses_in_words(losses: Mapping[str, int], nothing: str = "nothing lost") -> str:
    """What is lost and what is gained, level by level: "2 fewer mentees with a mentor"."""
    told = [
        _counted(name, abs(loss), "fewer" if loss > 0 else "more")
        for name, loss in losses.items()
        if loss
    ]
    return listed(told) or nothing


def _counted(name: str, number: int, direction: str) -> str:
    if name in _COUNTED:
        singular, plural = _COUNTED[name]
        return f"{number:,} {direction} {singular if number == 1 else plural}"
    amount, unit = points_in_words(number).split(" ")
    return f"{amount} {direction} {unit}"


def gains_in_words(gains: Mapping[str, int], nothing: str = "nothing more") -> str:
    """The same of what is gained: "1 more mentee with a mentor and 40 more points"."""
    return losses_in_words({name: -gain for name, gain in gains.items()}, nothing)


def change_in_words(change: Change) -> str:
    """Who would move where, in the order in which they would."""
    return "; ".join(changes_in_words(change))


def changes_in_words(change: Change) -> list[str]:
    """The same, a clause for each mentee who moves."""
    return [_move_in_words(move) for move in change.moves if move.role == "mentee"]


def _move_in_words(move: Move) -> str:
    left = [name for name in move.before if name not in move.after]
    joined = [name for name in move.after if name not in move.before]
    who = move.reference
    if left and joined:
        return f"{who} would leave {listed(left)} for {listed(joined)} ({_before_and_after(move)})"
    if joined:
        also = "also " if move.before else ""
        gained = points_in_words(move.points_after - move.points_before)
        return f"{who} would {also}be paired with {listed(joined)} ({gained})"
    lost = points_in_words(move.points_before - move.points_after)
    gone = f"keep {listed(move.after)}" if move.after else "have nobody"
    return f"{who} would lose {listed(left)} ({lost}) and {gone}"


def _before_and_after(move: Move) -> str:
    """What all their pairs are worth: "13.32 points, then 40 points"."""
    in_all = " in all" if len(move.before) > 1 or len(move.after) > 1 else ""
    after = points_in_words(move.points_after)
    if move.points_before == move.points_after:
        return f"{after}{in_all}, as before"
    return f"{points_in_words(move.points_before)}{in_all}, then {after}"
