"""Wrong things said of pins that stand though they fail rules, and of those that were dropped."""

from __future__ import annotations

from models.domain.problem import Problem
from tests.mutations.finding import Json, first


def a_waived_pin_is_hidden(result: Json, problem: Problem) -> None:
    result["waived_pins"].remove(first(result["waived_pins"]))


def a_waived_rule_is_hidden(result: Json, problem: Problem) -> None:
    first(result["waived_pins"])["checks"].pop()


def a_waived_rule_is_another(result: Json, problem: Problem) -> None:
    first(result["waived_pins"])["checks"][0]["rule"] = "good_looks"


def a_rule_was_waived_for_another_reason(result: Json, problem: Problem) -> None:
    first(result["waived_pins"])["checks"][0]["because"] = "they asked nicely"


def a_waived_rule_is_said_to_be_kept(result: Json, problem: Problem) -> None:
    checks = (check for made in result["assignments"] for check in made["checks"])
    check = first(check for check in checks if check["because"].startswith("waived: "))
    check["because"] = check["because"].removeprefix("waived: ")


def a_rule_is_said_to_be_waived_for_somebody_else(result: Json, problem: Problem) -> None:
    made = first(made for made in result["assignments"] if not made["forced_by"])
    first(made["checks"])["because"] = "waived: they asked nicely"


def a_pin_is_said_to_be_waived(result: Json, problem: Problem) -> None:
    made = first(made for made in result["assignments"] if not made["forced_by"])
    pin = {"mentor": made["mentor"], "mentee": made["mentee"], "checks": []}
    result["waived_pins"].append(pin)


def a_dropped_pin_is_hidden(result: Json, problem: Problem) -> None:
    result["dropped_pins"].remove(first(result["dropped_pins"]))


def a_dropped_pin_has_another_reason(result: Json, problem: Problem) -> None:
    first(result["dropped_pins"])["because"] = "nobody liked it"


def a_dropped_pin_has_another_code(result: Json, problem: Problem) -> None:
    first(result["dropped_pins"])["code"] = "PIN_SELF"


def a_kept_pin_is_said_to_be_dropped(result: Json, problem: Problem) -> None:
    made = first(made for made in result["assignments"] if made["forced_by"])
    pin = {"mentor": made["mentor"], "mentee": made["mentee"]}
    result["dropped_pins"].append(pin | {"code": "PIN_DROPPED", "because": "no room"})


def the_warning_of_a_dropped_pin_is_left_out(result: Json, problem: Problem) -> None:
    warning = first(issue for issue in result["issues"] if issue["code"] == "PIN_DROPPED")
    result["issues"].remove(warning)


def more_pins_are_said_to_be_kept(result: Json, problem: Problem) -> None:
    first(level for level in result["levels"] if level["name"] == "pins_kept")["value"] += 1


def fewer_pins_are_kept_than_can_be(result: Json, problem: Problem) -> None:
    """A pin's pair is left out, and the level, its bound and its certificate say one less."""
    level = first(level for level in result["levels"] if level["name"] == "pins_kept")
    made = first(made for made in result["assignments"] if made["forced_by"])
    result["assignments"].remove(made)
    certified = first(
        level for level in result["certificate"]["levels"] if level["name"] == "pins_kept"
    )
    for claimed in (level, certified):
        claimed["value"] -= 1
        claimed["bound"] -= 1
