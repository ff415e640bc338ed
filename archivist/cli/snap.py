"""``archivist snap``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from archivist.cli.addresses import listed
from archivist.cli.context import Context
from archivist.cli.options import as_json as json_option
from archivist.cli.options import help_of
from archivist.cli.output import paint, printable, short, when
from archivist.cli.progress import Line
from archivist.cli.runs import say_recovered, say_stamps, say_unsigned
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.model.manifest import Snapshot
    from archivist.pipeline.outcome import Outcome, Taken
    from archivist.pipeline.progress import Progress
    from archivist.verbs.snap import Snapped

__all__ = ["command"]

_LABELS = ("photo", "foto", "bild", "image", "picture", "©", "credit")
_SHOWN = 5
"""Problems that are listed; all stand in the manifest."""


@click.command(
    "snap",
    help=help_of(
        "Save the articles at URL…, what they need to be shown, and the documents that their text links.",
        "archivist snap https://www.example.org/news/an-article",
        "archivist -C ~/news snap --from urls.txt --json",
        "archivist snap --allow 127.0.0.1:8000 http://127.0.0.1:8000/draft",
    ),
)
@click.argument("urls", metavar="URL…", nargs=-1)
@click.option("--from", "source", metavar="FILE", help="Read addresses from FILE, one a line; - is standard input.")
@click.option("--allow", multiple=True, metavar="HOST[:PORT]", help="A private address that may be fetched.")
@click.option("--resolve", multiple=True, metavar="NAME=ADDRESS:PORT", help="Send a name to an address, as curl does.")
@click.option("--robots", type=click.Choice(["obey", "ignore"]), help="What robots.txt is worth; recorded.")
@click.option("--keep-errors", is_flag=True, help="Store answers such as 404 of new pages, too.")
@click.option("--offline", is_flag=True, help="Ask no outside witness of time; the next run makes up for it.")
@json_option
@click.pass_obj
def command(  # noqa: PLR0913  # one parameter for each option
    context: Context,
    *,
    urls: tuple[str, ...],
    source: str | None,
    allow: tuple[str, ...],
    resolve: tuple[str, ...],
    robots: str | None,
    keep_errors: bool,
    offline: bool,
    as_json: bool,
) -> int:
    """Save articles now."""
    from archivist.model.url import parse_url  # noqa: PLC0415  # loaded when called
    from archivist.verbs.snap import outcome_json, snap  # noqa: PLC0415

    wanted = [*urls, *(listed(source) if source else ())]
    if not wanted:
        raise UsageError("no address was given", hint="archivist snap https://www.example.org/news/an-article")
    for url in wanted:
        parse_url(url)  # before an archive is made for nothing
    overrides = {"fetch.allow": allow or None, "fetch.resolve": _pairs(resolve) or None, "fetch.robots": robots}
    workspace = context.write(overrides)

    line = Line(context)

    def say(outcome: Outcome) -> None:
        line.clear()
        if as_json:
            click.echo(json.dumps(outcome_json(outcome), ensure_ascii=False))
        else:
            _say(outcome)

    def tell(now: Progress) -> None:
        line.show(f"{now.done} of {now.total} pages · {_bytes(now.bytes)} · {now.host}")

    try:
        snapped = snap(
            workspace,
            wanted,
            keeps_errors=keep_errors,
            is_offline=offline,
            say=say,
            warn=lambda found: say_recovered(found, context=context),
            tell=tell,
        )
    finally:
        line.clear()
    if as_json:
        click.echo(json.dumps({"summary": snapped.to_json()}, ensure_ascii=False))
    _sum_up(snapped, context=context)
    return snapped.exit_code


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in given:
        name, separator, address = text.partition("=")
        if not separator:
            raise UsageError(f"--resolve {text!r} should be NAME=ADDRESS:PORT")
        pairs[name] = address
    return pairs


def _say(outcome: Outcome) -> None:
    from archivist.pipeline.outcome import Failed  # noqa: PLC0415  # loaded by then

    if isinstance(outcome, Failed):
        click.echo(f"error: {printable(str(outcome.error))}", err=True)
        if outcome.error.hint:
            click.echo(f"hint: {printable(outcome.error.hint)}", err=True)
        return
    click.echo(_told(outcome))


def _told(taken: Taken) -> str:
    from archivist.verbs.snap import is_whole  # noqa: PLC0415  # loaded by then

    snapshot = taken.snapshot
    reading = taken.article
    mark = paint("✓", fg="green") if is_whole(taken) else paint("!", fg="yellow", bold=True)
    lines = [f"{mark} {paint(printable(taken.title or snapshot.asked.url), bold=True)}"]
    if reading is not None:
        said = [
            reading.value("site_name"),
            ", ".join(reading.settled("authors").texts),
            f"published {reading.value('published')}" if reading.value("published") else None,
            *(_credit(photo.credit.value) for photo in reading.photos[:1] if photo.credit),
        ]
        lines.append("  " + printable(" · ".join(each for each in said if each)))
    lines.append(f"  {_news(taken)}, captured {when(snapshot.started)}, {_amount(snapshot)}")
    lines.append(f"  snapshot {short(taken.id)}")
    if snapshot.quality.verdict not in {"article", "page"}:
        reasons = "; ".join(snapshot.quality.reasons)
        lines.append(
            paint(f"  this looks like no article: {snapshot.quality.verdict} ({printable(reasons)})", fg="yellow")
        )
    lines += [f"  {each.code}: {printable(each.about)}: {printable(each.said)}" for each in snapshot.problems[:_SHOWN]]
    if len(snapshot.problems) > _SHOWN:
        lines.append(f"  and {len(snapshot.problems) - _SHOWN} more problems: archivist show {short(taken.id)}")
    return "\n".join(line for line in lines if line.strip())


def _credit(credit: str) -> str:
    """The credit as shown, with a label where it brings none."""
    return credit if credit.lower().startswith(_LABELS) else f"photo {credit}"


def _news(taken: Taken) -> str:
    if taken.previous is None:
        return "first snapshot"
    if taken.is_new_version:
        return paint("CHANGED", fg="yellow", bold=True) + f": snapshot {taken.snapshot.number} is a new version"
    return f"snapshot {taken.snapshot.number}, unchanged"


def _amount(snapshot: Snapshot) -> str:
    size = sum(capture.payload.length for capture in snapshot.captures)
    documents = sum(capture.role == "document" and capture.status == 200 for capture in snapshot.captures)
    linked = f", {documents} linked document{'s' if documents > 1 else ''}" if documents else ""
    return f"{len(snapshot.captures)} responses, {_bytes(size)}{linked}"


def _bytes(size: int) -> str:
    amount = float(size)
    for unit in ("B", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{size} B"


def _sum_up(snapped: Snapped, *, context: Context) -> None:
    failed = sum(1 for outcome in snapped.outcomes if not hasattr(outcome, "snapshot"))
    if len(snapped.outcomes) > 1:
        context.say(f"{len(snapped.outcomes) - failed} stored, {failed} failed")
    say_unsigned(snapped.unsigned, snapped.unsigned_because)
    say_stamps(snapped.stamps, context=context)
