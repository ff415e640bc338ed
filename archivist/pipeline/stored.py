"""A snapshot read out of its records: the page, its linked documents, and what the files of its photos say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from archivist.model.article import Article, Document, Reading
from archivist.model.capture import Capture, Problem, follow
from archivist.model.held import in_order
from archivist.model.page import PageReading
from archivist.model.picture import PictureFacts
from archivist.model.quality import Quality
from archivist.pipeline.reading import recorded
from archivist.pipeline.seal import Previous, article_of, photos_of, quality_of

if TYPE_CHECKING:
    from archivist.pipeline.run import Run

__all__ = ["Stored", "read_stored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the present reader makes of the records of one snapshot."""

    reading: Reading
    """What was captured several times stands in it once."""
    quality: Quality
    is_read: bool
    """Whether the page could be read at all."""
    problems: tuple[Problem, ...]


def read_stored(
    captures: tuple[Capture, ...],
    *,
    run: Run,
    previous: Previous | None = None,
    believed: Collection[str] | None = None,
) -> Stored:
    """Read a page, its linked documents and its photos out of the WARC files.

    Args:
        captures: of one snapshot.
        run: has the readers and the files.
        previous: a snapshot that was read by the present reader; photos of which it tells are not read again.
        believed: links that are documents, though words alone call them so and no answer of theirs was captured;
            None for all.

    Raises:
        BadWarc: a record is damaged.
        NotFound: a WARC file is missing.
        DiskFailed: a WARC file cannot be read.
    """
    page: PageReading | None = None
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    for capture in captures:
        if capture.role == "page":
            page, more = run.reading.page(recorded(capture, run.workspace.reader), with_requisites=False)
            problems += more
        elif capture.role == "document" and capture.is_whole and capture.payload.sha256 not in documents:
            document, more = run.reading.document(recorded(capture, run.workspace.reader))
            problems += more
            documents |= {document.sha256: document} if document else {}
    article = article_of(page, captures, declined=_declined(page, captures, believed))
    pictures, more = _pictures(captures, article, run=run, previous=previous)
    return Stored(
        reading=Reading(
            article=article,
            documents=in_order(documents.values(), captures),
            pictures=in_order(pictures, captures),
        ),
        quality=quality_of(page),
        is_read=page is not None,
        problems=(*problems, *more),
    )


def _declined(
    page: PageReading | None, captures: tuple[Capture, ...], believed: Collection[str] | None
) -> frozenset[str]:
    """Links that words call documents, and that the server answered with something else when the page was captured."""
    linked = page.article.documents if page and page.article and believed is not None else ()
    told = {link.url for link in linked if link.is_told and link.url not in (believed or ())}
    answers = {url: follow(captures, url) for url in told}
    return frozenset(url for url, answer in answers.items() if answer is None or answer.role != "document")


def _pictures(
    captures: tuple[Capture, ...], article: Article | None, *, run: Run, previous: Previous | None
) -> tuple[Sequence[PictureFacts], tuple[Problem, ...]]:
    photos = photos_of(captures, article=article).values()
    find = partial(recorded, reader=run.workspace.reader)
    holders = previous.picture_holders if previous else {}
    found = run.reading.pictures(photos, find=find, holders=holders)
    same = [facts for facts in previous.reading.pictures if facts.sha256 in found.known] if previous else []
    return [*found.read, *same], found.problems
