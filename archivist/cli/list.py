"""``archivist list``."""

from __future__ import annotations

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import table, write_lines

__all__ = ["command"]


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
        head = ("LAST SEEN", "VERSIONS", "SITE", "ARTICLE")
        body = [
            (row.last_seen[:16].replace("T", " "), str(row.versions), row.site, row.title or row.key) for row in rows
        ]
        click.echo(table([head, *body]))
    else:
        context.say("no articles" + (f" mention {' '.join(words)!r}" if words else " yet: archivist snap URL"))
    return 0 if rows or not words else 1
