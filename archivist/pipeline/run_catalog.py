"""The catalog of a run: current when the run begins, behind each statement while it lasts, one file at its end.

Of an archive that holds nothing yet it is made while the first pages are on their way.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from archivist.catalog.reader import Catalog, CatalogDamaged
from archivist.catalog.rows import OriginalRow, SnapshotRow
from archivist.catalog.writer import CatalogWriter
from archivist.model.capture import Span
from archivist.model.manifest import Statement
from archivist.store.durable import disk_failed
from archivist.store.layout import Layout
from archivist.store.ledger import Written
from archivist.store.whole import Mark, forget_whole, is_whole, remember_whole
from archivist.workspace import Workspace

__all__ = ["RunCatalog"]

_TOLD = 100
"""Edits that a run tells of besides its own, where a catalog was made anew; `reindex` tells of all."""


class RunCatalog:
    """Use as a context manager, the archive's lock in hand; may be asked by many threads.

    Args:
        workspace: the archive.
        logged: entries of its log.
    """

    def __init__(self, workspace: Workspace, *, logged: int) -> None:
        self._workspace = workspace
        self._logged = logged
        self._writer = CatalogWriter(workspace.layout.catalog)
        self._making: threading.Thread | None = None
        self._failure: BaseException | None = None
        self._is_over = False
        self.is_whole = False
        """Nothing can have been left behind since the last run, which ended as it should."""
        self.is_new = False
        """The archive holds nothing but its own statement, and no catalog yet."""

    def __enter__(self) -> Self:
        """The catalog has every statement, or will soon.

        Raises:
            DiskFailed: the disk would not.
        """
        workspace, layout = self._workspace, self._workspace.layout
        was_interrupted = workspace.is_interrupted
        is_current = not was_interrupted and self._is_current()
        if is_current:
            self.is_whole = is_whole(layout, self._mark(self._logged), disk=workspace.disk, now=workspace.clock.now())
        forget_whole(layout, disk=workspace.disk)
        try:
            layout.tmp.mkdir(parents=True, exist_ok=True)
            workspace.running.touch()
        except OSError as error:
            raise disk_failed(workspace.running, error) from error
        self.is_new = not was_interrupted and not self._logged and _is_empty(layout)
        if not is_current and not self.is_new:
            self._rebuild()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._making is not None:
            self._making.join()
        self._writer.close()

    def make(self) -> None:
        """Where the archive is new, its catalog is being made from here on."""
        if self.is_new:
            self._making = threading.Thread(target=self._make, name="catalog")
            self._making.start()

    def spans(self) -> dict[str, list[Span]]:
        """By WARC file, what statements describe."""
        spans = {} if self.is_new else self._workspace.catalog.spans()
        return {
            file: [Span(file=file, offset=offset, length=length, blake3="") for offset, length in each]
            for file, each in spans.items()
        }

    def logged_paths(self) -> set[Path]:
        """Files of statements that are known to be in the log without reading them."""
        if self.is_new:
            return set()
        catalog, manifests = self._workspace.catalog, self._workspace.layout.manifests
        if catalog.counts().statements != self._logged:
            return set()
        return {manifests / path for path in catalog.statement_paths()}

    def newest(self, article: str) -> SnapshotRow | None:
        """The article's newest snapshot."""
        if self._making is not None and self._making.is_alive():
            return None  # a run takes each article once, and before it there was nothing
        return self._catalog.newest(article)

    def original(self, uri: str, sha256: str, length: int) -> OriginalRow | None:
        """The stored response that holds this payload already."""
        return self._catalog.original(uri, sha256, length)

    def add(self, written: Written, statement: Statement) -> None:
        """The statement is in the catalog; the caller lets one thread in at a time."""
        path = written.path.relative_to(self._workspace.layout.manifests).as_posix()
        self._await()
        self._writer.add(written.id, path, statement)

    def end(self, *, told: int, log: int | None) -> None:
        """The run ends as it should: every edit is told of, and the catalog is one file again.

        Args:
            told: edits that the run itself may have met.
            log: entries of the log, where it holds every statement and nothing was found amiss.
        """
        workspace = self._workspace
        self._await()
        if told:
            self._writer.tell(self._categories, most=max(_TOLD, told))
        mark = self._mark(log) if log is not None else None
        workspace.close_catalog()
        self._writer.close()
        if mark is not None:
            remember_whole(workspace.layout, mark, now=workspace.clock.now())
        workspace.running.unlink(missing_ok=True)

    @property
    def _catalog(self) -> Catalog:
        self._await()
        return self._workspace.catalog

    def _mark(self, log: int) -> Mark:
        return Mark(log=log, statement=self._workspace.catalog.last_statement()[1])

    def _is_current(self) -> bool:
        try:
            with Catalog(self._workspace.layout.catalog):
                return True
        except CatalogDamaged:
            return False

    def _rebuild(self) -> None:
        self._writer.rebuild(self._workspace.statements(damaged=[]), is_indexed=False)
        self._workspace.close_catalog()

    def _make(self) -> None:
        try:
            self._rebuild()
        except BaseException as error:  # noqa: BLE001  # raised where it is waited for
            self._failure = error

    def _await(self) -> None:
        if self._making is not None:
            self._making.join()
            if self._failure is not None:
                raise self._failure

    def _categories(self, old: SnapshotRow, new: SnapshotRow) -> Iterable[str]:
        from archivist.pipeline.compare import categories_of  # noqa: PLC0415  # few runs meet an edit

        return categories_of(self._workspace)(old, new)


def _is_empty(layout: Layout) -> bool:
    """Whether there is nothing but the archive's own statement."""
    kept = [
        entry.name for folder in (layout.archives, layout.manifests) if folder.is_dir() for entry in os.scandir(folder)
    ]
    return kept == [layout.archive_json.name] and not layout.catalog.exists()
