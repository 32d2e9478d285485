"""Webhooks as an admin lives with them, in a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from service.errors import Conflicting, NotFound, SettingRefused
from service.operations import webhooks as module
from service.operations.webhooks import (
    WebhookRequest,
    check_webhook,
    delete_webhook,
    disable_webhook,
    enable_webhook,
    list_deliveries,
    list_webhooks,
    redeliver,
    rotate_secret,
    send_test_event,
)
from service.outbound.destinations import OutboundRules
from service.outbound.guard import Guard
from tests.service.outbound.networks import FlippingResolver
from tests.service.runs import queued, solved
from tests.service.services import PROGRAMME, a_database, all_rows
from tests.service.webhooks import a_webhook, claimed, in_programme, tried

pytestmark = pytest.mark.anyio


async def test_the_secret_signs_and_is_nowhere_in_the_database(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        webhook, secret = await a_webhook(database)
        await in_programme(database, lambda store: send_test_event(store, webhook))
        claim = await claimed(database)
    now = datetime.now(UTC)
    assert claim.secrets == (secret,)
    assert secret not in repr(claim)
    assert Verifier(secret).verify(claim.waiting.body, claim.headers_at(now))["data"] == {}
    assert secret not in str(await all_rows(tmp_path))


async def test_each_webhook_has_a_secret_of_its_own(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        secrets = {(await a_webhook(database))[1] for _ in range(3)}
    assert len(secrets) == 3


async def test_after_a_rotation_both_secrets_verify_until_the_overlap_is_over(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        webhook, old = await a_webhook(database)
        rotated, new = await in_programme(database, lambda store: rotate_secret(store, webhook, 1))
        await in_programme(database, lambda store: send_test_event(store, webhook))
        now = datetime.now(UTC)
        within = await claimed(database, now)
        await tried(database, within, 500, now)
        later = now + timedelta(hours=2)
        after = await claimed(database, later)
    assert rotated.previous_secret_until is not None
    for secret in (old, new):
        assert Verifier(secret).verify(within.waiting.body, within.headers_at(now))
    assert after.secrets == (new,)
    with pytest.raises(WebhookVerificationError):
        Verifier(old).verify(after.waiting.body, after.headers_at(now))


async def test_a_runs_end_waits_for_every_enabled_webhook_of_its_programme(
    tmp_path: Path,
) -> None:
    """Nothing of it names a person, not even by reference."""
    async with a_database(tmp_path) as database:
        run = await queued(database)
        (one, _), (other, _), (off, _) = [await a_webhook(database) for _ in range(3)]
        await in_programme(database, lambda store: disable_webhook(store, off))
        await solved(database)
        async with database.reading(PROGRAMME) as store:
            found = [await list_deliveries(store, each, 10) for each in (one, other, off)]
        claim = await claimed(database)
    assert [len(each) for each in found] == [1, 1, 0]
    assert found[0] == found[1]
    (delivery,) = found[0]
    assert (delivery.type, delivery.state, delivery.attempts) == ("run.solved", "waiting", 0)
    data = f'{{"round_id":"{run.round_id}","run_id":"{run.id}","state":"solved"}}'
    assert claim.waiting.body.startswith(f'{{"data":{data},"timestamp":"')
    assert claim.waiting.body.endswith('"type":"run.solved"}')


async def test_what_waits_is_not_sent_while_a_webhook_is_off_and_is_sent_afterwards(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        webhook, _ = await a_webhook(database)
        await in_programme(database, lambda store: send_test_event(store, webhook))
        await in_programme(database, lambda store: disable_webhook(store, webhook))
        with pytest.raises(Conflicting):
            await in_programme(database, lambda store: send_test_event(store, webhook))
        with pytest.raises(LookupError):
            await claimed(database)
        await in_programme(database, lambda store: enable_webhook(store, webhook))
        assert (await claimed(database)).seen.webhook_id == webhook


async def test_an_event_is_sent_again_under_its_own_id(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        webhook, _ = await a_webhook(database)
        sent = await in_programme(database, lambda store: send_test_event(store, webhook))
        now = datetime.now(UTC)
        first = await claimed(database, now)
        await tried(database, first, 200, now)
        again = await in_programme(database, lambda s: redeliver(s, webhook, sent.event_id))
        second = await claimed(database, now)
    assert (again.state, again.attempts) == ("waiting", 0)
    assert second.waiting == first.waiting


async def test_a_webhook_goes_with_all_that_waits_for_it(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        webhook, _ = await a_webhook(database)
        await in_programme(database, lambda store: send_test_event(store, webhook))
        await in_programme(database, lambda store: delete_webhook(store, webhook))
        async with database.reading(PROGRAMME) as store:
            assert await list_webhooks(store) == ()
    rows = await all_rows(tmp_path)
    assert rows["deliveries"] == []
    assert [row["action"] for row in rows["audit_log"]] == ["webhook made", "webhook removed"]


async def test_what_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    async with a_database(tmp_path) as database:
        webhook, _ = await a_webhook(database)
        nobody = uuid4()
        for work in (delete_webhook, enable_webhook, disable_webhook, send_test_event):
            with pytest.raises(NotFound):
                await in_programme(database, lambda store, work=work: work(store, nobody))
        with pytest.raises(NotFound):
            await in_programme(database, lambda store: redeliver(store, webhook, nobody))


async def test_a_programme_has_only_so_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_WEBHOOKS", 1)
    async with a_database(tmp_path) as database:
        await a_webhook(database)
        with pytest.raises(Conflicting):
            await a_webhook(database)
    assert len((await all_rows(tmp_path))["webhooks"]) == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [((), "WEBHOOK_HOST_UNKNOWN"), (("10.0.0.1",), "WEBHOOK_ADDRESS_REFUSED")],
)
async def test_a_host_that_may_not_be_sent_to_is_refused_without_telling_its_address(
    answer: tuple[str, ...], code: str
) -> None:
    guard = Guard(OutboundRules(), FlippingResolver(answer))
    with pytest.raises(SettingRefused) as refused:
        await check_webhook(guard, WebhookRequest(url="https://example.org/"))
    (issue,) = refused.value.issues
    assert issue.code == code
    assert "10.0" not in issue.model_dump_json()
