"""What the world is told of runs and rounds: ids and a state, nothing of any person."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID, uuid5

from models.domain.base import Frozen, canonical_json
from models.domain.result import RunStatus
from models.domain.round import RoundStatus


class Message(Frozen):
    """An event as it is sent: thin, with ids and a state in `data` and nothing else."""

    id: UUID
    type: str
    timestamp: datetime
    data: dict[str, str]

    @property
    def body(self) -> str:
        """The JSON text, the same for every receiver and every try."""
        return canonical_json(self.model_dump(mode="json", exclude={"id"}))


class RunEvent(Frozen):
    """A run has come to a state, such as `run.solved`.

    Its id follows from the run and the type, so an event that is told twice can be known as one.
    """

    id: UUID
    type: str
    round_id: UUID
    run_id: UUID
    state: RunStatus
    occurred_at: datetime

    @classmethod
    def of(cls, round_id: UUID, run_id: UUID, state: RunStatus, occurred_at: datetime) -> Self:
        """The event of a run that has come to a state."""
        kind = f"run.{state}"
        return cls(
            id=uuid5(run_id, kind),
            type=kind,
            round_id=round_id,
            run_id=run_id,
            state=state,
            occurred_at=occurred_at,
        )

    @property
    def message(self) -> Message:
        """The event as it is sent."""
        data = {"round_id": str(self.round_id), "run_id": str(self.run_id), "state": self.state}
        return Message(id=self.id, type=self.type, timestamp=self.occurred_at, data=data)


class RoundEvent(Frozen):
    """Somebody has brought a round to a state, such as `round.published`.

    Its id follows from the round and the version that it has from then on.
    """

    id: UUID
    type: str
    round_id: UUID
    run_id: None = None
    state: RoundStatus
    occurred_at: datetime

    @classmethod
    def of(cls, round_id: UUID, version: int, state: RoundStatus, occurred_at: datetime) -> Self:
        """The event of a round that has come to a state."""
        return cls(
            id=uuid5(round_id, f"version {version}"),
            type=f"round.{state}",
            round_id=round_id,
            state=state,
            occurred_at=occurred_at,
        )

    @property
    def message(self) -> Message:
        """The event as it is sent."""
        data = {"round_id": str(self.round_id), "state": self.state}
        return Message(id=self.id, type=self.type, timestamp=self.occurred_at, data=data)
