"""``archivist diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import is_colourful, short, when, width, write_json

if TYPE_CHECKING:
    from archivist.pipeline.sides import Side

__all__ = ["command"]


@click.command(
    "diff",
    help=help_of(
        "What was edited between two snapshots: text, facts, photos, links and linked PDFs, without the noise of "
        "advertisements and counters; and whether the page says so. With one URL: between its last two versions. "
        "A page or PDF in a file can stand for a snapshot; two files need no archive.",
        "archivist diff https://www.example.org/news/an-article",
        "archivist diff URL@1 URL@3 --json",
        "archivist diff 7f3a9c2b1d04 @last --exit-code",
        "archivist diff old.html new.html --json",
        "archivist diff URL@1 saved.html",
    ),
)
@click.argument("old", metavar="SNAP")
@click.argument("new", metavar="[SNAP]", required=False)
@click.option("--url", metavar="URL", help="The address that the files had.")
@click.option("--exit-code", is_flag=True, help="Leave with 1 where anything differs.")
@json_option
@click.pass_obj
def command(  # one for each option
    context: Context,
    *,
    old: str,
    new: str | None,
    url: str | None,
    exit_code: bool,
    as_json: bool,
) -> int:
    """Compare two versions."""
    from archivist.verbs.diff import diff, is_file  # noqa: PLC0415  # loaded when called

    needs_archive = not (is_file(old) and (new is None or is_file(new)))
    compared = diff(context.read() if needs_archive else None, old, new, url=url)
    labels = _label(compared.old), _label(compared.new)
    if as_json:
        write_json(compared.to_json())
    else:
        from archivist.diff.render import render_text  # noqa: PLC0415  # not for --json

        text = render_text(
            compared.diff, old_label=labels[0], new_label=labels[1], colour=is_colourful(), width=width()
        )
        click.echo(text.rstrip("\n"))
    return int(exit_code and not compared.diff.is_empty)


def _label(side: Side) -> str:
    row = side.row
    return f"v{row.version}  {when(row.started)}  {short(row.id)}" if row else f"{side.file}  {short(side.sha256)}"
