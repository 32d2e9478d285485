from __future__ import annotations

import pytest
from pydantic import ValidationError

from models.domain.certificate import Prices
from solver.search.messages import Done, Found, Ready, Stand, Task
from solver.search.process import MESSAGES

MESSAGES_TOLD = [
    Ready(),
    Found(level="points", value=3, pairs=[(0, 1)], stands=[]),
    Found(
        level="lottery",
        value=-(1 << 70),
        pairs=[],
        stands=[Stand(name="points", prices=Prices(mentors={"É": 1 << 70}), bound=1)],
    ),
    Done(versions={"ortools": "9.15"}, stopped_by="work_limit"),
]


@pytest.mark.parametrize("message", MESSAGES_TOLD)
def test_a_message_is_one_line_and_comes_back_as_it_was(message: Ready | Found | Done) -> None:
    line = message.model_dump_json()
    assert "\n" not in line
    assert MESSAGES.validate_json(line) == message


def test_a_task_is_one_line_whatever_its_words() -> None:
    task = Task(problem='{"name":"a\\nb\u2028c\r"}\n', seconds=1, asked_at=0.5)
    line = task.model_dump_json()
    assert "\n" not in line
    assert Task.model_validate_json(line) == task


@pytest.mark.parametrize("line", ["", "{}", '{"kind":"found"}', '{"kind":"other"}', "[1]", "null"])
def test_anything_else_is_no_message(line: str) -> None:
    with pytest.raises(ValidationError):
        MESSAGES.validate_json(line)
