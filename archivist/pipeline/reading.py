"""Reading what was recorded: the page and its linked documents, each in the confined reader, within bounds.

A reading that fails is a problem in the manifest and stops nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archivist.errors import ArchivistError, BadCoding, BadDocument
from archivist.model.article import Document
from archivist.model.capture import Capture, Problem
from archivist.model.config import Settings
from archivist.model.media import is_document_type
from archivist.model.page import PageReading, Requisite
from archivist.model.picture import PictureFacts
from archivist.sandbox import Picture, Sandbox
from archivist.store.durable import disk_failed
from archivist.store.reader import ArchiveReader
from archivist.wire.codings import decode, decode_stream
from archivist.wire.exchange import Exchange, payload_of
from archivist.wire.http1 import ResponseHead

__all__ = ["Answer", "Pictures", "Reading", "answer_of", "joined", "recorded"]

_INLINE = 4 * 1024 * 1024
"""Bytes up to which a document goes to the reader through the pipe; a larger one goes through a file."""
MAX_PICTURES = 100
"""Photos of one article whose files are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to be read: from the network a moment ago, or from a WARC file years later."""

    uri: str
    head: ResponseHead
    payload: Iterable[bytes]
    """After transfer decoding, before content decoding."""
    sha256: str
    """Of the payload."""
    media_type: str | None

    @property
    def coding(self) -> str | None:
        """The content codings, as declared."""
        return ", ".join(self.head.get_all("content-encoding")) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """What was read of the photos of one article."""

    read: tuple[PictureFacts, ...]
    """Those that say something."""
    known: Mapping[str, str]
    """SHA-256 of a photo to the id of the statement that holds its reading."""
    problems: tuple[Problem, ...]


class Reading:
    """The readers of one run, with their limits."""

    def __init__(self, settings: Settings, *, sandbox: Sandbox, folder: Path) -> None:
        self._settings = settings.read
        self.sandbox = sandbox
        self._folder = folder

    def page(
        self,
        answer: Answer,
        *,
        with_requisites: bool = True,
        needs: Callable[[tuple[Requisite, ...]], None] = lambda _: None,
    ) -> tuple[PageReading | None, tuple[Problem, ...]]:
        """What the page says, needs and links; None where it could not be read.

        Args:
            answer: the page.
            with_requisites: whether what it needs to be shown is asked for.
            needs: told what that is while the rest is still being read.
        """
        limit = self._settings.max_page
        decoded = decode(joined(answer.payload, limit), answer.coding, max_bytes=limit)
        problems = (_problem("undecodable", answer, decoded.problem),) if decoded.problem else ()
        headers = [(field.name, field.value) for field in answer.head.fields]
        try:
            reading = self.sandbox.page(
                decoded.data,
                url=answer.uri,
                status=answer.head.status,
                headers=headers,
                media_type=answer.media_type,
                with_requisites=with_requisites,
                needs=needs,
            )
        except BadDocument as error:
            return None, (*problems, _problem("unreadable", answer, str(error)))
        return reading, problems

    def document(self, answer: Answer) -> tuple[Document | None, tuple[Problem, ...]]:
        """What the document says; None where it could not be read.

        Raises:
            DiskFailed: there is no room for a document that is too large for the pipe.
        """
        media_type = answer.media_type or "application/octet-stream"
        pieces = decode_stream(answer.payload, answer.coding, max_bytes=self._settings.max_document)
        try:
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".tmp-document-") as file:
                few = _collect(pieces, file)
                source: bytes | Path = Path(file.name) if few is None else few
                document = self.sandbox.document(source, url=answer.uri, sha256=answer.sha256, media_type=media_type)
        except (BadCoding, BadDocument) as error:
            return None, (_problem("unreadable", answer, str(error)),)
        except OSError as error:
            raise disk_failed(self._folder, error) from error
        if document.page_count is not None or _is_never_read(media_type):
            return document, ()
        return document, tuple(_problem("unreadable", answer, said) for said in document.problems)

    def pictures(
        self, photos: Iterable[Capture], *, find: Callable[[Capture], Answer], holders: Mapping[str, str]
    ) -> Pictures:
        """What the files of these photos say of themselves.

        Args:
            photos: captures that came whole.
            find: gives the answer to be read.
            holders: SHA-256 of a photo to the id of the statement that holds its reading; it is not read again.
        """
        wanted = {capture.payload.sha256: capture for capture in photos}
        known = {sha256: holders[sha256] for sha256 in wanted if sha256 in holders}
        unread = [capture for sha256, capture in wanted.items() if sha256 not in known][:MAX_PICTURES]
        read: list[PictureFacts] = []
        problems: list[Problem] = []
        for uri, found in self._each_picture(unread, find):
            if isinstance(found, ArchivistError):
                problems.append(Problem(code="unreadable", about=uri, said=str(found)))
            elif found.says_something:
                read.append(found)
        return Pictures(read=tuple(read), known=known, problems=tuple(problems))

    def _each_picture(
        self, captures: Sequence[Capture], find: Callable[[Capture], Answer]
    ) -> Iterator[tuple[str, PictureFacts | ArchivistError]]:
        """The address of each, and what its file says or why it cannot be read; many are read in one turn."""
        found: list[PictureFacts | ArchivistError | None] = [None] * len(captures)
        waiting: dict[int, Picture] = {}
        for number, capture in enumerate(captures):
            try:
                waiting[number] = self._picture(find(capture))
            except ArchivistError as error:
                found[number] = error
            if number == len(captures) - 1 or sum(len(each.data) for each in waiting.values()) > _INLINE:
                for one, facts in zip(waiting, self.sandbox.pictures([*waiting.values()]), strict=True):
                    found[one] = facts
                waiting.clear()
        for capture, each in zip(captures, found, strict=True):
            assert each is not None
            yield capture.uri, each

    def _picture(self, answer: Answer) -> Picture:
        limit = self._settings.max_page
        data = decode(joined(answer.payload, limit), answer.coding, max_bytes=limit).data
        return Picture(data=data, url=answer.uri, sha256=answer.sha256)


def answer_of(exchange: Exchange) -> Answer:
    """The exchange's response, to be read."""
    return Answer(
        uri=exchange.uri,
        head=exchange.head,
        payload=payload_of(exchange),
        sha256=exchange.payload.sha256,
        media_type=exchange.media_type,
    )


