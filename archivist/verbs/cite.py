"""A citation with hashes, in the style that is needed."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.catalog.select import find
from archivist.cite.names import cited_authors
from archivist.cite.styles import STYLES
from archivist.errors import ArchivistError, UsageError
from archivist.model.article import Article
from archivist.model.capture import Capture
from archivist.model.citation import Citation, CitedDocument
from archivist.model.json import JsonObject
from archivist.model.manifest import Snapshot
from archivist.proof.digest import Hasher
from archivist.workspace import Workspace

__all__ = ["Cited", "cite"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation in one style."""

    style: str
    text: str
    citation: Citation
    read_by: str
    """What read author, headline and dates out of the page."""

    def to_json(self) -> JsonObject:
        """As printed by ``cite --json``."""
        return {"style": self.style, "text": self.text, "citation": self.citation.to_json(), "read_by": self.read_by}


def cite(workspace: Workspace, words: str, *, style: str = "plain") -> Cited:
    """The citation of the snapshot that the words name.

    Raises:
        NotFound: there is no such snapshot.
        UsageError: there is no such style, or the words are wrong.
    """
    if style not in STYLES:
        raise UsageError(f"there is no citation style {style!r}", hint=f"one of: {', '.join(STYLES)}")
    row = find(workspace.catalog, words)
    newest = workspace.newest(row)
    snapshot = newest.snapshot
    page = snapshot.page
    if page is None:
        raise UsageError(f"the snapshot {row.id[:12]} holds no page that could be cited")
    article = newest.reading.article or Article(url=page.uri)
    history = workspace.catalog.article(row.article)
    language = article.value("language")
    public_url = workspace.settings.archive.public_url.rstrip("/")
    citation = Citation(
        title=article.value("title_shown") or article.value("title"),
        authors=cited_authors(
            article.settled("authors").texts, article.settled("organisations").texts, language=language
        ),
        site_name=article.value("site_name"),
        published=article.value("published"),
        updated=article.value("updated"),
        url=article.value("canonical_url") or page.uri,
        archived_at=page.date,
        archive_url=f"{public_url}/{row.id}" if public_url else None,
        archive_name=workspace.settings.archive.name or None,
        snapshot_id=row.id,
        version=row.version,
        versions=history.versions if history else None,
        sha256=page.payload.sha256,
        blake3=page.payload.blake3 or _blake3(workspace, page),
        language=language,
        documents=_documents(snapshot),
    )
    return Cited(style=style, text=STYLES[style](citation), citation=citation, read_by=newest.read_by)


def _blake3(workspace: Workspace, page: Capture) -> str:
    """Of a payload that is described elsewhere; empty where the archive cannot give it."""
    hasher = Hasher()
    try:
        for piece in workspace.reader.payload(page):
            hasher.update(piece)
    except ArchivistError:
        return ""
    return hasher.digests().blake3


def _documents(snapshot: Snapshot) -> tuple[CitedDocument, ...]:
    return tuple(
        CitedDocument(url=capture.uri, sha256=capture.payload.sha256)
        for capture in snapshot.captures
        if capture.role == "document" and capture.is_whole
    )
