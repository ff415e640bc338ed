"""The parts of a snapshot alone: its text, its bytes, its head, its proof, the text of a document that it links."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from archivist.cli.output import is_terminal, isolated, paint, printable, table, when, width
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.model.article import Article, Document
    from archivist.verbs.stored import Proof, Stored

__all__ = ["document_lines", "head_lines", "proof_lines", "text_lines", "write_bytes"]

_READING = 80
"""Columns of running text on a terminal: longer lines are hard to read."""


def text_lines(article: Article | None) -> Iterator[str]:
    """The headline, who wrote it and when, and the text; a paragraph is a line where nobody looks at columns."""
    if article is None:
        return
    title = article.value("title_shown") or article.value("title")
    yield from _paragraph(title, is_bold=True) if title else ()
    by = ", ".join((*article.settled("authors").texts, *article.settled("organisations").texts))
    dates = [article.value("published"), article.value("updated")]
    told = [f"by {by}"] if by else []
    told += [f"{name} {date}" for name, date in zip(("published", "updated"), dates, strict=True) if date]
    yield from _paragraph(" · ".join(told)) if told else ()
    for block in article.blocks:
        if block.text != title:
            yield ""
            yield from _paragraph(block.text, is_bold=block.kind == "heading", mark=_MARKS.get(block.kind, ""))


_MARKS = {"quote": "> ", "list-item": "• ", "caption": "[caption] ", "credit": "[credit] ", "correction": "[note] "}


def document_lines(document: Document) -> Iterator[str]:
    """The text of a document, page by page."""
    title = document.value("title")
    yield from _paragraph(title, is_bold=True) if title else ()
    yield printable(document.url)
    for page in document.pages:
        yield ""
        yield paint(f"page {printable(page.label or str(page.number))} of {document.page_count}", dim=True)
        if not page.paragraphs:
            yield "(a scan without text)" if page.is_scanned else "(no text)"
        for number, text in enumerate(page.paragraphs):
            yield ""
            yield from _paragraph(text, is_bold=number in page.headings)


def head_lines(stored: Stored) -> Iterator[str]:
    """The status line and the fields, as they came."""
    head = stored.head
    yield paint(printable(f"{head.version} {head.status} {head.reason}".rstrip()), bold=True)
    yield from (f"{paint(printable(each.name), fg='cyan')}: {printable(each.value)}" for each in head.fields)


def proof_lines(proof: Proof) -> Iterator[str]:
    """What shows that the snapshot is as it was, and the commands that check it."""
    row, page, record = proof.row, proof.page, proof.original
    rows = [("snapshot", row.id), ("manifest", f"{proof.manifest}  (its SHA-256 is the snapshot's id)")]
    if page is not None and record is not None:
        rows += [
            ("page", page.uri),
            ("  received", when(page.date)),
            ("  sha256", page.payload.sha256),
            ("  blake3", page.payload.blake3),
            ("  stored", f"archives/{record.file}, byte {record.offset}, {page.payload.length:,} bytes of payload"),
        ]
    rows += [("log", proof.origin)]
    if proof.index is None:
        rows.append(("  entry", "none yet: the next run signs it (archivist status)"))
    else:
        rows += [
            ("  entry", f"{proof.index} of the {proof.size} under the signed checkpoint"),
            ("  root", f"{proof.root}"),
            ("  key", proof.key),
        ]
    rows += [("stamped", f"{when(each.time)}, by {each.authority}") for each in proof.stamps]
    if not proof.stamps:
        rows.append(("stamped", "by nobody: archivist stamp asks outside witnesses of time"))
    short = row.id[:12]
    rows += [
        ("check", f"archivist verify {short}"),
        ("hand over", f"archivist export {short} -o receipt.txt"),
    ]
    yield table(rows)


def write_bytes(stored: Stored, *, is_decoded: bool) -> None:
    """The bytes on stdout, as they were sent or with their content coding undone.

    Raises:
        UsageError: stdout is a terminal, which bytes of a stranger could steer.
    """
    if is_terminal():
        what = "document" if stored.document else "page"
        raise UsageError(
            f"the bytes of a stranger's {what} are not written to a terminal",
            hint=f"archivist show {stored.row.id[:12]} {'--body' if is_decoded else '--raw'} > FILE",
        )
    out = sys.stdout.buffer
    for piece in [stored.body()] if is_decoded else stored.payload():
        out.write(piece)
    out.flush()
    if not is_decoded and (coding := stored.coding):
        click.echo(f"note: as sent, in the coding {printable(coding)}; --body undoes it", err=True)


def _paragraph(text: str, *, is_bold: bool = False, mark: str = "") -> Iterator[str]:
    from archivist.diff.wrap import Marks, wrap  # noqa: PLC0415  # not for --json
    from archivist.model.change import Span  # noqa: PLC0415

    if not is_terminal():
        yield mark + printable(text)
        return
    plain = Marks(delete=("", ""), insert=("", ""), width=0)
    room = min(width(), _READING) - len(mark)
    for number, line in enumerate(wrap((Span(op="equal", text=text),), width=room, marks=plain)):
        told = isolated(line)
        yield (mark if number == 0 else " " * len(mark)) + (paint(told, bold=True) if is_bold else told)
