"""``archivist run``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import paint, printable, when
from archivist.cli.runs import say_recovered, say_stamps, say_unsigned
from archivist.errors import Locked

if TYPE_CHECKING:
    from archivist.pipeline.happening import Happening
    from archivist.verbs.run import Ran

__all__ = ["command"]

_WORDS = {
    "changed": "CHANGED",
    "gone": "GONE",
    "back": "BACK",
    "faulty": "FAULTY",
    "unread": "UNREAD",
    "recovered": "WELL",
    "reachable": "WELL",
}


@click.command(
    "run",
    help=help_of(
        "Look at everything on the watchlist that is due. Made for cron: silent where nothing happened, one line for "
        "each page that changed; what goes on being wrong is told once, and once more when it ends.",
        "archivist -C ~/news run",
        "archivist -C ~/news run --at-most 30m --json",
    ),
)
@click.option("--at-most", metavar="TIME", help="End within this time: 30m; the rest is left for the next run.")
@click.option("--max-urls", type=click.IntRange(min=1), metavar="N", help="Look at no more pages than this.")
@click.option("--concurrency", type=click.IntRange(min=1), metavar="N", help="Requests at one time in all.")
@click.option("--if-free", is_flag=True, help="Where another archivist is writing, end with 7 without a word.")
@click.option("--offline", is_flag=True, help="Ask no outside witness of time; the next run makes up for it.")
@json_option
@click.pass_obj
def command(  # one parameter for each option
    context: Context,
    *,
    at_most: str | None,
    max_urls: int | None,
    concurrency: int | None,
    if_free: bool,
    offline: bool,
    as_json: bool,
) -> int:
    """Look at what is due."""
    from archivist.verbs.run import run  # noqa: PLC0415  # loaded when called

    overrides = {"schedule.at_most": at_most, "schedule.max_urls": max_urls, "fetch.workers": concurrency}
    workspace = context.read(overrides)

    def say(happening: Happening) -> None:
        if as_json:
            click.echo(json.dumps(happening.to_json(), ensure_ascii=False))
        elif happening.is_news:
            _say(happening)

    try:
        ran = run(workspace, is_offline=offline, say=say, warn=lambda found: say_recovered(found, context=context))
    except Locked as error:
        if not if_free:
            raise
        return error.exit_code
    if as_json:
        click.echo(json.dumps({"summary": ran.to_json()}, ensure_ascii=False))
    _sum_up(ran, context=context)
    return ran.exit_code


def _say(happening: Happening) -> None:
    """One line; what is wrong on stderr."""
    name = printable(happening.title or "")
    url = printable(happening.url)
    if happening.kind == "unreachable":
        others = f" ({happening.pages} pages)" if happening.pages > 1 else ""
        said = printable(happening.said)
        click.echo(f"error: {said if said.startswith(url) and not others else f'{url}{others}: {said}'}", err=True)
        return
    word = _WORDS.get(happening.kind, happening.kind.upper())
    colour = "green" if word in {"WELL", "BACK"} else "yellow"
    parts = [_verdict(happening), name, url, "" if happening.kind == "reachable" else printable(happening.said)]
    if happening.kind == "reachable" and happening.since:
        parts.append(f"was failing since {when(happening.since)}")
    click.echo(paint(f"{word:<8}", fg=colour, bold=True) + "  " + "  ".join(part for part in parts if part))


def _verdict(happening: Happening) -> str:
    """How the page owns up to the edit, and what was edited."""
    if happening.diff is None:
        return ""
    kinds = [each.removesuffix("_changed").replace("_", " ") for each in happening.diff.categories]
    shown = ", ".join(each for each in kinds if each != "stealth edit")
    return f"{happening.diff.verdict.kind}: {shown}" if shown else happening.diff.verdict.kind


def _sum_up(ran: Ran, *, context: Context) -> None:
    """To a person who looks on, always; to others, where something was wrong."""
    say_unsigned(ran.unsigned, ran.unsigned_because)
    if ran.ping_failed:
        click.echo(f"warning: schedule.ping was not told: {printable(ran.ping_failed)}", err=True)
    if ran.told is not None:
        for channel, why in ran.told.failed.items():
            if channel in ran.told.news:
                click.echo(f"warning: notify {printable(channel)}: {printable(why)}", err=True)
    if ran.left:
        context.say(f"{ran.left} more pages are due: the next run takes them")
    if not sys.stderr.isatty():
        return
    say_stamps(ran.stamps, context=context)
    if not ran.watched:
        context.say("nothing is watched yet: archivist watch URL")
        return
    counts = ran.counts
    parts = [(counts["new"], "new"), (counts["same"], "unchanged"), (counts["changed"], "changed")]
    parts += [(counts["gone"], "gone"), (ran.failed, "failed"), (ran.held, "left alone")]
    shown = ", ".join(f"{count} {word}" for count, word in parts if count)
    following = f"; next check {ran.next_at:%Y-%m-%d %H:%M} UTC" if ran.next_at else ""
    context.say(f"{ran.looked_at} of {ran.watched} pages looked at{f': {shown}' if shown else ''}{following}")
