"""The sort key of an address in a CDXJ index: its host from behind, then the rest, small differences evened out.

``http://www.Example.org/News/?b=2&a=1`` is ``org,example)/news?a=1&b=2``, as the indexers of the field have it
(Internet Archive, IAURLCanonicalizer): two spellings that it makes equal are found by a player as one.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_to_bytes

__all__ = ["sort_key"]

_PORTS: Final = {"http": ":80", "https": ":443"}
_WWW = re.compile(r"www\d*\.")
_SESSIONS: Final = tuple(
    re.compile(rf"{name}(?:&|$)", re.IGNORECASE)
    for name in (
        "jsessionid=[0-9a-z]{32}",
        "phpsessid=[0-9a-z]{32}",
        "sid=[0-9a-z]{32}",
        "aspsessionid[a-z]{8}=[a-z]{24}",
        "cfid=[^&]+&cftoken=[^&]+",
    )
)
"""Names of sessions, which say nothing of the page."""
_ROUNDS: Final = 10
"""How often an address may be percent-encoded upon itself."""


def sort_key(uri: str) -> str:
    """The key of an absolute http or https address; any other one is its own key, in lower case."""
    scheme, colon, rest = uri.partition("://")
    scheme = scheme.lower()
    if not colon or scheme not in _PORTS:
        return uri.lower()
    at = min((place for sign in "/?#" if (place := rest.find(sign)) >= 0), default=len(rest))
    host = rest[:at].rpartition("@")[2].lower().removesuffix(_PORTS[scheme])
    path, mark, query = rest[at:].partition("#")[0].partition("?")
    return f"{_turned(host)}){_path(path)}{_query(query) if mark else ''}"


def _turned(host: str) -> str:
    name, colon, port = host.partition(":") if not host.startswith("[") else (host, "", "")
    name = _evened(_WWW.sub("", name, count=1) if _WWW.match(name) else name).strip(".")
    return ",".join(reversed(name.split("."))) + colon + port


def _path(path: str) -> str:
    return _dotless(_evened(path)).lower().removesuffix("/") or "/"


def _query(query: str) -> str:
    text = _evened(query)
    for session in _SESSIONS:
        text = session.sub("", text)
    text = text.lower()
    pairs = sorted(tuple(pair.split("=", 1)) for pair in text.split("&"))
    joined = "&".join("=".join(pair) for pair in pairs)
    return f"?{joined}" if joined else ""


def _dotless(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1] if len(kept) > 1 else kept
        elif part != ".":
            kept.append(part)
    return re.sub("/{2,}", "/", "/".join(kept) or "/")


def _evened(text: str) -> str:
    """Percent-encoding undone as often as it was done, and done once for what must have it."""
    raw = text.encode("utf-8", "surrogatepass")
    for _ in range(_ROUNDS):
        again = unquote_to_bytes(raw)
        if again == raw:
            break
        raw = again
    return "".join(chr(byte) if 0x20 < byte < 0x7F and byte not in b"#%" else f"%{byte:02x}" for byte in raw)
