"""``archivist cite``."""

from __future__ import annotations

import click

from archivist.cli.completing import complete_snap
from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import printable, write_json

__all__ = ["command"]


@click.command(
    "cite",
    help=help_of(
        "A citation of the archived copy, with its hash. Styles: plain, bibtex, csl.",
        "archivist cite https://www.example.org/news/an-article",
        "archivist cite URL@2 --style bibtex >> paper.bib",
    ),
)
@click.argument("snap", metavar="SNAP", shell_complete=complete_snap)
@click.option("--style", default="plain", show_default=True, metavar="STYLE", help="plain, bibtex or csl.")
@json_option
@click.pass_obj
def command(context: Context, *, snap: str, style: str, as_json: bool) -> None:
    """Cite a snapshot."""
    from archivist.verbs.cite import cite  # noqa: PLC0415  # loaded when called

    cited = cite(context.read(), snap, style=style)
    if as_json:
        write_json(cited.to_json())
    else:
        click.echo(printable(cited.text).rstrip("\n"))
        if context.is_verbose:
            context.say(f"author, headline and dates as read by {printable(cited.read_by)}")
