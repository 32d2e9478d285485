"""What the world is told of a run: ids and a state, nothing of any person."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import UUID, uuid5

from models.domain.base import Frozen, canonical_json
from models.domain.result import RunStatus


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
