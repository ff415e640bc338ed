"""What an article's last snapshot knows: which answers need not be sent again, and what need not be asked for at all.

Rule 1: a page, its first photo and the documents that it links are asked for every time.
Rule 2: all else that an unchanged page needs is carried over, until the last look at any of it is a day old
(``fetch.recheck``), or the page has changed.
Rule 3: no server is believed for ever: a page and a document are asked for without conditions once in that time.
"""

from __future__ import annotations

import datetime as dt
import email.utils
from collections.abc import Mapping
from dataclasses import dataclass

from archivist.clock import read_utc
from archivist.errors import ArchivistError
from archivist.fetch.request import Validators
from archivist.model.capture import Capture
from archivist.model.carried import Placed
from archivist.pipeline.reading import Answer, answer_of, recorded
from archivist.pipeline.seal import Previous
from archivist.store.archive import Original
from archivist.store.members import NOT_MODIFIED
from archivist.store.reader import ArchiveReader
from archivist.wire.exchange import Exchange
from archivist.wire.http1 import ResponseHead
from archivist.workspace import software

__all__ = ["Due", "Known"]

_SURE = 60.0
"""RFC 9110 8.8.2.2: a Last-Modified that lies so many seconds before Date may be trusted to tell two versions apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is asked for again of an unchanged page, and what is not."""

    image: str | None
    """Address of its first photo."""
    documents: Mapping[str, bool]
    """Addresses of the documents that it links, and whether each is certain to be one."""
    kept: tuple[Placed, ...]
    """What else it needs to be shown."""


class Known:
    """The last snapshot of one article, while the next one is taken.

    Args:
        previous: that snapshot, if there is one.
        reader: the WARC files.
        now: when the next one begins.
        recheck: seconds after which everything is asked for again.
    """

    def __init__(self, previous: Previous | None, *, reader: ArchiveReader, now: dt.datetime, recheck: float) -> None:
        self._previous = previous
        self._reader = reader
        self._since = now - dt.timedelta(seconds=recheck)
        self._now = now
        placed = previous.placed if previous else ()
        self._by_uri: Mapping[str, Placed] = {each.capture.uri: each for each in placed}
        self._asked: dict[str, Capture] = {}

    def validators(self, url: str) -> Validators | None:
        """What makes a request for this address a conditional one, where we hold its answer whole."""
        placed = self._by_uri.get(url)
        if placed is None or not placed.capture.is_whole:
            return None
        capture = placed.capture
        if capture.role != "requisite" and not self._is_recent(capture.last_full):
            return None
        try:
            found = _validators(self._reader.head(capture.record))
            if found is None and capture.is_confirmed:
                found = _validators(self._reader.head(capture.original))
        except ArchivistError:
            return None  # damage is for `verify` to judge, and what is asked for in full is stored in full
        if found is not None:
            self._asked[url] = capture
        return found

    def confirmed(self, exchange: Exchange) -> Capture | None:
        """The earlier capture of which this answer says that nothing has changed."""
        return self._asked.get(exchange.uri) if exchange.head.status == NOT_MODIFIED else None

    def original(self, exchange: Exchange) -> Original | None:
        """The stored response that holds the payload of which a 304 speaks."""
        capture = self.confirmed(exchange)
        if capture is None:
            return None
        uri, date = (capture.revisit.uri, capture.revisit.date) if capture.revisit else (capture.uri, capture.date)
        return Original(record=capture.original, uri=uri, date=date, confirmed=capture)

    def answer(self, exchange: Exchange) -> Answer:
        """The answer to be read: that of the network, or the one in the archive that it confirms.

        Raises:
            NotFound: its file is missing.
            BadWarc: its record is damaged.
        """
        capture = self.confirmed(exchange)
        return recorded(capture, self._reader) if capture else answer_of(exchange)

    def is_unchanged(self, page: Exchange) -> bool:
        """Whether the page is to the byte what it was."""
        if self.confirmed(page) is not None:
            return True
        placed = self._by_uri.get(page.uri)
        if placed is None or placed.capture.role != "page" or not placed.capture.is_whole:
            return False
        return page.is_whole and page.payload.sha256 == placed.capture.payload.sha256

    def due(self) -> Due | None:
        """What is still to be asked for once the page is known to be unchanged; None: everything."""
        previous = self._previous
        if previous is None or previous.article_holder is None or previous.is_adopted:
            return None
        article = previous.reading.article
        if article is None or previous.software != software():
            return None
        shown = [each for each in previous.placed if _is_for_show(each.capture)]
        if not all(self._is_recent(each.capture.date) for each in shown):
            return None
        image = next((photo.image for photo in article.photos if photo.image in self._by_uri), None)
        asked_for = self._chain(image)
        return Due(
            image=image,
            documents={link.url: not link.is_told for link in article.documents},
            kept=tuple(each for each in shown if each.capture.uri not in asked_for),
        )

    def _is_recent(self, date: str) -> bool:
        return self._since <= read_utc(date) <= self._now

    def _chain(self, url: str | None) -> dict[str, None]:
        """The addresses to which this one led, itself first."""
        chain: dict[str, None] = {}
        while url is not None and url in self._by_uri and url not in chain:
            chain[url] = None
            url = self._by_uri[url].capture.location
        return chain


def _is_for_show(capture: Capture) -> bool:
    """Whether it is something that the page needs to be shown, or a redirect on the way there."""
    return capture.role == "requisite" or (capture.role == "redirect" and capture.kind is not None)


def _validators(head: ResponseHead) -> Validators | None:
    etag, modified = head.get("etag"), head.get("last-modified")
    if not etag and not _is_sure(modified, head.get("date")):
        return None
    found = Validators(etag=etag, last_modified=modified)
    return found if found.fields() else None


def _is_sure(modified: str | None, date: str | None) -> bool:
    try:
        moments = [email.utils.parsedate_to_datetime(text or "") for text in (modified, date)]
        return (moments[1] - moments[0]).total_seconds() >= _SURE
    except (TypeError, ValueError):
        return False
