"""The service's settings for a command, with every wrong one told by its variable's name."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

from service.cli import exits
from service.cli.failures import CommandFailed

if TYPE_CHECKING:
    from pydantic import ValidationError

    from models.domain.issue import Issue
    from service.production import Part
    from service.settings import Settings


def read_settings(**given: Any) -> Settings:
    """The settings from the environment, but for those that are given."""
    settings, faults = _read(given)
    _require_none(faults)
    return settings


def settings_to_start(part: Part, **given: Any) -> Settings:
    """The settings of something that is about to start, on a database of this version.

    What cannot hold is told at once with what is not safe in production.
    """
    from service.cli.stores import check_database
    from service.errors import SettingRefused
    from service.operations.safety import require_safe_start

    settings, faults = _read(given)
    known = {issue.detail["setting"] for issue in faults}
    try:
        asyncio.run(require_safe_start(settings, part, os.environ))
    except SettingRefused as refused:
        faults += [issue for issue in refused.issues if issue.detail.get("setting") not in known]
    _require_none(faults)
    asyncio.run(check_database(settings))
    return settings


def _read(given: dict[str, Any]) -> tuple[Settings, list[Issue]]:
    """The settings, with the default wherever a value cannot hold, and why it cannot."""
    from pydantic import ValidationError

    from service.settings import Settings

    faults: list[Issue] = []
    while True:
        try:
            return Settings(**given), faults
        except ValidationError as error:
            # A default may be at odds with what goes with it; what was wrong first counts.
            faults = faults or _issues(error)
            given = given | {
                name: Settings.model_fields[name].get_default(call_default_factory=True)
                for name in {str(fault["loc"][0]) for fault in error.errors()}
            }


def _issues(error: ValidationError) -> list[Issue]:
    from models.domain.issue import Issue

    found = []
    for fault in error.errors(include_url=False, include_input=False):
        variable = f"PAIRWELL_{fault['loc'][0]}".upper()
        found.append(
            Issue(
                code="SETTING_INVALID",
                message=f"{variable}: {fault['msg']}",
                hint="Change the environment variable.",
                detail={"setting": variable},
            )
        )
    return found


def _require_none(faults: list[Issue]) -> None:
    if faults:
        raise CommandFailed("the settings cannot be used", exits.INVALID_INPUT, faults)
