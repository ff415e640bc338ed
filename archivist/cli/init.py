"""``archivist init``."""

from __future__ import annotations

from pathlib import Path

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import write_json

__all__ = ["command"]


@click.command(
    "init",
    help=help_of(
        "Make an archive in DIR (here, if none is given), and its signing key outside it.",
        "archivist init ~/news",
        "archivist init --json",
    ),
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@json_option
@click.pass_obj
def command(context: Context, folder: Path | None, as_json: bool) -> None:  # noqa: FBT001  # click calls it
    """Make an archive."""
    from archivist.verbs.init import init  # noqa: PLC0415  # loaded when called

    made = init(folder or context.folder or Path.cwd())
    if as_json:
        write_json(made.to_json())
        return
    click.echo(f"New archive in {made.root}")
    click.echo(
        f"  archives/   what was captured, as WARC files\n  manifests/  what is said about it, signed by\n  {made.key}"
    )
    click.echo(f"Keep a copy of the private key: {made.key_path}")
