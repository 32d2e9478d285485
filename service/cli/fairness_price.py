"""`pairwell fairness-price`: what a result's fairness costs."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from service.cli import exits
from service.cli.failures import CommandFailed
from service.cli.question_input import AsJson, ResultFile, RoundFile, read_round_and_result

LONGEST = 86_400


def fairness_price(
    round_file: RoundFile,
    result_file: ResultFile,
    time_limit: Annotated[
        float, typer.Option(min=0.1, max=LONGEST, help="Seconds for both solves, at most a day.")
    ] = 300.0,
    as_json: AsJson = False,
) -> None:
    """What a result comes to beside the best there is by points alone, and with mentees first.

    The round is solved under both; a result whose policy names a fairness mode says so already.
    """
    from service.wording import fairness_price_text
    from solver.limits import Limits
    from solver.price_of_fairness import price_of_fairness

    problem, result = read_round_and_result(round_file, result_file)
    if not result.levels:
        raise CommandFailed("A result without an answer has no price of fairness.", exits.FAILED)
    prices = price_of_fairness(problem, result, Limits(seconds=time_limit))
    if as_json:
        told = [price.model_dump(mode="json") for price in prices]
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for price in prices:
        typer.echo(fairness_price_text(price))
