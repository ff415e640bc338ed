"""``archivist demo``."""

from __future__ import annotations

from pathlib import Path

import click

from archivist.cli.context import Context
from archivist.cli.options import help_of

__all__ = ["command"]


@click.command(
    "demo",
    help=help_of(
        "Tell the whole story offline: a newspaper on this computer publishes an article and then edits it in "
        "silence. The archive is left in DIR (a new folder, if none is given), whose path is the last line.",
        "archivist demo",
        "archivist demo my-demo",
    ),
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def command(context: Context, folder: Path | None) -> None:
    """Tell the story."""
    from archivist.demo.story import tell  # noqa: PLC0415  # loaded when called

    tell(folder or context.folder, write=click.echo)
