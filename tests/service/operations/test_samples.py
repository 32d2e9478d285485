from __future__ import annotations

import json
from typing import get_args

import pytest

from models.reference import civil_service
from service.operations.rounds import check_round
from service.operations.samples import PEOPLE, SampleProfile, SampleSize, sample_round


@pytest.mark.parametrize("size", get_args(SampleSize))
@pytest.mark.parametrize("profile", get_args(SampleProfile))
def test_every_sample_can_be_submitted_as_it_is(size: SampleSize, profile: SampleProfile) -> None:
    checked = check_round(json.dumps(sample_round(size, profile)).encode(), civil_service())
    assert len(checked.problem.mentors) == len(checked.problem.mentees) == PEOPLE[size]
    assert checked.problem.policy.profile == profile
