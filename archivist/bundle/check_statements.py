"""Step 3 of ``bundle.check``: the manifests in a bundle, those of earlier snapshots that they rest on, the receipts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from archivist.bundle.chosen import Chosen, Earlier, ReadAs
from archivist.bundle.opened import Opened
from archivist.bundle.package import PACKAGE, PAYLOAD, PROVENANCE, earlier_path
from archivist.errors import BadBundle, FormatError, NewerFormat
from archivist.model.finding import Finding
from archivist.model.manifest import Snapshot, read_statement
from archivist.proof.canonical import parse, statement_id
from archivist.proof.log_keys import LogKeys
from archivist.proof.note import VerifierKey
from archivist.proof.receipt import MAX_RECEIPT, Receipt, check_receipt

__all__ = ["OURS", "Statements", "Trust"]

_MANIFEST = re.compile(r"(?P<before>data/|provenance/[0-9a-f]{12}-)manifest\.json")
OURS: Final = (
    re.compile(rb"(?:data/|provenance/[0-9a-f]{12}-)manifest\.json"),
    re.compile(rb"(?:data/|provenance/[0-9a-f]{12}-)reading\.json"),
)
"""Files that every bundle has, and hardly another ZIP has both."""
_NAMES: Final = ("manifest.json", "reading.json", "receipt.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whom the reader believes."""

    trusted: Sequence[VerifierKey] = ()
    """Log keys of which that of a receipt must be one."""
    own: LogKeys | None = None
    """The log keys of the reader's own archive."""
    roots: Callable[[], bytes] = lambda: b""
    """The certificates that a stamp may lead to, as PEM."""


@dataclass(slots=True, kw_only=True)
class Statements:
    """What the bundle says of snapshots, as it is read."""

    bundle: Opened
    trust: Trust
    chosen: dict[str, Chosen] = field(default_factory=dict)
    """By the beginning of their names; complete where nothing was found."""
    names: set[str] = field(default_factory=set)
    """Files that were read."""

    @property
    def folder(self) -> str:
        """Where they stand."""
        return PAYLOAD if PAYLOAD in self.chosen else PROVENANCE

    def check(self) -> Iterator[Finding]:
        """All of them; nothing more is of use where one cannot be read."""
        prefixes = [found["before"] for name in self.bundle.files if (found := _MANIFEST.fullmatch(name))]
        if not prefixes:
            yield self.bundle.finding("bundle-snapshot", PACKAGE, "there is no manifest of a snapshot in it")
        ids: dict[str, tuple[bytes, Snapshot]] = {}
        for name in [*(f"{each}manifest.json" for each in prefixes), *self._of_earlier()]:
            try:
                id_, data, snapshot = self._manifest(name)
            except NewerFormat as error:
                said = f"a later archivist wrote this: {error}"
                yield self.bundle.finding("statement-newer", name, said, state="unverifiable", fix="upgrade archivist")
                return
            except FormatError as error:
                yield self.bundle.finding("bundle-snapshot", name, f"no snapshot can be read here: {error}")
                return
            ids[id_] = data, snapshot
            yield from self._receipt(name, id_)
        for before in prefixes:
            try:
                self.chosen[before] = self._chosen(before, ids)
            except FormatError as error:
                yield self.bundle.finding("bundle-snapshot", f"{before}manifest.json", f"it cannot be read: {error}")
                return

    def _of_earlier(self) -> list[str]:
        pattern = re.compile(r"(?:data/|provenance/)earlier-[0-9a-f]{12}-manifest\.json")
        return [name for name in self.bundle.files if pattern.fullmatch(name)]

    def _manifest(self, name: str) -> tuple[str, bytes, Snapshot]:
        data = self.bundle.read(name)
        snapshot = read_statement(parse(data))
        if not isinstance(snapshot, Snapshot):
            raise BadBundle("the statement is not a snapshot's")
        id_ = statement_id(data)
        if name != f"{PAYLOAD}manifest.json" and id_[:12] not in name:
            raise BadBundle(f"the manifest has the id {id_[:12]}, and its file another name")
        self.names.add(name)
        return id_, data, snapshot

    def _chosen(self, before: str, ids: dict[str, tuple[bytes, Snapshot]]) -> Chosen:
        id_, data, snapshot = self._manifest(f"{before}manifest.json")
        captures, earlier = [*snapshot.captures], dict[str, Earlier]()
        folder = PAYLOAD if before == PAYLOAD else PROVENANCE
        for carried in snapshot.carried:
            if carried.statement not in ids:
                raise BadBundle(f"it rests on the snapshot {carried.statement[:12]}, which is missing")
            manifest, listed = ids[carried.statement]
            captures += [each.capture for each in carried.of(listed.captures)]
            receipt = self._optional(earlier_path(folder, carried.statement, "receipt.txt"))
            earlier[carried.statement] = Earlier(id=carried.statement, manifest=manifest, receipt=receipt)
        self.names |= {f"{before}{name}" for name in _NAMES}
        return Chosen(
            id=id_,
            manifest=data,
            snapshot=snapshot,
            captures=tuple(captures),
            read=ReadAs.from_json(parse(self.bundle.read(f"{before}reading.json"))),
            receipt=self._optional(f"{before}receipt.txt"),
            earlier=tuple(earlier.values()),
        )

    def _optional(self, name: str) -> bytes | None:
        return self.bundle.read(name, limit=MAX_RECEIPT) if name in self.bundle.files else None

    def _receipt(self, manifest: str, id_: str) -> Iterator[Finding]:
        """The receipt beside a manifest holds, and is of that."""
        name = f"{manifest.removesuffix('manifest.json')}receipt.txt"
        self.names.add(name)
        receipt, trust = self._optional(name), self.trust
        if receipt is None:
            said = "there is no receipt, so nobody has signed what stands in the manifest"
            fix = "export it again when it is signed"
            yield self.bundle.finding("bundle-receipt", name, said, state="unverifiable", fix=fix)
            return
        where = f"{self.bundle.where}: {name}"
        found = check_receipt(receipt, trusted=trust.trusted, own=trust.own, roots=trust.roots, where=where)
        yield from found
        if not any(each.code == "receipt-form" for each in found) and Receipt.parse(receipt).id != id_:
            yield self.bundle.finding(
                "bundle-snapshot", name, "it is the receipt of another manifest than the one beside it"
            )
