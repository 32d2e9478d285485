"""The tables of the contest of sizes."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from benchmarks.answer import Score
from benchmarks.entrants import ENTRANTS, PAIRWELL, Entrant
from benchmarks.measurement import medians
from benchmarks.table import number, table
from benchmarks.trial import COMMAND, Showing, Size, Trial

HEAD = (
    "contestant",
    "matching, s",
    "whole run, s",
    "processor, s",
    "memory, MB",
    "mentees with a mentor",
    "points",
    "rules broken",
    "proved best",
    "as good as ours",
)


def table_of_size(size: Size, trials: Sequence[Trial]) -> str:
    """A heading and a row for each contestant that was run, figures as medians."""
    mentors, mentees = size
    pairs = statistics.median(trial.eligible_pairs for trial in trials)
    rows = []
    for entrant in ENTRANTS:
        shown = _shown(entrant, trials)
        if shown:
            rows.append(_row(entrant.title, entrant.proof, shown, trials, entrant is not PAIRWELL))
        if entrant is PAIRWELL:
            commands = [trial.command for trial in trials if trial.command]
            rows += [_row(COMMAND, entrant.proof, commands, trials)] if commands else []
    heading = (
        f"{number(sum(size))} people: {number(mentors)} mentors, {number(mentees)} mentees, "
        f"{number(pairs)} eligible pairs"
    )
    return f"### {heading}\n\n{table(HEAD, rows)}\n"


def summary(trials: Mapping[Size, Sequence[Trial]]) -> str:
    """Seconds of the matching: a row for each size, a column for each contestant."""
    entrants = [
        entrant
        for entrant in ENTRANTS
        if any(_shown(entrant, of_size) for of_size in trials.values())
    ]
    rows = [
        (number(sum(size)), *(_seconds_or_why(entrant, of_size) for entrant in entrants))
        for size, of_size in trials.items()
    ]
    head = ("people", *(entrant.title for entrant in entrants))
    return f"### Seconds for the matching, by size\n\n{table(head, rows)}"


def seconds_of(entrant: Entrant, trials: Sequence[Trial]) -> float | None:
    """The median seconds of the matching; None where a limit ended it or it was not run."""
    shown = _shown(entrant, trials)
    entries = [showing.entry for showing in shown if showing.entry and showing.in_time]
    if not entries or len(entries) < len(shown):
        return None
    return statistics.median(entry.solve_seconds for entry in entries)


def _shown(entrant: Entrant, trials: Sequence[Trial]) -> list[Showing]:
    return [trial.showings[entrant.title] for trial in trials if entrant.title in trial.showings]


def _seconds_or_why(entrant: Entrant, trials: Sequence[Trial]) -> str:
    seconds = seconds_of(entrant, trials)
    if seconds is not None:
        return number(seconds, 3)
    shown = _shown(entrant, trials)
    return (shown[-1].why_none or "not in its time") if shown else "not run"


def _row(
    title: str, proof: str, shown: Sequence[Showing], trials: Sequence[Trial], whole: bool = True
) -> tuple[str, ...]:
    why_none = next((showing.why_none for showing in shown if showing.why_none), None)
    if why_none:
        return (title, why_none, *("–" for _ in HEAD[2:]))
    entries = [showing.entry for showing in shown if showing.entry]
    cost = medians([entry.cost for entry in entries])
    proved = [entry.answer.proved for entry in entries]
    costs = (number(cost.seconds, 2), number(cost.cpu_seconds, 2))
    return (
        title,
        number(statistics.median(entry.solve_seconds for entry in entries), 3),
        *(costs if whole else "––"),
        number(cost.peak_mb),
        *_counts([showing.scored for showing in shown if showing.scored]),
        proof if all(proved) else f"{sum(proved)} of {len(shown)}" if any(proved) else "no",
        _agreement(shown, trials),
    )


def _counts(scores: Sequence[Score]) -> tuple[str, ...]:
    median = statistics.median
    return (
        number(median(scored.mentees_matched for scored in scores)),
        number(median(scored.points for scored in scores) / 1000),
        number(max(scored.breaches for scored in scores)),
    )


def _agreement(shown: Sequence[Showing], trials: Sequence[Trial]) -> str:
    compared = [
        showing.as_good_as(trial.ours) for showing, trial in zip(shown, trials, strict=False)
    ]
    known = [agrees for agrees in compared if agrees is not None]
    if not known:
        return "–"
    if len(known) == 1:
        return "yes" if known[0] else "no"
    return f"{sum(known)} of {len(known)}"
