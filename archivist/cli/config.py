"""``archivist config``."""

from __future__ import annotations

import os

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import table, write_lines

__all__ = ["command"]


@click.command(
    "config",
    help=help_of(
        "The settings in force, where each comes from, and what it is for.",
        "archivist config",
        "ARCHIVIST_FETCH_DELAY=5 archivist config --json",
    ),
)
@json_option
@click.pass_obj
def command(context: Context, as_json: bool) -> None:  # noqa: FBT001  # click calls it
    """Show the settings."""
    from archivist.store.settings import load  # noqa: PLC0415  # loaded when called
    from archivist.verbs.config import settings_in_force  # noqa: PLC0415
    from archivist.workspace import find_archive  # noqa: PLC0415

    place = find_archive(context.folder, environ=os.environ)
    settings = load(place.root if place.root.is_dir() else None, environ=os.environ, overrides={})
    found = settings_in_force(settings)
    if as_json:
        write_lines((each.to_json() for each in found), summary={"root": str(place.root), "exists": place.exists})
        return
    click.echo(f"archive: {place.root}{'' if place.exists else '  (not made yet)'}")
    click.echo(table([(each.name, _shown(each.value), each.source, each.doc) for each in found]))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or "-"
    if isinstance(value, dict):
        return " ".join(f"{name}={address}" for name, address in value.items()) or "-"
    return str(value) if value != "" else "-"
