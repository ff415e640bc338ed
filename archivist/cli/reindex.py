"""``archivist reindex``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import paint, printable, short, table, write_json
from archivist.cli.progress import Line
from archivist.cli.runs import say_recovered, say_unsigned

if TYPE_CHECKING:
    from archivist.pipeline.reread import Again, Unread
    from archivist.workspace import Workspace

__all__ = ["command"]

_SHOWN = 60
"""Characters of a value that are shown; all stand in the statement."""


@click.command(
    "reindex",
    help=help_of(
        "Rebuild the catalog, which is only a cache, from archives/ and manifests/.\n\n"
        "With --reread, also read every stored page and document anew. What the present reader sees otherwise is said "
        "in new statements, and from then on shown, compared and cited; captures and older statements stay as they "
        "are. Whoever interrupts it runs it again, and it goes on.",
        "archivist reindex",
        "archivist -C ~/news reindex --json",
        "archivist reindex --reread",
    ),
)
@click.option("--reread", "is_reread", is_flag=True, help="Read old captures anew with the present reader.")
@json_option
@click.pass_obj
def command(context: Context, *, is_reread: bool, as_json: bool) -> int:
    """Rebuild the catalog."""
    from archivist.verbs.reindex import reindex  # noqa: PLC0415  # loaded when called

    workspace = context.read()
    done = reindex(workspace)
    for each in done.damaged:
        click.echo(f"error: {printable(each)}\nhint: archivist verify", err=True)
    if as_json and not is_reread:
        write_json(done.to_json())
    elif not as_json:
        click.echo(f"catalog rebuilt from {done.statements} statements")
    failed = _reread(workspace, context=context, as_json=as_json) if is_reread else 0
    return 1 if done.damaged else failed


def _reread(workspace: Workspace, *, context: Context, as_json: bool) -> int:
    from archivist.verbs.reindex import again_json, reread  # noqa: PLC0415  # loaded when called

    total, done, progress = workspace.catalog.counts().snapshots, count(1), Line(context)
    told = _Told()

    def say(each: Again | Unread) -> None:
        progress.clear()
        if as_json:
            click.echo(json.dumps(again_json(each), ensure_ascii=False))
        else:
            for line in told.lines(each):
                click.echo(line)
        progress.show(f"{next(done)} of {total} snapshots read")

    result = reread(workspace, say=say, warn=lambda found: say_recovered(found, context=context))
    progress.clear()
    if as_json:
        click.echo(json.dumps({"summary": result.to_json()}, ensure_ascii=False))
    else:
        failed = f", {result.failed} could not be read" if result.failed else ""
        click.echo(f"{result.changed} read otherwise than before, {result.same} as before{failed}")
    say_unsigned(result.unsigned, result.unsigned_because)
    return result.exit_code


class _Told:
    """What people are told: each article once, and below it what is read otherwise."""

    def __init__(self) -> None:
        self._article = ""

    def lines(self, each: Again | Unread) -> Iterator[str]:
        """Of one snapshot; nothing where the reading is what it was."""
        from archivist.pipeline.reread import Unread  # noqa: PLC0415  # loaded by then

        if not isinstance(each, Unread) and each.statement is None:
            return
        row = each.row
        if row.article != self._article:
            self._article = row.article
            yield paint(printable(row.article), bold=True)
        if isinstance(each, Unread):
            yield f"  snapshot {row.number}  {short(row.id)}  could not be read anew: {printable(str(each.error))}"
            return
        yield f"  snapshot {row.number}  {short(row.id)}  was read by {printable(row.read_by)}"
        yield table([*_changed(each)], indent="    ")


def _changed(again: Again) -> Iterator[tuple[str, ...]]:
    from archivist.verbs.reindex import changes  # noqa: PLC0415  # loaded by then

    found = changes(again)
    for name, (old, new) in found.fields.items():
        yield name.replace("_", " "), f"{_values(old)} → {_values(new)}"
    if found.parts:
        yield "also" if found.fields else "changed", ", ".join(found.parts)


def _values(values: tuple[str, ...]) -> str:
    text = ", ".join(values) or "unknown"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
