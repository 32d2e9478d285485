"""The desk for questions: who waits for whom, and which round is asked about."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event

import pytest

from models.domain.by_hand import ByHand
from service.operations.by_hand import store_change
from service.operations.desk import AT_LENGTH, AboutRun, QuestionDesk
from service.operations.runs import read_result
from service.storage.database import Database
from solver.questions.asking import Questions
from tests.service.runs import finished
from tests.service.services import LONG_ENOUGH, PROGRAMME, a_database

pytestmark = pytest.mark.anyio


class Held:
    """A question that is being answered until it is let go."""

    def __init__(self) -> None:
        self.begun, self.released = Event(), Event()

    def __call__(self, questions: Questions) -> str:
        self.begun.set()
        assert self.released.wait(LONG_ENOUGH)
        return questions.problem.name


async def about_a_run(database: Database) -> AboutRun:
    run = await finished(database)
    return QuestionDesk(database, seconds=1.0).about(PROGRAMME, run.id)


async def begun(question: Held) -> None:
    assert await asyncio.to_thread(question.begun.wait, LONG_ENOUGH)


async def test_a_quick_question_does_not_wait_for_a_long_one_about_the_same_run(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        about, question = await about_a_run(database), Held()
        long = asyncio.create_task(about.ask_at_length(question))
        await begun(question)
        assert await about.ask(lambda questions: len(questions.problem.mentors)) == 1
        question.released.set()
        assert await long == "Spring"


async def test_only_so_many_are_solved_for_at_once_and_each_end_makes_room(tmp_path: Path) -> None:
    """Also the end of one that fails, and of one whose caller has gone away."""
    async with a_database(tmp_path) as database:
        about = await about_a_run(database)
        held = [Held() for _ in range(AT_LENGTH)]
        tasks = [asyncio.create_task(about.ask_at_length(question)) for question in held]
        for question in held:
            await begun(question)
        tasks[0].cancel()
        later = Held()
        waiting = asyncio.create_task(about.ask_at_length(later))
        done, _ = await asyncio.wait({waiting}, timeout=0.2)
        assert not done
        assert not later.begun.is_set()
        held[0].released.set()
        await begun(later)
        for question in (*held, later):
            question.released.set()
        assert await waiting == "Spring"
        for _ in range(AT_LENGTH + 1):
            with pytest.raises(ZeroDivisionError):
                await about.ask_at_length(lambda _: 1 // 0)


async def test_a_run_with_an_override_is_asked_about_as_the_round_with_its_pin(
    tmp_path: Path,
) -> None:
    async with a_database(tmp_path) as database:
        run = await finished(database)
        async with database.writing(PROGRAMME) as store:
            result = await read_result(store, run.id)
            pair = ByHand(kind="override", mentor="M-1", mentee="E-1", instead_of="c" * 64)
            report = result.run.model_copy(update={"by_hand": (pair,)})
            told = result.model_copy(update={"run": report})
            change = await store_change(store, run.id, told, "They asked.")
        desk = QuestionDesk(database, seconds=1.0)
        pins = [
            await desk.about(PROGRAMME, one).ask(lambda questions: questions.problem.pinned)
            for one in (run.id, change.run_id)
        ]
    assert pins == [frozenset(), {("M-1", "E-1")}]
