"""``archivist show``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import paint, printable, short, table, when, width, write_json

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
        "archivist show @last --text",
        "archivist show harbour@2 --facts",
        "archivist show 7f3a9c2b1d04 --json",
        "archivist show page.html --url https://www.example.org/news/an-article",
    ),
)
@click.argument("what", metavar="SNAP|FILE")
@click.option("--facts", "is_facts", is_flag=True, help="Every fact with its evidence, the losers, and why they lost.")
@click.option("--text", "is_text", is_flag=True, help="The article's text, too.")
@click.option("--url", metavar="URL", help="Where FILE comes from; its relative links are relative to this.")
@json_option
@click.pass_obj
def command(context: Context, *, what: str, is_facts: bool, is_text: bool, url: str | None, as_json: bool) -> None:
    """Show one snapshot, or what can be read out of a file."""
    from archivist.verbs.show import FileRead, show, show_file  # noqa: PLC0415  # loaded when called

    shown: Shown | FileRead
    if url is not None or _is_file(what):
        shown = show_file(Path(what), url=url, settings=context.settings().read)
    else:
        shown = show(context.read(), what)
    if as_json:
        write_json(shown.to_json())
        return
    if isinstance(shown, FileRead):
        lines = _file(shown, is_text=is_text)
    else:
        lines = _evidence(shown, is_text=is_text) if is_facts else _lines(shown, is_text=is_text)
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


def _lines(shown: Shown, *, is_text: bool) -> Iterator[str]:
    from archivist.cli.facts import laid_out, text_rows  # noqa: PLC0415  # not for --json

    article = shown.reading.article
    yield from _head(shown)
    if article is not None:
        yield ""
        yield from _facts(article)
        if is_text:
            yield ""
            yield from laid_out(text_rows(article), width=width())
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

    about = [f"{document.page_count} pages" if document.page_count else None]
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
