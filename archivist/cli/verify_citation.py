"""``archivist verify CITATION``: pasted text, and what it stands for."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.output import paint, printable, short, when, write_json
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.proof.report import VerifyResult
    from archivist.verbs.verify_citation import CitationCheck, Standing

__all__ = ["bare_hash_of", "citation_of", "tell_citation"]

_MANY = 5
"""Words, with an address among them, that are a citation and no name of a snapshot."""


def citation_of(words: Sequence[str], *, is_asked: bool) -> str | None:
    """The text of a citation, if that is what the words are; a shell may have cut it at its blanks.

    Args:
        words: the arguments; ``-`` is standard input.
        is_asked: an option says that a citation is meant.

    Raises:
        UsageError: standard input is no text, or there is none.
    """
    if list(words) == ["-"]:
        return _standard_input()
    from archivist.verbs.verify_citation import is_citation  # noqa: PLC0415  # loaded when called

    text = " ".join(words)
    if any(map(_is_file, words)):
        return None
    if is_asked and not text:
        raise UsageError("--against holds a file against a citation", hint="archivist verify CITATION --against FILE")
    return text if is_asked or (text and is_citation(text)) else None


def bare_hash_of(words: Sequence[str]) -> str | None:
    """The words, if there is an id or a hash in them at all, or they are more than any name of a snapshot."""
    from archivist.cite.recognise import marks_in  # noqa: PLC0415  # loaded when called

    text = " ".join(words)
    is_long = len(text.split()) > _MANY and "://" in text
    return text if is_long or marks_in(text) else None


def tell_citation(context: Context, text: str, *, against: str | None, as_json: bool) -> int:
    """Check it, print the answer, and give the exit code."""
    from archivist.catalog.select import find  # noqa: PLC0415  # loaded when called
    from archivist.cli.verify import EXIT  # noqa: PLC0415  # it imports this, too
    from archivist.pipeline.trust import trust_of  # noqa: PLC0415
    from archivist.verbs.verify import verify  # noqa: PLC0415
    from archivist.verbs.verify_citation import verify_citation  # noqa: PLC0415

    workspace = context.read()

    def check(ids: Sequence[str]) -> VerifyResult:
        return verify(workspace, snapshots=ids, is_deep=True, trust=trust_of(workspace), progress=None)

    if against and bare_hash_of([text]) is None:
        # A file can be held against a snapshot by its name, too.
        text = find(workspace.catalog, text).id
    checked = verify_citation(workspace, text, check=check, against=Path(against) if against else None)
    if as_json:
        write_json(checked.to_json())
    else:
        click.echo("\n".join(_lines(checked)))
    return EXIT[checked.state]


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # too long for a name, or with a zero byte
        return False


def _standard_input() -> str:
    from archivist.cite.recognise import MAX_CITATION  # noqa: PLC0415  # loaded when called

    data = sys.stdin.buffer.read(MAX_CITATION * 4 + 1)
    text = data.decode("utf-8", errors="replace")
    if len(data) > MAX_CITATION * 4 or len(text) > MAX_CITATION:
        raise UsageError(
            f"standard input has more than {MAX_CITATION:,} characters, which is no citation",
            hint="paste the citation alone; a file is held against one with --against FILE",
        )
    if not text.strip():
        raise UsageError("standard input is empty", hint="archivist verify - < footnote.txt")
    return text


def _lines(checked: CitationCheck) -> Iterator[str]:
    from archivist.cli.verify import finding_line  # noqa: PLC0415  # as above

    for standing in checked.standings:
        yield from _standing(standing)
        yield ""
    yield from map(finding_line, (*checked.archive.findings, *checked.findings))
    yield "checked " + ", ".join(f"{count:,} {what}" for what, count in checked.archive.checked.items() if count)
    match checked.state:
        case "ok":
            said = "The citation holds: the archive has what it stands for, unchanged, and its signed log includes it."
            yield paint(said, fg="green", bold=True)
        case "failed":
            yield paint("FAILED: not all is as the citation has it.", fg="red", bold=True)
        case "unverifiable":
            yield paint("Nothing false was found, but not everything can be verified.", fg="yellow", bold=True)
    yield "Not proved:"
    yield from (f"- {each}" for each in checked.archive.not_proved)


def _standing(standing: Standing) -> Iterator[str]:
    row, capture = standing.row, standing.capture
    how = {"id": "the id of its snapshot", "sha256": "its SHA-256", "blake3": "its BLAKE3"}[standing.by]
    yield f"This citation stands for, by {how}:"
    yield "  " + paint(printable(row.title or row.article), bold=True)
    about = filter(
        None, (", ".join(standing.authors), row.site, f"published {row.published}" if row.published else None)
    )
    yield f"  {printable(' · '.join(about))}"
    yield f"  {printable(row.article)}"
    captured = when(capture.date if capture else row.started)
    yield f"  version {row.version} of {standing.versions}, captured {captured}, snapshot {short(row.id)}"
    if capture is not None:
        what = "page" if capture.role == "page" else f"document {capture.uri}"
        yield f"  {printable(what)}, {capture.payload.length:,} bytes, SHA-256 {capture.payload.sha256}"
    if standing.times > 1:
        yield f"  The same bytes were captured in {standing.times} snapshots; this is the one that fits best."
