"""What is held is left alone by the garbage collector, and no longer than it is held."""

from __future__ import annotations

import gc

from solver.collection import collection_paused, left_alone_with


class Holder:
    """Something that a question needs."""


def test_collection_is_on_again_after_a_pause_if_it_was() -> None:
    with collection_paused():
        assert not gc.isenabled()
        with collection_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_is_loaded_is_looked_at_again_once_nobody_holds_it() -> None:
    holder = Holder()
    left_alone_with(holder)
    assert gc.get_freeze_count() > 0
    del holder
    assert gc.get_freeze_count() == 0
