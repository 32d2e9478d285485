"""The programme's words among the settings of rules, each in the round's one spelling."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from models.domain.policy import Policy, RuleChoice
from models.domain.programme import Vocabulary, trimmed
from models.domain.submission import PolicySubmission
from solver.intake.display import quoted
from solver.intake.issue_log import IssueLog, Path
from solver.intake.lexicon import Lexicon
from solver.intake.words import Lexicons
from solver.rulebook import all_rules


def spell_settings(
    policy: Policy, submission: PolicySubmission, lexicons: Lexicons, log: IssueLog
) -> Policy:
    """The policy with the words of its rules' settings spelled as in the rest of the round.

    A setting says in its schema that its keys are words: `"vocabulary": "departments"`.
    """
    rules = tuple(_spelled(choice, submission, lexicons, log) for choice in policy.rules)
    return policy.model_copy(update={"rules": rules})


def place_of_rule(name: str, submission: PolicySubmission, *setting: str) -> Path:
    """Where a policy gives a rule, or one of its settings; else where it names its profile."""
    given = submission.rules.get(name)
    is_given = given is not None and all(part in given for part in setting)
    return ("policy", "rules", name, *setting) if is_given else ("policy", "profile")


def _spelled(
    choice: RuleChoice, submission: PolicySubmission, lexicons: Lexicons, log: IssueLog
) -> RuleChoice:
    settings = dict(choice.settings)
    for name, field in all_rules()[choice.name].model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and "vocabulary" in extra:
            place = place_of_rule(choice.name, submission, name)
            lexicon = lexicons[cast("Vocabulary", extra["vocabulary"])]
            settings[name] = _by_spelling(settings[name], lexicon, place, log)
    return choice.model_copy(update={"settings": settings})


def _by_spelling(
    values: dict[str, Any], lexicon: Lexicon, place: Path, log: IssueLog
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for text, value in values.items():
        known = lexicon.find(text)
        word = known or trimmed(text)
        path = place if place[-1] == "profile" else (*place, text)
        if word in found:
            message = f"{quoted(text)} means {quoted(word)}, which is given as well"
            log.error("INVALID_SETTING", path, message, "Give it once.", value=text)
        elif known is None:
            message = (
                f"{quoted(text)} is not among the programme's {lexicon.vocabulary}, "
                "and nobody in the round has it; it is kept as it is"
            )
            log.warning("UNKNOWN_WORD", path, message, partial(lexicon.hint, text), value=text)
        found[word] = value
    return found
