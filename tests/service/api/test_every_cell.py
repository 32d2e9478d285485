"""S1: every route by every method, for everybody who might ask, on objects in every state.

The routes are those that the application has, so that a new one is asked about too.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from service.security.keys import make_key
from tests.conftest import FIGURE
from tests.service.asgi import Answer
from tests.service.conftest import patient_databases_on
from tests.service.databases import KINDS
from tests.service.programmes import OTHER, ROLES, TwoProgrammes, two_programmes
from tests.service.routes import Endpoint, endpoints_of, objects_of
from tests.service.services import PROGRAMME

pytestmark = pytest.mark.slow

NOBODY = "00000000-0000-4000-8000-000000000000"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW")
OF_PATHS = pytest.mark.parametrize("world", ["sqlite"], indirect=True, scope="module")
"""Tests of what is found out before any database matters."""

OVERRIDES = ("x-http-method-override", "x-http-method", "x-method-override", "x-original-url")


@pytest.fixture(scope="module", params=KINDS)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TwoProgrammes]:
    """One for all tests on a kind of database."""
    with ExitStack() as kept:
        if request.param == "postgresql":
            kept.enter_context(patient_databases_on(request.getfixturevalue("postgresql_server")))
        yield kept.enter_context(two_programmes(tmp_path_factory.mktemp("world")))


def test_who_has_no_key_that_is_good_gets_nothing(
    world: TwoProgrammes, record_property: Callable[[str, object], None]
) -> None:
    strangers = {"nobody": None, "made up": make_key().text, **world.ended}
    cells, wrong = 0, []
    for endpoint in _behind_key(world):
        for given in objects_of(world.rows(), endpoint, PROGRAMME):
            for who, key in strangers.items():
                answer = _ask(world, key, endpoint, given)
                cells += 1
                if answer.status != 401:
                    wrong.append((endpoint.method, endpoint.path, who, answer.status))
    record_property(FIGURE, f"S1: {cells} cells of strangers, {len(wrong)} wrong")
    assert wrong == []


def test_each_role_gets_to_what_is_declared_for_it_and_to_nothing_else(
    world: TwoProgrammes, record_property: Callable[[str, object], None]
) -> None:
    """First those who may not, on every object; then those who may."""
    before = world.rows_of(PROGRAMME)
    cells, wrong = Counter[str](), []
    for permitted in (False, True):
        for endpoint, role in ((e, role) for e in _behind_key(world) for role in ROLES):
            if (role in (endpoint.roles or ())) is not permitted:
                continue
            for given in objects_of(world.rows(), endpoint, PROGRAMME):
                answer = _ask(world, world.keys[PROGRAMME, role], endpoint, given)
                cells["may" if permitted else "may not"] += 1
                if (answer.status == 403) is permitted or answer.status in (401, 429, 500):
                    wrong.append((endpoint.method, endpoint.path, role, answer.status))
        if not permitted:
            assert world.rows_of(PROGRAMME) == before
    record_property(FIGURE, f"S1: {dict(cells)} cells of roles, {len(wrong)} wrong")
    assert wrong == []
    assert min(cells.values()) > 30


def test_what_is_anothers_is_told_as_what_is_nowhere(
    world: TwoProgrammes, record_property: Callable[[str, object], None]
) -> None:
    """Not 403, and word for word the same as for an id that nobody has."""
    before = world.rows_of(OTHER)
    cells, wrong = 0, []
    for endpoint in _behind_key(world):
        if not any(name.endswith("_id") for name in endpoint.parameters):
            continue
        for role in sorted(endpoint.roles or ()):
            key = world.keys[PROGRAMME, role]
            for given in objects_of(world.rows(), endpoint, OTHER):
                nowhere = {name: _nowhere(name, value) for name, value in given.items()}
                theirs = _ask(world, key, endpoint, given)
                nobodys = _ask(world, key, endpoint, nowhere)
                cells += 1
                if _told(theirs, given) != _told(nobodys, nowhere) or theirs.status in (200, 403):
                    wrong.append((endpoint.method, endpoint.path, role, theirs.status))
    record_property(FIGURE, f"S1: {cells} cells of another programme, {len(wrong)} wrong")
    assert wrong == []
    assert cells > 50
    assert world.rows_of(OTHER) == before


@OF_PATHS
def test_no_other_method_gets_past_the_guard(world: TwoProgrammes) -> None:
    declared = {
        (endpoint.method, endpoint.path) for endpoint in endpoints_of(world.caller.client.app)
    }
    wrong = []
    for path in sorted({endpoint.path for endpoint in _behind_key(world)}):
        for method in METHODS:
            if (method, path) in declared:
                continue
            address = Endpoint(method, path, "", None, False).address(_filled(path))
            for key in (None, world.ended["revoked"], *_keys(world)):
                status = world.ask(key, method, address).status
                good = key in _keys(world)
                allowed = {204, 405} if method == "OPTIONS" and good else {401, 404, 405}
                if status not in allowed:
                    wrong.append((method, path, good, status))
    assert wrong == []


@OF_PATHS
@pytest.mark.parametrize(
    "spelling",
    [
        "{}/",
        "/{}",
        "//{}",
        "{}//",
        "/.{}",
        "{}/.",
        "{}/..",
        "{}%2f",
        "{}%00",
        "{};a",
        "{}%20",
        "{}?a=/",
    ],
)
def test_no_other_spelling_of_a_path_gets_past_the_guard(
    world: TwoProgrammes, spelling: str
) -> None:
    wrong = []
    before = world.rows_of(PROGRAMME)
    for endpoint in _behind_key(world):
        path = endpoint.address(_filled(endpoint.path))
        for odd in (spelling.format(path), spelling.format(path.replace("/v1", "/%76%31"))):
            stranger = world.ask(None, endpoint.method, odd, b"{}").status
            refused = [
                world.ask(world.keys[PROGRAMME, role], endpoint.method, odd, b"{}").status
                for role in ROLES
                if role not in (endpoint.roles or ())
            ]
            # 400 is a parameter that cannot be read, 405 another route's path.
            if stranger not in (401, 404, 405) or not {403, 404, 405, 400}.issuperset(refused):
                wrong.append((endpoint.method, odd, stranger, refused))
    assert wrong == []
    assert world.rows_of(PROGRAMME) == before


@OF_PATHS
@pytest.mark.parametrize("field", OVERRIDES)
def test_a_method_is_the_one_that_was_sent(world: TwoProgrammes, field: str) -> None:
    """An admin reads a list, whatever else a header claims that should be done."""
    before = world.rows_of(PROGRAMME)
    key = world.keys[PROGRAMME, "admin"]
    for value in ("DELETE", "POST", "/v1/rounds"):
        for query in ("", "?_method=DELETE"):
            plain = world.ask(key, "GET", "/v1/keys")
            claimed = world.ask(key, "GET", f"/v1/keys{query}", **{field: value})
            assert (claimed.status, claimed.body) == (plain.status, plain.body)
    assert world.rows_of(PROGRAMME) == before


def _behind_key(world: TwoProgrammes) -> list[Endpoint]:
    return [e for e in endpoints_of(world.caller.client.app) if e.roles is not None]


def _ask(
    world: TwoProgrammes, key: str | None, endpoint: Endpoint, given: dict[str, str]
) -> Answer:
    return world.ask(key, endpoint.method, endpoint.address(given), b"{}" * endpoint.reads_body)


def _nowhere(name: str, value: str) -> str:
    return NOBODY if name.endswith("_id") else value


def _filled(path: str) -> dict[str, str]:
    parameters = Endpoint("", path, "", None, False).parameters
    return {name: _nowhere(name, "M-1") for name in parameters}


def _told(answer: Answer, given: dict[str, str]) -> tuple[int, str]:
    text = answer.body.decode()
    for name, value in given.items():
        text = text.replace(value, f"<{name}>")
    if text:
        json.loads(text)
    return answer.status, text


def _keys(world: TwoProgrammes) -> tuple[str, ...]:
    return (world.keys[PROGRAMME, "planner"], world.keys[PROGRAMME, "auditor"])
