"""HTTP for clients that may be slow, and may not hold a connection without asking anything."""

from __future__ import annotations

from asyncio import TimerHandle
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""How long a request's line and header fields may take; also, how long the rest of a body may
that nobody reads any more."""


LONGEST_HEAD = 32 * 1024
"""The most bytes of a request's line and header fields."""

FREE_CHUNKS = 256
BYTES_A_CHUNK = 1024
"""The chunks of a body beyond the free ones hold so many bytes each, as a mean."""


class PatientProtocol(H11Protocol):
    """Ends connections on which bytes trickle in without a request that anybody works on, or in
    chunks that are more work than what they hold.

    uvicorn itself waits for the rest of a head, and of a body that was refused, for ever; and it
    takes a quarter of a megabyte of crumbs apart before it does anything else.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.conn = BoundedConnection(h11.SERVER, LONGEST_HEAD)
        self._giving_up: TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begins to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Waits no longer once there is a request to work on."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._wait_no_longer()
        elif not self.transport.is_closing():
            self._wait()

    def on_response_complete(self) -> None:
        """Begins to wait for the end of a body that was answered before it was whole."""
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self._wait()

    def send_400_response(self, msg: str) -> None:
        """Says so, unless an answer has begun; the connection ends either way."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            super().send_400_response(msg)
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits no longer."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._giving_up is None:
            self._giving_up = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _wait_no_longer(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None


class BoundedConnection(h11.Connection):
    """A connection on which a long head, and a body in very many small chunks, is an error of the
    other side. h11 itself minds a long head only where it comes in pieces.

    Each chunk costs as much as a line of a program does, whoever sent it and whatever it holds.
    """

    _chunks = _bytes = 0

    def next_event(self) -> Any:
        """The next event. Raises `h11.RemoteProtocolError`."""
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._chunks = self._bytes = 0
            if sum(len(name) + len(value) for name, value in event.headers) > LONGEST_HEAD:
                raise h11.RemoteProtocolError("too long a head")
        elif isinstance(event, h11.Data):
            self._chunks += event.chunk_start
            self._bytes += len(event.data)
            if self._chunks > FREE_CHUNKS + self._bytes // BYTES_A_CHUNK:
                raise h11.RemoteProtocolError("too many small chunks")
        return event
