"""The list of pages in a bundle, which players show first (WACZ 1.1.1, pages.jsonl)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from archivist.bundle.chosen import Chosen

__all__ = ["pages_of"]


def pages_of(chosen: Sequence[Chosen]) -> bytes:
    """One line for each snapshot that has a page, behind the line that names the format."""
    lines: list[dict[str, str]] = [{"format": "json-pages-1.0", "id": "pages", "title": "Pages"}]
    for each in chosen:
        page = each.snapshot.page
        if page is not None:
            title = each.read.title or page.uri
            lines.append({"id": each.id[:12], "url": page.uri, "ts": f"{page.date[:19]}Z", "title": title})
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()
