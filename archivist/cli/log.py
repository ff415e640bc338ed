"""``archivist log``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from archivist.cli.completing import complete_snap
from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import (
    counted,
    cut,
    is_colourful,
    isolated,
    paint,
    printable,
    short,
    table,
    when,
    width,
    write_lines,
)

if TYPE_CHECKING:
    from archivist.model.change import Diff
    from archivist.verbs.log import Blame, Entry, History

__all__ = ["command"]

_VALUE = 60
"""Characters of a field that are shown in a line."""
_FIELDS = {"title_shown": "headline", "title": "headline", "authors": "by", "updated": "updated"}
"""Fields whose values are shown in a line."""
_TEXT = 70
"""Characters of a paragraph that are shown."""


@click.command(
    "log",
    help=help_of(
        "The history of an article, newest first: every version, whether the page owns up to the edit, how many words "
        "went and came, and what was edited.\n\n"
        "ARTICLE is its URL, any of its snapshots, or words of its headline.",
        "archivist log https://www.example.org/news/an-article",
        "archivist log harbour cranes --stat",
        "archivist log harbour -p",
        "archivist log harbour --blame",
    ),
)
@click.argument("article", metavar="ARTICLE", nargs=-1, required=True, shell_complete=complete_snap)
@click.option("--all", "is_all", is_flag=True, help="Every snapshot, those without a change too.")
@click.option("--stat", "form", flag_value="stat", help="How much of what was edited, below each version.")
@click.option("-p", "--patch", "form", flag_value="patch", help="The edits themselves, below each version.")
@click.option("--blame", "is_blame", is_flag=True, help="By paragraph: when first seen, changed and last seen.")
@json_option
@click.pass_obj
def command(
    context: Context, *, article: tuple[str, ...], is_all: bool, form: str | None, is_blame: bool, as_json: bool
) -> None:
    """The history of one article."""
    from archivist.verbs.log import blame, log  # noqa: PLC0415  # loaded when called

    words = " ".join(article)
    if is_blame:
        _show(context, blame(context.read(), words), as_json=as_json)
        return
    history = log(context.read(), words)
    if as_json:
        for entry in history.entries:
            click.echo(json.dumps(entry.to_json(), ensure_ascii=False))
        summary = {"article": history.article.key, "versions": history.article.versions}
        click.echo(json.dumps({"summary": {**summary, "snapshots": history.article.snapshots}}, ensure_ascii=False))
        return
    context.page()
    click.echo("\n".join(_text(history, is_all=is_all, form=form)))


def _show(context: Context, found: Blame, *, as_json: bool) -> None:
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
    context.page()
    click.echo(table(rows))


def _text(history: History, *, is_all: bool, form: str | None) -> Iterator[str]:
    article = history.article
    yield paint(isolated(printable(article.title or article.key)), bold=True)
    yield paint(printable(article.key), fg="blue")
    yield ""
    first: dict[int, Entry] = {}
    before: dict[int, Entry] = {}
    for one, other in zip((None, *history.entries), history.entries, strict=False):
        first.setdefault(other.row.version, other)
        if one is not None:
            before[other.row.number] = one
    verdicts = [_verdict(entry) for entry in history.entries]
    room = max(map(len, verdicts), default=0)
    for entry, verdict in zip(reversed(history.entries), reversed(verdicts), strict=True):
        if is_all or first[entry.row.version] is entry:
            yield _line(entry, verdict, room=room)
            yield from _below(entry, before.get(entry.row.number), form=form)
    yield ""
    readers = dict.fromkeys(entry.row.read_by for entry in reversed(history.entries))
    yield (
        f"{counted(article.versions, 'version')} in {counted(article.snapshots, 'snapshot')}, "
        f"last seen {when(article.last_seen)}, "
        f"read by {printable(', '.join(readers))}"
    )


def _line(entry: Entry, verdict: str, *, room: int) -> str:
    """One version: when, its id, the verdict, words that went and came, what was edited."""
    row, diff = entry.row, entry.diff
    head = f"v{row.version}  {when(row.started)}  {short(row.id)}  "
    kind = "" if row.verdict in {"article", "page"} else f"  ({row.verdict})"
    if diff is None:
        return head + verdict + kind
    from archivist.diff.columns import word_counts  # noqa: PLC0415  # not for --json

    gone, come = word_counts(diff)
    words = f"−{gone} +{come}"
    told = [f"{verdict:{room}}", f"{words:8}"]
    rest = cut(_edited(diff) + kind, max(width() - len(head) - sum(map(len, told)) - 4, 20))
    painted = paint(told[0], fg="yellow", bold=True) if diff.verdict.kind == "undeclared" else told[0]
    return f"{head}{painted}  {told[1]}  {rest}".rstrip()


def _verdict(entry: Entry) -> str:
    if entry.diff is None:
        return "first capture" if entry.row.number == 1 else "unchanged"
    return ("⚑ " if entry.diff.verdict.kind == "undeclared" else "") + entry.diff.verdict.kind.replace("-", " ")


def _edited(diff: Diff) -> str:
    """The fields by their values, old and new, then the other kinds of edits."""
    told = [
        f"{_FIELDS.get(change.field, change.field)}: {_values(change.old)} → {_values(change.new)}"
        for change in diff.fields
        if change.field in _FIELDS
    ]
    fields = {"headline_changed", "byline_changed", "date_updated", "lede_changed"} if told else set()
    others = [
        each.removesuffix("_changed").replace("_", " ")
        for each in diff.categories
        if each != "stealth_edit" and each not in fields
    ]
    nothing = "typography" if diff.typography else "other bytes"
    return printable("; ".join(filter(None, [*told, ", ".join(others)]))) or nothing


def _values(values: Sequence[str]) -> str:
    text = ", ".join(values)
    return (f"“{text}”" if len(text) <= _VALUE else f"“{text[: _VALUE - 1]}…”") if text else "none"


def _below(entry: Entry, before: Entry | None, *, form: str | None) -> Iterator[str]:
    """What was asked for besides the line: counts, or the whole edit."""
    diff = entry.diff
    if diff is None or form is None:
        return
    if form == "stat":
        from archivist.diff.columns import render_stat  # noqa: PLC0415  # where asked for

        yield f"      {render_stat(diff).partition(': ')[2].rstrip()}"
        return
    from archivist.diff.render import render_text  # noqa: PLC0415  # where asked for

    old = f"v{before.row.version}" if before else "before"
    text = render_text(
        diff, old_label=old, new_label=f"v{entry.row.version}", colour=is_colourful(), width=max(width() - 4, 40)
    )
    yield from (f"    {line}".rstrip() for line in text.rstrip("\n").splitlines()[1:])
    yield ""
