"""``archivist stamp``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, assert_never

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import printable
from archivist.cli.runs import say_unsigned
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.pipeline.witness import Answer
    from archivist.workspace import Workspace

__all__ = ["command"]


@click.command(
    "stamp",
    help=help_of(
        "Have the outside witnesses of the settings stamp the signed log: time-stamping servers (RFC 3161), "
        "OpenTimestamps calendars, and witnesses that cosign (C2SP). One stamp covers every snapshot before it. Every "
        "run does this at its end; an answer is verified before it is kept, and a server that fails is asked again.",
        "archivist stamp",
        "archivist stamp --renew",
        "archivist stamp --authority https://tsa.example.org/tsr --json",
    ),
)
@click.option("--authority", "others", multiple=True, metavar="URL", help="Ask this server as well.")
@click.option("--calendar", "calendars", multiple=True, metavar="URL", help="Ask this OpenTimestamps calendar as well.")
@click.option(
    "--witness", "cosigners", multiple=True, metavar="URL=KEY", help="Have this witness cosign as well (C2SP)."
)
@click.option(
    "--renew", is_flag=True, help="First list all older stamps in a statement: the new stamp covers them as well."
)
@json_option
@click.pass_obj
def command(  # one parameter for each option
    context: Context,
    *,
    others: tuple[str, ...],
    calendars: tuple[str, ...],
    cosigners: tuple[str, ...],
    renew: bool,
    as_json: bool,
) -> int:
    """Stamp the newest checkpoint."""
    from archivist.pipeline.witness import witnesses_of  # noqa: PLC0415  # loaded when called
    from archivist.verbs.stamp import stamp  # noqa: PLC0415

    asked = {"authorities": others, "calendars": calendars, "witnesses": _with_keys(cosigners)}
    workspace = context.read({f"stamp.{name}": given or None for name, given in asked.items()})
    if not witnesses_of(workspace):
        raise UsageError(
            "no outside witness of time is named", hint="stamp.authorities in the settings, or --authority URL"
        )

    if renew:
        _renew(workspace, context=context)

    def say(answer: Answer) -> None:
        click.echo(json.dumps(answer.to_json(), ensure_ascii=False) if as_json else _line(answer))

    answers = stamp(workspace, say=say)
    kept = sum(answer.state != "failed" for answer in answers)
    if as_json:
        click.echo(json.dumps({"summary": {"stamps": kept, "failed": len(answers) - kept}}))
    # Stamps wait for the next time; what is stored is stored.
    return 0 if kept == len(answers) else 3 if kept else 5


def _with_keys(given: tuple[str, ...]) -> tuple[str, ...]:
    if any("=" not in each for each in given):
        raise UsageError(
            "--witness takes the address and the key: URL=NAME+ID+BASE64",
            hint="its owner publishes the key; in the settings it stands under stamp.witnesses",
        )
    return given


def _renew(workspace: Workspace, *, context: Context) -> None:
    from archivist.verbs.stamp import renew  # noqa: PLC0415  # loaded when called

    renewed = renew(workspace)
    if renewed.files:
        context.say(f"{renewed.files} files of older stamps are in the log now; a new stamp covers them")
    else:
        context.say("all older stamps are in the log already")
    say_unsigned(renewed.unsigned, renewed.unsigned_because)


def _line(answer: Answer) -> str:
    by = printable(answer.by)
    match answer.state:
        case "failed":
            return f"✗ {by}: {printable(answer.said)}"
        case "known":
            return f"✓ {by} has stamped the log of {answer.size} entries before"
        case "pending":
            return f"… {by}: {printable(answer.said)}"
        case "stamped":
            covered = f"at {answer.time} at the latest" if answer.time else f"before that: {printable(answer.said)}"
            return f"✓ {by}: the log had {answer.size} entries {covered}"
    assert_never(answer.state)
