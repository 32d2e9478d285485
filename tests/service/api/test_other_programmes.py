"""S2: nothing of another programme comes out, whichever of its ids is put wherever one fits.

The routes, their parameters and their bodies are those of the API's own description.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest

from service.operations.paging import cursor_after
from tests.conftest import FIGURE
from tests.service.asgi import Answer
from tests.service.bodies import a_body, described, places_in, with_value
from tests.service.programmes import CANARY, OTHER, TwoProgrammes, two_programmes
from tests.service.routes import Endpoint, as_uuid, endpoints_of, objects_of
from tests.service.services import PROGRAMME, a_document

pytestmark = pytest.mark.slow

HEADERS = ("idempotency-key", "if-match", "if-none-match", "if-modified-since", "last-event-id")


def test_nothing_of_another_programme_comes_out_whatever_is_asked(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Each secret of theirs in each place: paths, queries, headers and bodies."""
    with two_programmes(tmp_path) as both:
        secrets = _secrets(both)
        before = both.rows_of(OTHER)
        asked, leaks, faults = 0, [], []
        for endpoint, path, headers, body, sent in _requests(both, sorted(secrets)):
            for role in sorted(endpoint.roles or ())[:1]:
                key = both.keys[PROGRAMME, role]
                answer = both.ask(key, endpoint.method, path, body, **headers)
                asked += 1
                shown = _seen(answer)
                found = {secret for secret in secrets if secret != sent and secret in shown}
                # A text of theirs may come back to whoever sent it; nothing else of theirs may.
                if found or (CANARY in shown.replace(sent, "")):
                    leaks.append((endpoint.method, path, found))
                if answer.status >= 500:
                    faults.append((endpoint.method, path, answer.status))
        after = both.rows_of(OTHER)
    record_property(
        FIGURE,
        f"S2: {asked} requests with {len(secrets)} secrets of another programme, "
        f"{len(leaks)} leaks, {len(faults)} faults",
    )
    assert leaks == []
    assert faults == []
    assert asked > 500
    assert after == before


def test_their_own_keys_do_find_these_secrets(tmp_path: Path) -> None:
    """The control of the test above: what it looks for is there to be seen."""
    with two_programmes(tmp_path) as both:
        secrets = _secrets(both)
        seen = ""
        for endpoint in _readers(both):
            for given in objects_of(both.rows(), endpoint, OTHER):
                role = min(endpoint.roles or ())
                answer = both.ask(both.keys[OTHER, role], "GET", endpoint.address(given))
                seen += _seen(answer)
    assert sum(secret in seen for secret in secrets) > len(secrets) // 3
    assert CANARY in seen


def test_one_idempotency_key_in_two_programmes_is_two_keys(tmp_path: Path) -> None:
    with two_programmes(tmp_path) as both:
        body = json.dumps(a_document()).encode()
        answers = [
            both.ask(
                both.keys[programme, "planner"],
                "POST",
                "/v1/rounds",
                body,
                **{"idempotency-key": "k"},
            )
            for programme in (PROGRAMME, OTHER)
        ]
    assert [answer.status for answer in answers] == [202, 202]
    one, other = (json.loads(answer.body)["round"]["id"] for answer in answers)
    assert one != other


def _requests(
    both: TwoProgrammes, secrets: list[str]
) -> Iterator[tuple[Endpoint, str, dict[str, str], bytes, str]]:
    """Each route with each secret in each place, and otherwise as it should be asked."""
    rows, turns = both.rows(), cycle(secrets)
    endpoints = endpoints_of(both.caller.client.app)
    # Reads first: what is sent for a name of ours is shown as a name of ours from then on.
    for endpoint in sorted(endpoints, key=lambda endpoint: endpoint.method != "GET"):
        if endpoint.roles is None:
            continue
        ours = next(objects_of(rows, endpoint, PROGRAMME))
        operation = described(both.caller, endpoint)
        document = a_body(both.caller, endpoint)
        plain = b"" if document is None else json.dumps(document).encode()
        queries = [
            each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"
        ]
        for secret in secrets:
            for name in endpoint.parameters:
                yield endpoint, endpoint.address(ours | {name: secret}), {}, plain, secret
            for name in queries:
                yield endpoint, f"{endpoint.address(ours)}?{name}={secret}", {}, plain, secret
        # What only reads looks at hardly a header, and may take seconds: one secret for each.
        few = secrets[:: max(1, len(secrets) // 5)]
        for name in HEADERS:
            for secret in [next(turns)] if endpoint.method == "GET" else few:
                yield endpoint, endpoint.address(ours), {name: f'"{secret}"'}, plain, secret
        for secret in few:
            for place in places_in(document):
                body = json.dumps(with_value(document, place, secret)).encode()
                yield endpoint, endpoint.address(ours), {}, body, secret
        yield endpoint, f"{endpoint.address(ours)}?cursor={cursor_after(0)}", {}, plain, "after"


def _secrets(both: TwoProgrammes) -> set[str]:
    """Ids, prefixes of keys and texts that only the other programme has."""
    rows = both.rows_of(OTHER)
    ids = {
        as_uuid(row[name])
        for each in rows.values()
        for row in each
        for name in row
        if name == "id" or name.endswith("_id")
    }
    texts = {f"{CANARY}M-1", f"{CANARY}E-1", f"{CANARY}Spring"}
    prefixes = {row["prefix"] for row in rows["api_keys"]}
    digests = {row["digest"] for row in rows["rounds"]} - {
        row["digest"] for row in both.rows_of(PROGRAMME)["rounds"]
    }
    return ids | texts | prefixes | digests


def _readers(both: TwoProgrammes) -> list[Endpoint]:
    return [e for e in endpoints_of(both.caller.client.app) if e.roles and e.method == "GET"]


def _seen(answer: Answer) -> str:
    return answer.body.decode() + json.dumps(answer.headers)
