"""The page and its documents as files by themselves, named so that a person knows them again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import unquote, urlsplit

from archivist.model.capture import Capture
from archivist.wire.http1 import ResponseHead

__all__ = ["BODIES", "SUMS", "bodies_of", "sums_of"]

BODIES: Final = "data/captured/"
SUMS: Final = "data/b3sums.txt"
"""Their BLAKE3 as ``b3sum --check`` reads it."""
_CODINGS: Final = {"gzip": ".gz", "x-gzip": ".gz", "br": ".br", "zstd": ".zst", "deflate": ".deflate"}
_MARKUP: Final = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST: Final = 80


def bodies_of(
    captures: Iterable[Capture], head_of: Callable[[Capture], ResponseHead | None]
) -> Iterator[tuple[str, Capture]]:
    """Path in the bundle and capture of each body that has a file of its own.

    Args:
        captures: of the snapshot.
        head_of: the HTTP head that describes a capture's payload; its content coding goes into the name.
    """
    taken: set[str] = set()
    for capture in captures:
        if capture.role not in {"page", "document"} or not capture.payload.length:
            continue
        head = head_of(capture)
        coding = (head.get("content-encoding") or "").strip().lower() if head else ""
        stem, dot, kind = _name(capture).rpartition(".")
        end = f"{dot}{kind}{_CODINGS.get(coding, '')}"
        name, number = f"{stem}{end}", 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}-{number}{end}"
        taken.add(name.lower())
        yield f"{BODIES}{name}", capture


def sums_of(sums: Mapping[str, str]) -> bytes:
    """The list of the BLAKE3 of bodies, by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sums.items()).encode()


def _name(capture: Capture) -> str:
    if capture.role == "page":
        return "page.html" if capture.media_type in _MARKUP else "page.bin"
    last = unquote(urlsplit(capture.uri).path).rstrip("/").rpartition("/")[2]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", last).strip(".-")
    stem, dot, kind = name.rpartition(".")
    is_named = bool(dot and stem and kind)
    kind = kind[:8] if is_named else "pdf" if capture.media_type == "application/pdf" else "bin"
    return f"{(stem if is_named else name)[:_LONGEST] or 'document'}.{kind}"
