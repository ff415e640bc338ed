"""``archivist show``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archivist.cli.completing import complete_snap
from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import counted, paint, printable, short, table, when, width, write_json
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.model.article import Article, Claim, Document, Reading, Settled
    from archivist.model.json import JsonObject
    from archivist.model.picture import PictureFacts
    from archivist.verbs.show import FileRead, Shown

__all__ = ["command"]

_TEXT = 90
_LONG = frozenset({"title", "description"})
"""Fields that the summary leaves out."""
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".pdf"})


@click.command(
    "show",
    help=help_of(
        "One snapshot: each fact with the place it was read from, what was captured, and problems.\n\n"
        "SNAP is an id, a URL (its newest snapshot), URL@2 (version 2), URL@-1, URL@2026-11-23 or @last.\n\n"
        "FILE is a web page or a PDF on the disk: it is read without any archive, and shown as --facts shows a "
        "snapshot: the exact text of every value, what lost to it, and why.",
        "archivist show https://www.example.org/news/an-article",
        "archivist show harbour@2 --facts",
        "archivist show @last --text | less",
        "archivist show @last --body > page.html",
        "archivist show @last --pdf 1",
        "archivist show page.html --url https://www.example.org/news/an-article",
    ),
)
@click.argument("what", metavar="SNAP|FILE", shell_complete=complete_snap)
@click.option("--facts", "is_facts", is_flag=True, help="Every fact with its evidence, the losers, and why they lost.")
@click.option("--text", "is_text", is_flag=True, help="The text alone; with --facts, both.")
@click.option("--pdf", "pdf", type=int, metavar="N", help="The text of the Nth linked PDF; with --raw, its bytes.")
@click.option("--raw", "part", flag_value="raw", help="The bytes as the server sent them, whose hash is cited.")
@click.option("--body", "part", flag_value="body", help="The same with its content coding (gzip, br) undone.")
@click.option("--headers", "part", flag_value="headers", help="The status line and header fields, as sent.")
@click.option("--proof", "part", flag_value="proof", help="Hashes, place in the signed log, stamps.")
@click.option("--url", metavar="URL", help="Where FILE comes from; its relative links are relative to this.")
@json_option
@click.pass_obj
def command(  # one for each option
    context: Context,
    *,
    what: str,
    is_facts: bool,
    is_text: bool,
    pdf: int | None,
    part: str | None,
    url: str | None,
    as_json: bool,
) -> None:
    """Show one snapshot, or what can be read out of a file."""
    is_file = url is not None or _is_file(what)
    if is_file and (part or pdf is not None):
        name = f"--{part}" if part else "--pdf"
        raise UsageError(f"{name} shows what an archive holds, and {what} is a file", hint="archivist show SNAP")
    if part or pdf is not None:
        _show_part(context, what, part=part, pdf=pdf, as_json=as_json)
        return
    shown = _file_read(context, what, url=url) if is_file else _snapshot(context, what)
    if as_json:
        write_json(shown.to_json())
        return
    context.page()
    click.echo("\n".join(_whole(shown, is_facts=is_facts, is_text=is_text)))


def _snapshot(context: Context, what: str) -> Shown:
    from archivist.verbs.show import show  # noqa: PLC0415  # loaded when called

    return show(context.read(), what)


def _file_read(context: Context, what: str, *, url: str | None) -> FileRead:
    from archivist.verbs.show import show_file  # noqa: PLC0415  # loaded when called

    return show_file(Path(what), url=url, settings=context.settings().read)


def _whole(shown: Shown | FileRead, *, is_facts: bool, is_text: bool) -> Iterator[str]:
    from archivist.verbs.show import FileRead  # noqa: PLC0415  # loaded by then

    if is_text and not is_facts:
        return _text_of(shown.reading)
    if isinstance(shown, FileRead):
        return _file(shown, is_text=is_text)
    return _evidence(shown, is_text=is_text) if is_facts else _lines(shown)


def _text_of(reading: Reading) -> Iterator[str]:
    from archivist.cli.show_stored import document_lines, text_lines  # noqa: PLC0415  # where asked for

    if reading.article is not None:
        yield from text_lines(reading.article)
        return
    for document in reading.documents:
        yield from document_lines(document)


def _show_part(context: Context, what: str, *, part: str | None, pdf: int | None, as_json: bool) -> None:
    """One part of what the archive holds of a snapshot.

    Raises:
        UsageError: bytes are asked for as JSON, or on a terminal.
    """
    from archivist.cli import show_stored as parts  # noqa: PLC0415  # where asked for
    from archivist.verbs.stored import proof_of, stored  # noqa: PLC0415

    workspace = context.read()
    if part == "proof":
        proof = proof_of(workspace, what)
        said, lines = proof.to_json(), parts.proof_lines(proof)
    else:
        found = stored(workspace, what, document=pdf)
        if part in {"raw", "body"}:
            if as_json:
                raise UsageError(f"--{part} writes bytes, and --json tells of them: not both", hint="--proof --json")
            parts.write_bytes(found, is_decoded=part == "body")
            return
        if part == "headers" or found.document is None:
            said, lines = found.head_json(), parts.head_lines(found)
        else:
            said, lines = found.document.to_json(), parts.document_lines(found.document)
    if as_json:
        write_json(said)
        return
    context.page()
    click.echo("\n".join(lines))


def _is_file(what: str) -> bool:
    """Whether a file is meant: it is there, and called as a page or a PDF is, or by a path."""
    path = Path(what)
    is_named = path.suffix.lower() in _SUFFIXES or what.startswith((".", "~", os.sep))
    return is_named and "://" not in what and path.is_file()


def _file(read: FileRead, *, is_text: bool) -> Iterator[str]:
    yield paint(printable(read.title or str(read.path)), bold=True)
    yield printable(read.url)
    yield f"{printable(str(read.path))}, {read.size:,} bytes, sha256 {read.sha256}"
    yield f"read by {read.read_by}"
    if read.page is not None:
        quality = read.page.quality
        yield f"looks like: {quality.verdict} ({printable('; '.join(quality.reasons))})".removesuffix(" ()")
    yield from _facts_of(read.reading, read.to_json(), is_text=is_text)
    if read.page is not None:
        from archivist.cli.facts import laid_out, possible_rows  # noqa: PLC0415  # not for --json

        yield from laid_out(possible_rows(read.page), width=width())


def _evidence(shown: Shown, *, is_text: bool) -> Iterator[str]:
    yield from _head(shown)
    yield from _facts_of(shown.reading, shown.to_json(), is_text=is_text)
    yield from _problems(shown)


def _facts_of(reading: Reading, said: JsonObject, *, is_text: bool) -> Iterator[str]:
    from archivist.cli import facts  # noqa: PLC0415  # not for --json

    reasons = said["reasons"]
    assert isinstance(reasons, dict)
    if reading.article is not None:
        yield ""
        yield from facts.laid_out(facts.fact_rows(reading.article, reasons), width=width())
    for document in reading.documents:
        yield ""
        yield from facts.laid_out(facts.document_rows(document, is_text=is_text), width=width())
    for picture in reading.pictures:
        yield ""
        yield from facts.laid_out(facts.picture_rows(picture), width=width())
    if reading.article is not None and is_text:
        yield ""
        yield from facts.laid_out(facts.text_rows(reading.article), width=width())


def _head(shown: Shown) -> Iterator[str]:
    row, newest = shown.row, shown.newest
    yield paint(printable(row.title or row.article), bold=True)
    yield printable(row.article)
    yield f"version {row.version} of {shown.versions}, snapshot {row.number}, captured {when(row.started)}"
    yield f"id {row.id}"
    yield f"manifest {shown.path}"
    anew = f", anew {when(newest.at)}" if newest.is_later else ""
    yield f"read by {printable(newest.read_by)}{anew}"
    if row.verdict not in {"article", "page"}:
        yield paint(f"looks like: {row.verdict} ({printable('; '.join(newest.quality.reasons))})", fg="yellow")


def _problems(shown: Shown) -> Iterator[str]:
    for each in shown.newest.problems:
        yield f"problem  {each.code}: {printable(each.about)}: {printable(each.said)}"


def _lines(shown: Shown) -> Iterator[str]:
    article = shown.reading.article
    yield from _head(shown)
    if article is not None:
        yield ""
        yield from _facts(article)
    for document in shown.reading.documents:
        yield ""
        yield from _document(document)
    for picture in shown.reading.pictures:
        yield ""
        yield from _picture(picture)
    yield ""
    yield from _captures(shown)
    yield from _problems(shown)


def _document(document: Document) -> Iterator[str]:
    from archivist.cli.facts import UNCHECKED  # noqa: PLC0415  # not for --json

    about = [counted(document.page_count, "page") if document.page_count else None]
    about += ["a scan without text" if document.is_scanned else None]
    about += ["needs a password" if document.is_locked else "encrypted" if document.is_encrypted else None]
    yield ", ".join([f"document {printable(document.url)}", *filter(None, about)])
    yield from _values(document.fields)
    if document.updates:
        times = "once" if document.updates == 1 else f"{document.updates} times"
        yield f"  added to after it was first written: {times}"
    if document.annotations:
        yield f"  notes and marks over its pages: {document.annotations}"
    if document.form_fields:
        filled = sum(bool(each.value) for each in document.form_fields)
        yield f"  fields of a form: {len(document.form_fields)}, filled in: {filled}"
    for signature in document.signatures:
        who = ", ".join(filter(None, [signature.signer or "unknown", signature.time]))
        yield f"  signed: {printable(who)} ({UNCHECKED})"
    yield from (f"  attached: {printable(each.name)}, {each.length:,} bytes" for each in document.attachments)
    yield f"  sha256 {document.sha256}"


def _picture(picture: PictureFacts) -> Iterator[str]:
    from archivist.cli.facts import UNCHECKED  # noqa: PLC0415  # not for --json

    size = f", {picture.width} × {picture.height}" if picture.width and picture.height else ""
    yield f"picture {printable(picture.url)}{size}"
    yield from _values(picture.fields)
    if picture.credentials:
        yield f"  content credentials: {picture.credentials:,} bytes ({UNCHECKED})"
    yield f"  sha256 {picture.sha256}"


def _values(fields: Mapping[str, Settled]) -> Iterator[str]:
    for name, settled in fields.items():
        yield f"  {name.replace('_', ' ')}: {printable(', '.join(settled.texts))}"


def _facts(article: Article) -> Iterator[str]:
    from archivist.cli.facts import LABELS  # noqa: PLC0415  # not for --json

    rows: list[tuple[str, ...]] = []
    for name, label in LABELS.items():
        settled = article.fields.get(name)
        if settled is None or name in _LONG:
            continue
        rows += [(label, claim.value, _place(claim)) for claim in settled.values]
        rows += [
            (f"  not {label}", claim.value, _place(claim)) for claim in settled.others if claim.value != settled.value
        ]
    for photo in article.photos:
        rows += [("caption", photo.caption.value[:_TEXT], _place(photo.caption))] if photo.caption else []
        rows += [("photo credit", photo.credit.value, _place(photo.credit))] if photo.credit else []
    rows += [("links", link.url, f"{link.evidence.witness}: {link.text}") for link in article.documents]
    if rows:
        yield table(rows)


def _place(claim: Claim) -> str:
    return f"{claim.evidence.witness} {claim.evidence.at}"


def _captures(shown: Shown) -> Iterator[str]:
    rows = [("ROLE", "STATUS", "BYTES", "SHA-256", "ADDRESS")]
    for capture in shown.newest.captures:
        kind = capture.kind or capture.role
        stored = "revisit" if capture.revisit else "carried" if capture.is_carried else ""
        notes = ", ".join(filter(None, [stored, f"cut: {capture.truncated}" if capture.truncated else ""]))
        address = f"{capture.uri}  ({notes})" if notes else capture.uri
        size = str(capture.payload.length)
        rows.append((kind, str(capture.status), size, short(capture.payload.sha256), address))
    yield table(rows)
