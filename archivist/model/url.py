"""Addresses: what names an article, and where its manifests live.

The *key* of an article is its address with everything removed that does not choose the page: fragment, default port,
letter case of scheme and host, tracking parameters. Two spellings with one key are one article.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from archivist.errors import UsageError

__all__ = ["absolute", "folder_of", "host_of", "is_tracking", "key_of", "normalise", "origin_of", "parse_url"]

MAX_URL = 8192
"""Characters; longer ones are not addresses that a person can cite (RFC 9110 4.1 asks for 8000 at least)."""

_TRACKING = re.compile(
    r"^(utm_\w+|(fb|g|d|tw|y|ms)clid|gbraid|wbraid|igshid|mc_[ce]id|_g[al]|cmpid|ocid|at_\w+)$", re.IGNORECASE
)
_DEFAULT_PORT = {"http": 80, "https": 443}
# What ``normalise`` and ``urljoin`` give back as it is: nearly every address met, told without taking it apart.
# Left out: ":80" and ":443", five-digit ports, and ";", whose empty parameter urljoin drops.
_SETTLED = re.compile(
    r"https?://[a-z0-9.\-]+(?::(?!80/|443/)[1-9][0-9]{0,3})?/[A-Za-z0-9/:\[\]@!$&'()*+,=%\-._~]*"
    r"(?:\?[A-Za-z0-9/:\[\]@!$&'()*+,=%\-._~?]+)?"
)
_LINE_BREAKS = re.compile(r"[\t\r\n]")
_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`]")


def parse_url(text: str) -> str:
    """The address a person typed, normalised.

    Raises:
        UsageError: it is not an http or https address, is too long, or carries a password.
    """
    text = text.strip()
    if len(text) > MAX_URL:
        raise UsageError(f"the address is {len(text)} characters long; {MAX_URL} is the limit")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"{text!r} is not a web address: {error}") from error
    if parts.scheme.lower() not in _DEFAULT_PORT:
        raise UsageError(_wrong_scheme(text, parts.scheme), hint="archivist snap https://example.org/article")
    if not parts.hostname or port == 0:
        raise UsageError(f"{text!r} is not a web address: it names no host")
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            f"the address of {parts.hostname} carries a user name or password",
            hint="leave it out: an address is published with every citation",
        )
    try:
        return normalise(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a web address: {error}") from error


def _wrong_scheme(text: str, scheme: str) -> str:
    if not scheme or "." in scheme:
        return f"{text!r} is not a web address: it should begin with https:// or http://"
    if text.lower().startswith(("htp", "hhtp", "htt", "ttp")):
        rest = re.sub(r"^[a-z]+:/*", "", text, flags=re.IGNORECASE)
        return f"{text!r} is not a web address; did you mean https://{rest} ?"
    return f"{text!r} is not a web address: only http and https are fetched, not {scheme}"


def normalise(url: str) -> str:
    """The address as it is requested and recorded: no fragment, host in lower case and punycode, unsafe bytes escaped.

    Raises:
        ValueError: it cannot be taken apart (urllib's reasons).
    """
    if _SETTLED.fullmatch(url):
        return url
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    host = _host(parts.hostname or "")
    netloc = host if parts.port in (None, _DEFAULT_PORT.get(scheme)) else f"{host}:{parts.port}"
    path = _escape(parts.path) or "/"
    return urlunsplit((scheme, netloc, path, _escape(parts.query), ""))


def _host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError as error:
        raise ValueError(f"{host!r} is not a host name") from error


def _escape(text: str) -> str:
    return _UNSAFE.sub(lambda m: quote(m[0], safe=""), quote(text, safe="/:?#[]@!$&'()*+,;=%-._~\"<>{}|\\^`"))


def absolute(base: str, reference: str) -> str | None:
    """``reference`` resolved against ``base``, normalised, or None where it leads to no http(s) address."""
    reference = reference.strip()
    if not reference or len(reference) > MAX_URL:
        return None
    return reference if _SETTLED.fullmatch(reference) else _resolved(base, reference)


@lru_cache(maxsize=2_048)
def _resolved(base: str, reference: str) -> str | None:
    reference = _LINE_BREAKS.sub("", reference)
    try:
        if reference[0] == "/" and "/." not in reference:
            # RFC 3986 5.2.2: no segment to merge or remove, so that the parts need only be put together.
            whole = (origin_of(base) if reference[:2] != "//" else f"{base.partition(':')[0]}:") + reference
            if _SETTLED.fullmatch(whole):
                return whole
        url = urljoin(base, reference)
        parts = urlsplit(url)
        if parts.scheme.lower() not in _DEFAULT_PORT or not parts.hostname or "@" in parts.netloc:
            return None
        return normalise(url)
    except ValueError:
        return None


def key_of(url: str) -> str:
    """What names the article: the normalised address without tracking parameters."""
    parts = urlsplit(normalise(url))
    if not parts.query:
        return urlunsplit(parts)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not is_tracking(pair[0])]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def is_tracking(name: str) -> bool:
    """A parameter of this name only says where a reader came from (docs/format/manifest.md, keys of articles)."""
    return _TRACKING.match(name) is not None


@lru_cache(maxsize=256)  # asked several times of each address while it is fetched
def host_of(url: str) -> str:
    """The host, without port, in lower case."""
    return (urlsplit(url).hostname or "").lower()


@lru_cache(maxsize=64)
def origin_of(url: str) -> str:
    """Scheme, host and port (RFC 6454): the scope of robots.txt and of pace."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def folder_of(url: str) -> str:
    """The folder of an article's manifests below ``manifests/``: ``www.example.org/a-slug-1a2b3c4d``.

    The slug is for people; the eight hex digits of the key's SHA-256 keep two addresses apart.
    """
    key = key_of(url)
    parts = urlsplit(key)
    words = [word for word in re.split(r"[^a-z0-9]+", unquote(parts.path).lower()) if word]
    last = [word for word in words if not word.isdigit()][-8:]
    slug = "-".join(last)[:60].strip("-") or "front"
    host = re.sub(r"[^a-z0-9.-]", "_", parts.netloc.lower())
    return f"{host}/{slug}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
