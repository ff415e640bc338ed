"""Witness: fields of the HTTP answer, the last and least: servers are set up once, and for many pages.

Last-Modified is no claim: it says when a file was written, moves with every new template, and stands in the capture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from archivist.extract.claims import Found, claim
from archivist.extract.html import Html
from archivist.extract.link_rel import is_language
from archivist.model.url import absolute

__all__ = ["header_claims"]

MAX_VALUE: Final = 4_000
"""Characters of a field that are looked at."""
_CANONICAL: Final = re.compile(
    r"<\s*+([^<>\s]{1,2000})\s*+>(?:\s*+;\s*+(?!rel\s*=)[a-z*]{1,20}\s*+=\s*+(?:\"[^\"]*+\"|[^\s;,\"]*+)){0,10}"
    r"\s*+;\s*+rel\s*+=\s*+(?:\"(?:[^\"]*?\s)?canonical(?:\s[^\"]*+)?\"|canonical(?=[\s;,]|$))",
    re.IGNORECASE,
)
"""RFC 8288 3: a target in angle brackets, then parameters, of which ``rel`` may hold several words."""


def header_claims(headers: Sequence[tuple[str, str]], html: Html) -> Iterator[Found]:
    """Language (RFC 9110 8.5) and canonical address (RFC 6596 in a Link field).

    Args:
        headers: as received.
        html: the page, whose address relative references are relative to.
    """
    for name, value in headers:
        said = value[:MAX_VALUE].strip()
        match name.lower():
            case "content-language" if is_language(said):
                yield "language", claim(said.replace("_", "-"), witness="http-header", at=name, text=said)
            case "link" if found := _CANONICAL.search(said):
                if url := absolute(html.url, found[1]):
                    yield "canonical_url", claim(url, witness="http-header", at=name, text=found[0])
