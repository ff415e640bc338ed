"""Everything that belongs to one page: the page, what it needs to be shown, the documents that its text links.

What several pages of a run need is fetched for the first and carried by the others (``shared``); what an unchanged
page needs is mostly carried over from the article's last snapshot (``known``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from queue import SimpleQueue

from archivist.errors import ArchivistError, BadDocument, FetchError
from archivist.fetch.client import Fetcher
from archivist.fetch.outcome import Fetched
from archivist.model.capture import Problem
from archivist.model.config import FetchSettings
from archivist.model.media import is_document_type
from archivist.model.page import PageReading, Requisite
from archivist.pipeline.gathered import Gathered, problem_of
from archivist.pipeline.known import Due, Known
from archivist.pipeline.progress import Tally
from archivist.pipeline.reading import Reading, joined
from archivist.pipeline.shared import Share, Shared, Use
from archivist.store.members import NOT_MODIFIED
from archivist.wire.charset import decode_text
from archivist.wire.codings import decode
from archivist.wire.exchange import Exchange
from archivist.wire.http1 import ResponseHead

__all__ = ["Gatherer"]

MAX_DEPTH = 4
"""Style sheets that import style sheets: page, sheet, import, import."""
MAX_SHEET = 4 * 1024 * 1024
"""Bytes of a style sheet that are searched for references."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A requisite on its way."""

    item: Requisite
    via: str
    depth: int


class Gatherer:
    """Fetches pages with all that belongs to them. One for a run; ``gather`` may be called from many threads."""

    def __init__(
        self,
        settings: FetchSettings,
        *,
        fetcher: Fetcher,
        reading: Reading,
        shared: Shared,
        pool: Executor,
        tally: Tally,
    ) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._reading = reading
        self._shared = shared
        self._pool = pool
        self._tally = tally

    def wait_of(self, host: str) -> float:
        """Seconds for which the host asked to be left alone."""
        return self._fetcher.wait_of(host)

    def gather(self, url: str, *, known: Known, is_kept: Callable[[ResponseHead], bool]) -> Gathered:
        """Fetch the page and all that belongs to it.

        Args:
            url: of the page.
            known: what the article's last snapshot knows.
            is_kept: whether an answer is stored at all; asked for the page's own.

        Raises:
            FetchError: there is no page to store.
        """
        fetched = self._fetcher.fetch(url, role="page", known=known.validators)
        self._tally.fetched(fetched)
        page = _page_of(fetched, url)
        if not is_kept(page.head):
            _discard(fetched.exchanges)
            raise FetchError(
                f"{url} answered {page.head.status} {page.head.reason}".rstrip(),
                hint="--keep-errors stores the answer as evidence",
            )
        gathered = Gathered(page=page, hops=fetched.exchanges, known=known)
        gathered.problems += problem_of(fetched, url)
        try:
            due = known.due() if known.is_unchanged(page) else None
            if due is None:
                self._all(gathered)
            else:
                self._due(gathered, due)
            shares = (*gathered.shares, *gathered.carried)
            gathered.problems += [problem for share in shares for problem in share.problems]
        except BaseException as error:
            gathered.abandon(error)
            gathered.close()
            raise
        return gathered

    def _all(self, gathered: Gathered) -> None:
        """All that the page needs and links; its requisites are on their way while the rest of it is read."""
        wanted = _Requisites(gathered, gatherer=self)
        try:
            answer = gathered.known.answer(gathered.page)
        except ArchivistError as error:
            gathered.problems.append(Problem(code="unreadable", about=gathered.page.uri, said=str(error)))
            return
        gathered.reading, problems = self._reading.page(answer, needs=wanted.want)
        gathered.problems += problems
        if gathered.reading is not None:
            documents = self._documents(gathered, self._linked(gathered, gathered.reading))
            wanted.want(gathered.reading.requisites)
            wanted.wait()
            self._wait(gathered, documents)
        else:
            wanted.wait()

    def _due(self, gathered: Gathered, due: Due) -> None:
        """What is asked for again of a page that is unchanged."""
        gathered.is_unchanged = True
        gathered.kept = due.kept
        wanted = _Requisites(gathered, gatherer=self)
        documents = self._documents(gathered, due.documents)
        if due.image:
            wanted.want([Requisite(url=due.image, kind="image", at="")])
        wanted.wait()
        self._wait(gathered, documents)

    def _linked(self, gathered: Gathered, reading: PageReading) -> Mapping[str, bool]:
        """The addresses of documents, and whether each is certain to be one."""
        linked = reading.article.documents if reading.article else ()
        # What words alone call a document may be a page about it.
        certain = {link.url for link in linked if not link.is_told}
        urls = [*dict.fromkeys(link.url for link in (*linked, *reading.possible))]
        limit = self._settings.max_documents
        if len(urls) > limit:
            gathered.problems.append(_over_limit(gathered.page.uri, limit, "documents"))
        return {url: url in certain for url in urls[:limit]}

    def _documents(self, gathered: Gathered, urls: Mapping[str, bool]) -> list[Share]:
        """The documents are on their way."""
        found = []
        for url, is_certain in urls.items():
            use: Use = "document" if is_certain else "perhaps a document"
            share, is_mine = self._shared.claim(url, use)
            (gathered.documents if is_mine else gathered.carried).append(share)
            if is_mine:
                self._pool.submit(self._fetch_document, share, gathered, is_certain=is_certain)
            found.append(share)
        return found

    @staticmethod
    def _wait(gathered: Gathered, documents: Iterable[Share]) -> None:
        for share in documents:
            share.fetched.result()
            gathered.declined |= {share.url} if share.is_declined else set()

    def _fetch_document(self, share: Share, gathered: Gathered, *, is_certain: bool) -> None:
        """Fetch one document; whatever happens, those who wait for it are told."""
        try:
            fetched = self._fetcher.fetch(
                share.url,
                role="document",
                via=gathered.page.uri,
                wanted=None if is_certain else _is_document,
                known=gathered.known.validators,
            )
            self._tally.fetched(fetched)
            share.exchanges, share.is_declined = fetched.exchanges, fetched.declined
            share.problems = () if fetched.declined else problem_of(fetched, share.url)
        except Exception as error:  # noqa: BLE001  # told to every page that waits, and raised there
            share.fetched.set_exception(error)
        else:
            share.fetched.set_result(())

    def share(self, gathered: Gathered, wanted: _Wanted) -> Future[tuple[Requisite, ...]]:
        """The requisite is on its way, for this page or for another one."""
        share, is_mine = self._shared.claim(wanted.item.url, "requisite")
        (gathered.requisites if is_mine else gathered.carried).append(share)
        if is_mine:
            self._pool.submit(self._fetch_requisite, share, gathered, wanted)
        return share.fetched

    def _fetch_requisite(self, share: Share, gathered: Gathered, wanted: _Wanted) -> None:
        """Fetch one requisite; whatever happens, those who wait for it are told."""
        found: tuple[Requisite, ...] = ()
        try:
            fetched = self._fetcher.fetch(
                wanted.item.url,
                role="requisite",
                kind=wanted.item.kind,
                via=wanted.via,
                known=gathered.known.validators,
            )
            self._tally.fetched(fetched)
            share.exchanges, share.problems = fetched.exchanges, problem_of(fetched, wanted.item.url)
            found = self._inside(fetched, gathered, wanted)
        except Exception as error:  # noqa: BLE001  # told to every page that waits, and raised there
            share.fetched.set_exception(error)
        else:
            share.fetched.set_result(found)

    def _inside(self, fetched: Fetched, gathered: Gathered, wanted: _Wanted) -> tuple[Requisite, ...]:
        """What a style sheet needs in its turn."""
        if wanted.item.kind != "stylesheet" or fetched.error or not fetched.exchanges:
            return ()
        sheet = fetched.exchanges[-1]
        if sheet.head.status != 200 and gathered.known.confirmed(sheet) is None:
            return ()
        try:
            answer = gathered.known.answer(sheet)
            decoded = decode(joined(answer.payload, MAX_SHEET), answer.coding, max_bytes=MAX_SHEET)
            text = decode_text(decoded.data, answer.head.get("content-type")).text
            return self._reading.sandbox.stylesheet(text, url=sheet.uri)
        except (BadDocument, ArchivistError):
            return ()

    @property
    def max_requisites(self) -> int:
        """Of one page."""
        return self._settings.max_requisites


