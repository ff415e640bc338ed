"""``archivist log``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import paint, printable, short, table, when, write_lines

if TYPE_CHECKING:
    from archivist.verbs.log import Blame, Entry, History

__all__ = ["command"]

_TEXT = 70
"""Characters of a paragraph that are shown."""


@click.command(
    "log",
    help=help_of(
        "The history of an article, newest first: every version, and what was edited in it.",
        "archivist log https://www.example.org/news/an-article",
        "archivist log harbour --json",
        "archivist log https://www.example.org/news/an-article --blame",
    ),
)
@click.argument("article", metavar="URL")
@click.option("--all", "is_all", is_flag=True, help="Every snapshot, those without a change too.")
@click.option("--blame", "is_blame", is_flag=True, help="By paragraph: when first seen, changed and last seen.")
@json_option
@click.pass_obj
def command(context: Context, *, article: str, is_all: bool, is_blame: bool, as_json: bool) -> None:
    """The history of one article."""
    from archivist.verbs.log import blame, log  # noqa: PLC0415  # loaded when called

    if is_blame:
        _show(blame(context.read(), article), as_json=as_json)
        return
    history = log(context.read(), article)
    if as_json:
        for entry in history.entries:
            click.echo(json.dumps(entry.to_json(), ensure_ascii=False))
        summary = {"article": history.article.key, "versions": history.article.versions}
        click.echo(json.dumps({"summary": {**summary, "snapshots": history.article.snapshots}}, ensure_ascii=False))
        return
    click.echo(_text(history, is_all=is_all))


def _show(found: Blame, *, as_json: bool) -> None:
    """The paragraphs, each with its versions."""
    if as_json:
        summary = {"article": found.article.key, "versions": [row.id for row in found.versions]}
        write_lines((each.to_json() for each in found.paragraphs), summary=summary)
        return
    last = len(found.versions)
    rows = [("SINCE", "CHANGED", "PUT BACK", "UNTIL", "PARAGRAPH")]
    for each in found.paragraphs:
        changed, reverted = (", ".join(f"v{number}" for number in every) for every in (each.changed, each.reverted))
        until = "" if each.last == last else f"v{each.last}"
        rows.append((f"v{each.first}", changed, reverted, until, each.text[:_TEXT]))
    click.echo(table(rows))


def _text(history: History, *, is_all: bool) -> str:
    article = history.article
    lines = [paint(printable(article.title or article.key), bold=True), printable(article.key), ""]
    seen: set[int] = set()
    first = {entry.row.version: entry for entry in reversed(history.entries)}
    for entry in reversed(history.entries):
        version = entry.row.version
        if is_all or (version not in seen and first[version] is entry):
            lines += _entry(entry)
        seen.add(version) if first[version] is entry else None
    lines.append("")
    plural = "" if article.versions == 1 else "s"
    readers = dict.fromkeys(entry.row.read_by for entry in reversed(history.entries))
    lines.append(
        f"{article.versions} version{plural} in {article.snapshots} snapshots, last seen {when(article.last_seen)}, "
        f"read by {printable(', '.join(readers))}"
    )
    return "\n".join(lines)


def _entry(entry: Entry) -> list[str]:
    row = entry.row
    head = f"v{row.version}  {when(row.started)}  {short(row.id)}  "
    if entry.diff is None:
        what = "first capture" if row.number == 1 else "unchanged"
        return [head + what + ("" if row.verdict in {"article", "page"} else f"  ({row.verdict})")]
    categories = ", ".join(each.replace("_", " ") for each in entry.diff.categories if each != "stealth_edit")
    flag = paint("  ⚑ undeclared", fg="yellow", bold=True) if entry.diff.verdict.kind == "undeclared" else ""
    return [f"{head}{categories or 'changed'}{flag}"]
