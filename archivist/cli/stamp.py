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
    from archivist.pipeline.stamping import Answer
    from archivist.workspace import Workspace

__all__ = ["command"]


@click.command(
    "stamp",
    help=help_of(
        "Have the time-stamping servers of the settings (RFC 3161) stamp the signed log. One stamp covers every "
        "snapshot before it. An answer is verified before it is kept; a server that fails is asked again.",
        "archivist stamp",
        "archivist stamp --renew",
        "archivist stamp --authority https://tsa.example.org/tsr --json",
    ),
)
@click.option("--authority", "others", multiple=True, metavar="URL", help="Ask this server as well.")
@click.option(
    "--renew", is_flag=True, help="First list all older stamps in a statement: the new stamp covers them as well."
)
@json_option
@click.pass_obj
def command(context: Context, *, others: tuple[str, ...], renew: bool, as_json: bool) -> int:
    """Stamp the newest checkpoint."""
    from archivist.pipeline.stamping import witnesses_of  # noqa: PLC0415  # loaded when called
    from archivist.verbs.stamp import stamp  # noqa: PLC0415

    workspace = context.read({"stamp.authorities": others or None})
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
            return f"✓ {by}: the log had {answer.size} entries at {answer.time} at the latest"
    assert_never(answer.state)
