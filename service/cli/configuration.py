"""The service's settings for a command, with every wrong one told by its variable's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.cli import exits
from service.cli.failures import CommandFailed

if TYPE_CHECKING:
    from service.settings import Settings


def read_settings(**given: Any) -> Settings:
    """The settings from the environment, but for those that are given."""
    from pydantic import ValidationError

    from models.domain.issue import Issue
    from service.settings import Settings

    try:
        return Settings(**given)
    except ValidationError as error:
        issues = [
            Issue(
                code="SETTING_INVALID",
                message=f"PAIRWELL_{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}",
                hint="Change the environment variable.",
            )
            for fault in error.errors(include_url=False, include_input=False)
        ]
        raise CommandFailed("the settings cannot be used", exits.INVALID_INPUT, issues) from None
