"""Snapshots in a form that leaves the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Final, Literal, TypeAlias

from archivist.catalog.rows import SnapshotRow
from archivist.catalog.select import find, find_article
from archivist.errors import ArchivistError, UsageError
from archivist.model.json import JsonObject
from archivist.model.selector import Named, parse_selector
from archivist.pipeline.trust import trust_of
from archivist.proof.block_path import block_paths
from archivist.proof.checkpoint import Checkpoint
from archivist.proof.cosign import Cosignature, WitnessKey, parse_lines, verify_cosignature
from archivist.proof.note import parse_note
from archivist.proof.ots import OtsProof
from archivist.proof.receipt import Receipt
from archivist.proof.token import Token
from archivist.store.log import Log
from archivist.store.outgoing import outgoing
from archivist.store.stamps import Stamps
from archivist.workspace import Workspace

if TYPE_CHECKING:
    from archivist.bundle.chosen import Chosen, Earlier

__all__ = ["Exported", "Form", "NotLogged", "export", "write"]

Form: TypeAlias = Literal["receipt", "evidence", "wacz", "warc", "prov"]
_OF_MANY: Final[frozenset[Form]] = frozenset({"wacz", "warc"})
"""Forms that take several snapshots; an address alone stands for all of its article."""
_PIECE: Final = 1024 * 1024


class NotLogged(ArchivistError):
    """The snapshot is not in the signed log yet."""

    exit_code: ClassVar[int] = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written."""

    path: Path
    form: Form
    snapshots: tuple[str, ...]
    """Their ids, oldest first."""
    size: int
    sha256: str

    def to_json(self) -> JsonObject:
        """As printed by ``export --json``."""
        return {
            "path": str(self.path),
            "as": self.form,
            "snapshots": list(self.snapshots),
            "bytes": self.size,
            "sha256": self.sha256,
        }


def export(workspace: Workspace, words: Sequence[str], *, form: Form, path: Path, force: bool = False) -> Exported:
    """A file with the snapshots that the words name, whole and durable.

    Args:
        workspace: the archive.
        words: SNAP, one at least; for ``wacz`` and ``warc``, an address stands for all snapshots of its article.
        form: what to write.
        path: where to.
        force: write over a file that is there.

    Raises:
        NotFound: there is no such snapshot.
        UsageError: the words are wrong or name several, the form takes one only, or a file is there.
        BadManifest: a manifest is damaged.
        BadWarc: a record is.
        NotLogged: the form needs a receipt, and the log does not hold the snapshot yet.
        DiskFailed: the disk would not.
    """
    with outgoing(path, force=force) as file:
        snapshots = write(workspace, words, form=form, file=file)
        hasher = hashlib.sha256()
        file.seek(0)
        while piece := file.read(_PIECE):
            hasher.update(piece)
        size = file.tell()
    return Exported(path=path, form=form, snapshots=snapshots, size=size, sha256=hasher.hexdigest())


def write(workspace: Workspace, words: Sequence[str], *, form: Form, file: BinaryIO) -> tuple[str, ...]:
    """The same, into an empty file that can be sought in; the ids of the snapshots."""
    rows = _rows(workspace, words, form)
    if form == "receipt":
        workspace.load_snapshot(rows[0])
        file.write(_logged(_receipt(workspace, rows[0]), rows[0].id))
        return (rows[0].id,)
    from archivist.bundle.maker import this_program  # noqa: PLC0415  # a receipt needs none of it
    from archivist.bundle.prov import prov_of  # noqa: PLC0415
    from archivist.bundle.write import write_bundle, write_warc  # noqa: PLC0415

    chosen = [_chosen(workspace, row) for row in rows]
    match form:
        case "prov":
            file.write(prov_of(chosen[0]))
        case "warc":
            write_warc(file, chosen, source=workspace.reader)
        case "evidence" | "wacz":
            is_evidence = form == "evidence"
            if is_evidence:
                _logged(chosen[0].receipt, chosen[0].id)
            write_bundle(file, chosen, source=workspace.reader, maker=this_program(), is_evidence=is_evidence)
    return tuple(each.id for each in chosen)


