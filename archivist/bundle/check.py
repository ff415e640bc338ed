"""What ``archivist verify`` proves of a bundle, step by step, from its bytes alone.

 1. It is a ZIP in the one spelling that bundles have: nothing stands between or around its files (``bundle.zip``).
 2. ``datapackage.json`` gives the SHA-256 and the length of every other file, ``datapackage-digest.json`` its own;
    where it is a bag, both lists of the bag are what these files make them.
 3. Each manifest in it is a snapshot's, and those of earlier snapshots that it rests on are there, too; each has its
    receipt, which holds (``proof.receipt``) and is of this manifest (``check_statements``).
 4. The records are those that the manifests describe, every capture has its record and its payload, and nothing else
    would be shown by a player (``check_records``).
 5. The bodies that lie there by themselves are those that the manifest names; no file belongs in no bundle.
 6. The index and the list of pages are those of these records.
 7. The reading is the manifest's, where that holds it all; the report is what these files make it, and the second
    verifier the one that goes with it, where the program that made them is the one that checks.

Rule 1: a forger can make every digest of step 2 right again: they show accidents. What a bundle is worth stands on the
signature in the receipt, and on what the manifest under it names.
Rule 2: where step 2 fails, the later steps are left out: they would repeat it in other words.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from blake3 import blake3

from archivist.bundle.bodies import BODIES, SUMS, bodies_of, sums_of
from archivist.bundle.cdxj import index_of
from archivist.bundle.check_records import Records, find_damaged
from archivist.bundle.check_statements import OURS, Statements, Trust
from archivist.bundle.chosen import Chosen
from archivist.bundle.maker import SECOND, Maker
from archivist.bundle.opened import AGAIN, Opened
from archivist.bundle.package import BAG, DIGEST, INFO, LISTS, PACKAGE, PAYLOAD, File, json_bytes, list_of
from archivist.bundle.pages import pages_of
from archivist.bundle.report import REPORT, Facts, render
from archivist.bundle.selfcontained import file_of, spans_of
from archivist.bundle.zip import Entry, end_of_zip, read_entries, read_entry
from archivist.errors import ArchivistError, BadBundle
from archivist.model.capture import Capture
from archivist.model.finding import Finding
from archivist.proof.canonical import canonical
from archivist.proof.receipt import NOT_PROVED, Receipt

__all__ = ["BUNDLE_NOT_PROVED", "BundleCheck", "check_bundle"]

BUNDLE_NOT_PROVED: Final = (
    *NOT_PROVED,
    "that readings and reports are right: they repeat what one program made of the bytes",
)
_INDEX: Final = "indexes/index.cdx"
_PAGES: Final = "pages/pages.jsonl"


@dataclass(slots=True, kw_only=True)
class BundleCheck:
    """What came of it."""

    findings: list[Finding] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Take it down; what cannot be told of each of many receipts is told once."""
        is_said = any(each.code == finding.code and each.said == finding.said for each in self.findings)
        if finding.state == "failed" or not is_said:
            self.findings.append(finding)


def check_bundle(
    file: BinaryIO,
    *,
    trust: Trust,
    where: str,
    maker: Maker,
) -> BundleCheck:
    """Everything that is wrong with a bundle, or cannot be told.

    Args:
        file: the bundle; may be anything.
        trust: whom the reader believes.
        where: what to call the bundle.
        maker: the program that checks, as it would write bundles.
    """
    result = BundleCheck()
    try:
        entries = {entry.name: entry for entry in read_entries(file)}
    except BadBundle as error:
        result.findings.append(_no_bundle(file, where, str(error)))
        return result
    files = _digested(file, entries)
    bundle = Opened(file=file, where=where, maker=maker, entries=entries, files=files)
    result.checked["files"] = len(entries)
    steps = (_lists(bundle), _bag(bundle), _contents(bundle, result.checked, trust))
    for step in steps:
        try:
            for finding in step:
                result.add(finding)
        except (ArchivistError, ValueError, RecursionError) as error:
            result.findings.append(bundle.finding("bundle-file", "a file in it", f"it cannot be read: {error}"))
        if any(each.state == "failed" for each in result.findings):
            break
    return result


