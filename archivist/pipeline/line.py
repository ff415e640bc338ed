"""The life of one snapshot, read top to bottom.

     fetch ─▶ store ─▶ extract ─▶ seal ─▶ catalog
    (bytes   (WARC,   (claims    (manifest, (index)
     off the  fsync)   with       fsync)
     wire)             evidence)

A stage takes values and gives values; nobody reaches back. If the process dies before the records are stored, nothing
happened; if it dies between store and seal, the next start adopts the records; after that, everything is made up for.
The run that calls this (``pipeline.run``) appends the manifest to the log and signs one checkpoint for all.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.clock import utc_text
from archivist.errors import ArchivistError, BadWarc, NotFound
from archivist.model.article import Article, Document
from archivist.model.capture import Capture, Problem, Span
from archivist.model.manifest import Asked
from archivist.model.quality import Quality
from archivist.model.url import key_of
from archivist.pipeline.outcome import Taken
from archivist.pipeline.reading import Answer, recorded
from archivist.pipeline.seal import Previous, Taking, article_of, photos_of, quality_of, seal
from archivist.workspace import software

if TYPE_CHECKING:
    from archivist.pipeline.gathered import Gathered
    from archivist.pipeline.run import Run

__all__ = ["take"]


def take(url: str, *, run: Run) -> Taken:
    """Snapshot one page.

    Raises:
        FetchError: there was nothing to store.
        DiskFailed: the disk would not take it; what was stored before is whole.
    """
    article, started = key_of(url), utc_text(run.clock.now())
    previous = run.previous(article)

    # 1. fetch: the page, what it needs, what it links; every byte as it came off the wire.
    known = run.known(previous)
    gathered = run.gatherer.gather(
        url, known=known, is_kept=lambda head: run.is_kept(head, is_known=previous is not None)
    )
    try:
        # 2. store: records appended, digested in the same pass, fsynced.
        captures, stored = _store(gathered, article, run=run)

        # 3. extract: from the recorded bytes, never the network; a failed reading is a problem and stops nothing.
        everything = (*captures, *(each.capture for each in gathered.kept))
        article_reading, quality = _read_page(gathered, everything, previous)
        find = _finder(gathered, run=run)
        documents, same_documents = _read_documents(gathered, captures, previous, find=find, run=run)
        photos = photos_of(everything, article=article_reading)
        holders = previous.picture_holders if previous else {}
        pictures = run.reading.pictures(photos.values(), find=find, holders=holders)
    finally:
        gathered.close()

    # 4. seal: one manifest, created once, fsynced, chained behind the article's last one.
    snapshot = seal(
        Taking(
            archive=run.identity.id,
            article=article,
            asked=Asked(url=url, verb=run.verb, policy=run.policy),
            started=started,
            ended=utc_text(run.clock.now()),
            software=software(),
            stored=stored,
            captures=captures,
            reading=article_reading,
            documents=documents,
            known=same_documents,
            pictures=pictures.read,
            known_pictures=pictures.known,
            carried=gathered.kept,
            quality=quality,
            problems=(*gathered.problems, *pictures.problems),
        ),
        previous=previous,
    )

    # 5. catalog: a cache, written behind the manifest; what is lost here is rebuilt.
    written = run.seal(snapshot)
    return Taken(id=written.id, snapshot=snapshot, path=written.path, previous=previous)


def _store(gathered: Gathered, article: str, *, run: Run) -> tuple[tuple[Capture, ...], tuple[Span, ...]]:
    """Store what this page fetched, tell those who carry it where it stands, and wait for what this page carries."""
    try:
        stored = run.archive.store(
            gathered.exchanges,
            snapshot=str(uuid.uuid4()),
            page=article,
            find_original=lambda exchange: gathered.known.original(exchange) or run.find_original(exchange),
        )
    except BaseException as error:
        gathered.abandon(error)
        raise
    places = {id(exchange): capture for exchange, capture in zip(gathered.exchanges, stored.captures, strict=True)}
    for share in gathered.shares:
        share.stored.set_result(tuple(places[id(exchange)] for exchange in share.exchanges))
    return (*stored.captures, *_carried(gathered)), (stored.span,)


def _carried(gathered: Gathered) -> Iterable[Capture]:
    for share in gathered.carried:
        try:
            captures = share.stored.result()
        except ArchivistError as error:
            gathered.problems.append(Problem(code="not-carried", about=share.url, said=str(error)))
            continue
        # robots.txt was asked for by whoever came first.
        yield from (replace(capture, is_carried=True) for capture in captures if capture.role != "robots")


def _read_page(
    gathered: Gathered, captures: tuple[Capture, ...], previous: Previous | None
) -> tuple[Article | None, Quality]:
    """What the page says and what kind of answer it was; of an unchanged page, what was read of it before."""
    if gathered.is_unchanged and previous is not None:
        return previous.reading.article, previous.quality
    reading = gathered.reading
    return article_of(reading, captures, declined=gathered.declined), quality_of(reading)


def _finder(gathered: Gathered, *, run: Run) -> Callable[[Capture], Answer]:
    """Gives the answer that a capture stands for: as it came a moment ago, or as it stands in the archive."""
    own = {exchange.uri: exchange for exchange in gathered.exchanges}

    def find(capture: Capture) -> Answer:
        exchange = own.get(capture.uri)
        return gathered.known.answer(exchange) if exchange else recorded(capture, run.workspace.reader)

    return find


def _read_documents(
    gathered: Gathered,
    captures: tuple[Capture, ...],
    previous: Previous | None,
    *,
    find: Callable[[Capture], Answer],
    run: Run,
) -> tuple[tuple[Document, ...], dict[str, str]]:
    """Readings of the documents that are new, and for the others the statement that holds theirs."""
    read: dict[str, Document] = {}
    known: dict[str, str] = {}
    for capture in captures:
        if capture.role != "document" or not capture.is_whole:
            continue
        sha256 = capture.payload.sha256
        holder = previous.document_holders.get(sha256) if previous else None
        if holder is not None:
            known[sha256] = holder
        elif sha256 not in read:
            try:
                document, problems = run.reading.document(find(capture))
            except (BadWarc, NotFound) as error:
                document, problems = None, (Problem(code="unreadable", about=capture.uri, said=str(error)),)
            gathered.problems += problems
            if document is not None:
                read[sha256] = document
    return tuple(read.values()), known
