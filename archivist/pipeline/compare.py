"""Two versions compared: both read anew and alike where a reader is at hand, else as they were read.

``diff`` and ``log`` read anew, so that they tell the same; what runs beside a capture or fills the catalog takes the
stored readings, which is quicker and says less well what is no edit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from archivist.catalog.rows import SnapshotRow
from archivist.diff.compare import Beside, compare
from archivist.errors import BadDocument, BadManifest, NotFound
from archivist.model.change import Diff
from archivist.model.outline import Outline
from archivist.pipeline.seal import versions_of
from archivist.pipeline.sides import Side, with_looks, with_sheets, with_site
from archivist.sandbox import Sandbox
from archivist.workspace import Workspace

__all__ = ["categories_of", "compare_rows", "compare_sides"]


def compare_sides(
    workspace: Workspace | None, old: Side, new: Side, sandbox: Sandbox | None
) -> tuple[Side, Side, Diff]:
    """What was edited between two versions, and both with all that it was seen in.

    Args:
        workspace: the archive, for what the pages of documents show; None where both versions are files.
        old: the older version.
        new: the newer one.
        sandbox: reads the documents.

    Raises:
        BadDocument: only one of them was read as an article.
    """
    if workspace:
        old, new = with_sheets(workspace, old, new, sandbox), with_sheets(workspace, new, old, sandbox)
        old, new = with_looks(workspace, old, new, sandbox), with_looks(workspace, new, old, sandbox)
    if not old.beside.page.passages or not new.beside.page.passages:
        # What only one side is known to show would look like an edit.
        old, new = _unseen(old), _unseen(new)
    found = compare(old.reading, new.reading, beside_old=old.beside, beside_new=new.beside)
    if workspace and found.blocks and old.beside.page.passages:
        # What looks like an edit of the text may be the site's: its other articles are asked.
        old, new = with_site(workspace, old, sandbox), with_site(workspace, new, sandbox)
        found = compare(old.reading, new.reading, beside_old=old.beside, beside_new=new.beside)
    return old, new, found


def _unseen(side: Side) -> Side:
    return replace(side, beside=replace(side.beside, page=Outline()))


def compare_rows(workspace: Workspace, old: SnapshotRow, new: SnapshotRow) -> Diff:
    """What was edited between two snapshots, each in its newest stored reading.

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
