from __future__ import annotations

from solver.questions.newcomer import mentee_like
from tests.builders import a_mentee


def test_a_mentee_like_others_seeks_what_half_of_them_seek_in_their_order() -> None:
    alike = [
        a_mentee("E1", seeks=("policy", "finance"), regions=("Wales",), tier=2, wants=3),
        a_mentee("E2", seeks=("policy", "drafting"), regions=("Wales", "London"), tier=2),
        a_mentee("E3", seeks=("finance",), experience="some", tier=1),
    ]
    one = mentee_like(("SEO", "Wales", ""), alike, 7)
    assert one.reference == "\x00recruit 7"
    assert (one.grade, one.home_region, one.profession) == ("SEO", "Wales", None)
    assert (one.learning.seeks, one.learning.wants) == (("policy", "finance"), 1)
    assert (one.regions, one.learning.tier, one.learning.experience) == (("Wales",), 2, "none")
    assert one.mentor is None
