"""A snapshot in a form that leaves the archive."""

from __future__ import annotations

from typing import ClassVar

from archivist.catalog.select import find
from archivist.errors import ArchivistError
from archivist.proof.note import VerifierKey
from archivist.proof.receipt import Receipt
from archivist.store.log import Log
from archivist.workspace import Workspace

__all__ = ["NotLogged", "export_receipt"]


class NotLogged(ArchivistError):
    """The snapshot is not in the signed log yet."""

    exit_code: ClassVar[int] = 4


def export_receipt(workspace: Workspace, words: str) -> bytes:
    """The receipt of the snapshot that the words name.

    Raises:
        NotFound: there is none.
        UsageError: the words are wrong, or name several.
        BadManifest: its manifest is damaged.
        NotLogged: the log does not hold it yet.
    """
    row = find(workspace.catalog, words)
    workspace.load_snapshot(row)
    manifest = workspace.disk.read(workspace.layout.manifests / row.path)
    proof = Log(workspace.layout, disk=workspace.disk).proof(row.id, near=workspace.catalog.position(row.id))
    if proof is None:
        raise NotLogged(
            f"snapshot {row.id[:12]} is not in the signed log yet",
            hint="the next run signs it: archivist status says what it waits for",
        )
    return Receipt(manifest=manifest, proof=proof, key=VerifierKey.parse(workspace.identity.key)).to_bytes()
