"""How an offending value is shown to people: short, printable, and without e-mail addresses."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterable

from models.domain.programme import folded

_GAPS = re.compile(r"(\s+)")
_LONGEST_TEXT = 100
_LARGEST_NUMBER = 10**18


def shown(value: object) -> str | int | float | bool | None:
    """A value as an issue may hold it: a scalar of JSON.

    E-mail addresses are blotted out, long texts cut, lists and objects only described.
    """
    if isinstance(value, str):
        return _shown_text(value)
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, int) and abs(value) > _LARGEST_NUMBER:
        return "a number of more than 18 digits"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, int | float) else None


def quoted(value: object) -> str:
    """A value as a message names it: a text in quotes, everything else as JSON writes it."""
    if isinstance(value, list | dict):
        return str(shown(value))
    return json.dumps(shown(value), ensure_ascii=False)


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word; empty where none is near."""
    by_fold = {folded(word): word for word in known}
    near = difflib.get_close_matches(folded(text[:_LONGEST_TEXT]), by_fold, n=1, cutoff=0.7)
    return f"Did you mean {quoted(by_fold[near[0]])}?" if near else ""


def nearest_of(text: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, and all of them."""
    known = tuple(known)
    return f"{did_you_mean(text, known)} Known are {', '.join(known)}.".strip()


def _shown_text(text: str) -> str:
    # Word by word, because a pattern for addresses takes quadratic time on a long text.
    words = _GAPS.split(text)
    blotted = "".join("(an e-mail address)" if "@" in word[1:-1] else word for word in words)
    cut = blotted if len(blotted) <= _LONGEST_TEXT else f"{blotted[:_LONGEST_TEXT]}…"
    # A lone surrogate has no UTF-8 form, so it is written out.
    return cut.encode("utf-8", "backslashreplace").decode()
