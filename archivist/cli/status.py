"""``archivist status``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import counted, printable, table, when, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.pipeline.stamped import StampState
    from archivist.pipeline.upkeep import Upkeep

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
    log = "damaged: archivist verify" if state.log_size is None else f"{counted(state.log_size, 'statement')} signed"
    due = f", {state.due} due at the next run" if state.due else ""
    versions, documents = counted(counts.versions, "version"), counted(counts.documents, "document")
    rows = [
        ("archive", f"{state.root}"),
        ("articles", f"{counts.articles} in {versions}, {counted(counts.snapshots, 'snapshot')}"),
        ("captures", f"{counts.captures}, {documents}, {counts.stored / 1e6:.1f} MB stored"),
        ("last", when(state.last.started) if state.last else "never"),
        ("log", log + due),
        *_stamps(state.stamps),
        ("key", f"{workspace.key_path}{'' if state.has_key else '  (missing on this computer: captures go unsigned)'}"),
    ]
    if state.is_interrupted:
        rows.append(("run", "one is under way, or was interrupted: the next start repairs what it left"))
    if not state.is_catalog_current:
        rows.append(("catalog", "missing: archivist reindex makes reading faster"))
    rows += _upkeep(kept)
    click.echo(table(rows))
    return 3 if kept.needs else 0


def _upkeep(kept: Upkeep) -> Iterator[tuple[str, str]]:
    """What is watched, what fails, how the disk fills, and what a person should look at."""
    if kept.watched:
        following = f", next check {kept.next_at:%Y-%m-%d %H:%M} UTC" if kept.next_at else ""
        overdue = f", {kept.overdue} overdue" if kept.overdue else ""
        yield "watching", f"{counted(kept.watched, 'page')}, {kept.due} due{overdue}{following}"
    for name, said in sorted(kept.failing.items()):
        yield "failing", said if said.startswith(name) else f"{name}: {said}"
    used, grown, free = (f"{size / 1e6:,.1f} MB" for size in (kept.used_bytes, kept.grown_bytes, kept.free_bytes))
    yield "disk", f"{used} used, {grown} of it in the last 30 days, {free} free"
    for need in kept.needs:
        yield "look", need


def _stamps(stamps: StampState) -> Iterator[tuple[str, str]]:
    """What outside witnesses of time have said, what is due, and what to do before it is too late."""
    if stamps.size is not None:
        covered = f"the first {stamps.size} statements, which were there at {stamps.time or 'a time that is damaged'}"
    else:
        covered = "none: no outside witness vouches for a time"
    said = [covered]
    if stamps.pending:
        said.append(f"{stamps.pending} promised by calendars, to be completed by later runs")
    if stamps.due and stamps.is_asked:
        said.append(f"due: {', '.join(map(printable, stamps.due))} (the next run asks, or archivist stamp)")
    yield "stamps", "; ".join(said)
    if stamps.expiring:
        count = counted(stamps.expiring, "stamp")
        yield "", f"certificates of {count} expire from {stamps.expires} on: archivist stamp --renew"
