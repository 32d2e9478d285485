from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from models.domain.event import RoundEvent, RunEvent

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_one_end_of_a_run_is_one_event_whoever_tells_of_it_and_when() -> None:
    round_id, run_id = uuid4(), uuid4()
    told = RunEvent.of(round_id, run_id, "solved", NOON)
    again = RunEvent.of(round_id, run_id, "solved", NOON.replace(hour=13))
    assert told.type == "run.solved"
    assert told.id == again.id
    assert told.id != RunEvent.of(round_id, run_id, "failed", NOON).id
    assert told.id != RunEvent.of(round_id, uuid4(), "solved", NOON).id


def test_what_is_sent_is_thin_and_the_same_for_ever() -> None:
    """Ids, a state and a moment; the id of the event itself stands in a header."""
    round_id, run_id = uuid4(), uuid4()
    message = RunEvent.of(round_id, run_id, "solved", NOON).message
    assert message.body == (
        f'{{"data":{{"round_id":"{round_id}","run_id":"{run_id}","state":"solved"}},'
        '"timestamp":"2026-11-23T12:00:00Z","type":"run.solved"}'
    )
    assert message.id == RunEvent.of(round_id, run_id, "solved", NOON).id


def test_a_round_has_one_event_for_each_version_and_no_run_in_it() -> None:
    """It may come to the same state twice, and both are told."""
    round_id = uuid4()
    told = RoundEvent.of(round_id, 4, "published", NOON)
    assert told.id == RoundEvent.of(round_id, 4, "published", NOON.replace(hour=13)).id
    assert told.id != RoundEvent.of(round_id, 6, "published", NOON).id
    assert told.id != RoundEvent.of(uuid4(), 4, "published", NOON).id
    assert told.message.body == (
        f'{{"data":{{"round_id":"{round_id}","state":"published"}},'
        '"timestamp":"2026-11-23T12:00:00Z","type":"round.published"}'
    )
