"""``archivist verify``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archivist.cli.completing import complete_snap
from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import paint, printable, write_lines
from archivist.errors import ArchivistError, NotFound, UsageError

if TYPE_CHECKING:
    from archivist.model.finding import Finding
    from archivist.proof.check_seen import SeenBefore
    from archivist.proof.report import VerifyResult
    from archivist.workspace import Workspace

__all__ = ["EXIT", "command", "finding_line"]

EXIT = {"ok": 0, "failed": 1, "unverifiable": 4}


@click.command(
    "verify",
    help=help_of(
        "Check that nothing was changed, cut or removed: every stored byte, manifest, chain and the signed log. "
        "With SNAP, only that snapshot, every digest in it. With the FILE of a receipt or a bundle, that file: no "
        "archive is needed for it.\n\nWith the text of a CITATION, pasted from anywhere or on standard input (-): what "
        "it stands for, and whether the archive has that unchanged; with --against FILE, whether the file is what is "
        "cited.",
        "archivist verify",
        "archivist verify --deep",
        "archivist verify https://www.example.org/news/an-article@2",
        "archivist verify receipt.txt",
        "archivist verify exhibit.wacz --key KEY",
        "archivist verify - < footnote.txt",
        "archivist verify 'Quill, M. (2026, May 9). … SHA-256 9f86d081…' --against saved.html",
        "archivist verify --consistent-with checkpoint-of-last-year",
    ),
)
@click.argument("snaps", metavar="[SNAP|FILE|CITATION…]", nargs=-1, shell_complete=complete_snap)
@click.option("--key", "keys", multiple=True, metavar="KEY", help="The log key that you trust, for a FILE.")
@click.option(
    "--consistent-with",
    "kept",
    multiple=True,
    metavar="FILE",
    help="A checkpoint that you kept: the log must go on from it.",
)
@click.option(
    "--bitcoin-headers", "headers", metavar="FILE", help="Block headers that OpenTimestamps proofs are held against."
)
@click.option("--deep", is_flag=True, help="Inflate every record and compute its digests again.")
@click.option("--against", metavar="FILE", help="A file that may be the cited page or document.")
@json_option
@click.pass_obj
def command(  # one parameter for each option
    context: Context,
    *,
    snaps: tuple[str, ...],
    keys: tuple[str, ...],
    kept: tuple[str, ...],
    headers: str | None,
    deep: bool,
    against: str | None,
    as_json: bool,
) -> int:
    """Verify the archive, some snapshots, receipts and bundles, or a citation."""
    if snaps or against is not None:
        # Of a whole archive none of this is loaded, which would take as long as 100 MB of it.
        from archivist.cli.verify_citation import bare_hash_of, citation_of, tell_citation  # noqa: PLC0415
        from archivist.verbs.verify_receipt import is_handed_over  # noqa: PLC0415

        if (citation := citation_of(snaps, is_asked=against is not None)) is not None:
            return tell_citation(context, citation, against=against, as_json=as_json)
        if files := [each for each in snaps if is_handed_over(Path(each))]:
            if len(files) < len(snaps):
                raise UsageError("files and snapshots are verified by two commands")
            return _receipts(context, files, keys=keys, as_json=as_json)
    if keys:
        raise UsageError("--key is for receipts and bundles; an archive says itself which key signs its log")
    from archivist.pipeline.trust import trust_of  # noqa: PLC0415  # loaded when called
    from archivist.verbs.verify import verify  # noqa: PLC0415

    workspace = context.read()
    try:
        chosen = _chosen(workspace, snaps) if snaps else None
    except NotFound:
        # A hash alone, or the address of a copy.
        if (bare := bare_hash_of(snaps)) is None:
            raise
        return tell_citation(context, bare, against=None, as_json=as_json)
    memory = (*workspace.memory(), *map(_kept, kept))
    trust = trust_of(workspace, headers=Path(headers) if headers else None)
    result = verify(workspace, snapshots=chosen, is_deep=deep, memory=memory, trust=trust, progress=_progress(context))
    _tell(result, as_json=as_json)
    return EXIT[result.state]


def _chosen(workspace: Workspace, snaps: tuple[str, ...]) -> list[str]:
    """The statements that the words name; a snapshot that was read anew is two: what was captured, and how it is read.

    Raises:
        NotFound: there is no such snapshot.
    """
    from archivist.catalog.select import find  # noqa: PLC0415  # loaded when called

    rows = [find(workspace.catalog, words) for words in snaps]
    return [id_ for row in rows for id_ in dict.fromkeys((row.id, row.reading))]


def _kept(name: str) -> SeenBefore:
    from archivist.proof.check_seen import SeenBefore  # noqa: PLC0415  # loaded when called
    from archivist.proof.note import MAX_NOTE  # noqa: PLC0415

    try:
        with Path(name).open("rb") as file:
            return SeenBefore(where=name, note=file.read(MAX_NOTE))
    except OSError as error:
        raise UsageError(
            f"{name} cannot be read: {error.strerror or error}", hint="it is a file such as manifests/log/checkpoint"
        ) from error


def _receipts(context: Context, names: list[str], *, keys: tuple[str, ...], as_json: bool) -> int:
    from archivist.fetch.authority import usual_roots  # noqa: PLC0415  # loaded when called
    from archivist.pipeline.trust import roots_of  # noqa: PLC0415
    from archivist.verbs.verify_receipt import verify_receipts  # noqa: PLC0415

    own, roots = None, usual_roots
    try:
        workspace = context.read()
        own, roots = workspace.log_keys, partial(roots_of, workspace)
    except ArchivistError:
        pass  # no archive is needed
    result = verify_receipts([Path(name) for name in names], keys=keys, own=own, roots=roots)
    _tell(result, as_json=as_json)
    return EXIT[result.state]


def _tell(result: VerifyResult, *, as_json: bool) -> None:
    if as_json:
        summary = {key: value for key, value in result.to_json().items() if key != "findings"}
        write_lines((finding.to_json() for finding in result.findings), summary=summary)
    else:
        _print(result)


def _progress(context: Context) -> Callable[[int, int], None] | None:
    if context.is_quiet or not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        click.echo(f"\r{done * 100 // max(total, 1):3d} % of {total / 1e6:.1f} MB", nl=done >= total, err=True)

    return show


def _print(result: VerifyResult) -> None:
    for finding in result.findings:
        click.echo(finding_line(finding))
    click.echo("checked " + ", ".join(f"{count:,} {what}" for what, count in result.checked.items() if count))
    if result.state == "ok":
        click.echo(paint("All good: nothing was changed, cut or removed.", fg="green", bold=True))
    elif result.state == "failed":
        failed = sum(finding.state == "failed" for finding in result.findings)
        click.echo(paint(f"FAILED: {failed} finding{'s' if failed != 1 else ''}.", fg="red", bold=True))
    else:
        click.echo(paint("Nothing false was found, but not everything can be verified.", fg="yellow", bold=True))
    click.echo("Not proved:")
    for each in result.not_proved:
        click.echo(f"- {each}")


def finding_line(finding: Finding) -> str:
    """A finding in one line, and what to do in a second one."""
    mark = {"failed": paint("✗", fg="red"), "ok": paint("✓", fg="green")}.get(finding.state, paint("?", fg="yellow"))
    fix = f"\n    {printable(finding.fix)}" if finding.fix else ""
    return f"{mark} {printable(finding.where)}: {printable(finding.said)} [{finding.code}]{fix}"
