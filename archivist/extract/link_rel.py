"""Witness: ``link rel=canonical``, the ``lang`` attribute, and what the address itself says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archivist.extract.claims import Found, claim, element_claim
from archivist.extract.html import Html
from archivist.model.url import absolute

__all__ = ["link_claims"]

_LANGUAGE: Final = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*")
_DATE_IN_PATH: Final = re.compile(r"/(20\d\d)[/-]([01]\d)[/-]([0-3]\d)(?=[/-]|$)")


def link_claims(html: Html) -> Iterator[Found]:
    """Canonical address, language, and a date that stands in the address."""
    for element in html.root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            href = element.get("href") or ""
            url = absolute(html.base_url, href)
            if url:
                yield "canonical_url", element_claim(url, element, witness="link", text=href, attribute="href")
    language = (html.root.get("lang") or html.root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    if _LANGUAGE.fullmatch(language):
        yield (
            "language",
            element_claim(language.replace("_", "-"), html.root, witness="lang", text=language, attribute="lang"),
        )
    found = _DATE_IN_PATH.search(html.url)
    if found and 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31:
        yield "published", claim("-".join(found.groups()), witness="url", at=f"char {found.start()}", text=found[0])