class _Requisites:
    """The requisites of one page, and what those need in their turn."""

    def __init__(self, gathered: Gathered, *, gatherer: Gatherer) -> None:
        self._gathered = gathered
        self._gatherer = gatherer
        self._limit = gatherer.max_requisites
        self._seen = {gathered.page.uri}
        self._is_over = False
        self._waiting: dict[Future[tuple[Requisite, ...]], _Wanted] = {}
        self._fetched: SimpleQueue[Future[tuple[Requisite, ...]]] = SimpleQueue()

    def want(self, items: Iterable[Requisite]) -> None:
        """These are on their way; what is already, or was, is passed over."""
        self._want(_Wanted(item=item, via=self._gathered.page.uri, depth=1) for item in items)

    def wait(self) -> None:
        """All that is wanted has been fetched, and what it needs."""
        while self._waiting:
            future = self._fetched.get()
            by = self._waiting.pop(future)
            self._want(_Wanted(item=item, via=by.item.url, depth=by.depth + 1) for item in future.result())
        if self._is_over:
            page = self._gathered.page.uri
            self._gathered.problems.append(_over_limit(page, self._limit, "requisites"))

    def _want(self, all_wanted: Iterable[_Wanted]) -> None:
        for wanted in all_wanted:
            if wanted.item.url in self._seen or wanted.depth > MAX_DEPTH:
                continue
            if len(self._seen) > self._limit:
                self._is_over = True
                return
            self._seen.add(wanted.item.url)
            future = self._gatherer.share(self._gathered, wanted)
            self._waiting[future] = wanted
            future.add_done_callback(self._fetched.put)


def _page_of(fetched: Fetched, url: str) -> Exchange:
    """The answer for the page itself.

    Raises:
        FetchError: there is none.
    """
    if fetched.error is None and fetched.exchanges:
        return fetched.exchanges[-1]
    _discard(fetched.exchanges)
    raise fetched.error or FetchError(f"{url} gave no answer")


def _over_limit(url: str, limit: int, what: str) -> Problem:
    return Problem(code="limit", about=url, said=f"only the first {limit} {what} were fetched")


def _is_document(head: ResponseHead) -> bool:
    # We ask with conditions only for what was a document the last time.
    return head.status == NOT_MODIFIED or is_document_type(head.get("content-type"))


def _discard(exchanges: Iterable[Exchange]) -> None:
    for exchange in exchanges:
        exchange.response.close()
