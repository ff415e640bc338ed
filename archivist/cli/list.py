"""``archivist list``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import cut, isolated, printable, table, width, write_lines

if TYPE_CHECKING:
    from archivist.catalog.rows import ArticleRow

__all__ = ["command"]

_HEAD: Final = ("LAST SEEN", "VERSIONS", "SITE", "ARTICLE")
_SITE: Final = 28
"""Columns of a site's name, on a terminal."""
_BEFORE: Final = len("2026-11-24 16:02  VERSIONS  ")
_LEAST: Final = 20
"""Columns that are left to headlines on the narrowest of terminals."""


@click.command(
    "list",
    help=help_of(
        "List the articles, the one captured last first; with WORDS, only those that mention them.",
        "archivist list",
        "archivist list harbour --json",
    ),
)
@click.argument("words", metavar="[WORDS…]", nargs=-1)
@json_option
@click.pass_obj
def command(context: Context, words: tuple[str, ...], as_json: bool) -> int:  # noqa: FBT001  # click calls it
    """List the articles."""
    from archivist.verbs.list import article_json, list_articles  # noqa: PLC0415  # loaded when called

    rows = list_articles(context.read(), " ".join(words))
    if as_json:
        write_lines(map(article_json, rows), summary={"articles": len(rows)})
    elif rows:
        context.page()
        click.echo(table([_HEAD, *_rows(rows)]))
    else:
        context.say("no articles" + (f" mention {' '.join(words)!r}" if words else " yet: archivist snap URL"))
    return 0 if rows or not words else 1


def _rows(rows: Sequence[ArticleRow]) -> Iterator[tuple[str, ...]]:
    from archivist.diff.wrap import columns  # noqa: PLC0415  # not for --json

    sites = [cut(printable(row.site), _SITE) for row in rows]
    room = max(width() - _BEFORE - max(map(columns, sites)) - 2, _LEAST)
    for row, site in zip(rows, sites, strict=True):
        title = cut(printable(row.title or row.key), room)
        yield row.last_seen[:16].replace("T", " "), str(row.versions), isolated(site), isolated(title)
