"""Two snapshots of the archive compared: their readings, and the bytes of their documents and photos."""

from __future__ import annotations

from collections.abc import Callable

from archivist.catalog.rows import SnapshotRow
from archivist.diff.compare import Beside, compare
from archivist.errors import BadDocument, BadManifest, NotFound
from archivist.model.change import Diff
from archivist.pipeline.seal import versions_of
from archivist.workspace import Workspace

__all__ = ["categories_of", "compare_rows"]


def compare_rows(workspace: Workspace, old: SnapshotRow, new: SnapshotRow) -> Diff:
    """What was edited between two snapshots, each in its newest reading.

    Raises:
        BadManifest: one of the manifests is damaged.
    """
    before, after = workspace.newest(old), workspace.newest(new)
    old_documents, old_images = versions_of(before.captures, article=before.reading.article)
    new_documents, new_images = versions_of(after.captures, article=after.reading.article)
    return compare(
        before.reading,
        after.reading,
        beside_old=Beside(documents=old_documents, images=old_images),
        beside_new=Beside(documents=new_documents, images=new_images),
    )


def categories_of(workspace: Workspace) -> Callable[[SnapshotRow, SnapshotRow], tuple[str, ...]]:
    """What the catalog asks for each edit, so that a search for kinds of edits need not compare anything."""

    def categories(old: SnapshotRow, new: SnapshotRow) -> tuple[str, ...]:
        try:
            return compare_rows(workspace, old, new).categories
        except (BadManifest, BadDocument, NotFound):
            # Damage is for `verify` to judge; a page that could not be read is no edit of a kind.
            return ()

    return categories
