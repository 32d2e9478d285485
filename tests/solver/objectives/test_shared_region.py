import pytest

from solver.objectives.shared_region import SharedRegion
from tests.builders import a_mentee, a_mentor
from tests.voices import reason, value

RULE = SharedRegion(weight=10)


@pytest.mark.parametrize(
    ("mentors", "mentees", "worth", "words"),
    [
        ("Wales", "Wales", 1000, "both are based in Wales"),
        ("Wales", "London", 0, "the mentor is based in Wales, the mentee in London"),
        (None, "London", 0, "the mentor has no home region on record, and the mentee's is London"),
        ("Wales", None, 0, "the mentee has no home region on record, and the mentor's is Wales"),
        (None, None, 0, "neither has a home region on record"),
    ],
)
def test_the_same_home_region_counts_in_full_and_a_missing_one_matches_nothing(
    mentors: str | None, mentees: str | None, worth: int, words: str
) -> None:
    mentor, mentee = a_mentor(home_region=mentors), a_mentee(home_region=mentees)
    assert value(RULE, mentor, mentee) == worth
    assert reason(RULE, mentor, mentee) == words


def test_the_regions_one_would_travel_to_do_not_matter() -> None:
    wales = {"regions": ("Wales",)}
    assert value(RULE, a_mentor(**wales), a_mentee(**wales)) == 0
