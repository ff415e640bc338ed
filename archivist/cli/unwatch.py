"""``archivist unwatch``."""

from __future__ import annotations

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import printable, write_lines

__all__ = ["command"]


@click.command(
    "unwatch",
    help=help_of(
        "Take addresses off the watchlist. What was saved of them stays.",
        "archivist unwatch https://www.example.org/news/an-article",
    ),
)
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@json_option
@click.pass_obj
def command(context: Context, *, urls: tuple[str, ...], as_json: bool) -> None:
    """End watches."""
    from archivist.verbs.watch import remove  # noqa: PLC0415  # loaded when called

    ended = remove(context.read(), urls)
    if as_json:
        write_lines(({"url": watch.url} for watch in ended), summary={"ended": len(ended)})
        return
    for watch in ended:
        click.echo(f"no longer watching {printable(watch.url)}")
