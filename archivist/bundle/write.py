"""Snapshots written into one file: a bundle of evidence, a WACZ, a WARC file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from blake3 import blake3

from archivist.bundle.bodies import SUMS, bodies_of, sums_of
from archivist.bundle.cdxj import index_of
from archivist.bundle.chosen import Chosen
from archivist.bundle.maker import SECOND, Maker
from archivist.bundle.package import PAYLOAD, PROVENANCE, About, File, Package, earlier_path
from archivist.bundle.pages import pages_of
from archivist.bundle.report import REPORT, Facts, render
from archivist.bundle.selfcontained import Kept, Placed, SelfContained, Source, spans_of
from archivist.errors import BadBundle, BadWarc
from archivist.model.capture import Capture
from archivist.proof.canonical import canonical
from archivist.proof.receipt import Receipt
from archivist.wire.http1 import ResponseHead

__all__ = ["write_bundle", "write_warc"]


def write_warc(file: BinaryIO, chosen: Sequence[Chosen], *, source: Source) -> None:
    """The records of the snapshots, one snapshot after the other, each behind its own ``warcinfo``.

    Raises:
        BadWarc: the archive is damaged there.
        NotFound: a WARC file is missing.
    """
    kept = Kept.of(each.snapshot for each in chosen)
    for each in chosen:
        file.writelines(SelfContained(each, source=source, kept=kept).pieces())


def write_bundle(
    file: BinaryIO, chosen: Sequence[Chosen], *, source: Source, maker: Maker, is_evidence: bool
) -> tuple[File, ...]:
    """A WACZ with all proofs; as evidence also a bag, with a report and the page and its documents for people to open.

    Args:
        file: empty, seekable.
        chosen: oldest first; as evidence, one that has a receipt.
        source: the archive's WARC files.
        maker: who writes.
        is_evidence: whether it is one snapshot, to be handed over.

    Raises:
        BadWarc: the archive is damaged there.
        NotFound: a WARC file is missing.
        BadBundle: something cannot stand in a bundle.
    """
    package = Package(file)
    kept = Kept.of(each.snapshot for each in chosen)
    placed: list[Placed] = []
    warcs = [SelfContained(each, source=source, kept=kept) for each in chosen]
    for warc in warcs:
        package.add(f"archive/{warc.name}", warc.pieces())
        placed += warc.placed
    package.add("indexes/index.cdx", index_of(placed))
    package.add("pages/pages.jsonl", pages_of(chosen))
    folder = PAYLOAD if is_evidence else PROVENANCE
    for each in chosen:
        _data(package, each, folder if is_evidence else f"{folder}{each.id[:12]}-")
    ids = {each.id for each in chosen}
    earlier = {one.id: one for each in chosen for one in each.earlier if one.id not in ids}
    for one in earlier.values():
        package.add(earlier_path(folder, one.id, "manifest.json"), one.manifest)
        if one.receipt is not None:
            package.add(earlier_path(folder, one.id, "receipt.txt"), one.receipt)
    if is_evidence:
        if maker.second is not None:
            package.add(f"{PAYLOAD}{SECOND}", maker.second)
        _report(package, chosen[0], warcs[0], source=source, maker=maker)
    package.close(_about(chosen, maker), is_bag=is_evidence)
    return tuple(package.files)


def _data(package: Package, chosen: Chosen, before: str) -> None:
    package.add(f"{before}manifest.json", chosen.manifest)
    package.add(f"{before}reading.json", canonical(chosen.read.to_json()))
    if chosen.receipt is not None:
        package.add(f"{before}receipt.txt", chosen.receipt)


def _report(package: Package, chosen: Chosen, warc: SelfContained, *, source: Source, maker: Maker) -> None:
    if chosen.receipt is None:
        raise BadBundle("evidence needs a receipt, and the log does not hold this snapshot yet")
    captured = dict(bodies_of(chosen.captures, lambda capture: _head(capture, source)))
    sums = {path: _added(package, path, source.payload(capture)) for path, capture in captured.items()}
    package.add(SUMS, sums_of(sums))
    facts = Facts(
        chosen=chosen,
        receipt=Receipt.parse(chosen.receipt),
        files=tuple(package.files),
        captured=captured,
        spans=[(f"archive/{warc.name}", start, span) for start, span in spans_of(chosen.id, chosen.snapshot)],
        software=maker.software,
    )
    package.add(REPORT, render(facts))


def _added(package: Package, path: str, pieces: Iterator[bytes]) -> str:
    """BLAKE3 of a body that was put in."""
    hasher = blake3()

    def seen() -> Iterator[bytes]:
        for piece in pieces:
            hasher.update(piece)
            yield piece

    package.add(path, seen())
    return hasher.hexdigest()


def _head(capture: Capture, source: Source) -> ResponseHead | None:
    try:
        # The head of a 304 does not describe the payload that it confirms.
        return source.head(capture.original if capture.is_confirmed else capture.record)
    except BadWarc:
        return None  # bytes that came without HTTP


def _about(chosen: Sequence[Chosen], maker: Maker) -> About:
    last, page = chosen[-1], chosen[-1].snapshot.page
    one = len(chosen) == 1
    title = last.read.title or last.snapshot.article
    count = f"Snapshot {last.id} of" if one else f"{len(chosen)} snapshots of"
    articles = sorted({each.snapshot.article for each in chosen})
    return About(
        title=title if one else f"{title} ({len(chosen)} snapshots)",
        description=f"{count} {', '.join(articles[:5])}{' and others' if articles[5:] else ''}",
        software=maker.software,
        created=max(each.snapshot.ended for each in chosen),
        page=page.uri if page else last.snapshot.article,
        page_date=(page.date if page else last.snapshot.started)[:19] + "Z",
        id=last.id if one else ", ".join(articles[:5]),
    )
