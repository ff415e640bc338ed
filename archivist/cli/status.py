"""``archivist status``."""

from __future__ import annotations

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import table, when, write_json

__all__ = ["command"]


@click.command(
    "status",
    help=help_of("How the archive is doing, and what is due.", "archivist status", "archivist -C ~/news status --json"),
)
@json_option
@click.pass_obj
def command(context: Context, as_json: bool) -> int:  # noqa: FBT001  # click calls it
    """Show the state of the archive."""
    from archivist.pipeline.upkeep import upkeep  # noqa: PLC0415  # loaded when called
    from archivist.verbs.status import status  # noqa: PLC0415

    workspace = context.read()
    state, kept = status(workspace), upkeep(workspace)
    if as_json:
        write_json({**state.to_json(), **kept.to_json()})
        return 3 if kept.needs else 0
    counts = state.counts
    log = "damaged: archivist verify" if state.log_size is None else f"{state.log_size} statements signed"
    due = f", {state.due} due at the next run" if state.due else ""
    rows = [
        ("archive", f"{state.root}"),
        ("articles", f"{counts.articles} in {counts.versions} versions, {counts.snapshots} snapshots"),
        ("captures", f"{counts.captures}, {counts.documents} documents, {counts.stored / 1e6:.1f} MB stored"),
        ("last", when(state.last.started) if state.last else "never"),
        ("log", log + due),
        ("key", f"{workspace.key_path}{'' if state.has_key else '  (missing on this computer: captures go unsigned)'}"),
    ]
    if state.is_interrupted:
        rows.append(("run", "one is under way, or was interrupted: the next start repairs what it left"))
    if not state.is_catalog_current:
        rows.append(("catalog", "missing: archivist reindex makes reading faster"))
    rows += kept.rows()
    click.echo(table(rows))
    return 3 if kept.needs else 0
