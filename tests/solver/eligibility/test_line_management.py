from solver.eligibility.line_management import LineManagement
from tests.builders import a_mentee, a_mentor, a_person
from tests.voices import permits, reason

RULE = LineManagement()


def test_people_of_different_lines_may_be_paired() -> None:
    mentor, mentee = a_mentor(line_manager="X1"), a_mentee(line_manager="X2")
    assert permits(RULE, mentor, mentee)
    assert reason(RULE, mentor, mentee) == "the mentor reports to X1 and the mentee reports to X2"


def test_nobody_is_barred_for_having_no_manager() -> None:
    managed = (a_mentor("M2", line_manager="X1"), a_mentee("E2", line_manager="X1"))
    assert permits(RULE, a_mentor(), a_mentee(), *managed)
    assert reason(RULE, a_mentor(), a_mentee(line_manager="X2")) == (
        "the mentor has no line manager on record and the mentee reports to X2"
    )


def test_the_mentees_manager_is_barred() -> None:
    mentor, mentee = a_mentor("M1"), a_mentee("E1", line_manager="M1")
    assert not permits(RULE, mentor, mentee)
    assert reason(RULE, mentor, mentee) == "M1 is the line manager of E1"


def test_the_managers_manager_is_barred_but_nobody_further_up() -> None:
    mentee = a_mentee("E1", line_manager="B1")
    boss, above = a_mentor("B1", line_manager="M1"), a_mentor("M1", line_manager="T1")
    top = a_mentor("T1")
    assert not permits(RULE, above, mentee, boss, top)
    assert reason(RULE, above, mentee, boss, top) == "M1 manages B1, who manages E1"
    assert permits(RULE, top, mentee, boss, above)


def test_the_mentees_report_is_barred_as_a_mentor_but_not_the_reports_report() -> None:
    report, mentee = a_mentor("M1", line_manager="E1"), a_mentee("E1")
    assert not permits(RULE, report, mentee)
    assert reason(RULE, report, mentee) == "E1 is the line manager of M1"
    further_down = a_mentor("M2", line_manager="M1")
    assert permits(RULE, further_down, mentee, report)


def test_two_under_one_manager_are_barred_also_where_the_manager_is_not_in_the_round() -> None:
    mentor, mentee = a_mentor(line_manager="X1"), a_mentee(line_manager="X1")
    assert not permits(RULE, mentor, mentee)
    assert reason(RULE, mentor, mentee) == "M1 and E1 both report to X1"


def test_a_manager_is_the_human_behind_the_name() -> None:
    """B1 and B2 are one person, so those who name either report to the same manager."""
    one, other = a_mentor("B1", person="P-9"), a_mentee("B2", person="P-9")
    mentor, mentee = a_mentor("M1", line_manager="B1"), a_mentee("E1", line_manager="B2")
    assert not permits(RULE, mentor, mentee, one, other)
    assert not permits(RULE, one, mentee, other)


def test_a_manager_on_either_of_a_humans_rows_counts() -> None:
    mentees_row = a_mentee("E1", person="P-9")
    mentors_row = a_mentor("M9", person="P-9", line_manager="M1")
    assert not permits(RULE, a_mentor("M1"), mentees_row, mentors_row)


def test_rows_of_one_human_that_name_two_managers_are_held_to_both() -> None:
    mentees_row = a_mentee("E1", person="P-9", line_manager="X1")
    mentors_row = a_mentor("M9", person="P-9", line_manager="X2")
    assert not permits(RULE, a_mentor("M1", line_manager="X1"), mentees_row, mentors_row)
    assert not permits(RULE, a_mentor("M1", line_manager="X2"), mentees_row, mentors_row)


def test_somebody_who_names_themselves_as_manager_bars_nobody_else() -> None:
    head = a_person("P1", line_manager="P1")
    assert permits(RULE, head, a_mentee("E1", line_manager="X1"))
