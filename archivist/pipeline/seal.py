"""From what was stored and read to the manifest that says so. No I/O: the ledger writes what is made here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from archivist.extract.fingerprint import fingerprint
from archivist.model.article import Article, Document, Reading
from archivist.model.capture import Capture, Problem, Span, follow
from archivist.model.carried import Placed, carried
from archivist.model.manifest import Asked, Snapshot
from archivist.model.page import PageReading
from archivist.model.picture import PictureFacts
from archivist.model.quality import Quality
from archivist.workspace import Newest

__all__ = ["Previous", "Taking", "article_of", "mark_of", "photos_of", "quality_of", "seal", "versions_of"]


_NOTHING = Reading(article=None)
_UNKNOWN = Quality(verdict="empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The article's last snapshot with its newest reading, as far as it can be read."""

    id: str
    number: int
    fingerprint: str
    reading: Reading = _NOTHING
    """With its references followed; empty where the manifest is damaged."""
    article_holder: str | None = None
    """Id of the statement that holds the last reading of the article itself."""
    document_holders: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of a document's payload to the id of the statement that holds its reading."""
    picture_holders: Mapping[str, str] = field(default_factory=dict)
    """The same of the article's photos."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the linked documents that it captured, by the address in the page."""
    images: Mapping[str, str] = field(default_factory=dict)
    """The same of the article's photos."""
    placed: tuple[Placed, ...] = ()
    """All its captures, and which manifest lists each."""
    asked: str = ""
    """The address that was asked for."""
    quality: Quality = _UNKNOWN
    software: Mapping[str, str] = field(default_factory=dict)
    """What made the reading."""
    is_adopted: bool = False
    """It was made of what an interrupted run had left, and may lack some."""

    @classmethod
    def of(cls, newest: Newest) -> Previous:
        """What the next manifest needs to know of this one."""
        documents, images = versions_of(newest.captures, article=newest.reading.article)
        return cls(
            id=newest.id,
            number=newest.snapshot.number,
            fingerprint=newest.fingerprint,
            reading=newest.reading,
            article_holder=newest.held.article_holder(newest.statement),
            document_holders=newest.held.document_holders(newest.statement),
            picture_holders=newest.held.picture_holders(newest.statement),
            documents=documents,
            images=images,
            placed=newest.placed,
            asked=newest.snapshot.asked.url,
            quality=newest.quality,
            software=newest.software,
            is_adopted=newest.snapshot.is_adopted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """All that is known of one snapshot when it is to be sealed."""

    archive: str
    article: str
    asked: Asked
    started: str
    ended: str
    software: Mapping[str, str]
    stored: tuple[Span, ...]
    captures: tuple[Capture, ...]
    reading: Article | None
    documents: tuple[Document, ...]
    """Those read now; a document whose reading an earlier manifest holds is not read again."""
    quality: Quality
    problems: tuple[Problem, ...] = ()
    is_adopted: bool = False
    known: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of a document to the id of the statement that holds its reading."""
    pictures: tuple[PictureFacts, ...] = ()
    """Of the article's photos, those read now whose files say something of themselves."""
    known_pictures: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of a photo to the id of the statement that holds its reading."""
    carried: tuple[Placed, ...] = ()
    """What an earlier snapshot lists and this one refers to."""

    @property
    def everything(self) -> tuple[Capture, ...]:
        """All captures, whether listed or referred to."""
        return (*self.captures, *(each.capture for each in self.carried))


def article_of(
    reading: PageReading | None, captures: tuple[Capture, ...], *, declined: Collection[str] = ()
) -> Article | None:
    """What was read, with those links to possible documents that the server's answer confirmed.

    Args:
        reading: of the page.
        captures: of the snapshot.
        declined: links that words call documents, and that the server answered with something else.
    """
    if reading is None or reading.article is None:
        return None
    linked = [link for link in reading.article.documents if link.url not in declined]
    confirmed = [link for link in reading.possible if _is_document(follow(captures, link.url))]
    return replace(reading.article, documents=(*linked, *confirmed))


def quality_of(reading: PageReading | None) -> Quality:
    """What kind of answer it was, also where nothing could be read."""
    return reading.quality if reading else Quality(verdict="not-html", reasons=("it could not be read",))


def _is_document(capture: Capture | None) -> bool:
    return capture is not None and capture.role == "document" and (capture.status == 200 or capture.is_confirmed)


def seal(taking: Taking, *, previous: Previous | None) -> Snapshot:
    """The manifest: numbered and chained behind the last one, with what is unchanged referred to, not repeated."""
    is_same = previous is not None and taking.reading is not None and taking.reading == previous.reading.article
    return Snapshot(
        archive=taking.archive,
        article=taking.article,
        number=previous.number + 1 if previous else 1,
        previous=previous.id if previous else None,
        asked=taking.asked,
        started=taking.started,
        ended=taking.ended,
        software=taking.software,
        stored=taking.stored,
        captures=taking.captures,
        carried=carried(taking.carried),
        article_reading=None if is_same else taking.reading,
        documents=taking.documents,
        pictures=taking.pictures,
        same_reading_as=previous.article_holder if previous and is_same else None,
        same_documents_as=taking.known,
        same_pictures_as=taking.known_pictures,
        fingerprint=mark_of(taking.reading, taking.everything, previous=previous),
        quality=taking.quality,
        problems=taking.problems,
        is_adopted=taking.is_adopted,
    )


def mark_of(article: Article | None, captures: tuple[Capture, ...], *, previous: Previous | None) -> str:
    """The fingerprint of what was read out of these captures."""
    documents, images = versions_of(captures, article=article)
    mark = fingerprint(Reading(article=article), documents=documents, images=images)
    if article is None:
        # Nothing was read: the bytes themselves decide whether this is another version.
        return next((capture.payload.sha256 for capture in captures if capture.role == "page"), mark)
    if previous is not None and mark != previous.fingerprint:
        out_of_reach = _out_of_reach(article, {**documents, **images})
        return previous.fingerprint if mark == _without(previous, out_of_reach) else mark
    return mark


def _out_of_reach(article: Article, captured: Mapping[str, str]) -> set[str]:
    """Addresses of documents and photos that the article has, and of which nothing came this time."""
    shown = {photo.image for photo in article.photos if photo.image}
    return {*shown, *(link.url for link in article.documents)} - captured.keys()


def _without(previous: Previous, unknown: set[str]) -> str:
    """What the last fingerprint would be, had it seen no more than we do: what is out of reach was not edited."""
    return fingerprint(
        previous.reading,
        documents={url: sha256 for url, sha256 in previous.documents.items() if url not in unknown},
        images={url: sha256 for url, sha256 in previous.images.items() if url not in unknown},
    )


def versions_of(captures: tuple[Capture, ...], *, article: Article | None) -> tuple[dict[str, str], dict[str, str]]:
    """Payload digests of the linked documents and of the article's photos, by the address in the page.

    Only of what came whole: an error page in a document's place, or half of it, is no version of the document.
    """
    if article is None:
        return {}, {}
    documents = _whole(captures, [link.url for link in article.documents])
    return _digests(documents), _digests(photos_of(captures, article=article))


def photos_of(captures: tuple[Capture, ...], *, article: Article | None) -> dict[str, Capture]:
    """The article's photos that came whole, by the address in the page."""
    return _whole(captures, [photo.image for photo in article.photos if photo.image]) if article else {}


def _digests(found: Mapping[str, Capture]) -> dict[str, str]:
    return {url: capture.payload.sha256 for url, capture in found.items()}


def _whole(captures: tuple[Capture, ...], urls: Sequence[str]) -> dict[str, Capture]:
    found = {url: follow(captures, url) for url in urls}
    return {url: capture for url, capture in found.items() if capture and capture.is_whole}
