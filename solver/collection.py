"""The garbage collector and large rounds: walking one takes a tenth of a second, and finds none."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Nobody looks for garbage meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def left_alone_with(holder: object) -> None:
    """What is loaded by now is not looked at any more, as long as somebody holds this object."""
    gc.freeze()
    weakref.finalize(holder, gc.unfreeze)
