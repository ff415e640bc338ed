"""``archivist export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from archivist.cli.completing import complete_snap
from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import write_json
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.verbs.export import Exported, Form

__all__ = ["command"]

_FORMS: Final = ("receipt", "evidence", "wacz", "warc", "prov")
_THEN: Final = {
    "receipt": "archivist verify {path} checks it, on any computer",
    "evidence": "archivist verify {path} checks it, on any computer; data/report.html in it is for people to read",
    "wacz": "ReplayWeb.page opens it; archivist verify {path} checks it",
}


@click.command(
    "export",
    help=help_of(
        "Write snapshots in a form that leaves the archive. A receipt is one text file with which a stranger checks, "
        "offline and without archivist, what was received, and that it was not changed since. Evidence is one file "
        "with all of a snapshot: the records, the page and its documents, the receipt, and a report to print. A WACZ "
        "or WARC takes several snapshots, and with an address alone all of its article. PROV is the manifest in the "
        "words of W3C PROV.",
        "archivist export @last -o receipt.txt",
        "archivist export https://www.example.org/news/an-article@2 --as evidence -o exhibit.wacz",
        "archivist export https://www.example.org/news/an-article --as wacz -o article.wacz",
        "archivist export @last --as prov -o - | less",
    ),
)
@click.argument("snaps", metavar="SNAP…", nargs=-1, required=True, shell_complete=complete_snap)
@click.option("--as", "form", type=click.Choice(_FORMS), default="receipt", help="What to write.")
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to; - is standard output.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
@click.pass_obj
def command(  # one parameter for each option
    context: Context, *, snaps: tuple[str, ...], form: Form, output: str, force: bool, as_json: bool
) -> None:
    """Export snapshots."""
    from archivist.verbs.export import export  # noqa: PLC0415  # loaded when called

    if output == "-":
        if as_json:
            raise UsageError("--json tells of a file, and -o - writes it to standard output: not both")
        _to_stdout(context, snaps, form)
        return
    done = export(context.read(), snaps, form=form, path=Path(output), force=force)
    if as_json:
        write_json(done.to_json())
        return
    context.say(_said(done))


def _said(done: Exported) -> str:
    then = _THEN.get(done.form, "").format(path=done.path)
    many = f", {len(done.snapshots)} snapshots" if len(done.snapshots) > 1 else ""
    return f"{done.path}: {done.size:,} bytes{many}, SHA-256 {done.sha256}{f'; {then}' if then else ''}"


def _to_stdout(context: Context, snaps: tuple[str, ...], form: Form) -> None:
    """Nothing is written before all of it is whole."""
    import tempfile  # noqa: PLC0415  # loaded when called

    from archivist.verbs.export import write  # noqa: PLC0415

    with tempfile.TemporaryFile() as file:
        write(context.read(), snaps, form=form, file=file)
        file.seek(0)
        while piece := file.read(1 << 20):
            click.echo(piece, nl=False)
