"""A way to end a solve early, from whatever thread somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable


class Interruption:
    """Asked for by anybody; told to the one who listens, at once or when they begin to.

    The listener may be told more than once.
    """

    def __init__(self) -> None:
        self._asked = False
        self._listener: Callable[[], None] | None = None

    @property
    def asked(self) -> bool:
        """Whether somebody has asked."""
        return self._asked

    def ask(self) -> None:
        """Ends the solve as soon as it can."""
        # In this order here, and in the other one below, no thread can slip through between.
        self._asked = True
        if self._listener is not None:
            self._listener()

    def tell(self, listener: Callable[[], None]) -> None:
        """Has the listener called when somebody asks; at once where somebody has."""
        self._listener = listener
        if self._asked:
            listener()
