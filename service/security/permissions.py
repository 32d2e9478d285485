"""Who may do what: one table of operations and roles. An operation that is not in it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from models.domain.api_key import ApiKey, KeyRole
from models.domain.round_life import LIFE
from models.domain.session import Session
from service.errors import NotPermitted, one_issue

READERS: Final[frozenset[KeyRole]] = frozenset({"hr_system", "planner", "admin", "auditor"})
"""The matching plane by reference may be read by everybody who has a role."""

REVIEWERS: Final[frozenset[KeyRole]] = frozenset({"planner", "admin", "auditor"})
PLANNERS: Final[frozenset[KeyRole]] = frozenset({"planner"})
SUBMITTERS: Final[frozenset[KeyRole]] = frozenset({"hr_system", "planner"})
ADMINS: Final[frozenset[KeyRole]] = frozenset({"admin"})

PERMISSIONS: Final[Mapping[str, frozenset[KeyRole]]] = {
    "submitRound": SUBMITTERS,
    "createDraft": LIFE["create"].roles,
    "listRounds": READERS,
    "readRound": READERS,
    "readDocument": READERS,
    "replaceDocument": LIFE["edit"].roles,
    "editDocument": LIFE["edit"].roles,
    "checkRound": LIFE["validate"].roles,
    "solveRound": LIFE["solve"].roles,
    "submitForReview": LIFE["submit"].roles,
    "sendBackRound": LIFE["send_back"].roles,
    "publishRound": LIFE["publish"].roles,
    "withdrawRound": LIFE["withdraw"].roles,
    "closeRound": LIFE["close"].roles,
    "listRoundChanges": READERS,
    "listRoundRuns": READERS,
    "readRun": READERS,
    "watchRun": READERS,
    "cancelRun": SUBMITTERS,
    "stopRun": SUBMITTERS,
    "readResult": READERS,
    "listAssignments": READERS,
    "listExplanations": READERS,
    "explainPair": READERS,
    "listUnmatched": READERS,
    "why": READERS,
    "whyNot": READERS,
    "tellWhy": READERS,
    "listTies": READERS,
    "readUnmatchedReport": READERS,
    "listAlternatives": READERS,
    "readCapacityWorth": READERS,
    "findCounterfactual": READERS,
    "readFairnessPrice": READERS,
    "overridePair": PLANNERS,
    "chooseTie": PLANNERS,
    "listChangesByHand": REVIEWERS,
    "listRules": READERS,
    "readSampleRound": READERS,
    "listKeys": ADMINS,
    "createKey": ADMINS,
    "rotateKey": ADMINS,
    "revokeKey": ADMINS,
    "listWebhooks": ADMINS,
    "createWebhook": ADMINS,
    "rotateWebhookSecret": ADMINS,
    "enableWebhook": ADMINS,
    "disableWebhook": ADMINS,
    "deleteWebhook": ADMINS,
    "sendTestEvent": ADMINS,
    "listDeliveries": ADMINS,
    "redeliver": ADMINS,
    "readMe": READERS,
    "signOut": READERS,
    "listAccounts": ADMINS,
    "disableAccount": ADMINS,
    "enableAccount": ADMINS,
    "listSessions": ADMINS,
    "endSession": ADMINS,
}
"""By the operation's id; `tests/service/api/test_permissions.py` holds it against the routes."""


def require_permission(caller: ApiKey | Session, operation: str) -> None:
    """Raises `NotPermitted` where the caller's role may not do this, or nobody may."""
    permitted = PERMISSIONS.get(operation, frozenset())
    if caller.role not in permitted:
        raise NotPermitted(
            one_issue(
                "ROLE_REFUSED",
                f"The role {caller.role} may not do this.",
                hint=f"It needs the role {' or '.join(sorted(permitted)) or 'of nobody'}.",
                role=caller.role,
                operation=operation,
            )
        )
