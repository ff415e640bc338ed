"""A citation with hashes, in the style that is needed: of a snapshot, of a document that it links, or of an edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archivist.catalog.rows import SnapshotRow
from archivist.catalog.select import find
from archivist.cite.links import public_url
from archivist.cite.markup import Markup
from archivist.cite.names import cited_authors
from archivist.cite.processor import cite_by_style
from archivist.cite.styles import STYLES
from archivist.errors import ArchivistError, NotFound, UsageError
from archivist.model.article import Article, Document
from archivist.model.capture import Capture
from archivist.model.change import Diff
from archivist.model.citation import Citation, CitationKind, CitedDocument, CitedEdit, LinkedFrom, UrlStatus
from archivist.model.json import JsonObject, without_nothing
from archivist.proof.digest import Hasher
from archivist.workspace import Newest, Workspace

__all__ = ["Bibliography", "Cited", "StyleFile", "cite"]

_GONE = frozenset({404, 410})
"""What servers answer for what is no longer there (RFC 9110 15.5.5, 15.5.11)."""
_TELLING = frozenset({"article", "page", "not-html"})
"""Verdicts on answers that show what stands at the address; a wall shows nothing of it."""
_ARTICLES = frozenset({"article", "paywall", "incomplete"})
_WALLS = frozenset({"blocked", "consent", "soft-404", "empty", "error"})
_WORDS = {"pdf": "PDF", "lede": "introduction"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleFile:
    """A style of the Citation Style Language."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What one name stands for, as a record."""

    citation: Citation
    read_by: str
    """What read author, headline and dates out of the page."""
    notes: tuple[str, ...] = ()
    """What a person should know before using the citation."""

    def to_json(self) -> JsonObject:
        """As printed by ``cite --json``."""
        return {
            "citation": self.citation.to_json(),
            "read_by": self.read_by,
            **without_nothing({"notes": list(self.notes)}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """Citations in one style."""

    style: str
    text: str
    entries: tuple[Cited, ...]


def cite(
    workspace: Workspace,
    *words: str,
    style: str = "plain",
    markup: Markup = "text",
    document: int | None = None,
    file: StyleFile | None = None,
) -> Bibliography:
    """The citations of what the words name, in order.

    Args:
        workspace: the archive.
        words: each names a snapshot, or an edit: ``URL@2..URL@3``.
        style: a name of ``cite.styles.STYLES``.
        markup: for styles with italics and links.
        document: cite not the page but the document of this number, from 1, which it links.
        file: a style to use instead.

    Raises:
        NotFound: there is no such snapshot or document.
        UsageError: there is no such style, or the words are wrong.
    """
    if style not in STYLES:
        raise UsageError(f"there is no citation style {style!r}", hint=f"one of: {', '.join(STYLES)}")
    if markup != "text" and not (file or STYLES[style].is_marked_up):
        raise UsageError(
            f"the style {style} is written one way only: it has no italics and links", hint="leave out --as"
        )
    entries = tuple(_cited(workspace, each, document=document) for each in words)
    if STYLES[style].is_for_web and file is None:
        entries = tuple(replace(each, notes=(*each.notes, *_privacy(each.citation))) for each in entries)
    citations = [entry.citation for entry in entries]
    if file is not None:
        text = cite_by_style(citations, file.data, name=file.name, markup=markup)
        return Bibliography(style=file.name, text=text, entries=entries)
    return Bibliography(style=style, text=STYLES[style].write(citations, markup), entries=entries)


def _cited(workspace: Workspace, words: str, *, document: int | None) -> Cited:
    before, row = _named(workspace, words)
    newest = workspace.newest(row)
    page = newest.snapshot.page
    if page is None:
        raise UsageError(f"the snapshot {row.id[:12]} holds no page that could be cited")
    status, reason = _status(workspace, row)
    citation = _citation(workspace, row, newest, page, url_status=status)
    notes = [reason] if reason else []
    if newest.quality.verdict in _WALLS:
        reasons = "; ".join(newest.quality.reasons)
        notes.append(f"what was captured looks like {newest.quality.verdict}, not like an article ({reasons})")
    if before is not None:
        if document is not None:
            raise UsageError("an edit is cited as a whole", hint="--document is for one snapshot")
        edit = _edit(workspace, before, row)
        citation = replace(citation, edit=edit)
    if document is not None:
        citation = _document(workspace, newest, citation, document)
        notes = []
    return Cited(citation=citation, read_by=newest.read_by, notes=tuple(notes))


def _named(workspace: Workspace, words: str) -> tuple[SnapshotRow | None, SnapshotRow]:
    """The snapshot; of an edit both sides. ``URL@2..3`` and ``URL@2..@3`` are short for ``URL@2..URL@3``."""
    try:
        return None, find(workspace.catalog, words)
    except (NotFound, UsageError):
        # Two dots can stand in an address, too, which has gone first.
        for old, new in _cut(words):
            try:
                pair = find(workspace.catalog, old), find(workspace.catalog, new)
            except (NotFound, UsageError):
                continue
            return _ordered(*pair)
        raise


def _cut(words: str) -> Iterator[tuple[str, str]]:
    start = words.find("..")
    while start > 0:
        old, new = words[:start], words[start + 2 :]
        if new:
            at = new if new.startswith("@") else f"@{new}"
            is_short = "@" in old and not new.startswith(("http://", "https://")) and new != "@last"
            yield from ((old, old.rpartition("@")[0] + at),) if is_short else ()
            yield old, new
        start = words.find("..", start + 1)


def _ordered(old: SnapshotRow, new: SnapshotRow) -> tuple[SnapshotRow, SnapshotRow]:
    if old.article != new.article:
        raise UsageError(
            f"{old.article} and {new.article} are two articles, and no edit of one", hint="archivist cite URL@2..URL@3"
        )
    if old.number >= new.number:
        raise UsageError("an edit leads from an older snapshot to a newer one", hint="archivist cite URL@2..URL@3")
    return old, new


def _citation(
    workspace: Workspace, row: SnapshotRow, newest: Newest, page: Capture, *, url_status: UrlStatus | None
) -> Citation:
    article = newest.reading.article or Article(url=page.uri)
    language = article.value("language")
    settings = workspace.settings.archive
    place = settings.public_url.rstrip("/")
    history = workspace.catalog.article(row.article)
    kind: CitationKind = "article" if newest.quality.verdict in _ARTICLES else "page"
    if page.media_type == "application/pdf":
        kind = "report"
    return Citation(
        kind=kind,
        title=article.value("title_shown") or article.value("title"),
        authors=cited_authors(
            article.settled("authors").texts, article.settled("organisations").texts, language=language
        ),
        contributors=cited_authors(article.settled("contributors").texts, language=language),
        site_name=article.value("site_name"),
        published=article.value("published"),
        updated=article.value("updated"),
        url=article.value("canonical_url") or page.uri,
        url_status=url_status,
        archived_at=_to_the_second(page.date),
        archive_url=f"{place}/{row.id}" if place else None,
        archive_name=settings.name or None,
        snapshot_id=row.id,
        version=row.version,
        versions=history.versions if history else None,
        sha256=page.payload.sha256,
        blake3=page.payload.blake3 or _blake3(workspace, page),
        language=language,
        documents=tuple(
            CitedDocument(
                url=each.uri,
                sha256=each.payload.sha256,
                blake3=each.payload.blake3 or _blake3(workspace, each),
            )
            for each in _documents(newest)
        ),
    )


def _blake3(workspace: Workspace, capture: Capture) -> str:
    """Of a payload that is described elsewhere; empty where the archive cannot give it."""
    hasher = Hasher()
    try:
        for piece in workspace.reader.payload(capture):
            hasher.update(piece)
    except ArchivistError:
        return ""
    return hasher.digests().blake3


def _documents(newest: Newest) -> tuple[Capture, ...]:
    return tuple(each for each in newest.snapshot.captures if each.role == "document" and each.is_whole)


def _document(workspace: Workspace, newest: Newest, article: Citation, number: int) -> Citation:
    """The document of this number as a report, with the article that links it."""
    captures = _documents(newest)
    if not 1 <= number <= len(captures):
        listed = ", ".join(f"{index} {each.uri}" for index, each in enumerate(captures, 1))
        raise NotFound(
            f"the snapshot {article.snapshot_id[:12]} has no document {number}",
            hint=f"it has {listed}" if listed else "it links no document that was captured",
        )
    capture = captures[number - 1]
    read = next((each for each in newest.reading.documents if each.sha256 == capture.payload.sha256), None)
    language = read.value("language") if read else None
    authors = read.fields.get("authors") if read else None
    return replace(
        article,
        kind="report",
        title=_title(read) if read else None,
        authors=cited_authors(authors.texts if authors else (), language=language),
        contributors=(),
        site_name=None,
        published=read.value("published") if read else None,
        updated=read.value("updated") if read else None,
        url=capture.uri,
        url_status=_document_status(workspace, article, capture),
        archived_at=_to_the_second(capture.date),
        sha256=capture.payload.sha256,
        blake3=capture.payload.blake3 or _blake3(workspace, capture),
        language=language,
        page_count=read.page_count if read else None,
        linked_from=LinkedFrom(title=article.title, site_name=article.site_name, url=article.url),
        documents=(),
    )


def _privacy(citation: Citation) -> tuple[str, ...]:
    if public_url(citation.archive_url):
        return ()
    return ("others cannot reach this archive (archive.public_url is not set), so that no archived copy is named",)


def _title(document: Document) -> str | None:
    """What the document calls itself; a file name that a program left as its title is none."""
    title = document.fields.get("title")
    claim = title.values[0] if title and title.values else None
    return claim.value if claim and claim.evidence.witness != "pdf-file-name" else None


def _status(workspace: Workspace, cited: SnapshotRow) -> tuple[UrlStatus | None, str | None]:
    """What stands at the address, by the newest snapshot whose answer tells; and in words, where it is not the same."""
    for row in reversed(workspace.catalog.history(cited.article)):
        when = f"{row.started[:16].replace('T', ' ')} UTC"
        if row.fingerprint == cited.fingerprint and row.verdict in _TELLING | _ARTICLES:
            return "live", None
        if row.verdict == "soft-404":
            return "dead", f"at {when} the page was gone, as it says itself"
        if row.verdict in {"error", "blocked"}:
            page = workspace.load_snapshot(row).page
            if page is not None and page.status in _GONE:
                return "dead", f"at {when} the server answered {page.status}"
        elif row.verdict in _TELLING:
            return "deviated", f"the page was changed since: at {when} version {row.version} stood at the address"
    return None, None


def _document_status(workspace: Workspace, article: Citation, cited: Capture) -> UrlStatus | None:
    """The same of a document: by the newest capture of its address, whatever came of it."""
    row = workspace.catalog.snapshot(article.snapshot_id)
    for later in reversed(workspace.catalog.history(row.article)):
        for capture in workspace.load_snapshot(later).captures:
            if capture.uri == cited.uri and capture.status in _GONE:
                return "dead"
            if capture.uri == cited.uri and capture.is_whole:
                return "live" if capture.payload.sha256 == cited.payload.sha256 else "deviated"
    return None


def _edit(workspace: Workspace, before: SnapshotRow, after: SnapshotRow) -> CitedEdit:
    page = workspace.load_snapshot(before).page
    if page is None:
        raise UsageError(f"the snapshot {before.id[:12]} holds no page that could be cited")
    from archivist.pipeline.compare import compare_rows  # noqa: PLC0415  # half of the start, and only for edits

    diff = compare_rows(workspace, before, after)
    return CitedEdit(
        version=before.version,
        archived_at=_to_the_second(page.date),
        snapshot_id=before.id,
        sha256=page.payload.sha256,
        changes=tuple(_changes(diff)),
        verdict=diff.verdict.kind,
    )


def _changes(diff: Diff) -> Iterator[str]:
    """The headline with its words, all else by its kind: the words are what ``archivist diff`` tells."""
    headline = next((each for each in diff.fields if each.field in ("title_shown", "title")), None)
    if headline is not None and headline.old and headline.new:
        yield f"headline “{headline.old[0]}” became “{headline.new[0]}”"
    for category in diff.categories:
        # The verdict says whether it was done in silence.
        if category != "stealth_edit" and (category != "headline_changed" or headline is None):
            yield " ".join(_WORDS.get(word, word) for word in category.split("_"))


def _to_the_second(moment: str) -> str:
    """``2026-11-23T18:15:12Z``: what people compare; the manifest has the microseconds."""
    return f"{moment[:19]}Z"
