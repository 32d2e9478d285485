"""A round as one of its authors holds it: with the version that they have seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.service.services import Caller, a_document


@dataclass
class RoundInHand:
    """Calls the service about one round, and remembers the version of every answer."""

    caller: Caller
    path: str
    version: int

    def request(self, method: str, part: str, body: Any = None, **headers: str) -> Any:
        """The answer to a change, whatever it is."""
        given = self.caller.headers() | {"if-match": f'"{self.version}"'} | headers
        return self.caller.client.request(method, f"{self.path}/{part}", json=body, headers=given)

    def post(self, part: str) -> Any:
        """The answer to an act, whatever it is."""
        return self.request("POST", part)

    def do(self, part: str) -> dict[str, Any]:
        """The round after an act that is done."""
        return self._taken(self.post(part))

    def patch(self, changes: dict[str, Any]) -> dict[str, Any]:
        """The round after a change to its document."""
        return self._taken(self.request("PATCH", "document", changes))

    def put(self, document: dict[str, Any]) -> dict[str, Any]:
        """The round with another document."""
        return self._taken(self.request("PUT", "document", document))

    def solve(self) -> dict[str, Any]:
        """The round after a run of it that was waited for."""
        answer = self.request("POST", "solve", prefer="wait=20")
        assert answer.status_code == 200, answer.text
        return self.seen()

    def seen(self) -> dict[str, Any]:
        """The round as it is."""
        return self._taken(self.caller.get(self.path))

    def _taken(self, answer: Any) -> dict[str, Any]:
        assert answer.status_code == 200, answer.text
        self.version = int(answer.headers["etag"].strip('"'))
        shown: dict[str, Any] = answer.json()
        assert shown["version"] == self.version
        return shown


def a_draft(caller: Caller, document: dict[str, Any] | None = None, **headers: str) -> RoundInHand:
    """A draft that somebody has just begun."""
    answer = caller.client.post(
        "/v1/rounds/drafts", json=document or a_document(), headers=caller.headers() | headers
    )
    assert answer.status_code == 201, answer.text
    assert answer.headers["etag"] == '"1"'
    return RoundInHand(caller, answer.headers["location"], 1)
