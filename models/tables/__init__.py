"""Every table, one aggregate a file. Importing the package fills the metadata."""

from models.tables.account import AccountRow
from models.tables.allowance import AllowanceRow
from models.tables.api_key import ApiKeyRow
from models.tables.audit import AuditRow
from models.tables.base import Base
from models.tables.change_by_hand import ChangeByHandRow
from models.tables.idempotency_key import IdempotencyKeyRow
from models.tables.identity import IdentityRow
from models.tables.incumbent import IncumbentRow
from models.tables.outbox import OutboxRow
from models.tables.programme import ProgrammeRow
from models.tables.result import AssignmentRow, ResultRow, UnmatchedRow
from models.tables.round import RevisionRow, RoundChangeRow, RoundRow
from models.tables.run import RunRow
from models.tables.session import SessionRow
from models.tables.sign_in_link import SignInLinkRow
from models.tables.webhook import DeliveryRow, WebhookRow

__all__ = [
    "AccountRow",
    "AllowanceRow",
    "ApiKeyRow",
    "AssignmentRow",
    "AuditRow",
    "Base",
    "ChangeByHandRow",
    "DeliveryRow",
    "IdempotencyKeyRow",
    "IdentityRow",
    "IncumbentRow",
    "OutboxRow",
    "ProgrammeRow",
    "ResultRow",
    "RevisionRow",
    "RoundChangeRow",
    "RoundRow",
    "RunRow",
    "SessionRow",
    "SignInLinkRow",
    "UnmatchedRow",
    "WebhookRow",
]
