"""``archivist export``."""

from __future__ import annotations

from pathlib import Path

import click

from archivist.cli.completing import complete_snap
from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import write_json
from archivist.errors import DiskFailed, UsageError

__all__ = ["command"]


@click.command(
    "export",
    help=help_of(
        "Write a snapshot in a form that leaves the archive. A receipt is one text file with which a stranger checks, "
        "offline and without archivist, what was received, and that it was not changed since.",
        "archivist export @last -o receipt.txt",
        "archivist export https://www.example.org/news/an-article@2 --as receipt -o - | less",
    ),
)
@click.argument("snap", metavar="SNAP", shell_complete=complete_snap)
@click.option("--as", "form", type=click.Choice(["receipt"]), default="receipt", help="What to write.")
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to; - is standard output.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@json_option
@click.pass_obj
def command(context: Context, *, snap: str, form: str, output: str, force: bool, as_json: bool) -> None:
    """Export one snapshot."""
    from archivist.proof.digest import sha256_hex  # noqa: PLC0415  # loaded when called
    from archivist.verbs.export import export_receipt  # noqa: PLC0415  # loaded when called

    data = export_receipt(context.read(), snap)
    if output == "-":
        if as_json:
            raise UsageError("--json tells of a file, and -o - writes it to standard output: not both")
        click.echo(data, nl=False)
        return
    path = Path(output)
    try:
        with path.open("wb" if force else "xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise UsageError(f"{path} exists", hint="--force writes over it") from error
    except OSError as error:
        raise DiskFailed(f"{path} cannot be written: {error.strerror or error}") from error
    if as_json:
        write_json({"path": str(path), "as": form, "bytes": len(data), "sha256": sha256_hex(data)})
        return
    context.say(f"{path}: {len(data):,} bytes; archivist verify {path} checks it, on any computer")
