"""One hop: a request to one address, tried again where the trouble may pass, and the exchange that came of it."""

from __future__ import annotations

import datetime as dt
import email.utils
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from urllib3.exceptions import HTTPError, LocationValueError

from archivist.clock import Clock
from archivist.errors import FetchError, Unreachable
from archivist.fetch.pace import Pace
from archivist.fetch.pool import Hold, Recorder
from archivist.fetch.request import Validators, accept_for, redacted, referer
from archivist.fetch.spool import SpoolWriter
from archivist.fetch.tap import RecordedResponse
from archivist.fetch.trouble import Passing, Stale
from archivist.model.capture import Role, Truncation
from archivist.model.config import FetchSettings
from archivist.model.url import absolute, host_of
from archivist.proof.digest import sha256_hex
from archivist.wire.exchange import Exchange, Spool
from archivist.wire.head import ResponseHead

__all__ = ["Errand", "Hops", "is_redirect"]

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# RFC 9110 15.6.3-5 and RFC 6585 4: the states that a server calls temporary.
_TEMPORARY: Final = frozenset({429, 502, 503, 504})
_FIRST_PAUSE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is asked of one address."""

    url: str
    role: Role
    kind: str | None = None
    via: str | None = None
    max_bytes: int
    wanted: Callable[[ResponseHead], bool] | None = None
    """Whether the body is worth having, judged by the head of an answer that is no redirect."""
    validators: Validators | None = None
    cookie: str | None = None


class Hops:
    """Runs errands; safe to use from many threads."""

    def __init__(
        self,
        recorder: Recorder,
        *,
        settings: FetchSettings,
        clock: Clock,
        pace: Pace,
        spool_folder: Path,
        agent: str,
        until: float = math.inf,
    ) -> None:
        self._recorder = recorder
        self._settings = settings
        self._clock = clock
        self._pace = pace
        self._spool_folder = spool_folder
        self._agent = agent
        self._until = until

    def run(self, errand: Errand) -> Exchange | None:
        """Return the last answer that came; None: the head was not what was wanted.

        Raises:
            Forbidden: the gate says no.
            Unreachable: no answer came.
        """
        kept: Exchange | None = None
        for tried in range(self._settings.retries + 1):
            is_last = tried == self._settings.retries or self._clock.monotonic() >= self._until
            pause: float | None = _FIRST_PAUSE * 2**tried
            try:
                exchange = self._try(errand, is_last=is_last)
            except (FetchError, Passing) as trouble:
                is_over = is_last or isinstance(trouble, FetchError)
                if is_over and kept is None:
                    raise (trouble.error if isinstance(trouble, Passing) else trouble) from trouble.__cause__
                if is_over:
                    return kept
            else:
                if kept is not None:
                    kept.response.close()
                if exchange is None:
                    return None
                kept = replace(exchange, notes=(*exchange.notes, "retried")) if tried else exchange
                pause = self._pause_after(kept, usual=pause or 0.0)
                if is_last or pause is None:
                    return kept
            self._clock.sleep(pause or 0.0)
        raise AssertionError("the last try returns or raises")

    def _try(self, errand: Errand, *, is_last: bool) -> Exchange | None:
        host = host_of(errand.url)
        # Each pass meets another pooled connection that the server has closed meanwhile; then a new one is made.
        for _ in range(self._settings.connections + 1):
            try:
                with self._pace.slot(host):
                    return self._exchange(errand, is_last=is_last)
            except Stale:
                continue
        raise Passing(Unreachable(f"{host} closes every connection before it answers"))

    def _exchange(self, errand: Errand, *, is_last: bool) -> Exchange | None:
        started, begun = self._clock.now(), self._clock.monotonic()
        hold = self._ask(errand)
        head = hold.response.reader.head
        assert head is not None
        may_pass = head.status in _TEMPORARY and not is_last
        if errand.wanted and not is_redirect(head) and not may_pass and not errand.wanted(head):
            hold.drop()
            return None
        writer = SpoolWriter(self._spool_folder)
        try:
            truncated = hold.response.drain(writer)
            spool = writer.finish()
        except BaseException:
            hold.drop()
            writer.discard()
            raise
        if truncated is None:
            hold.keep()
        else:
            hold.drop()
        return _exchange_of(
            errand,
            hold.response,
            spool=spool,
            truncated=truncated,
            started=started,
            seconds=self._clock.monotonic() - begun,
        )

    def _ask(self, errand: Errand) -> Hold:
        try:
            return self._recorder.ask(errand.url, fields=self._fields(errand), max_bytes=errand.max_bytes)
        except (LocationValueError, UnicodeError) as error:
            raise Unreachable(f"{errand.url} cannot be asked for: {error}") from error
        except (HTTPError, OSError) as error:
            # What the recorder met itself it has put into words; this is what urllib3 met while sending.
            raise Passing(Unreachable(f"{host_of(errand.url)} broke the request off: {error}")) from error

    def _fields(self, errand: Errand) -> list[tuple[str, str]]:
        fields = [
            ("User-Agent", self._agent),
            ("Accept", accept_for(errand.role, errand.kind)),
            # Others are decoded by too few readers of archives: zstd by none, br by some.
            ("Accept-Encoding", "gzip"),
        ]
        shown_by = referer(errand.url, errand.via) if errand.role == "requisite" else None
        if shown_by:
            fields.append(("Referer", shown_by))
        if errand.cookie:
            fields.append(("Cookie", errand.cookie))
        return fields + (errand.validators.fields() if errand.validators else [])

    def _pause_after(self, exchange: Exchange, *, usual: float) -> float | None:
        """How long to wait before asking again; None: this answer stands."""
        if exchange.location is None and exchange.truncated == "disconnect":
            return usual
        if exchange.head.status not in _TEMPORARY:
            return None
        asked = _retry_after(exchange.head, now=self._clock.now())
        if asked is None:
            return usual
        if asked <= self._settings.max_retry_after:
            return asked
        self._pace.hold(host_of(exchange.uri), asked)
        return None


def is_redirect(head: ResponseHead) -> bool:
    """Whether the answer sends us elsewhere (RFC 9110 15.4)."""
    return head.status in _REDIRECTS and bool(head.get("location"))


def _exchange_of(
    errand: Errand,
    response: RecordedResponse,
    *,
    spool: Spool,
    truncated: Truncation | None,
    started: dt.datetime,
    seconds: float,
) -> Exchange:
    request, names = redacted(response.request)
    head, peer, notes = response.reader.head, response.connection.peer, response.reader.notes
    assert head is not None
    assert peer is not None
    return Exchange(
        uri=errand.url,
        method="GET",
        role=errand.role,
        kind=errand.kind,
        via=errand.via,
        started=started,
        seconds=seconds,
        request=request,
        redacted=names,
        head=head,
        response=spool,
        head_length=response.reader.head_length,
        block_sha256=response.block_sha256,
        request_sha256=sha256_hex(request),
        payload=response.payload,
        is_transfer_coded=response.reader.framing == "chunked" or "unknown-transfer-coding" in notes,
        truncated=truncated,
        notes=notes,
        peer=peer,
        location=_location(errand.url, head),
    )


def _location(url: str, head: ResponseHead) -> str | None:
    value = head.get("location") if head.status in _REDIRECTS else None
    if not value:
        return None
    raw = value.encode("latin-1")
    try:
        return absolute(url, raw.decode("utf-8"))
    except UnicodeDecodeError:
        return absolute(url, value)


def _retry_after(head: ResponseHead, *, now: dt.datetime) -> float | None:
    """Seconds to wait (RFC 9110 10.2.3); None: nothing is said that makes sense."""
    value = (head.get("retry-after") or "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:12])
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:  # "-0000": UTC of an unknown place (RFC 5322 3.3)
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - now).total_seconds())
