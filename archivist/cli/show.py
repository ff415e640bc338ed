"""``archivist show``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import paint, printable, short, table, when, write_json

if TYPE_CHECKING:
    from archivist.model.article import Article, Claim
    from archivist.verbs.show import Shown

__all__ = ["command"]

_NAMES = {
    "title_shown": "headline",
    "authors": "by",
    "organisations": "organisations",
    "contributors": "contributors",
    "published": "published",
    "updated": "updated",
    "site_name": "site",
    "section": "section",
    "language": "language",
    "canonical_url": "canonical",
    "notes": "note",
}
_TEXT = 90


@click.command(
    "show",
    help=help_of(
        "One snapshot: each fact with the place it was read from, what was captured, and problems.\n\n"
        "SNAP is an id, a URL (its newest snapshot), URL@2 (version 2), URL@-1, URL@2026-11-23 or @last.",
        "archivist show https://www.example.org/news/an-article",
        "archivist show @last --text",
        "archivist show 7f3a9c2b1d04 --json",
    ),
)
@click.argument("snap", metavar="SNAP")
@click.option("--text", "is_text", is_flag=True, help="The article's text, too.")
@json_option
@click.pass_obj
def command(context: Context, *, snap: str, is_text: bool, as_json: bool) -> None:
    """Show one snapshot."""
    from archivist.verbs.show import show  # noqa: PLC0415  # loaded when called

    shown = show(context.read(), snap)
    if as_json:
        write_json(shown.to_json())
        return
    click.echo("\n".join(_lines(shown, is_text=is_text)))


def _lines(shown: Shown, *, is_text: bool) -> Iterator[str]:
    row, article = shown.row, shown.reading.article
    yield paint(printable(row.title or row.article), bold=True)
    yield printable(row.article)
    yield f"version {row.version} of {shown.versions}, snapshot {row.number}, captured {when(row.started)}"
    yield f"id {row.id}"
    yield f"manifest {shown.path}"
    if row.verdict not in {"article", "page"}:
        yield paint(f"looks like: {row.verdict} ({'; '.join(shown.snapshot.quality.reasons)})", fg="yellow")
    if article is not None:
        yield ""
        yield from _facts(article)
        if is_text:
            yield ""
            yield from (f"{block.kind:>12}  {printable(block.text)}" for block in article.blocks)
    for document in shown.reading.documents:
        yield ""
        pages = f", {document.page_count} pages" if document.page_count else ""
        yield f"document {printable(document.url)}{pages}"
        yield from (f"  {name}: {printable(document.fields[name].value or '')}" for name in document.fields)
        yield f"  sha256 {document.sha256}"
    yield ""
    yield from _captures(shown)
    yield from (
        f"problem  {each.code}: {printable(each.about)}: {printable(each.said)}" for each in shown.snapshot.problems
    )


def _facts(article: Article) -> Iterator[str]:
    rows: list[tuple[str, ...]] = []
    for name, label in _NAMES.items():
        settled = article.fields.get(name)
        if settled is None:
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
    for capture in shown.snapshot.captures:
        kind = capture.kind or capture.role
        stored = "revisit" if capture.revisit else "carried" if capture.is_carried else ""
        notes = ", ".join(filter(None, [stored, f"cut: {capture.truncated}" if capture.truncated else ""]))
        address = f"{capture.uri}  ({notes})" if notes else capture.uri
        size = str(capture.payload.length)
        rows.append((kind, str(capture.status), size, short(capture.payload.sha256), address))
    yield table(rows)
