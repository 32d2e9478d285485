from __future__ import annotations

import pytest

from service.api.prefer import seconds_to_wait


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        *((None, 0), ("", 0), ("respond-async", 0), ("wait=5", 5), ("WAIT = 5", 5)),
        *(("respond-async, wait=7", 7), ("wait=7; x=1, handling=lenient", 7), ('wait="8"', 8)),
        *(("wait=99999", 60), ("wait=-1", 0), ("wait=x", 0), ("await=5", 0), ("wait=1.5", 0)),
    ],
)
def test_the_wait_is_read_from_the_header(header: str | None, seconds: float) -> None:
    """What cannot be read is no preference (RFC 7240), and the longest wait is the service's."""
    assert seconds_to_wait(header, longest=60) == seconds
