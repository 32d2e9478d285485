"""ETag and If-Match (RFC 9110): nobody changes what they have not seen as it is."""

from __future__ import annotations

import re
from typing import Annotated

from litestar.datastructures import ResponseHeader
from litestar.params import HeaderParameter

from service.errors import PreconditionMissing, one_issue
from service.operations.round_life import Seen

ETAG_HEADER = ResponseHeader(
    name="ETag",
    description="Stands for the round as it is now; to be sent as `If-Match` with a change.",
    documentation_only=True,
)

STRONG = re.compile(r'(?:^|,)\s*"(\d{1,9})"\s*(?=$|,)')

IfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="if-match",
        description="The ETag that the round had when it was read. Without it nothing is changed.",
    ),
]


def etag_of(version: int) -> dict[str, str]:
    """The header of an answer that shows a round at this version."""
    return {"ETag": f'"{version}"'}


def seen_in(if_match: IfMatch = None) -> Seen:
    """The versions that `If-Match` names. Raises `PreconditionMissing` where there is none.

    Any version at all (`*`) is not taken: it is what the header is there to prevent. What is no
    ETag of ours names no version, and so no round is at it.
    """
    if if_match is None or if_match.strip() in ("", "*"):
        raise PreconditionMissing(
            one_issue(
                "IF_MATCH_MISSING",
                "Others change this too; say which state of it you have seen.",
                hint="Read it, and send the ETag of the answer as `If-Match`.",
            )
        )
    return frozenset(int(version) for version in STRONG.findall(if_match))
