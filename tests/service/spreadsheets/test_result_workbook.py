"""Results as a workbook, read back with another library."""

from __future__ import annotations

import io
import zipfile

from python_calamine import CalamineWorkbook

from models.domain.participant import Contact, DroppedPin
from models.domain.result import FairnessPrice, MatchResult, PricedLevel, Unmatched
from service.spreadsheets.result_rows import Contacts
from service.spreadsheets.result_workbook import result_workbook
from tests.service.spreadsheets.sheets import a_result


def sheets(result: MatchResult, contacts: Contacts | None = None) -> dict[str, list[list[object]]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(result_workbook(result, contacts)))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def test_pairs_those_without_those_with_fewer_and_the_summary_have_a_sheet_each() -> None:
    left = Unmatched(reference="E2", role="mentee", reason="contention", because="all taken")
    fewer = left.model_copy(update={"reference": "E3", "got": 1, "wanted": 2})
    written = sheets(a_result(unmatched=[left], short=[fewer]))
    assert list(written) == ["Pairs", "Unmatched", "Fewer than wanted", "Summary"]
    assert written["Fewer than wanted"][1:] == [["E3", "mentee", 1, 2, "contention", "all taken"]]
    assert len(written["Unmatched"]) == 2
    assert written["Pairs"][1][:5] == ["M1", "E1", 81.5, 2, 1]
    assert written["Unmatched"][1] == ["E2", "mentee", 0, 1, "contention", "all taken"]
    assert written["Summary"][2] == ["points", 81.5, 81.5, "certified optimal"]


def test_the_summary_says_who_would_rather_have_each_other_and_what_fairness_costs() -> None:
    fewer = PricedLevel(name="points", value=9_000, bound=9_000, proved=True, difference=500)
    price = FairnessPrice(mode="total", levels=(fewer,))
    summary = sheets(a_result().model_copy(update={"price_of_fairness": (price,)}))["Summary"]
    told = {row[0]: row[1] for row in summary}
    assert told["blocking pairs"] == "no two people would both do better with each other"
    assert told["price of fairness"] == "beside the best by points alone: 0.5 fewer points"


def test_names_stand_beside_the_references_only_when_they_are_given() -> None:
    named = sheets(a_result(), {"M1": Contact(name="Ann", email="ann@example.org")})
    assert named["Pairs"][1][6:8] == ["Ann", "ann@example.org"]
    assert len(sheets(a_result())["Pairs"][0]) == 6


def test_text_is_never_a_formula_or_a_link() -> None:
    content = result_workbook(a_result(mentor="=1+1", because="http://example.org"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pairs = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in pairs
    assert "<hyperlink" not in pairs
    assert sheets(a_result(mentor="=1+1"))["Pairs"][1][0] == "=1+1"


def test_a_reason_longer_than_a_cell_is_cut() -> None:
    (_, row) = sheets(a_result(because="x" * 40_000))["Pairs"]
    assert len(str(row[5])) == 32_767


def test_pins_have_a_sheet_where_something_became_of_them() -> None:
    pin = DroppedPin(mentor="M1", mentee="E2", code="PIN_DROPPED", because="no place is left")
    result = a_result().model_copy(update={"dropped_pins": (pin,)})
    written = sheets(result, {"M1": Contact(name="Ann")})
    assert list(written)[-2:] == ["Pins", "Summary"]
    assert written["Pins"][1] == ["M1", "E2", "pin_dropped", "no place is left", "Ann", "", "", ""]
