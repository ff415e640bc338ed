"""Snapshots written into one file: a bundle of evidence, a WACZ, a WARC file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final
from urllib.parse import unquote, urlsplit

from archivist.bundle.cdxj import index_of
from archivist.bundle.chosen import Chosen
from archivist.bundle.package import PAYLOAD, About, File, Package
from archivist.bundle.pages import pages_of
from archivist.bundle.report import REPORT, Facts, render
from archivist.bundle.selfcontained import Kept, Placed, SelfContained, Source
from archivist.errors import BadBundle
from archivist.model.capture import Capture
from archivist.proof.canonical import canonical
from archivist.proof.receipt import Receipt

__all__ = ["SECOND", "Maker", "write_bundle", "write_warc"]

SECOND: Final = "verify_receipt.py"
_CODINGS: Final = {"gzip": ".gz", "x-gzip": ".gz", "br": ".br", "zstd": ".zst", "deflate": ".deflate"}
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """What writes bundles."""

    software: str
    second: bytes | None
    """The second verifier, to be put in; None where it is not at hand."""


def write_warc(file: BinaryIO, chosen: Sequence[Chosen], *, source: Source) -> None:
    """The records of the snapshots, one snapshot after the other, each behind its own ``warcinfo``.

    Raises:
        BadWarc: the archive is damaged there.
        NotFound: a WARC file is missing.
    """
    kept = Kept.of(each.snapshot for each in chosen)
    for each in chosen:
        file.writelines(SelfContained(each.snapshot, each.id, source=source, kept=kept).pieces())


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
    warcs = [SelfContained(each.snapshot, each.id, source=source, kept=kept) for each in chosen]
    for warc in warcs:
        package.add(f"archive/{warc.name}", warc.pieces())
        placed += warc.placed
    package.add("indexes/index.cdx", index_of(placed))
    package.add("pages/pages.jsonl", pages_of(chosen))
    for each in chosen:
        _data(package, each, PAYLOAD if is_evidence else f"provenance/{each.id[:12]}-")
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
    captured: dict[str, Capture] = {}
    for path, capture in _captured(chosen, source):
        captured[path] = capture
        package.add(path, source.payload(capture))
    sums = "".join(f"{capture.payload.blake3}  {path}\n" for path, capture in captured.items())
    package.add("data/b3sums.txt", sums.encode())
    facts = Facts(
        chosen=chosen,
        receipt=Receipt.parse(chosen.receipt),
        files=tuple(package.files),
        captured=captured,
        spans=[(f"archive/{warc.name}", start, span) for start, span in warc.spans()],
        software=maker.software,
    )
    package.add(REPORT, render(facts))


def _captured(chosen: Chosen, source: Source) -> Iterator[tuple[str, Capture]]:
    """The page and its documents as files by themselves, named so that a person knows them again."""
    taken: set[str] = set()
    for capture in chosen.snapshot.captures:
        if capture.role not in {"page", "document"} or not capture.payload.length:
            continue
        coding = (source.head(capture.record).get("content-encoding") or "").strip().lower()
        stem, dot, kind = _name(capture).rpartition(".")
        name = f"{stem}{dot}{kind}{_CODINGS.get(coding, '')}"
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}-{number}{dot}{kind}{_CODINGS.get(coding, '')}"
        taken.add(name.lower())
        yield f"data/captured/{name}", capture


def _name(capture: Capture) -> str:
    if capture.role == "page":
        return "page.html" if capture.media_type in {"text/html", "application/xhtml+xml"} else "page.bin"
    last = unquote(urlsplit(capture.uri).path).rstrip("/").rpartition("/")[2]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", last).strip(".-")
    stem, dot, kind = name.rpartition(".")
    is_named = dot and stem
    kind = kind[:8] if is_named else "pdf" if capture.media_type == "application/pdf" else "bin"
    return f"{(stem if is_named else name)[:_LONGEST] or 'document'}.{kind}"


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
