"""A snapshot in a form that leaves the archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from archivist.catalog.select import find
from archivist.errors import ArchivistError
from archivist.pipeline.trust import trust_of
from archivist.proof.checkpoint import Checkpoint
from archivist.proof.cosign import Cosignature, WitnessKey, parse_lines, verify_cosignature
from archivist.proof.note import parse_note
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
    note = parse_note(proof.checkpoint)
    size, keys = Checkpoint.parse(note.text).size, workspace.log_keys
    key = keys.at(size)
    cosigned = [*_cosigned(workspace, stamps, size, text=note.text.encode())]
    own = [each for each in note.signatures if (each.name, each.key_id) == (key.name, key.key_id)]
    signed = replace(note, signatures=(*own, *(each.line for _, each in cosigned)))
    return Receipt(
        manifest=manifest,
        proof=replace(proof, checkpoint=signed.to_bytes()),
        key=key,
        changes=keys.until(size),
        witnesses=tuple(witness for witness, _ in cosigned),
        stamps=tuple((Token.of_response(each.response).bare, each.chain.decode("ascii")) for each in stamps.of(size)),
    ).to_bytes()


def _cosigned(
    workspace: Workspace, stamps: Stamps, size: int, *, text: bytes
) -> Iterator[tuple[WitnessKey, Cosignature]]:
    """What the witnesses of the settings have cosigned; what is false of it is for ``verify`` to judge."""
    known = {(key.name, key.key_id): key for key in map(WitnessKey.parse, trust_of(workspace).witnesses)}
    for name in sorted(stamps.witnesses(size, ".cosig")):
        with suppress(ArchivistError):
            for line in parse_lines(stamps.read(size, f"{name}.cosig")):
                if key := known.pop((line.name, line.key_id), None):
                    yield key, verify_cosignature(line, key, text)
