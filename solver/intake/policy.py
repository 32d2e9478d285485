"""The resolved policy: profile, overrides and defaults merged, nothing left implicit."""

from __future__ import annotations

from models.domain.issue import Issue
from models.domain.policy import Policy
from models.domain.programme import Profile, Programme, trimmed
from models.domain.submission import PolicySubmission
from solver.intake.display import nearest_of, quoted
from solver.intake.fairness import with_fairness
from solver.intake.issue_log import IssueLog
from solver.intake.levels import resolve_levels
from solver.intake.rule_choices import resolve_rules
from solver.intake.setting_words import spell_settings
from solver.intake.waivable import read_waivable
from solver.intake.words import lexicons_of


def resolve_policy(
    submission: PolicySubmission, programme: Programme
) -> tuple[Policy | None, tuple[Issue, ...]]:
    """The policy that a submission means in a programme, or every reason why there is none.

    The issues' pointers are those of the round that the policy stands in (`/policy/…`).
    """
    log = IssueLog()
    policy = read_policy(submission, read_profile(submission, programme, log), log)
    policy = spell_settings(policy, submission, lexicons_of((), programme), log)
    return (None if log.errors else policy), log.issues()


def read_profile(submission: PolicySubmission, programme: Programme, log: IssueLog) -> Profile:
    """The policy's profile, or an empty one, so that all else can still be checked."""
    profile = programme.profile(submission.profile)
    if profile is not None:
        return profile
    names = [known.name for known in programme.profiles]
    hint = nearest_of(submission.profile, names)
    message = f"{quoted(submission.profile)} is no profile of the programme"
    log.error("UNKNOWN_PROFILE", ("policy", "profile"), message, hint, value=submission.profile)
    return Profile(name="", title="", rules={}, levels=("points",))


def read_policy(submission: PolicySubmission, profile: Profile, log: IssueLog) -> Policy:
    """As much of the policy as is sound."""
    given = submission.special_category
    policy = Policy(
        profile=profile.name,
        rules=resolve_rules(submission, profile, log),
        levels=resolve_levels(submission, profile, log),
        special_category_basis=trimmed(given.basis) if given else profile.special_category_basis,
        on_conflict=submission.on_conflict,
        waivable=read_waivable(submission, log),
    )
    return with_fairness(policy, submission, log)


def is_policy_vague(log: IssueLog) -> bool:
    """Whether it is not even known which rules the policy means."""
    unread = log.is_unreadable(("policy",), ("policy", "rules"), ("policy", "off"))
    return unread or log.is_faulty(("policy", "profile"))


def is_basis_vague(log: IssueLog) -> bool:
    """Whether it is not known if the policy records a basis for special category data."""
    unread = log.is_unreadable(("policy",))
    return unread or any(
        log.is_faulty(("policy", part)) for part in ("profile", "special_category")
    )
