"""Changes and losses in a planner's words, the same for every page, file and endpoint."""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.explanation import Change, Move
from solver.wording import listed

_COUNTED = {
    "mentees_matched": "{mentee} with a mentor",
    "mentees_matched_1": "carried-over {mentee} with a mentor",
    "mentees_matched_2": "returning {mentee} with a mentor",
    "mentees_matched_3": "new {mentee} with a mentor",
    "mentors_used": "{mentor} with a mentee",
    "pins_kept": "{pin} kept",
}


def points_in_words(points: int) -> str:
    """Whole points as people read them: divided by 1000, without needless zeros."""
    text = f"{points / 1000:,.3f}".rstrip("0").rstrip(".")
    return f"{text} point{'' if text == '1' else 's'}"


def losses_in_words(losses: Mapping[str, int], nothing: str = "nothing lost") -> str:
    """What is lost and what is gained, level by level: "2 mentees with a mentor fewer"."""
    told = [
        _counted(name, abs(loss), "fewer" if loss > 0 else "more")
        for name, loss in losses.items()
        if loss
    ]
    return listed(told) or nothing


def _counted(name: str, number: int, direction: str) -> str:
    if name not in _COUNTED:
        return f"{points_in_words(number)} {direction}"
    plural = "s" if number > 1 else ""
    nouns = {noun: f"{noun}{plural}" for noun in ("mentee", "mentor", "pin")}
    what = _COUNTED[name].format(**nouns)
    return f"{number:,} {what} {direction}"


def gains_in_words(gains: Mapping[str, int]) -> str:
    """The same of what is gained: "1 mentee with a mentor more and 40 points more"."""
    return losses_in_words({name: -gain for name, gain in gains.items()}, "nothing more")


def change_in_words(change: Change) -> str:
    """Who would move where, in the order in which they would."""
    return "; ".join(_move_in_words(move) for move in change.moves if move.role == "mentee")


def _move_in_words(move: Move) -> str:
    left = [name for name in move.before if name not in move.after]
    joined = [name for name in move.after if name not in move.before]
    who = move.reference
    if left and joined:
        worth = f"{points_in_words(move.points_before)}, then {points_in_words(move.points_after)}"
        return f"{who} would leave {listed(left)} for {listed(joined)} ({worth})"
    if joined:
        also = "also " if move.before else ""
        gained = points_in_words(move.points_after - move.points_before)
        return f"{who} would {also}be paired with {listed(joined)} ({gained})"
    gone = "have nobody" if not move.after else f"keep {listed(move.after)} alone"
    return f"{who} would lose {listed(left)} ({points_in_words(move.points_before)}) and {gone}"
