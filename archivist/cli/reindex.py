"""``archivist reindex``."""

from __future__ import annotations

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import printable, write_json

__all__ = ["command"]


@click.command(
    "reindex",
    help=help_of(
        "Rebuild the catalog, which is only a cache, from archives/ and manifests/.",
        "archivist reindex",
        "archivist -C ~/news reindex --json",
    ),
)
@json_option
@click.pass_obj
def command(context: Context, as_json: bool) -> int:  # noqa: FBT001  # click calls it
    """Rebuild the catalog."""
    from archivist.verbs.reindex import reindex  # noqa: PLC0415  # loaded when called

    done = reindex(context.read())
    for each in done.damaged:
        click.echo(f"error: {printable(each)}\nhint: archivist verify", err=True)
    if as_json:
        write_json(done.to_json())
    else:
        click.echo(f"catalog rebuilt from {done.statements} statements")
    return 1 if done.damaged else 0
