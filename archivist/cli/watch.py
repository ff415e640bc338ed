"""``archivist watch``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

import click

from archivist.cli.addresses import listed
from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import printable, table, write_lines
from archivist.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from typing import Unpack

    from archivist.model.watch import Follow, Kind
    from archivist.verbs.units import Installation
    from archivist.verbs.watch import Line
    from archivist.workspace import Workspace

__all__ = ["command"]


@click.command(
    "watch",
    help=help_of(
        "Look at URL… again and again, or list what is watched. A page's own history decides when, unless --every "
        "does; the looking is done by archivist run.",
        "archivist watch https://www.example.org/news/an-article --tag eu --follow pdf",
        "archivist watch https://www.example.org/feed --kind feed --until 14d",
        "archivist watch https://www.example.org/politics/ --kind section --links '/politics/2*'",
        "archivist watch --from urls.txt --every 6h",
        "archivist watch",
        "archivist watch --print-crontab",
    ),
)
@click.argument("urls", metavar="URL…", nargs=-1)
@click.option("--from", "source", metavar="FILE", help="Read addresses from FILE, one a line; - is standard input.")
@click.option("--every", metavar="TIME", help="A fixed time between two looks: 30m, 6h, 7d.")
@click.option("--until", metavar="TIME", help="Stop after so long: 90d.")
@click.option("--tag", "tags", multiple=True, metavar="NAME", help="To find it by; without URL, to list by.")
@click.option(
    "--follow", multiple=True, type=click.Choice(["pdf", "all"]), help="Watch the documents that it links, too."
)
@click.option(
    "--kind",
    type=click.Choice(["article", "feed", "sitemap", "section"]),
    default="article",
    help="What stands at URL; of all but an article, the articles that it lists are watched.",
)
@click.option("--links", metavar="GLOB", help="Which addresses in a feed, sitemap or section are articles'.")
@click.option("--print-crontab", is_flag=True, help="A crontab line for this archive.")
@click.option("--print-systemd", is_flag=True, help="A systemd service and timer for this archive.")
@json_option
@click.pass_obj
def command(  # noqa: PLR0913  # one parameter for each option
    context: Context,
    *,
    urls: tuple[str, ...],
    source: str | None,
    every: str | None,
    until: str | None,
    tags: tuple[str, ...],
    follow: tuple[str, ...],
    kind: str,
    links: str | None,
    print_crontab: bool,
    print_systemd: bool,
    as_json: bool,
) -> None:
    """Add to the watchlist, or show it."""
    if print_crontab or print_systemd:
        _print_units(context.read(), is_crontab=print_crontab, is_systemd=print_systemd)
        return
    wanted = [*urls, *(listed(source) if source else ())]
    if wanted:
        how = _how(every=every, until=until, follow=follow, kind=kind, links=links)
        _add(context, wanted, tags=tags, as_json=as_json, **how)
        return
    if every or until or follow or source or links or kind != "article":
        raise UsageError("no address was given", hint="archivist watch https://www.example.org/news/an-article")
    from archivist.verbs.watch import listing  # noqa: PLC0415

    lines = listing(context.read(), tags=tags)
    if as_json:
        summary = {"watched": len(lines), "due": sum(line.is_due for line in lines)}
        write_lines((line.to_json() for line in lines), summary=summary)
    elif lines:
        click.echo(_table(lines))
    else:
        context.say("nothing is watched yet: archivist watch URL")


class _How(TypedDict):
    """How an address is watched."""

    every: dt.timedelta | None
    until: dt.timedelta | None
    follow: tuple[Follow, ...]
    kind: Kind
    pattern: str | None


def _how(*, every: str | None, until: str | None, follow: tuple[str, ...], kind: str, links: str | None) -> _How:
    from archivist.model.watch import parse_duration, parse_every  # noqa: PLC0415  # loaded when called

    if links and kind == "article":
        raise UsageError("--links is for what lists articles", hint="--kind feed, sitemap or section")
    return {
        "every": _read(parse_every, every, "--every") if every else None,
        "until": _read(parse_duration, until, "--until") if until else None,
        # click has checked the choices
        "follow": cast("tuple[Follow, ...]", follow),
        "kind": cast("Kind", kind),
        "pattern": links,
    }


def _add(
    context: Context,
    urls: list[str],
    *,
    tags: tuple[str, ...],
    as_json: bool,
    **how: Unpack[_How],
) -> None:
    from archivist.model.url import parse_url  # noqa: PLC0415  # loaded when called
    from archivist.verbs.watch import add  # noqa: PLC0415

    for url in urls:
        parse_url(url)  # before an archive is made for nothing
    added = add(context.write(), urls, tags=tags, **how)
    if as_json:
        write_lines((watch.to_json() for watch in added), summary={"added": len(added)})
        return
    for watch in added:
        click.echo(f"watching {printable(watch.url)}")
    known = len({parse_url(url) for url in urls}) - len(added)
    if known:
        context.say(f"{known} {'was' if known == 1 else 'were'} watched already")
    if added:
        context.say("archivist run looks at what is due; archivist watch --print-crontab has cron do it")


def _read(read: Callable[[str], dt.timedelta | None], text: str, option: str) -> dt.timedelta | None:
    try:
        return read(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error


def _table(lines: tuple[Line, ...]) -> str:
    rows = [("NEXT CHECK", "LAST CHECK", "LAST CHANGE", "STATE", "PAGE")]
    for line in lines:
        page = line.watched.page
        tags = f"  [{', '.join(page.watch.tags)}]" if page.watch.tags else ""
        due = "due" if line.is_due else _minute(line.watched.plan.at)
        name = f"{line.title}  {page.url}" if line.title else page.url
        rows.append((due, _minute(line.last_check), _minute(line.last_change), line.state, name + tags))
    return table(rows)


def _minute(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "-"


def _print_units(workspace: Workspace, *, is_crontab: bool, is_systemd: bool) -> None:
    from archivist.store.channels import read_channels  # noqa: PLC0415  # loaded when called
    from archivist.verbs.units import crontab, systemd  # noqa: PLC0415  # loaded when called

    where = _installation(workspace)
    if is_crontab:
        click.echo(crontab(where), nl=False)
    if is_systemd:
        channels = read_channels(workspace.layout.root)
        click.echo(systemd(where, fetch=workspace.settings.fetch, channels=channels), nl=False)


def _installation(workspace: Workspace) -> Installation:
    import getpass  # noqa: PLC0415  # only for units

    from archivist.verbs.units import Installation  # noqa: PLC0415

    program = Path(sys.argv[0])
    is_script = program.name == "archivist" and os.access(program, os.X_OK)
    command = [str(program.absolute())] if is_script else [sys.executable, "-m", "archivist"]
    return Installation(
        command=command,
        root=workspace.layout.root.absolute(),
        keys=workspace.key_path.parent.absolute(),
        environ=os.environ,
        user=getpass.getuser(),
    )
