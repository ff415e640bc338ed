"""What every command that writes says beside its result: what it repaired, and what waits for a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.output import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.pipeline.adopt import Recovered
    from archivist.pipeline.witness import Answer

__all__ = ["say_recovered", "say_stamps", "say_unsigned"]


def say_recovered(found: Recovered, *, context: Context) -> None:
    """What an interrupted run had left, and what was done about it."""
    for torn in found.torn:
        context.say(
            f"repaired: archives/{torn.file} ended in {torn.length} torn bytes, now kept in archives/{torn.kept}"
        )
    for article in found.adopted:
        context.say(f"adopted: an interrupted run had stored {article} and not sealed it; it is a late snapshot now")
    for alarm in found.alarms:
        click.echo(f"warning: {printable(alarm)}\nhint: archivist verify", err=True)


def say_stamps(answers: Sequence[Answer], *, context: Context) -> None:
    """What the outside witnesses of time answered at the end of a run, in two lines at most."""
    stamped = [answer for answer in answers if answer.state == "stamped"]
    failed = [answer for answer in answers if answer.state == "failed"]
    if stamped:
        names = ", ".join(printable(answer.by) for answer in stamped)
        context.say(f"stamped by {names}: the log had {stamped[0].size} entries at {stamped[0].time} at the latest")
    if failed:
        first, others = failed[0], len(failed) - 1
        more = f", and {others} more" if others else ""
        context.say(
            f"not stamped by {printable(first.by)}{more}: {printable(first.said)}\n"
            "hint: what is stored is whole; the next run asks again, and so does archivist stamp"
        )


def say_unsigned(count: int, because: str) -> None:
    """How many statements wait for a signature, if any do."""
    if count:
        plural = "s wait" if count > 1 else " waits"
        click.echo(
            f"warning: {count} statement{plural} for a signature: {printable(because)}"
            "\nhint: everything is stored; put the key back from its copy, and the next run signs",
            err=True,
        )
