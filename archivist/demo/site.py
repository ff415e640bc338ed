"""Which bytes lie at which address of the Courier, for one edition; no socket here, so that any server can use it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from archivist.demo import assets, pages, photo, report
from archivist.demo.content import HOST, LETTER_PATH, PRIVACY_PATH, REPORT_PATH, STORIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from archivist.demo.content import Edition, Picture

__all__ = ["Resource", "missing", "picture_bytes", "resource"]

_HTML: Final = "text/html; charset=utf-8"
_PDF: Final = "application/pdf"
_FOUNDED: Final = "2025-01-02T09:00:00+01:00"
_WRITTEN: Final = "2026-11-13T10:30:00+01:00"
_REPORTED: Final = {1: "2026-11-16T14:00:00+01:00", 2: "2026-11-19T17:58:12+01:00"}
_ROBOTS: Final = f"User-agent: *\nDisallow: /admin/\n\n# {HOST} welcomes archives\n"
_WIDTHS: Final = (640, 1200)

_ASSETS: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "/assets/courier.css": (assets.STYLE.encode, "text/css; charset=utf-8"),
    "/assets/type.css": (assets.TYPE_STYLE.encode, "text/css; charset=utf-8"),
    "/assets/courier.js": (assets.SCRIPT.encode, "text/javascript; charset=utf-8"),
    "/assets/icon.svg": (assets.ICON.encode, "image/svg+xml; charset=utf-8"),
    "/assets/waves.svg": (assets.BACKGROUND.encode, "image/svg+xml; charset=utf-8"),
    "/assets/anchor.ttf": (assets.font, "font/ttf"),
    "/favicon.ico": (photo.icon, "image/x-icon"),
    "/robots.txt": (_ROBOTS.encode, "text/plain; charset=utf-8"),
    PRIVACY_PATH: (report.privacy_notice, _PDF),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What lies at one address."""

    body: bytes
    media_type: str
    modified: datetime
    etag: str
    """The entity tag with its quotes: weak for pages, whose counter moves while the page stays the same."""

    status: int = 200

    @property
    def is_text(self) -> bool:
        """Whether compression pays."""
        return "charset" in self.media_type


def resource(path: str, *, edition: Edition, visitors: int) -> Resource | None:
    """Return what lies at ``path`` while ``edition`` stands, or None where nothing lies."""
    if path in _ASSETS:
        make, media_type = _ASSETS[path]
        return _file(make(), media_type=media_type, modified=_FOUNDED)
    if path == REPORT_PATH:
        return _file(report.safety_report(edition.report), media_type=_PDF, modified=_REPORTED[edition.report])
    if path == LETTER_PATH:
        return _file(report.letter(), media_type=_PDF, modified=_WRITTEN)
    return _picture(path, edition=edition) or _page(path, edition=edition, visitors=visitors)


def missing(*, visitors: int) -> Resource:
    """Return the page for an address where nothing lies."""
    body = pages.missing(visitors=visitors).encode()
    moment = datetime.fromisoformat(_FOUNDED)
    return Resource(body=body, media_type=_HTML, modified=moment, etag='W/"missing"', status=404)


def picture_bytes(picture: Picture, *, width: int) -> bytes:
    """Return the JPEG of a picture; it depends on what the camera embedded, not on the printed credit."""
    return photo.draw(
        picture.scene,
        width=width,
        artist=picture.embedded_artist,
        rights=picture.agency,
        caption=picture.caption,
    )


def _file(body: bytes, *, media_type: str, modified: str) -> Resource:
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Resource(body=body, media_type=media_type, modified=datetime.fromisoformat(modified), etag=tag)


def _picture(path: str, *, edition: Edition) -> Resource | None:
    for picture in (edition.photo, edition.inset):
        for width in _WIDTHS:
            if path == picture.path(width):
                return _file(picture_bytes(picture, width=width), media_type="image/jpeg", modified=_WRITTEN)
    return None


def _page(path: str, *, edition: Edition, visitors: int) -> Resource | None:
    """One of the HTML pages or the feed; the tag is that of the page without its counter."""
    moment, media_type = edition.saved, _HTML
    if path == edition.path:
        page, still = (pages.article(edition, visitors=count) for count in (visitors, 0))
    elif path == "/":
        page, still = (pages.front(edition, visitors=count) for count in (visitors, 0))
    elif path == "/about":
        page, still = (pages.about(visitors=count) for count in (visitors, 0))
        moment = _FOUNDED
    elif path == "/feed.xml":
        page = still = pages.feed(edition)
        media_type = "application/rss+xml; charset=utf-8"
    elif found := next((one for one in STORIES if one.path == path), None):
        page, still = (pages.story(found, visitors=count) for count in (visitors, 0))
        moment = found.published
    else:
        return None
    tag = f'W/"{hashlib.sha256(still.encode()).hexdigest()[:16]}"'
    return Resource(body=page.encode(), media_type=media_type, modified=datetime.fromisoformat(moment), etag=tag)
