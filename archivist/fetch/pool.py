"""The adapter between requests and the recorder: which connection classes the pools use, and under which TLS trust."""

from __future__ import annotations

import ssl
import threading
from operator import itemgetter
from typing import Any, Final
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager

from archivist.errors import UsageError
from archivist.fetch.tap import Line, Order, RecordedHttp, RecordedHttps, RecordedResponse

__all__ = ["Hold", "Recorder", "trust"]

# Pools of more hosts than a run works on at one time would only hold idle sockets.
_HOSTS: Final = 64


class Recorder(HTTPAdapter):
    """Sends requests over recorded connections; safe to use from many threads."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__(pool_connections=_HOSTS, pool_maxsize=line.settings.connections)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:  # noqa: ANN401, FBT001, FBT002
        """The pools are ours."""
        del block, options
        self.poolmanager: PoolManager = _Pools(self._line, hosts=connections, maxsize=maxsize)

    def ask(self, url: str, *, fields: list[tuple[str, str]], max_bytes: int) -> Hold:
        """Send a GET request; return the answer once its head is there.

        Args:
            url: absolute and normalised.
            fields: the request fields, in their order; Host stands before them.
            max_bytes: how much of the message will be read.

        Raises:
            Forbidden: the gate says no.
            Unreachable: no answer, and none to be expected.
            Passing: no answer now.
            Stale: use another connection.
        """
        parts = urlsplit(url)
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        self._line.order = Order(target=target, max_bytes=max_bytes)
        pool: Any = self.poolmanager.connection_from_host(parts.hostname, parts.port, parts.scheme)
        # What ``send`` and ``urlopen`` would do around this - proxies, retries, a Response - has nothing to say here,
        # and takes longer than all the rest of a request.
        connection: RecordedHttp = pool._get_conn()  # noqa: SLF001  # urllib3's own way in for its subclasses
        try:
            connection.timeout = self._line.settings.connect_timeout
            connection.request("GET", target, headers=dict(fields))
            response = connection.getresponse()
        except BaseException:
            connection.close()
            pool._put_conn(connection)  # noqa: SLF001
            raise
        return Hold(pool, response)


class Hold:
    """One answer's hold on its connection; exactly one of ``keep`` and ``drop`` ends it."""

    def __init__(self, pool: Any, response: RecordedResponse) -> None:  # noqa: ANN401  # a pool of urllib3's
        self._pool = pool
        self.response = response

    def keep(self) -> None:
        """The connection serves the next exchange, where the message allows it."""
        if not self.response.reader.keep_alive:
            self.drop()
            return
        self._pool._put_conn(self.response.connection)  # noqa: SLF001

    def drop(self) -> None:
        """The connection is closed."""
        self.response.connection.close()
        self._pool._put_conn(self.response.connection)  # noqa: SLF001


class _Pools(PoolManager):
    """urllib3's pools over connection classes that know the line; one TLS context for all, made when first needed."""

    def __init__(self, line: Line, *, hosts: int, maxsize: int) -> None:
        super().__init__(num_pools=hosts, maxsize=maxsize, block=False)
        self._ca = line.settings.ca
        self._lock = threading.Lock()
        self._tls: ssl.SSLContext | None = None
        # One pool for each origin: nothing else differs between ours, so nothing else need be compared.
        origin: Any = itemgetter("scheme", "host", "port")
        self.key_fn_by_scheme = dict.fromkeys(("http", "https"), origin)
        http = type("Http", (RecordedHttp,), {"line": line})
        https = type("Https", (RecordedHttps,), {"line": line})
        self.pool_classes_by_scheme = {
            "http": type("HttpPool", (HTTPConnectionPool,), {"ConnectionCls": http}),
            "https": type("HttpsPool", (HTTPSConnectionPool,), {"ConnectionCls": https}),
        }

    def _new_pool(
        self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None
    ) -> HTTPConnectionPool:
        context = dict(request_context or {})
        if scheme == "https":
            context["ssl_context"] = self._context()
        return super()._new_pool(scheme, host, port, context)

    def _context(self) -> ssl.SSLContext:
        # Loading the authorities costs 20 ms: once for a run, and not at all without https.
        with self._lock:
            if self._tls is None:
                self._tls = trust(self._ca)
            return self._tls


def trust(ca: str) -> ssl.SSLContext:
    """The TLS context that verifies with the authorities in ``ca``, or else the usual ones.

    Raises:
        UsageError: ``ca`` cannot be read.
    """
    # Not create_default_context: since Python 3.13 it refuses authorities that browsers accept (VERIFY_X509_STRICT).
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cafile=ca or DEFAULT_CA_BUNDLE_PATH)
    except OSError as error:
        raise UsageError(f"fetch.ca names {ca}, which cannot be read as PEM certificates: {error}") from error
    return context
