"""Questions about a run over HTTP: why not, what else there was, and what places are worth."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from models.domain.explanation import CapacityWorth, WhyNot
from service.api.paging import A_PAGE, Cursor, Limit, next_link, page_of
from service.api.problems import AnyRequest, behind_key
from service.api.representations import AlternativePage
from service.errors import BadRequest, one_issue
from service.operations.paging import page_within
from service.operations.questions import QuestionDesk, alternatives_of, capacity_worth_of

QUESTION_PROBLEMS = behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)

Mentor = Annotated[str, QueryParameter(description="The mentor's reference.")]
Mentee = Annotated[str, QueryParameter(description="The mentee's reference.")]
OfMentor = Annotated[str | None, QueryParameter(description="The mentees for this mentor.")]
OfMentee = Annotated[str | None, QueryParameter(description="The mentors for this mentee.")]
Verify = Annotated[bool, QueryParameter(description="Solve the round again with the pair forced.")]


class QuestionController(Controller):
    """What can be asked about a run's result. Nothing is changed by asking."""

    path = "/runs/{run_id:uuid}"
    tags = ("Questions",)

    @get(
        "/why-not",
        operation_id="whyNot",
        summary="Why not these two",
        responses=QUESTION_PROBLEMS,
    )
    async def why_not(
        self,
        run_id: FromPath[UUID],
        mentor: Mentor,
        mentee: Mentee,
        desk: NamedDependency[QuestionDesk],
        programme: NamedDependency[str],
        verify: Verify = False,
    ) -> WhyNot:
        """One verdict, the exact loss at each level, and who would have to move.

        Anybody may be asked about: for people who are not in the round the verdict says so.
        """
        return await desk.ask(
            programme, run_id, lambda questions: questions.why_not(mentor, mentee, verify=verify)
        )

    @get(
        "/alternatives",
        operation_id="listAlternatives",
        summary="List what else there was for somebody",
        responses=QUESTION_PROBLEMS,
    )
    async def alternatives(
        self,
        request: AnyRequest,
        run_id: FromPath[UUID],
        desk: NamedDependency[QuestionDesk],
        programme: NamedDependency[str],
        mentor: OfMentor = None,
        mentee: OfMentee = None,
        limit: Limit = A_PAGE,
        cursor: Cursor = None,
    ) -> AlternativePage:
        """Every eligible partner of one person with what choosing them would lose, least first."""
        if (mentor is None) == (mentee is None):
            raise BadRequest(
                one_issue(
                    "PARAMETER_INVALID",
                    "Alternatives are those of one mentor or of one mentee.",
                    hint="Give either `mentor` or `mentee`.",
                )
            )
        page = page_of(limit, cursor)
        found = await desk.ask(
            programme,
            run_id,
            lambda questions: alternatives_of(questions, mentor=mentor, mentee=mentee),
        )
        shown = page_within(found, page)
        return AlternativePage(items=shown.items, next=next_link(request, shown.next_cursor))

    @get(
        "/capacity-worth",
        operation_id="readCapacityWorth",
        summary="What one more place would add",
        responses=QUESTION_PROBLEMS,
    )
    async def capacity_worth(
        self,
        run_id: FromPath[UUID],
        desk: NamedDependency[QuestionDesk],
        programme: NamedDependency[str],
    ) -> CapacityWorth:
        """The recruitment list: every mentor's next place, and one more mentor of each kind."""
        return await desk.ask(programme, run_id, capacity_worth_of)
