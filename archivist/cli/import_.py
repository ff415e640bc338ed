"""``archivist import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import printable, write_json
from archivist.errors import NotAnArchive

if TYPE_CHECKING:
    from archivist.verbs.import_watches import Imported
    from archivist.workspace import Workspace

__all__ = ["command"]


@click.command(
    "import",
    help=help_of(
        "Put the lists of other programs on the watchlist: OPML of feed readers, urlwatch's YAML, the export or "
        "backup of changedetection.io, and addresses, one a line. What cannot be taken over is said.",
        "archivist import feeds.opml",
        "archivist import --dry-run urls.yaml",
        "archivist import --tag eu url-watches.json urls.txt",
    ),
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=False))
@click.option("--tag", "tags", multiple=True, metavar="NAME", help="Given to all that is added.")
@click.option("--dry-run", is_flag=True, help="Say what would be added, and add nothing.")
@json_option
@click.pass_obj
def command(context: Context, *, files: tuple[Path, ...], tags: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    """Add what the files list."""
    from archivist.verbs.import_watches import import_watches, read_lists  # noqa: PLC0415  # loaded when called

    lists = read_lists(files)  # before an archive is made for nothing
    imported = import_watches(_workspace(context, is_dry=dry_run), lists, tags=tags, is_dry=dry_run)
    if as_json:
        write_json({**imported.to_json(), "is_dry": dry_run})
    else:
        _say(imported, context=context, is_dry=dry_run)
    return imported.exit_code


def _workspace(context: Context, *, is_dry: bool) -> Workspace | None:
    if not is_dry:
        return context.write()
    try:
        return context.read()
    except NotAnArchive:
        return None


def _say(imported: Imported, *, context: Context, is_dry: bool) -> None:
    for name, kind in imported.formats:
        context.say(f"{printable(name)}: {kind}")
    for watch in imported.added:
        tags = f"  [{', '.join(watch.tags)}]" if watch.tags else ""
        click.echo(printable(f"{'would watch' if is_dry else 'watching'} {watch.url}{tags}"))
    for url, names in imported.ignored:
        context.say(printable(f"{url}: watched without {', '.join(names)}"))
    for each in imported.left_out:
        click.echo(printable(f"left out: {each.url}: {each.why}"), err=True)
    count = len(imported.added)
    said = f"{count} {'would be added' if is_dry else 'added'}, {len(imported.known)} known already"
    context.say(f"{said}, {len(imported.left_out)} left out")
