from __future__ import annotations

from scenarios.across import pairs_across
from scenarios.changes.capacity import Capacity
from scenarios.changes.remove_person import RemovePerson
from tests.scenarios.what_ifs import a_what_if


def test_pairs_that_stand_in_all_results_are_robust_and_in_one_fragile() -> None:
    what_if = a_what_if()
    asked = [(), (Capacity(mentor="M1", capacity=2),), (RemovePerson(reference="E2"),)]
    results = [what_if.ask(changes).result for changes in asked]
    across = pairs_across([result for result in results if result])
    assert across.results == 3
    robust, fragile = (
        [(p.mentor, p.mentee) for p in some] for some in (across.robust, across.fragile)
    )
    assert ("M1", "E1") in robust
    assert set(robust).isdisjoint(fragile)
    counts = {(pair.mentor, pair.mentee): pair.results for pair in across.pairs}
    assert {pair for pair, count in counts.items() if count == 3} == set(robust)
    assert {pair for pair, count in counts.items() if count == 1} == set(fragile)
    assert len(fragile) >= 1


def test_of_a_single_result_nothing_is_fragile() -> None:
    result = a_what_if().ask([]).result
    assert result is not None
    across = pairs_across([result])
    assert (len(across.robust), across.fragile) == (2, ())