def _rows(workspace: Workspace, words: Sequence[str], form: Form) -> list[SnapshotRow]:
    catalog, rows = workspace.catalog, dict[str, SnapshotRow]()
    for each in words:
        selector = parse_selector(each)
        is_article = form in _OF_MANY and isinstance(selector, Named) and selector.at is None
        found = catalog.history(find_article(catalog, each).key) if is_article else [find(catalog, each)]
        rows |= {row.id: row for row in found}
    if form not in _OF_MANY and len(rows) > 1:
        raise UsageError(f"--as {form} is of one snapshot, and {len(rows)} are named", hint="--as wacz takes several")
    return sorted(rows.values(), key=lambda row: (row.started, row.position))


def _chosen(workspace: Workspace, row: SnapshotRow) -> Chosen:
    from archivist.bundle.chosen import Chosen, ReadAs  # noqa: PLC0415  # a receipt needs none of it

    newest = workspace.newest(row)
    earlier = dict.fromkeys(each.statement for each in newest.placed if each.statement != row.id)
    read = ReadAs(
        snapshot=newest.id,
        statement=newest.statement,
        by=newest.read_by,
        at=newest.at,
        reading=newest.reading,
        quality=newest.quality,
        problems=newest.problems,
    )
    return Chosen(
        id=newest.id,
        manifest=_manifest(workspace, row),
        snapshot=newest.snapshot,
        captures=newest.captures,
        read=read,
        receipt=_receipt(workspace, row),
        earlier=tuple(_earlier(workspace, id_) for id_ in earlier),
    )


def _earlier(workspace: Workspace, id_: str) -> Earlier:
    from archivist.bundle.chosen import Earlier  # noqa: PLC0415  # a receipt needs none of it

    row = workspace.catalog.snapshot(id_)
    return Earlier(id=id_, manifest=_manifest(workspace, row), receipt=_receipt(workspace, row))


def _logged(receipt: bytes | None, id_: str) -> bytes:
    if receipt is None:
        raise NotLogged(
            f"snapshot {id_[:12]} is not in the signed log yet",
            hint="the next run signs it: archivist status says what it waits for",
        )
    return receipt


def _manifest(workspace: Workspace, row: SnapshotRow) -> bytes:
    return workspace.disk.read(workspace.layout.manifests / row.path)


def _receipt(workspace: Workspace, row: SnapshotRow) -> bytes | None:
    """The receipt of a snapshot: under the first checkpoint that is stamped, if any is."""
    log, stamps = Log(workspace.layout, disk=workspace.disk), Stamps(workspace.layout, disk=workspace.disk)
    proof = log.proof(row.id, sizes=stamps.stamped(), near=workspace.catalog.position(row.id))
    if proof is None:
        return None
    note = parse_note(proof.checkpoint)
    size, keys = Checkpoint.parse(note.text).size, workspace.log_keys
    key = keys.at(size)
    cosigned = [*_cosigned(workspace, stamps, size, text=note.text.encode())]
    own = [each for each in note.signatures if (each.name, each.key_id) == (key.name, key.key_id)]
    signed = replace(note, signatures=(*own, *(each.line for _, each in cosigned)))
    return Receipt(
        manifest=_manifest(workspace, row),
        proof=replace(proof, checkpoint=signed.to_bytes()),
        key=key,
        changes=keys.until(size),
        witnesses=tuple(witness for witness, _ in cosigned),
        stamps=tuple((Token.of_response(each.response).bare, each.chain.decode("ascii")) for each in stamps.of(size)),
        calendars=tuple(_blocks(stamps, size)),
    ).to_bytes()


def _blocks(stamps: Stamps, size: int) -> Iterator[bytes]:
    """The ways to Bitcoin blocks that calendars have found; what is false of them is for ``verify`` to judge."""
    for name in sorted(stamps.completed(size)):
        with suppress(ArchivistError):
            yield from (each.encoded for each in block_paths(OtsProof.parse(stamps.read(size, f"{name}.ots"))))


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
