from __future__ import annotations

import hashlib

from models.domain.participant import EarlierPair, Pair
from models.domain.problem import Problem, canonical_key, default_salt
from tests.builders import a_mentee, a_mentor, a_person, a_policy, a_problem


def test_only_those_with_places_or_wishes_this_time_take_part() -> None:
    problem = a_problem(
        a_mentor("M1"),
        a_mentor("M2", capacity=0),
        a_mentee("E1"),
        a_mentee("E2", wants=0),
        a_person("P1", mentor={"capacity": 2}, mentee={"wants": 0}),
    )
    assert {p.reference for p in problem.mentors} == {"M1", "P1"}
    assert {p.reference for p in problem.mentees} == {"E1"}
    assert len(problem.participants) == 5


def test_the_digest_covers_everything_and_survives_the_problems_json() -> None:
    problem = a_problem(a_mentor("M1"), a_mentee("E1"))
    again = Problem.model_validate_json(problem.model_dump_json())
    assert again.digest == problem.digest
    variations = [
        {"name": "another"},
        {"tie_salt": "another"},
        {"pins": (Pair(mentor="M1", mentee="E1"),)},
        {"bars": (Pair(mentor="M1", mentee="E1"),)},
        {"participants": problem.participants[:1]},
        {"ladder": problem.ladder[::-1]},
    ]
    facts = {name: getattr(problem, name) for name in Problem.model_fields}
    digests = {Problem(**facts | change).digest for change in variations}
    assert len(digests | {problem.digest}) == len(variations) + 1


def test_a_human_is_found_behind_every_reference() -> None:
    problem = a_problem(a_mentor("M1", person="P"), a_mentee("E1", person="P"), a_mentee("E2"))
    assert problem.person_of("M1") == problem.person_of("E1") == "P"
    assert problem.person_of("E2") == "E2"
    assert problem.person_of("somebody else") == "somebody else"
    assert {p.reference for p in problem.by_person["P"]} == {"M1", "E1"}
    assert set(problem.by_reference) == {"M1", "E1", "E2"}


def test_bars_and_earlier_pairs_are_known_by_human() -> None:
    earlier = EarlierPair(mentor="M1", mentee="gone")
    problem = a_problem(
        a_mentor("M1", person="P"),
        a_mentee("E1"),
        pins=[("M1", "E1")],
        bars=[("M1", "E1")],
        earlier=[("M1", "gone")],
    )
    assert problem.pinned == {("M1", "E1")}
    assert problem.barred_humans == {("P", "E1")}
    assert problem.earlier_humans == {("P", "gone"): earlier}


def test_grades_are_ranked_from_the_lowest() -> None:
    rank = a_problem(a_mentor()).grade_rank
    assert rank["AA"] == 0
    assert rank["SCS4"] == 10


def test_the_default_salt_is_the_hash_of_the_sorted_references() -> None:
    expected = hashlib.sha256(b"A\x1fB\x1fC").hexdigest()
    assert default_salt(["C", "A", "B"]) == expected
    assert default_salt(iter("BCA")) == expected


def test_the_canonical_order_depends_on_the_salt_and_can_be_repeated() -> None:
    assert canonical_key("salt", "A") == (hashlib.sha256(b"salt\x1fA").digest(), "A")
    references = [f"HR-{number}" for number in range(20)]
    orders = {
        tuple(sorted(references, key=lambda reference: canonical_key(salt, reference)))
        for salt in ("one", "two")
    }
    assert len(orders) == 2


def test_positions_are_those_of_the_humans_who_take_part() -> None:
    problem = a_problem(
        *(a_mentor("M1", person="P-9"), a_mentee("E9", person="P-9")),
        *(a_person("P1", mentee={"wants": 0}), a_mentor("M0", capacity=0)),
    )
    mentors, mentees = problem.mentor_places, problem.mentee_places
    assert {
        person: [problem.mentors[n].reference for n in ns] for person, ns in mentors.items()
    } == {
        "P-9": ["M1"],
        "P1": ["P1"],
    }
    assert mentees == {"P-9": [0]}


def test_a_rule_is_waived_for_a_pin_where_the_policy_names_it() -> None:
    policy = a_policy("grade_seniority", "previous_pairs")
    waived = policy.model_copy(update={"waivable": ("grade_seniority",)})
    problem = a_problem(policy=waived, pins=[("M1", "E1")])
    assert problem.waives("grade_seniority", "M1", "E1")
    assert not problem.waives("previous_pairs", "M1", "E1")
    assert not problem.waives("grade_seniority", "E1", "M1")
    assert not a_problem(policy=policy, pins=[("M1", "E1")]).waives("grade_seniority", "M1", "E1")


def test_droppable_pins_and_what_may_be_waived_are_part_of_the_digest() -> None:
    plain = a_problem()
    wished = plain.changed(droppable_pins=(Pair(mentor="M1", mentee="E1"),))
    waiving = plain.changed(policy=plain.policy.model_copy(update={"waivable": ("x",)}))
    assert len({problem.digest for problem in (plain, wished, waiving)}) == 3
    assert wished.droppable_places == ((0, 0),)
