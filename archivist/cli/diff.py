"""``archivist diff``."""

from __future__ import annotations

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import is_colourful, printable, short, when, width, write_json

__all__ = ["command"]


@click.command(
    "diff",
    help=help_of(
        "What was edited between two snapshots: text, facts, photos, links and linked PDFs, without the noise of "
        "advertisements and counters; and whether the page says so. With one URL: between its last two versions.",
        "archivist diff https://www.example.org/news/an-article",
        "archivist diff URL@1 URL@3 --json",
        "archivist diff 7f3a9c2b1d04 @last --exit-code",
    ),
)
@click.argument("old", metavar="SNAP")
@click.argument("new", metavar="[SNAP]", required=False)
@click.option("--exit-code", is_flag=True, help="Leave with 1 where anything differs.")
@json_option
@click.pass_obj
def command(context: Context, *, old: str, new: str | None, exit_code: bool, as_json: bool) -> int:
    """Compare two snapshots."""
    from archivist.verbs.diff import diff  # noqa: PLC0415  # loaded when called

    compared = diff(context.read(), old, new)
    if as_json:
        write_json(compared.to_json())
    else:
        from archivist.diff.render import render_text  # noqa: PLC0415  # not for --json

        labels = [f"v{row.version}  {when(row.started)}  {short(row.id)}" for row in (compared.old, compared.new)]
        text = render_text(
            compared.diff, old_label=labels[0], new_label=labels[1], colour=is_colourful(), width=width()
        )
        click.echo(text.rstrip("\n"))
        if not compared.is_read_alike:
            one, two = compared.old, compared.new
            context.say(
                f"note: v{one.version} was read by {printable(one.read_by)}, "
                f"v{two.version} by {printable(two.read_by)}; a difference may be one of reading"
                "\nhint: archivist reindex --reread reads both alike"
            )
    return int(exit_code and not compared.diff.is_empty)
