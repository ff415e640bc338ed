"""What was edited between two versions: two snapshots, two files, or a file and a snapshot."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from archivist.catalog.rows import SnapshotRow
from archivist.catalog.select import find
from archivist.errors import BadDocument, NotFound, UsageError
from archivist.model.article import Reading
from archivist.model.change import Diff
from archivist.model.config import ReadSettings
from archivist.model.json import JsonObject
from archivist.pipeline.compare import compare_sides
from archivist.pipeline.sides import NOWHERE, Side, document_of, side_of_file, side_of_snapshot
from archivist.sandbox import Sandbox
from archivist.workspace import Workspace

__all__ = ["Compared", "diff", "is_file"]

_SUFFIXES = (".html", ".htm", ".xhtml", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two versions and what lies between them."""

    old: Side
    new: Side
    diff: Diff

    @property
    def is_read_alike(self) -> bool:
        """Whether one program read both, so that no difference comes from reading."""
        return self.old.read_by == self.new.read_by

    def to_json(self) -> JsonObject:
        """As printed by ``diff --json``."""
        return {"old": self.old.to_json(), "new": self.new.to_json(), **self.diff.to_json()}


def is_file(words: str) -> bool:
    """The words name a file of this computer, and no address.

    Raises:
        NotFound: they look like a file's name, and there is none of it.
    """
    if "://" in words:
        return False
    try:
        found = Path(words).is_file()
    except (OSError, ValueError):  # a name too long, or with a zero byte
        return False
    if not found and words.lower().endswith(_SUFFIXES):
        raise NotFound(
            f"there is no file {words}", hint="name files as they stand in this folder, snapshots by URL or id"
        )
    return found


def diff(workspace: Workspace | None, words: str, other: str | None = None, *, url: str | None = None) -> Compared:
    """What lies between two versions; of one article named alone, between its last two versions.

    Args:
        workspace: the archive; None where both versions are files.
        words: the older version: a snapshot or a file.
        other: the newer one.
        url: the address that files had, for links that are relative.

    Raises:
        NotFound: one of them does not exist, or the article has one version only.
        UsageError: the words are wrong, or name several.
        BadDocument: one side cannot be read within bounds, or the two are of different kinds.
    """
    if workspace is None:
        if other is None:
            raise UsageError("one file alone cannot be compared", hint="archivist diff OLD NEW")
        rows: tuple[SnapshotRow | None, SnapshotRow | None] = (None, None)
    elif other is None:
        rows = _last_two(workspace, words)
    else:
        rows = _row(workspace, words), _row(workspace, other)
    known = next((row.page_uri or row.article for row in rows if row), url or NOWHERE)
    with ExitStack() as stack:
        sandbox = _sandbox(workspace, stack)
        old, new = (
            side_of_snapshot(workspace, row, sandbox)
            if workspace and row
            else side_of_file(Path(each), sandbox, url=known, name=Path(other or words).name)
            for each, row in zip((words, other or words), rows, strict=True)
        )
        old, new = _of_one_kind(old, new), _of_one_kind(new, old)
        if not any(side.reading.article or side.reading.documents for side in (old, new)):
            raise BadDocument(
                "neither version was read as an article or as a PDF, so there is nothing to compare",
                hint="archivist log says when their bytes changed",
            )
        old, new, found = compare_sides(workspace, old, new, sandbox)
    return Compared(old=old, new=new, diff=found)


def _sandbox(workspace: Workspace | None, stack: ExitStack) -> Sandbox | None:
    """A confined reader; None where this person may not start one."""
    try:
        return stack.enter_context(Sandbox(workspace.settings.read if workspace else ReadSettings()))
    except OSError:
        return None


def _row(workspace: Workspace, words: str) -> SnapshotRow | None:
    return None if is_file(words) else find(workspace.catalog, words)


def _last_two(workspace: Workspace, words: str) -> tuple[SnapshotRow, SnapshotRow]:
    catalog = workspace.catalog
    new = find(catalog, words)
    old = catalog.first_of_version(new.article, new.version - 1) if new.version > 1 else None
    if old is None:
        raise NotFound(
            f"{new.article} has one version, and nothing to compare it with",
            hint=f"archivist snap {new.article}   looks whether it has changed",
        )
    return old, new


def _of_one_kind(side: Side, other: Side) -> Side:
    """Of a snapshot that is held against a PDF file: the document that it links.

    Raises:
        BadDocument: a page is held against a document.
    """
    if side.reading.article is None or other.reading.article is not None:
        return side
    document = document_of(side, name=Path(other.file).name) if side.row and other.file else None
    if document is None:
        raise BadDocument("a page cannot be compared with a PDF", hint="name two pages, or two PDFs")
    return Side(reading=Reading(article=None, documents=(document,)), row=side.row, beside=side.beside)
