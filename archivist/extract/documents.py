"""Witness: documents that the article's text links: PDF first, office files too; never those of the site's footer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText, is_apart
from archivist.extract.tree import path_of, text_of
from archivist.model.article import MAX_EVIDENCE, Evidence, LinkedDocument
from archivist.model.media import is_document_type

__all__ = ["linked_documents", "possible_documents"]

_EXTENSION: Final = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|epub)(?:$|[?&#;/])", re.IGNORECASE)
_HINT_IN_TEXT: Final = re.compile(
    r"\bpdf\b|\bdownload\b|\bherunterladen\b|\btélécharger\b|\bdescargar\b", re.IGNORECASE
)
_HINT_IN_URL: Final = re.compile(
    r"pdf|/(?:documents?|downloads?|attachments?|dokumente?|fichiers?|files?|media/file|wp-content/uploads)/"
    r"|[?&](?:file|download|doc|document|attachment)=",
    re.IGNORECASE,
)
_IMAGE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|mp[34]|html?)$", re.IGNORECASE)


def linked_documents(html: Html, main: MainText | None) -> tuple[LinkedDocument, ...]:
    """The documents that the text links, as extension or ``type`` say."""
    found: dict[str, LinkedDocument] = {}
    for anchor, url in _anchors(html, main):
        how = _certain(anchor, url)
        if how and url not in found:
            found[url] = _link(anchor, url, how)
    return tuple(found.values())


def possible_documents(html: Html, main: MainText | None) -> tuple[LinkedDocument, ...]:
    """Links of the text that may lead to a document: what the server answers will tell."""
    found: dict[str, LinkedDocument] = {}
    for anchor, url in _anchors(html, main):
        parts = urlsplit(url)
        is_hinted = _HINT_IN_TEXT.search(text_of(anchor)) or _HINT_IN_URL.search(f"{parts.path}?{parts.query}")
        if not _certain(anchor, url) and is_hinted and not _IMAGE.search(parts.path):
            found.setdefault(url, _link(anchor, url, "@href"))
    return tuple(found.values())


def _anchors(html: Html, main: MainText | None) -> Iterator[tuple[Element, str]]:
    if main is None:
        return
    told = {main.element, *main.elements}
    own = told | {holder for element in main.elements for holder in _up_to(element, main.element)}
    for anchor in main.element.iter("a"):
        url = html.absolute(anchor.get("href") or "")
        if url is not None and not is_apart(anchor, scope=main.element, own=own):
            yield anchor, url


def _up_to(element: Element, container: Element) -> Iterator[Element]:
    for ancestor in element.iterancestors():
        if ancestor is container:
            return
        yield ancestor


def _certain(anchor: Element, url: str) -> str | None:
    """Where it stands that this is a document."""
    if is_document_type(anchor.get("type")):
        return "@type"
    parts = urlsplit(url)
    if _EXTENSION.search(unquote(parts.path)) or re.search(r"=[^&]*\.pdf(?:&|$)", unquote(parts.query), re.IGNORECASE):
        return "@href"
    return None


def _link(anchor: Element, url: str, how: str) -> LinkedDocument:
    text = text_of(anchor)
    said = anchor.get(how[1:]) or ""
    evidence = Evidence(witness="link", at=f"{path_of(anchor)}/{how}", text=said[:MAX_EVIDENCE])
    return LinkedDocument(url=url, text=text, evidence=evidence)
