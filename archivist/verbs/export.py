"""A snapshot in a form that leaves the archive."""

from __future__ import annotations

from typing import ClassVar

from archivist.catalog.select import find
from archivist.errors import ArchivistError
from archivist.proof.checkpoint import Checkpoint
from archivist.proof.note import VerifierKey, parse_note
from archivist.proof.receipt import Receipt
from archivist.proof.token import Token
from archivist.store.log import Log
from archivist.store.stamps import Stamps
from archivist.workspace import Workspace

__all__ = ["NotLogged", "export_receipt"]


class NotLogged(ArchivistError):
    """The snapshot is not in the signed log yet."""

    exit_code: ClassVar[int] = 4


def export_receipt(workspace: Workspace, words: str) -> bytes:
    """The receipt of the snapshot that the words name: under the first checkpoint that is stamped, if any is.

    Raises:
        NotFound: there is none.
        UsageError: the words are wrong, or name several.
        BadManifest: its manifest is damaged.
        NotLogged: the log does not hold it yet.
    """
    row = find(workspace.catalog, words)
    workspace.load_snapshot(row)
    manifest = workspace.disk.read(workspace.layout.manifests / row.path)
    log, stamps = Log(workspace.layout, disk=workspace.disk), Stamps(workspace.layout, disk=workspace.disk)
    proof = log.proof(row.id, sizes=stamps.stamped(), near=workspace.catalog.position(row.id))
    if proof is None:
        raise NotLogged(
            f"snapshot {row.id[:12]} is not in the signed log yet",
            hint="the next run signs it: archivist status says what it waits for",
        )
    size = Checkpoint.parse(parse_note(proof.checkpoint).text).size
    return Receipt(
        manifest=manifest,
        proof=proof,
        key=VerifierKey.parse(workspace.identity.key),
        stamps=tuple(
            (Token.of_response(each.response).encoded, each.chain.decode("ascii")) for each in stamps.of(size)
        ),
    ).to_bytes()
