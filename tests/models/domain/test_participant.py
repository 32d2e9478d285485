from __future__ import annotations

import pytest

from tests.builders import a_mentee, a_mentor


def test_somebody_in_a_role_has_its_section() -> None:
    assert a_mentor(capacity=2).mentoring.capacity == 2
    assert a_mentee(wants=3).learning.wants == 3


def test_asking_somebody_for_a_role_they_do_not_have_names_them() -> None:
    with pytest.raises(ValueError, match="E1 has no mentor section"):
        _ = a_mentee("E1").mentoring
    with pytest.raises(ValueError, match="M1 has no mentee section"):
        _ = a_mentor("M1").learning
