import pytest
from pydantic import ValidationError

from solver.eligibility.travel_region import TravelRegion
from tests.builders import a_mentee, a_mentor
from tests.voices import permits, reason

RULE = TravelRegion()
WALES = {"regions": ("Wales",)}
LONDON = {"regions": ("London",)}
BOTH = {"regions": ("London", "Wales")}


def test_one_shared_region_is_enough() -> None:
    assert permits(RULE, a_mentor(**BOTH), a_mentee(**WALES))


def test_no_shared_region_forbids() -> None:
    assert not permits(RULE, a_mentor(**LONDON), a_mentee(**WALES))


def test_remote_counts_only_when_both_accept_it() -> None:
    assert permits(RULE, a_mentor(**LONDON, remote=True), a_mentee(**WALES, remote=True))
    assert not permits(RULE, a_mentor(**LONDON, remote=True), a_mentee(**WALES))
    assert not permits(RULE, a_mentor(**LONDON), a_mentee(**WALES, remote=True))


def test_remote_does_not_count_where_the_policy_says_so() -> None:
    in_person = TravelRegion(allow_remote=False)
    mentor, mentee = a_mentor(**LONDON, remote=True), a_mentee(**WALES, remote=True)
    assert not permits(in_person, mentor, mentee)
    assert permits(in_person, a_mentor(**BOTH), a_mentee(**WALES))


def test_somebody_without_regions_and_remote_fits_nobody() -> None:
    assert not permits(RULE, a_mentor(), a_mentee())
    assert not permits(RULE, a_mentor(**WALES), a_mentee())


def test_a_home_region_is_not_a_region_to_travel_to() -> None:
    assert not permits(RULE, a_mentor(home_region="Wales"), a_mentee(**WALES))


@pytest.mark.parametrize("shared", [0, 62, 63, 64, 65, 127, 128, 199])
def test_it_tells_hundreds_of_regions_apart(shared: int) -> None:
    """Regions are bits of 64-bit words; the edges between the words hold."""
    names = [f"Region {number:03}" for number in range(200)]
    other = names[:shared] + names[shared + 1 :]
    everywhere = a_mentor("M2", regions=tuple(names))
    mentor, mentee = a_mentor(regions=(names[shared],)), a_mentee(regions=(names[shared],))
    assert permits(RULE, mentor, mentee, everywhere)
    assert not permits(RULE, mentor, a_mentee(regions=tuple(other)), everywhere)


def test_the_reason_says_where_each_would_travel() -> None:
    remote = {"remote": True}
    assert (
        reason(RULE, a_mentor(**BOTH), a_mentee(**BOTH)) == "both would travel to London and Wales"
    )
    assert reason(RULE, a_mentor(**remote), a_mentee(**remote)) == "both accept remote mentoring"
    assert reason(RULE, a_mentor(**BOTH), a_mentee()) == (
        "the mentor would travel to London and Wales, the mentee to no region; "
        "neither accepts remote mentoring"
    )
    assert reason(RULE, a_mentor(**LONDON, **remote), a_mentee(**WALES)) == (
        "the mentor would travel to London, the mentee to Wales; "
        "only the mentor accepts remote mentoring"
    )
    in_person = TravelRegion(allow_remote=False)
    assert reason(in_person, a_mentor(**LONDON, **remote), a_mentee(**WALES, **remote)) == (
        "the mentor would travel to London, the mentee to Wales; "
        "remote mentoring does not count here"
    )


def test_its_setting_is_true_or_false_and_nothing_else() -> None:
    with pytest.raises(ValidationError):
        TravelRegion(allow_remote="yes")
