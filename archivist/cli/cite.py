"""``archivist cite``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from archivist.cli.completing import complete_snap
from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import printable, write_json, write_lines
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.cite.markup import Markup
    from archivist.verbs.cite import Bibliography, StyleFile

__all__ = ["command"]

# Repeated here, because help must not load the styles; a test holds the two together.
STYLES: Final = (
    "plain apa chicago chicago-author-date mla bluebook harvard iso690 iso690-de csl bibtex biblatex ris yaml robust "
    "markdown wikipedia wikipedia-fr wikipedia-de ni sri sha256 blake3"
)


@click.command(
    "cite",
    help=help_of(
        "A citation of the archived copy, with its hash: of a snapshot, of a document that it links (--document 1), or "
        "of an edit (URL@2..URL@3). Several are a bibliography.\n\n"
        f"Styles: {', '.join(STYLES.split())}.",
        "archivist cite https://www.example.org/news/an-article",
        "archivist cite URL@2 --style chicago",
        "archivist cite URL@2 OTHER@1 --style biblatex >> paper.bib",
        "archivist cite URL@2..URL@3 --style apa",
        "archivist cite URL --document 1 --style ris",
        "archivist cite URL --csl nature.csl --as html",
    ),
)
@click.argument("snaps", metavar="SNAP…", nargs=-1, required=True, shell_complete=complete_snap)
@click.option("--style", default="plain", show_default=True, metavar="STYLE", help="One of those above.")
@click.option(
    "--as",
    "markup",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    show_default=True,
    help="With italics and links, for styles that have them.",
)
@click.option("--document", type=int, metavar="N", help="Cite the document of this number that the page links.")
@click.option("--csl", "csl", metavar="FILE", help="A style of citationstyles.org; needs archivist[csl].")
@json_option
@click.pass_obj
def command(  # one for each option
    context: Context,
    *,
    snaps: tuple[str, ...],
    style: str,
    markup: Markup,
    document: int | None,
    csl: str | None,
    as_json: bool,
) -> None:
    """Cite snapshots."""
    from archivist.verbs.cite import cite  # noqa: PLC0415  # loaded when called

    file = _style_file(csl) if csl else None
    cited = cite(context.read(), *snaps, style=style, markup=markup, document=document, file=file)
    if as_json:
        _write_json(cited)
        return
    click.echo(printable(cited.text).rstrip("\n"))
    for entry in cited.entries:
        for note in entry.notes:
            context.say(f"note: {printable(note)}")
        if context.is_verbose:
            context.say(f"author, headline and dates as read by {printable(entry.read_by)}")


def _style_file(name: str) -> StyleFile:
    from archivist.cite.processor import MAX_STYLE  # noqa: PLC0415  # loaded when called
    from archivist.verbs.cite import StyleFile  # noqa: PLC0415

    try:
        with Path(name).open("rb") as file:
            data = file.read(MAX_STYLE + 1)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror or error}", hint="--csl FILE.csl") from error
    if len(data) > MAX_STYLE:
        raise UsageError(f"{name} is larger than any style is")
    return StyleFile(name=Path(name).name, data=data)


def _write_json(cited: Bibliography) -> None:
    """One object for one citation; a line each for several, and a summary."""
    if len(cited.entries) == 1:
        write_json({"style": cited.style, "text": cited.text, **cited.entries[0].to_json()})
    else:
        write_lines(
            (entry.to_json() for entry in cited.entries),
            summary={"style": cited.style, "text": cited.text, "citations": len(cited.entries)},
        )
