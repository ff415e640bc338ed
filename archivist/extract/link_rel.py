"""Witness: ``link rel=canonical``, the ``lang`` attribute, and what the address itself says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archivist.extract.claims import Found, claim, element_claim
from archivist.extract.html import Html
from archivist.model.url import absolute

__all__ = ["is_language", "link_claims"]

_LANGUAGE: Final = re.compile(
    r"(?!(?:utf|iso|und|mul|zxx)(?![a-z]))[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,4}", re.IGNORECASE
)
"""BCP 47 2.1: a language of two or three letters, then subtags; some pages write their charset there.
Those for "undetermined" and "several" name none."""
_DATE_IN_PATH: Final = re.compile(
    r"[/-](20\d\d)(?P<sign>[/-])([01]\d)(?P=sign)([0-3]\d)(?=[/-]|$)|/(20\d\d)([01]\d)([0-3]\d)(?=[/_-]|$)"
)


def link_claims(html: Html) -> Iterator[Found]:
    """Canonical address, language, and a date that stands in the address."""
    for element in html.head:
        if element.tag == "link" and "canonical" in (element.get("rel") or "").lower().split():
            href = element.get("href") or ""
            url = absolute(html.base_url, href)
            if url:
                yield "canonical_url", element_claim(url, element, witness="link", text=href, attribute="href")
    for attribute in ("lang", "xml:lang"):
        language = (html.root.get(attribute) or "").strip()
        if is_language(language):
            value = language.replace("_", "-")
            yield "language", element_claim(value, html.root, witness="lang", text=language, attribute=attribute)
            break
    found = _DATE_IN_PATH.search(html.url)
    year, month, day = (found[1] or found[5], found[3] or found[6], found[4] or found[7]) if found else ("", "0", "0")
    if found and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        value = f"{year}-{month}-{day}"
        yield "published", claim(value, witness="url", at=f"char {found.start()}", text=found[0])


def is_language(text: str) -> bool:
    """The text is a language tag."""
    return _LANGUAGE.fullmatch(text) is not None
