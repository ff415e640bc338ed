"""``archivist diff``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archivist.cli.completing import complete_snap
from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import is_colourful, printable, short, when, width, write_json
from archivist.errors import DiskFailed

if TYPE_CHECKING:
    from archivist.pipeline.sides import Side
    from archivist.verbs.diff import Compared

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
        "archivist diff old.html new.html --side-by-side",
        "archivist diff URL@1 saved.html --page edits.html",
    ),
)
@click.argument("old", metavar="SNAP", shell_complete=complete_snap)
@click.argument("new", metavar="[SNAP]", required=False, shell_complete=complete_snap)
@click.option("--side-by-side", "form", flag_value="columns", help="Both versions in two columns.")
@click.option("--stat", "form", flag_value="stat", help="One line: how much of what.")
@click.option("--annotations", "form", flag_value="annotations", help="W3C Web Annotations, one for each edit.")
@click.option("--page", "page", type=click.Path(dir_okay=False), metavar="FILE", help="Write it as one HTML file.")
@click.option("--url", metavar="URL", help="The address that the files had.")
@click.option("--exit-code", is_flag=True, help="Leave with 1 where anything differs.")
@json_option
@click.pass_obj
def command(  # one for each option
    context: Context,
    *,
    old: str,
    new: str | None,
    form: str | None,
    page: str | None,
    url: str | None,
    exit_code: bool,
    as_json: bool,
) -> int:
    """Compare two versions."""
    from archivist.verbs.diff import diff, is_file  # noqa: PLC0415  # loaded when called

    needs_archive = not (is_file(old) and (new is None or is_file(new)))
    compared = diff(context.read() if needs_archive else None, old, new, url=url)
    if page is not None:
        _write_page(compared, Path(page))
    if as_json:
        write_json(compared.to_json())
    elif form == "annotations":
        from archivist.diff.annotate import annotate  # noqa: PLC0415  # where asked for

        write_json(annotate(compared.diff, old=_address(compared.old), new=_address(compared.new)))
    elif page is None:
        click.echo(_text(compared, form=form).rstrip("\n"))
        if not compared.is_read_alike:
            one, two = compared.old.row, compared.new.row
            if one and two:
                context.say(
                    f"note: v{one.version} was read by {printable(one.read_by)}, "
                    f"v{two.version} by {printable(two.read_by)}; a difference may be one of reading"
                    "\nhint: archivist reindex --reread reads both alike"
                )
    return int(exit_code and not compared.diff.is_empty)


def _text(compared: Compared, *, form: str | None) -> str:
    from archivist.diff.columns import render_columns, render_stat  # noqa: PLC0415  # not for --json
    from archivist.diff.render import render_text  # noqa: PLC0415

    if form == "stat":
        return render_stat(compared.diff)
    render = render_columns if form == "columns" else render_text
    old, new = _label(compared.old), _label(compared.new)
    return render(compared.diff, old_label=old, new_label=new, colour=is_colourful(), width=width())


def _write_page(compared: Compared, path: Path) -> None:
    """Write the page that shows the diff.

    Raises:
        DiskFailed: the file cannot be written.
    """
    from archivist.diff.page import render_page  # noqa: PLC0415  # where asked for

    provenance = [
        (name, {what: str(value) for what, value in side.to_json().items()})
        for name, side in (("older version", compared.old), ("newer version", compared.new))
    ]
    text = render_page(compared.diff, title=f"Edits in {_address(compared.new)}", provenance=provenance)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DiskFailed(f"{path} cannot be written: {error.strerror}") from error


def _address(side: Side) -> str:
    return side.row.page_uri or side.row.article if side.row else side.file


def _label(side: Side) -> str:
    row = side.row
    return f"v{row.version}  {when(row.started)}  {short(row.id)}" if row else f"{side.file}  {short(side.sha256)}"
