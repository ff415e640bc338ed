"""Everything that belongs to one page: the page, what it needs to be shown, the documents that its text links.

Requisites that several pages of a run need are fetched for the first and carried by the others (``shared``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from queue import SimpleQueue

from archivist.errors import BadDocument, FetchError, Forbidden
from archivist.fetch.client import Fetcher
from archivist.fetch.outcome import Fetched
from archivist.model.capture import Problem
from archivist.model.config import FetchSettings
from archivist.model.media import is_document_type
from archivist.model.page import PageReading, Requisite
from archivist.pipeline.reading import Reading, answer_of, joined
from archivist.pipeline.shared import Share, Shared
from archivist.wire.charset import decode_text
from archivist.wire.codings import decode
from archivist.wire.exchange import Exchange, payload_of
from archivist.wire.http1 import ResponseHead

__all__ = ["Gathered", "Gatherer", "problem_of"]

MAX_DEPTH = 4
"""Style sheets that import style sheets: page, sheet, import, import."""
MAX_SHEET = 4 * 1024 * 1024
"""Bytes of a style sheet that are searched for references."""


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What was fetched for one page."""

    page: Exchange
    hops: tuple[Exchange, ...]
    """robots.txt where it was asked, the redirects, the page."""
    shares: list[Share] = field(default_factory=list)
    """Requisites that this page fetched, to be told where they were stored."""
    carried: list[Share] = field(default_factory=list)
    """Requisites that another page of the run fetched."""
    documents: list[Fetched] = field(default_factory=list)
    declined: set[str] = field(default_factory=set)
    """Links to possible documents, as the server answers none."""
    reading: PageReading | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def exchanges(self) -> list[Exchange]:
        """All of them, in the order in which they are stored: page, requisites as found, documents as linked.

        robots.txt comes behind the page, which is what a person looks for first in a WARC file.
        """
        way = sorted(self.hops, key=lambda exchange: exchange.role == "robots")
        mine = [exchange for share in self.shares for exchange in share.exchanges]
        return [*way, *mine, *(exchange for each in self.documents for exchange in each.exchanges)]

    def abandon(self, error: BaseException) -> None:
        """Nothing was stored: those who wait for what this page fetched for all are told."""
        for share in self.shares:
            if not share.stored.done():
                share.stored.set_exception(error)

    def close(self) -> None:
        """Give memory and temporary files back."""
        for exchange in self.exchanges:
            exchange.response.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A requisite on its way."""

    item: Requisite
    via: str
    depth: int


class Gatherer:
    """Fetches pages with all that belongs to them. One for a run; ``gather`` may be called from many threads."""

    def __init__(
        self, settings: FetchSettings, *, fetcher: Fetcher, reading: Reading, shared: Shared, pool: Executor
    ) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._reading = reading
        self._shared = shared
        self._pool = pool

    def wait_of(self, host: str) -> float:
        """Seconds for which the host asked to be left alone."""
        return self._fetcher.wait_of(host)

    def gather(self, url: str, *, is_kept: Callable[[ResponseHead], bool]) -> Gathered:
        """Fetch the page and all that belongs to it.

        Args:
            url: of the page.
            is_kept: whether an answer is stored at all; asked for the page's own.

        Raises:
            FetchError: there is no page to store.
        """
        fetched = self._fetcher.fetch(url, role="page")
        page = _page_of(fetched, url)
        if not is_kept(page.head):
            _discard(fetched.exchanges)
            raise FetchError(
                f"{url} answered {page.head.status} {page.head.reason}".rstrip(),
                hint="--keep-errors stores the answer as evidence",
            )
        gathered = Gathered(page=page, hops=fetched.exchanges)
        gathered.problems += problem_of(fetched, url)
        try:
            gathered.reading, problems = self._reading.page(answer_of(page))
            gathered.problems += problems
            if gathered.reading is not None:
                self._requisites(gathered, gathered.reading)
                self._documents(gathered, gathered.reading)
            shares = (*gathered.shares, *gathered.carried)
            gathered.problems += [problem for share in shares for problem in share.problems]
        except BaseException as error:
            gathered.abandon(error)
            gathered.close()
            raise
        return gathered

    def _requisites(self, gathered: Gathered, reading: PageReading) -> None:
        limit, seen = self._settings.max_requisites, {gathered.page.uri}
        waiting: dict[Future[tuple[Requisite, ...]], _Wanted] = {}
        fetched: SimpleQueue[Future[tuple[Requisite, ...]]] = SimpleQueue()
        queue = [_Wanted(item=item, via=gathered.page.uri, depth=1) for item in reading.requisites]
        is_over = False
        while queue or waiting:
            for wanted in queue:
                if wanted.item.url in seen or wanted.depth > MAX_DEPTH:
                    continue
                if len(seen) > limit:
                    is_over = True
                    break
                seen.add(wanted.item.url)
                future = self._share(gathered, wanted)
                waiting[future] = wanted
                future.add_done_callback(fetched.put)
            queue = []
            if waiting:
                future = fetched.get()
                wanted = waiting.pop(future)
                queue = [_Wanted(item=item, via=wanted.item.url, depth=wanted.depth + 1) for item in future.result()]
        if is_over:
            gathered.problems.append(_over_limit(gathered.page.uri, limit, "requisites"))

    def _share(self, gathered: Gathered, wanted: _Wanted) -> Future[tuple[Requisite, ...]]:
        share, is_mine = self._shared.claim(wanted.item.url)
        if is_mine:
            gathered.shares.append(share)
            self._pool.submit(self._fetch_shared, share, wanted)
        else:
            gathered.carried.append(share)
        return share.fetched

    def _fetch_shared(self, share: Share, wanted: _Wanted) -> None:
        """Fetch one requisite; whatever happens, those who wait for it are told."""
        found: tuple[Requisite, ...] = ()
        try:
            fetched = self._fetcher.fetch(wanted.item.url, role="requisite", kind=wanted.item.kind, via=wanted.via)
            share.exchanges, share.problems = fetched.exchanges, problem_of(fetched, wanted.item.url)
            found = self._inside(fetched, wanted)
        except Exception as error:  # noqa: BLE001  # told to every page that waits, and raised there
            share.fetched.set_exception(error)
        else:
            share.fetched.set_result(found)

    def _inside(self, fetched: Fetched, wanted: _Wanted) -> tuple[Requisite, ...]:
        """What a style sheet needs in its turn."""
        if wanted.item.kind != "stylesheet" or fetched.error or not fetched.exchanges:
            return ()
        sheet = fetched.exchanges[-1]
        if sheet.head.status != 200:
            return ()
        decoded = decode(joined(payload_of(sheet), MAX_SHEET), sheet.head.get("content-encoding"), max_bytes=MAX_SHEET)
        text = decode_text(decoded.data, sheet.head.get("content-type")).text
        try:
            return self._reading.sandbox.stylesheet(text, url=sheet.uri)
        except BadDocument:
            return ()

    def _documents(self, gathered: Gathered, reading: PageReading) -> None:
        linked = reading.article.documents if reading.article else ()
        # What words alone call a document may be a page about it.
        certain = {link.url for link in linked if not link.is_told}
        urls = [*dict.fromkeys(link.url for link in (*linked, *reading.possible))]
        limit = self._settings.max_documents
        if len(urls) > limit:
            gathered.problems.append(_over_limit(gathered.page.uri, limit, "documents"))
        futures = {
            url: self._pool.submit(self._document, url, gathered.page.uri, url in certain) for url in urls[:limit]
        }
        for url, future in futures.items():
            fetched = future.result()
            gathered.documents.append(fetched)
            gathered.declined |= {url} if fetched.declined else set()
            gathered.problems += () if fetched.declined else problem_of(fetched, url)

    def _document(self, url: str, via: str, is_certain: bool) -> Fetched:  # noqa: FBT001  # called by the pool
        wanted = None if is_certain else _is_document
        return self._fetcher.fetch(url, role="document", via=via, wanted=wanted)


def _page_of(fetched: Fetched, url: str) -> Exchange:
    """The answer for the page itself.

    Raises:
        FetchError: there is none.
    """
    if fetched.error is None and fetched.exchanges:
        return fetched.exchanges[-1]
    _discard(fetched.exchanges)
    raise fetched.error or FetchError(f"{url} gave no answer")


def problem_of(fetched: Fetched, url: str) -> tuple[Problem, ...]:
    """What went wrong on the way to ``url``, for the manifest."""
    problems = []
    if isinstance(fetched.error, Forbidden):
        problems.append(Problem(code="forbidden", about=url, said=str(fetched.error)))
    elif fetched.error is not None:
        problems.append(Problem(code="unreachable", about=url, said=str(fetched.error)))
    for exchange in fetched.exchanges:
        if exchange.truncated:
            problems.append(Problem(code="truncated", about=exchange.uri, said=_cut(exchange)))
        if exchange.head.status >= 400 and exchange.role != "robots":
            problems.append(Problem(code="http-error", about=exchange.uri, said=f"answered {exchange.head.status}"))
    return tuple(problems)


def _cut(exchange: Exchange) -> str:
    expected = exchange.head.get("content-length")
    of = f" of {expected}" if expected and not exchange.is_transfer_coded else ""
    why = {"length": "our limit", "time": "out of time", "disconnect": "the server closed the connection"}
    reason = why.get(exchange.truncated or "", "for an unknown reason")
    return f"the body stopped after {exchange.payload.length}{of} bytes: {reason}"


def _over_limit(url: str, limit: int, what: str) -> Problem:
    return Problem(code="limit", about=url, said=f"only the first {limit} {what} were fetched")


def _is_document(head: ResponseHead) -> bool:
    return is_document_type(head.get("content-type"))


def _discard(exchanges: Iterable[Exchange]) -> None:
    for exchange in exchanges:
        exchange.response.close()
