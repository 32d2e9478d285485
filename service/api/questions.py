"""Questions about a run over HTTP: why not, what else there was, and what places are worth."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from models.domain.explanation import CapacityWorth, WhyNot
from models.domain.leftover import UnmatchedReport
from models.domain.result import FairnessPrice, Role
from models.domain.why import Audience, Counterfactual, Ties, WhyPair
from service.api.paging import A_PAGE, Cursor, Limit, next_link, page_of
from service.api.problems import AnyRequest, behind_key
from service.api.representations import AlternativePage, Told
from service.errors import BadRequest, one_issue
from service.operations.desk import AboutRun, QuestionDesk
from service.operations.paging import page_within
from service.operations.questions import (
    alternatives_of,
    capacity_worth_of,
    counterfactual_of,
    fairness_price_of,
    ties_of,
    told_of,
    unmatched_report_of,
    why_of,
)

QUESTION_PROBLEMS = behind_key(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)

Mentor = Annotated[str, QueryParameter(description="The mentor's reference.")]
Mentee = Annotated[str, QueryParameter(description="The mentee's reference.")]
OfMentor = Annotated[str | None, QueryParameter(description="The mentees for this mentor.")]
OfMentee = Annotated[str | None, QueryParameter(description="The mentors for this mentee.")]
Reference = Annotated[
    str | None, QueryParameter(description="One person; without it everybody who is left over.")
]
ToWhom = Annotated[Audience, QueryParameter(description="Who is to read it.")]
AsWhom = Annotated[Role, QueryParameter(description="In which role a participant reads it.")]
Beside = Annotated[
    Literal["total", "coverage"] | None,
    QueryParameter(description="The mode to compare with; without it each of them."),
]
Verify = Annotated[bool, QueryParameter(description="Solve the round again with the pair forced.")]


def about_run(
    run_id: FromPath[UUID], desk: NamedDependency[QuestionDesk], programme: NamedDependency[str]
) -> AboutRun:
    """The run that a question is about."""
    return desk.about(programme, run_id)


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
        about: NamedDependency[AboutRun],
        mentor: Mentor,
        mentee: Mentee,
        verify: Verify = False,
    ) -> WhyNot:
        """One verdict, the exact loss at each level, and who would have to move.

        Anybody may be asked about: for people who are not in the round the verdict says so.
        """
        return await about.ask(lambda questions: questions.why_not(mentor, mentee, verify=verify))

    @get(
        "/why",
        operation_id="why",
        summary="Why these two, and what else there was",
        responses=QUESTION_PROBLEMS,
    )
    async def why(
        self,
        about: NamedDependency[AboutRun],
        mentor: Mentor,
        mentee: Mentee,
    ) -> WhyPair:
        """A pair's reasons with its margin, what forced it, its ties, and better options."""
        return await about.ask(lambda questions: why_of(questions, mentor, mentee))

    @get(
        "/told",
        operation_id="tellWhy",
        summary="Why these two or why not, in words",
        responses=QUESTION_PROBLEMS,
    )
    async def told(
        self,
        about: NamedDependency[AboutRun],
        mentor: Mentor,
        mentee: Mentee,
        audience: ToWhom = "planner",
        reader: AsWhom = "mentee",
    ) -> Told:
        """Sentences for planners, for auditors, or for one of the two people themselves.

        A participant is told nothing of anybody else, and nobody is told a characteristic.
        """
        sentences = await about.ask(
            lambda questions: told_of(questions, mentor, mentee, audience, reader)
        )
        return Told(audience=audience, sentences=sentences)

    @get(
        "/ties",
        operation_id="listTies",
        summary="List who would be just as good",
        responses=QUESTION_PROBLEMS,
    )
    async def ties(
        self,
        about: NamedDependency[AboutRun],
        mentor: OfMentor = None,
        mentee: OfMentee = None,
    ) -> Ties:
        """Everybody with whom one person would be just as well paired, each with its chain."""
        role, reference = _one_of(mentor, mentee)
        return await about.ask(lambda questions: ties_of(questions, role, reference))

    @get(
        "/unmatched-report",
        operation_id="readUnmatchedReport",
        summary="Why people are left over, and what would help",
        responses=QUESTION_PROBLEMS,
    )
    async def unmatched_report(
        self,
        about: NamedDependency[AboutRun],
        reference: Reference = None,
    ) -> UnmatchedReport:
        """For each person who competes for the same places, and remedies that are certain."""
        return await about.ask(lambda questions: unmatched_report_of(questions, reference))

    @get(
        "/alternatives",
        operation_id="listAlternatives",
        summary="List what else there was for somebody",
        responses=QUESTION_PROBLEMS,
    )
    async def alternatives(
        self,
        request: AnyRequest,
        about: NamedDependency[AboutRun],
        mentor: OfMentor = None,
        mentee: OfMentee = None,
        limit: Limit = A_PAGE,
        cursor: Cursor = None,
    ) -> AlternativePage:
        """Every eligible partner of one person with what choosing them would lose, least first."""
        role, reference = _one_of(mentor, mentee)
        page = page_of(limit, cursor)
        found = await about.ask(lambda questions: alternatives_of(questions, role, reference))
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
        about: NamedDependency[AboutRun],
    ) -> CapacityWorth:
        """The recruitment list: every mentor's next place, and one more mentor of each kind."""
        return await about.ask(capacity_worth_of)

    @get(
        "/counterfactual",
        operation_id="findCounterfactual",
        summary="Which weight would pair these two",
        responses=QUESTION_PROBLEMS,
    )
    async def counterfactual(
        self, about: NamedDependency[AboutRun], mentor: Mentor, mentee: Mentee
    ) -> Counterfactual:
        """The smallest change of one weight that puts the pair into some best answer.

        The round is solved again for each weight that is looked at, for as long as the service
        gives a question; what is open by then is `unknown`.
        """
        return await about.ask_at_length(
            lambda questions: counterfactual_of(questions, mentor, mentee)
        )

    @get(
        "/fairness-price",
        operation_id="readFairnessPrice",
        summary="What the result's fairness costs",
        responses=QUESTION_PROBLEMS,
    )
    async def fairness_price(
        self, about: NamedDependency[AboutRun], mode: Beside = None
    ) -> tuple[FairnessPrice, ...]:
        """What the result comes to beside the best under another mode, whatever its own is.

        The round is solved again under the mode, for as long as the service gives a question; a
        mode that there was no time for is left out.
        """
        return await about.ask_at_length(lambda questions: fairness_price_of(questions, mode))


def _one_of(mentor: str | None, mentee: str | None) -> tuple[Role, str]:
    if mentor is not None and mentee is None:
        return "mentor", mentor
    if mentee is not None and mentor is None:
        return "mentee", mentee
    raise BadRequest(
        one_issue(
            "PARAMETER_INVALID",
            "This is asked of one mentor or of one mentee.",
            hint="Give either `mentor` or `mentee`.",
        )
    )
