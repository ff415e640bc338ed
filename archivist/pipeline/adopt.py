"""What every run does first: look at what an interrupted one left, adopt whole records, say what was torn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.clock import utc_text
from archivist.model.capture import Capture, Problem, Span
from archivist.model.json import Json
from archivist.model.manifest import Asked, Event
from archivist.model.url import key_of
from archivist.pipeline.seal import Taking, seal
from archivist.store.leftover import Leftover
from archivist.store.recover import Torn, clear_tmp, recover
from archivist.workspace import software

if TYPE_CHECKING:
    from archivist.pipeline.run import Run

__all__ = ["Recovered", "recover_archive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What was found at the start of a run, and what was done."""

    torn: tuple[Torn, ...] = ()
    adopted: tuple[str, ...] = ()
    """Articles whose records were adopted as late snapshots."""
    orphans: tuple[Span, ...] = ()
    """Records that belong to no page, described by a repair statement."""
    due: tuple[str, ...] = ()
    """Statements that the interrupted run had not put into the log."""
    alarms: tuple[str, ...] = ()
    """Damage that no crash explains; `archivist verify` judges it."""


def recover_archive(run: Run) -> Recovered:
    """The archive is fit to be added to, and every whole record in it is described by a statement.

    Raises:
        DiskFailed: the disk would not.
    """
    workspace, catalog = run.workspace, run.catalog
    if catalog.is_whole:
        clear_tmp(workspace.layout)
        return Recovered()
    found = recover(workspace.layout, disk=workspace.disk, known=catalog.spans(), logged=catalog.logged_paths())
    alarms = [f"archives/{each.file}, byte {each.offset}: {each.fault}" for each in found.damaged]
    alarms += [f"{path.name} is not in the log, though the log is complete" for path in found.suspect]
    adopted, orphans = [], []
    for leftover in found.leftovers:
        if any(capture.role == "page" for capture in leftover.captures):
            adopted.append(_adopt(leftover, run))
        else:
            orphans.append(leftover.span)
    if found.torn or orphans:
        _say(found.torn, tuple(orphans), run)
    return Recovered(
        torn=found.torn,
        adopted=tuple(adopted),
        orphans=tuple(orphans),
        due=tuple(written.id for written in found.due),
        alarms=tuple(alarms),
    )


def _adopt(leftover: Leftover, run: Run) -> str:
    """A late snapshot of records that an interrupted run stored and could not seal."""
    from archivist.pipeline.stored import read_stored  # noqa: PLC0415  # few starts have anything to adopt

    page = next(capture for capture in leftover.captures if capture.role == "page")
    article = key_of(leftover.page or page.uri)
    previous = run.previous(article)
    read = read_stored(leftover.captures, run=run)
    snapshot = seal(
        Taking(
            archive=run.identity.id,
            article=article,
            asked=Asked(url=leftover.page or page.uri, verb="adopt"),
            started=min(capture.date for capture in leftover.captures),
            ended=utc_text(run.clock.now()),
            software=software(),
            stored=(leftover.span,),
            captures=leftover.captures,
            reading=read.reading.article,
            documents=read.reading.documents,
            pictures=read.reading.pictures,
            quality=read.quality,
            problems=(_interrupted(page), *read.problems),
            is_adopted=True,
        ),
        previous=previous,
    )
    run.seal(snapshot)
    return article


def _interrupted(page: Capture) -> Problem:
    said = "the run was interrupted before this snapshot was sealed; it was adopted from its records at a later start"
    return Problem(code="adopted", about=page.uri, said=said)


def _say(torn: tuple[Torn, ...], orphans: tuple[Span, ...], run: Run) -> None:
    """A repair statement: what was cut off and kept, and which records belong to no page."""
    cut: list[Json] = [
        {
            "file": each.file,
            "offset": each.offset,
            "length": each.length,
            "kept": each.kept,
            "blake3": run.workspace.reader.blake3(each.kept),
        }
        for each in torn
    ]
    kept = f"{len(torn)} torn ends were cut off and kept"
    said = f"a run was interrupted: {kept}, {len(orphans)} runs of records belong to no page"
    event = Event(
        archive=run.identity.id,
        kind="repair",
        at=utc_text(run.clock.now()),
        software=software(),
        said=said,
        stored=orphans,
        details={"torn": cut} if cut else {},
    )
    run.record(run.ledger.write(event), event)
