"""The fields of our requests: what we say, what a page makes us say back, and what of it must not be recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Final, cast
from urllib.request import Request

from archivist.model.url import origin_of
from archivist.wire.head import ResponseHead

if TYPE_CHECKING:
    from http.client import HTTPResponse

__all__ = ["PLACEHOLDER", "Cookies", "Validators", "accept_for", "redacted", "referer"]

PLACEHOLDER: Final = b"archivist-redacted"
_SECRET: Final = re.compile(rb"(?im)^(cookie|authorization|proxy-authorization)(:[ \t]*)[^\r\n]*")
_CONTROL: Final = re.compile(r"[^\x20-\x7e\x80-\xff]")

# As browsers send them (WHATWG Fetch, 2.2.5 and 5.1), less what an archive's readers could not show: no AVIF, no JXL.
_PAGE: Final = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ACCEPT: Final = {
    "image": "image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "icon": "image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "stylesheet": "text/css,*/*;q=0.1",
    "font": "font/woff2,font/woff;q=0.9,*/*;q=0.8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an earlier capture of the same address knows, for a conditional request (RFC 9110 13.1)."""

    etag: str | None = None
    last_modified: str | None = None

    def fields(self) -> list[tuple[str, str]]:
        """``If-None-Match`` and ``If-Modified-Since``; a value that could not stand in a field is left out."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return [(name, value) for name, value in pairs if value and not _CONTROL.search(value)]


def accept_for(role: str, kind: str | None) -> str:
    """The Accept field of a browser that asks for the same thing."""
    if role == "robots":
        return "text/plain,*/*;q=0.5"
    return _PAGE if role in {"page", "document"} else _ACCEPT.get(kind or "", "*/*")


def referer(url: str, via: str | None) -> str | None:
    """The page that shows ``url``, as browsers name it by default: ``strict-origin-when-cross-origin``."""
    if via is None or (via.startswith("https:") and not url.startswith("https:")):
        return None
    return via if origin_of(via) == origin_of(url) else f"{origin_of(via)}/"


def redacted(request: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The request with its secrets replaced, and the names of the fields they stood in."""
    head, blank, body = request.partition(b"\r\n\r\n")
    names = dict.fromkeys(match[1].decode("ascii") for match in _SECRET.finditer(head))
    if not names:
        return request, ()
    return _SECRET.sub(rb"\1\2" + PLACEHOLDER, head) + blank + body, tuple(names)


class Cookies:
    """The cookies of one chain of redirects, forgotten with it: every capture meets a site as a stranger."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None

    def take(self, url: str, head: ResponseHead) -> None:
        """The cookies that a response sets are known, where its host may set them (RFC 6265 5.3)."""
        values = head.get_all("set-cookie")
        if not values:
            return
        self._jar = self._jar or CookieJar()
        message = Message()
        for value in values:
            message["Set-Cookie"] = _CONTROL.sub("", value)
        # CookieJar asks a response for nothing but info().
        answer: HTTPResponse = cast("HTTPResponse", _Answer(message))
        self._jar.extract_cookies(answer, _asked(url))

    def header(self, url: str) -> str | None:
        """The Cookie field for a request to ``url``, if there is anything to say."""
        if self._jar is None:
            return None
        request = _asked(url)
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie")


class _Answer:
    """What CookieJar asks of a response."""

    def __init__(self, message: Message) -> None:
        self._message = message

    def info(self) -> Message:
        return self._message


def _asked(url: str) -> Request:
    return Request(url)  # noqa: S310 - never opened: CookieJar reads host, path and scheme off it