def recorded(capture: Capture, reader: ArchiveReader) -> Answer:
    """The answer as it stands in the archive.

    Raises:
        NotFound: the file is missing.
        BadWarc: the record is damaged.
    """
    return Answer(
        uri=capture.uri,
        head=reader.head(capture.described),
        payload=reader.payload(capture),
        sha256=capture.payload.sha256,
        media_type=capture.media_type,
    )


def joined(pieces: Iterable[bytes], limit: int) -> bytes:
    """The pieces as one run of bytes, cut one byte behind the limit: whoever decodes it sees that it is too large."""
    kept, length = [], 0
    for piece in pieces:
        kept.append(piece[: limit + 1 - length])
        length += len(kept[-1])
        if length > limit:
            break
    return b"".join(kept)


def _is_never_read(media_type: str) -> bool:
    """Whether it is a document of a kind that is stored and not read: nothing has failed then."""
    return is_document_type(media_type) and "pdf" not in media_type


def _problem(code: str, answer: Answer, said: str) -> Problem:
    return Problem(code=code, about=answer.uri, said=said)


def _collect(pieces: Iterable[bytes], file: tempfile._TemporaryFileWrapper[bytes]) -> bytes | None:
    """The bytes themselves where they are few; else None, and the file holds them."""
    kept: list[bytes] | None = []
    length = 0
    for piece in pieces:
        length += len(piece)
        if kept is None:
            file.write(piece)
            continue
        kept.append(piece)
        if length > _INLINE:
            file.write(b"".join(kept))
            kept = None
    file.flush()
    return None if kept is None else b"".join(kept)