def _no_bundle(file: BinaryIO, where: str, said: str) -> Finding:
    """A ZIP that has not the one spelling: a bundle that was changed, or something else altogether."""
    end = end_of_zip(file)
    if end and not all(name.search(end) for name in OURS):
        said = "it is a ZIP and none of archivist's bundles: there is no receipt in it that could be checked"
        return Finding(state="unverifiable", code="bundle-foreign", where=where, said=said)
    fix = f"{AGAIN}; where it was packed anew, unzip it, and verify data/receipt.txt and {LISTS[0]}"
    return Finding(state="failed", code="bundle-form", where=where, said=said, fix=fix)


def _digested(file: BinaryIO, entries: Mapping[str, Entry]) -> dict[str, File]:
    """Every file as it is; one whose CRC-32 is not that of the ZIP has no digest that could be right."""
    found = {}
    for name, entry in entries.items():
        digest, crc = hashlib.sha256(), 0
        for piece in read_entry(file, entry):
            digest.update(piece)
            crc = zlib.crc32(piece, crc)
        sha256 = digest.hexdigest() if crc == entry.crc else "none: it has another CRC-32 than the ZIP gives"
        found[name] = File(path=name, size=entry.size, sha256=sha256)
    return found


def _lists(bundle: Opened) -> Iterator[Finding]:
    """Step 2."""
    for name in (PACKAGE, DIGEST):
        if name not in bundle.files:
            yield bundle.finding("bundle-file", name, "it is missing, so nothing says what the files should be")
            return
    own = bundle.files[PACKAGE].sha256
    if bundle.read(DIGEST) != json_bytes({"path": PACKAGE, "hash": f"sha256:{own}"}):
        said = f"it should give the SHA-256 of {PACKAGE}, which is {own}: one of the two was changed"
        yield bundle.finding("bundle-file", DIGEST, said)
    listed = _resources(bundle.read(PACKAGE))
    for name, file in bundle.files.items():
        if name in {PACKAGE, DIGEST}:
            continue
        if name not in listed:
            yield bundle.finding("bundle-file", name, f"{PACKAGE} does not list it")
        elif listed[name] != file:
            damage = find_damaged(bundle.file, bundle.entries[name]) if name.startswith("archive/") else ""
            said = f"its SHA-256 is {file.sha256}, and {PACKAGE} says {listed[name].sha256[:64]}{damage}"
            yield bundle.finding("bundle-file", name, said)
    for name in sorted(listed.keys() - bundle.files.keys()):
        yield bundle.finding("bundle-file", name, f"it is missing, and {PACKAGE} lists it")


def _resources(data: bytes) -> dict[str, File]:
    """What ``datapackage.json`` lists.

    Raises:
        BadBundle: it cannot be read.
    """
    try:
        found = [(each["path"], each["bytes"], each["hash"]) for each in json.loads(data)["resources"]]
    except (ValueError, KeyError, TypeError) as error:
        raise BadBundle(f"{PACKAGE} has no list of files that can be read ({error})") from error
    return {
        str(path): File(path=str(path), size=size, sha256=str(digest).removeprefix("sha256:"))
        for path, size, digest in found
    }


def _bag(bundle: Opened) -> Iterator[Finding]:
    if LISTS[0] not in bundle.files:
        return
    payload = [each for name, each in bundle.files.items() if name.startswith(PAYLOAD)]
    outside = {PACKAGE, DIGEST, LISTS[1], *(each.path for each in payload)}
    tags = [each for name, each in bundle.files.items() if name not in outside]
    expected = {LISTS[0]: list_of(payload), LISTS[1]: list_of(tags), BAG[0]: BAG[1]}
    for name, data in expected.items():
        if name not in bundle.files or bundle.read(name) != data:
            yield bundle.finding("bundle-file", name, "it is not what the files of the bag make it")


def _contents(bundle: Opened, checked: Counter[str], trust: Trust) -> Iterator[Finding]:
    """Steps 3 to 7."""
    statements = Statements(bundle=bundle, trust=trust)
    found = list(statements.check())
    yield from found
    if not statements.chosen or any(each.code == "bundle-snapshot" for each in found):
        return
    chosen = list(statements.chosen.values())
    checked["snapshots"] = len(chosen)
    checked["captures"] = sum(len(each.captures) for each in chosen)
    yield from _belongs(bundle, statements)
    records = Records(chosen={each.id: each for each in chosen}, where=bundle.where)
    for each in chosen:
        name = f"archive/{file_of(each.id)}"
        if name in bundle.entries:
            yield from records.check(each.id, bundle.file, bundle.entries[name])
    yield from records.check_complete()
    checked["records"] = records.count
    yield from _told(bundle, statements, index_of(records.placed()))
    bodies = dict(bodies_of(chosen[0].captures, records.head_of)) if statements.folder == PAYLOAD else {}
    yield from _bodies(bundle, bodies)
    if REPORT in bundle.files and _is_ours(bundle):
        yield from _report(bundle, chosen[0], bodies)


