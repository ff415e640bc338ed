"""``archivist search``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import cut, is_colourful, isolated, paint, printable, short, when, width, write_lines
from archivist.cli.progress import Line

if TYPE_CHECKING:
    from archivist.catalog.hits import Hit
    from archivist.catalog.snippet import Snippet
    from archivist.verbs.search import Searched

__all__ = ["command"]

_SUMMARY = """Full text and facts of every version, the best first.

\b
crane             the word and the forms that grow from it: cranes
"nine of its"     exactly these words
schutz*  *schutz* words that begin so, hold it; *amt ends so
-crane            not where this stands
author: title: text: credit: site:    only there
published:2026-11     the page says so
after:2026-11-20 before:2026-12       captured then
removed:word added:"a phrase"         edits that took it out, put it in
changed:quote     edits of a kind: headline, lede, byline, date, text, quote,
                  number, name, photo, caption, credit, link, correction,
                  pdf, silent"""


# A word may begin with a minus sign: options are long ones alone, and -h is help only where it stands alone.
_SETTINGS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}


@click.command(
    "search",
    context_settings=_SETTINGS,
    help=help_of(
        _SUMMARY,
        "archivist search harbour cranes",
        "archivist search removed:allegedly site:courier.example",
        "archivist search 'changed:quote author:brandvold' --json",
    ),
)
@click.argument("words", metavar="WORDS…", nargs=-1, required=True)
@click.option("--limit", type=int, metavar="N", help="Hits; 20 where nothing is said.")
@json_option
@click.pass_obj
def command(context: Context, *, words: tuple[str, ...], limit: int | None, as_json: bool) -> int:
    """Search the archive."""
    from archivist.verbs.search import DEFAULT_LIMIT, hit_json, query_of, search  # noqa: PLC0415  # loaded when called

    _refuse_options(words)
    query = query_of(words)
    line = Line(context)
    done = search(
        context.read(),
        query,
        limit=DEFAULT_LIMIT if limit is None else limit,
        tell=lambda now: line.show(f"indexing what is new: {now.done:,} of {now.total:,}"),
    )
    line.clear()
    hits = done.found.hits
    if as_json:
        write_lines(map(hit_json, hits), summary=done.summary())
    elif hits:
        context.page()
        click.echo("\n\n".join("\n".join(_hit(hit)) for hit in hits))
    _notes(context, done)
    return 0 if hits else 1


def _refuse_options(words: tuple[str, ...]) -> None:
    """Show the help, or say which option was perhaps meant.

    Raises:
        NoSuchOption: a word is written as an option is.
    """
    ctx = click.get_current_context()
    if words == ("-h",):
        click.echo(ctx.get_help())
        ctx.exit()
    for word in words:
        if word.startswith("--"):
            options = [option for each in ctx.command.params for option in each.opts if option.startswith("--")]
            raise click.NoSuchOption(word.partition("=")[0], possibilities=options, ctx=ctx)


def _hit(hit: Hit) -> Iterator[str]:
    row, room = hit.row, width()
    yield paint(isolated(cut(printable(row.title or row.article), room)), bold=True)
    facts = [isolated(printable(row.site or ""))] if row.site else []
    facts += [f"published {printable(row.published[:10])}"] if row.published else []
    if hit.older is not None:
        between = f"between {when(hit.older.started)} and {when(row.started)}"
        yield f"  {' · '.join([*facts, f'v{hit.older.version} → v{row.version}'])} · {short(row.id)}"
        yield f"  {between}"
    else:
        yield f"  {' · '.join([*facts, _versions(hit)])} · {short(row.id)}"
    if hit.categories:
        yield from _wrapped(", ".join(each.replace("_", " ") for each in hit.categories), room - 2)
    yield f"  {paint(printable(row.page_uri or row.article), fg='blue')}"
    if hit.document:
        yield f"  in {paint(printable(hit.document), fg='blue')}"
    if hit.snippet is not None and hit.snippet.text != row.title:
        yield from _snippet(hit.snippet, room=room - 4)


def _versions(hit: Hit) -> str:
    """``v1–v3 of 5``, and whether the newest version still holds it."""
    told = f"{_ranges(hit.versions)} of {hit.total}"
    gone = hit.total not in hit.versions
    return told + (paint(f", gone in v{hit.versions[-1] + 1}", fg="yellow") if gone else "")


def _ranges(versions: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for version in versions:
        if runs and runs[-1][-1] == version - 1:
            runs[-1] = [runs[-1][0], version]
        else:
            runs.append([version])
    return ", ".join("–".join(f"v{version}" for version in run) for run in runs)


def _snippet(snippet: Snippet, *, room: int) -> Iterator[str]:
    """The place, the words in bold, or in brackets where there are no colours."""
    from archivist.diff.wrap import Marks, wrap  # noqa: PLC0415  # not for --json
    from archivist.model.change import Span  # noqa: PLC0415

    bold = Marks(delete=("", ""), insert=("\x1b[1;4m", "\x1b[0m"), width=0)
    marks = bold if is_colourful() else Marks(delete=("", ""), insert=("[", "]"), width=2)
    spans = [Span(op="insert" if is_hit else "equal", text=text) for text, is_hit in snippet.parts]
    if snippet.is_cut_before:
        spans.insert(0, Span(op="equal", text="…"))
    if snippet.is_cut_behind:
        spans.append(Span(op="equal", text="…"))
    where = "" if snippet.where in _PLAIN else f"{snippet.where.replace('_', ' ')}: "
    if where:
        spans.insert(0, Span(op="equal", text=printable(where)))
    yield from (f"    {isolated(line)}" for line in wrap(spans, width=max(room, 20), marks=marks))


_PLAIN = frozenset({"paragraph", "list-item"})
"""Places that need no name."""


def _wrapped(text: str, room: int) -> Iterator[str]:
    import textwrap  # noqa: PLC0415  # not for --json

    yield from (f"  {line}" for line in textwrap.wrap(printable(text), max(room, 20)))


def _notes(context: Context, done: Searched) -> None:
    found = done.found
    if not found.hits:
        context.say(f"nothing found for {printable(done.query)}" + _advice(done.query))
    if found.is_more:
        context.say(f"there are more than these {len(found.hits)}: --limit N")
    if found.is_capped:
        context.say("note: these words stand in very many texts; of those the newest were ranked")
    if found.unindexed:
        context.say(
            f"note: {found.unindexed} texts that were captured last are not indexed, and were not searched\n"
            "hint: search as somebody who may write to the archive's folder .archivist"
        )
    if found.untold:
        context.say(f"note: {found.untold} edits are not told of yet\nhint: archivist reindex")


def _advice(query: str) -> str:
    words = [word for word in query.split() if word.isalpha()]
    if words and words == query.split():
        starred = " ".join(f"'*{word}*'" for word in words)
        return f"\nhint: within longer words: archivist search {starred}"
    return "\nhint: archivist search --help" if '"' not in query else "\nhint: without quotation marks, in any order"
