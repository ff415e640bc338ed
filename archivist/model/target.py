"""What two addresses have in common when they lead a reader to the same place, or show the same picture.

An article's key (``model.url.key_of``) is of a published format and stays as it is; these may learn more.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from archivist.model.url import is_tracking

__all__ = ["picture_of", "same_target", "without_tracking"]

_TRACKING: Final = frozenset(
    "_hsenc _hsmi cmp icid ito li_fat_id mkt_tok ns_campaign ns_fee ns_linkname ns_mchannel ns_source ref_src "
    "s_cid smid smtyp srnd taid ttclid vero_id wt_mc xtor".split()
)
"""Parameters by which publishers and mail programs follow a reader, besides those that no article's key has."""
_TRACKING_PREFIXES: Final = ("pk_", "mtm_", "hsa_", "matomo_", "piwik_", "ga_")

_SIZE: Final = re.compile(
    r"[-_]?\d{2,5}x\d{2,5}|@\dx|-scaled\b|[-_](?:small|medium|large|thumb(?:nail)?)\b|[-_.]e?\d{13}\b", re.ASCII
)
"""Parts of an address that name the size of a rendition, or its moment, and not the picture."""
_HASH: Final = re.compile(r"[0-9a-f]{24,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
"""A digest or UUID: the picture's own name, whatever stands around it."""
_WORDLESS: Final = re.compile(
    r"(?:image|img|photo|picture|default|original|main|lead|hero|master|share|social)?[-_]?\d{0,2}", re.ASCII
)
"""File names that name no picture."""
_HOLDERS: Final = frozenset({"url", "src", "image", "img", "u"})
"""Parameters in which a resizing service is told the picture."""


@lru_cache(maxsize=4_096)
def without_tracking(url: str) -> str:
    """The address without the parameters that only say where a reader came from."""
    try:
        parts = urlsplit(url)
    except ValueError:  # an unclosed bracket in the host
        return url
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _tracks(name)]
    return url if len(kept) == len(pairs) else urlunsplit(parts._replace(query=urlencode(kept)))


@lru_cache(maxsize=4_096)
def same_target(url: str) -> str:
    """What two addresses have in common when a reader would arrive at the same place."""
    try:
        parts = urlsplit(without_tracking(url))
    except ValueError:
        return url
    scheme = "https" if parts.scheme == "http" else parts.scheme
    host = parts.netloc.lower().removesuffix(":443" if parts.scheme == "https" else ":80")
    return urlunsplit(parts._replace(scheme=scheme, netloc=host, path=parts.path.rstrip("/"), fragment=""))


@lru_cache(maxsize=4_096)
def picture_of(url: str | None) -> str | None:
    """What the address says of the picture, without what asks for a size, a quality or a way round a cache."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    for name, value in parse_qsl(parts.query):
        if name.lower() in _HOLDERS and "/" in value:
            return picture_of(value)
    path = _SIZE.sub("", parts.path).rstrip("/")
    name = path.rpartition("/")[2]
    if named := _HASH.search(name):
        return named[0].lower()
    stem = name.partition(".")[0]
    # One picture is served from many hosts and folders, by a name that is its own.
    return name.lower() if len(stem) >= 8 and not _WORDLESS.fullmatch(stem) else path


def _tracks(name: str) -> bool:
    low = name.lower()
    return is_tracking(low) or low in _TRACKING or low.startswith(_TRACKING_PREFIXES)