def _belongs(bundle: Opened, statements: Statements) -> Iterator[Finding]:
    """Step 5."""
    chosen = statements.chosen.values()
    known = {PACKAGE, DIGEST, INFO, *LISTS, BAG[0], _INDEX, _PAGES, REPORT, SUMS, f"{PAYLOAD}{SECOND}"}
    known |= statements.names | {f"archive/{file_of(each.id)}" for each in chosen}
    for name in bundle.files:
        if name not in known and not name.startswith(BODIES):
            yield bundle.finding("bundle-file", name, "no file of this name belongs in a bundle")
    needed = {_INDEX, _PAGES, *(f"archive/{file_of(each.id)}" for each in chosen)}
    needed |= {REPORT, SUMS} if statements.folder == PAYLOAD else set()
    for name in sorted(needed - bundle.files.keys()):
        yield bundle.finding("bundle-file", name, "it is missing")


def _told(bundle: Opened, statements: Statements, index: bytes) -> Iterator[Finding]:
    """Steps 6 and 7."""
    expected = {_INDEX: index, _PAGES: pages_of(list(statements.chosen.values()))}
    for name, data in expected.items():
        if name in bundle.files and bundle.read(name) != data:
            yield bundle.finding("bundle-told", name, "it is not the one that these records have")
    for before, each in statements.chosen.items():
        held, read = each.snapshot.held, each.read
        is_own = read.statement == each.id and not held.holders
        if read.snapshot != each.id or (is_own and canonical(read.reading.to_json()) != canonical(held.to_json())):
            yield bundle.finding(
                "bundle-told", f"{before}reading.json", "it is not the reading that the manifest holds"
            )


def _bodies(bundle: Opened, bodies: Mapping[str, Capture]) -> Iterator[Finding]:
    """Step 5, bodies."""
    for name, capture in bodies.items():
        found = bundle.files[name].sha256 if name in bundle.files else "missing"
        if found != capture.payload.sha256:
            said = f"it should have the SHA-256 {capture.payload.sha256} of {capture.uri}, and is {found}"
            yield bundle.finding("bundle-file", name, said)
    for name in bundle.files:
        if name.startswith(BODIES) and name not in bodies:
            yield bundle.finding("bundle-file", name, "no file of this name belongs in this bundle")
    sums = {name: _blake3(bundle, name) for name in bodies if name in bundle.files}
    if SUMS in bundle.files and bundle.read(SUMS) != sums_of(sums):
        yield bundle.finding("bundle-told", SUMS, "it does not give the BLAKE3 that these files have")


def _blake3(bundle: Opened, name: str) -> str:
    hasher = blake3()
    for piece in read_entry(bundle.file, bundle.entries[name]):
        hasher.update(piece)
    digest: str = hasher.hexdigest()
    return digest


def _is_ours(bundle: Opened) -> bool:
    mark = f'<meta name="generator" content="{bundle.maker.software}">'.encode()
    return mark in bundle.read(REPORT)


def _report(bundle: Opened, chosen: Chosen, bodies: Mapping[str, Capture]) -> Iterator[Finding]:
    """The report, and the second verifier, as this program puts them in."""
    name = f"{PAYLOAD}{SECOND}"
    if bundle.maker.second is not None and name in bundle.files and bundle.read(name) != bundle.maker.second:
        yield bundle.finding("bundle-told", name, "it is not the verifier that this program puts in: do not run it")
    if chosen.receipt is None:
        return
    names = list(bundle.files)
    facts = Facts(
        chosen=chosen,
        receipt=Receipt.parse(chosen.receipt),
        files=[bundle.files[name] for name in names[: names.index(REPORT)]],
        captured=bodies,
        spans=[(f"archive/{file_of(chosen.id)}", at, span) for at, span in spans_of(chosen.id, chosen.snapshot)],
        software=bundle.maker.software,
    )
    if bundle.read(REPORT) != b"".join(render(facts)):
        said = "it is not the report that these files make: read the manifest and the reading instead"
        yield bundle.finding("bundle-told", REPORT, said)
