"""The documents of two snapshots: which have other bytes, and what differs in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from archivist.diff.fields import compare_document_fields
from archivist.diff.looks import compare_looks
from archivist.diff.pages import compare_flows, flow_of_pages, flow_of_sheets
from archivist.model.article import Document, Reading
from archivist.model.change import NO_LOOKS, DocumentChange, LinkChange
from archivist.model.sheets import Sheets
from archivist.model.target import same_target

__all__ = ["compare_documents"]

_UNSEEN: Mapping[str, Sheets] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """A document as one snapshot has it."""

    url: str
    sha256: str | None
    reading: Document | None
    sheets: Sheets | None


def compare_documents(
    old: Reading,
    new: Reading,
    *,
    old_documents: Mapping[str, str],
    new_documents: Mapping[str, str],
    links: Sequence[LinkChange] = (),
    old_sheets: Mapping[str, Sheets] = _UNSEEN,
    new_sheets: Mapping[str, Sheets] = _UNSEEN,
) -> tuple[DocumentChange, ...]:
    """What differs, document by document.

    A document that was captured on one side only is not compared: its bytes on the other side are unknown.

    Args:
        old: the older reading.
        new: the newer reading.
        old_documents: SHA-256 of the payload by address, as captured with the older snapshot.
        new_documents: the same for the newer.
        links: changed links: a document that is linked under another address now is held against the one before.
        old_sheets: what the pages show, by address, as far as the documents were looked at anew.
        new_sheets: the same for the newer.
    """
    before, after = _copies(old, old_documents, old_sheets), _copies(new, new_documents, new_sheets)
    if old.article is None and new.article is None and len(before) == len(after) == 1:
        # Two documents that are compared with each other may have any two addresses.
        after = dict(zip(before, after.values(), strict=True))
    renamed = {
        same_target(link.old): same_target(link.new)
        for link in links
        if link.old and link.new and same_target(link.old) in before and same_target(link.new) in after
    }
    return tuple(_compare(before, after, renamed))


def _copies(reading: Reading, hashes: Mapping[str, str], sheets: Mapping[str, Sheets]) -> dict[str, _Copy]:
    """What the article links; where there is no article, the documents themselves."""
    read = {same_target(document.url): document for document in reading.documents}
    known = {same_target(url): sha256 for url, sha256 in hashes.items()}
    documents = reading.article.documents if reading.article else reading.documents
    copies: dict[str, _Copy] = {}
    for document in documents:
        target = same_target(document.url)
        found = read.get(target)
        sha256 = known.get(target) or (found.sha256 if found else None)
        copies.setdefault(
            target, _Copy(url=document.url, sha256=sha256, reading=found, sheets=sheets.get(document.url))
        )
    return copies


def _compare(
    before: Mapping[str, _Copy], after: Mapping[str, _Copy], renamed: Mapping[str, str]
) -> Iterable[DocumentChange]:
    for target, old in before.items():
        new = after.get(target) or after.get(renamed.get(target, ""))
        if new is None:
            yield DocumentChange(url=old.url, what="removed", old_sha256=old.sha256, new_sha256=None)
        elif old.sha256 and new.sha256 and old.sha256 != new.sha256:
            yield _replaced(old, new)
    for target, new in after.items():
        if target not in before and target not in renamed.values():
            yield DocumentChange(url=new.url, what="added", old_sha256=None, new_sha256=new.sha256)


def _replaced(old: _Copy, new: _Copy) -> DocumentChange:
    if old.reading is None or new.reading is None:
        return DocumentChange(url=new.url, what="replaced", old_sha256=old.sha256, new_sha256=new.sha256)
    if old.sheets and new.sheets:
        pages = compare_flows(flow_of_sheets(old.sheets), flow_of_sheets(new.sheets))
        looks = compare_looks(old.sheets, new.sheets, pages)
    else:
        pages = compare_flows(flow_of_pages(old.reading.pages), flow_of_pages(new.reading.pages))
        looks = NO_LOOKS
    return DocumentChange(
        url=new.url,
        what="replaced",
        old_sha256=old.sha256,
        new_sha256=new.sha256,
        pages=pages,
        fields=compare_document_fields(old.reading, new.reading),
        is_read=not old.reading.problems and not new.reading.problems,
        looks=looks,
    )
