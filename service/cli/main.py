"""The command `pairwell`."""

from __future__ import annotations

import sys

import typer

from service.cli import audit, database, keys, webhooks, weights
from service.cli.backup import backup
from service.cli.capacity_worth import capacity_worth
from service.cli.demo import demo
from service.cli.explain import explain
from service.cli.failures import guarded
from service.cli.fairness_price import fairness_price
from service.cli.generate import generate
from service.cli.match import match
from service.cli.override import override
from service.cli.rematch import rematch
from service.cli.scenario import scenario
from service.cli.serve import serve
from service.cli.sign_in_link import sign_in_link
from service.cli.ties import ties
from service.cli.unmatched import unmatched
from service.cli.verify import verify
from service.cli.why_not import why_not
from service.cli.worker import worker

app = typer.Typer(
    name="pairwell",
    help="Match mentors and mentees: provably best pairs, with a reason for each.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
questions = (explain, why_not, ties, override, capacity_worth, unmatched, fairness_price)
on_rounds = (demo, match, verify, *questions, scenario, rematch, generate)
for command in (*on_rounds, serve, worker, sign_in_link, backup):
    app.command()(guarded(command))

weight_commands = typer.Typer(help="The weights of soft objectives.", no_args_is_help=True)
weight_commands.command()(guarded(weights.stability))
app.add_typer(weight_commands, name="weights")

key_commands = typer.Typer(help="API keys of the service.", no_args_is_help=True)
key_commands.command()(guarded(keys.create))
key_commands.command("list")(guarded(keys.list_all))
key_commands.command()(guarded(keys.rotate))
key_commands.command()(guarded(keys.revoke))
app.add_typer(key_commands, name="keys")

webhook_commands = typer.Typer(help="Who is told of events.", no_args_is_help=True)
webhook_commands.command()(guarded(webhooks.create))
webhook_commands.command("list")(guarded(webhooks.list_all))
webhook_commands.command()(guarded(webhooks.rotate))
webhook_commands.command()(guarded(webhooks.enable))
webhook_commands.command()(guarded(webhooks.disable))
webhook_commands.command()(guarded(webhooks.delete))
webhook_commands.command("test")(guarded(webhooks.send_test))
webhook_commands.command()(guarded(webhooks.deliveries))
webhook_commands.command()(guarded(webhooks.redeliver))
app.add_typer(webhook_commands, name="webhooks")

audit_commands = typer.Typer(help="The log of who did what.", no_args_is_help=True)
audit_commands.command()(guarded(audit.verify))
audit_commands.command()(guarded(audit.anchor))
app.add_typer(audit_commands, name="audit")

database_commands = typer.Typer(help="The service's database.", no_args_is_help=True)
database_commands.command()(guarded(database.upgrade))
database_commands.command()(guarded(database.downgrade))
database_commands.command()(guarded(database.check))
app.add_typer(database_commands, name="database")


def run() -> None:
    """The entry point."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character is no reason to fail.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app()
