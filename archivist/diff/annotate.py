"""Edits as W3C Web Annotations, so that one of them can be cited: where it stood, and where it stands.

Web Annotation Data Model (2017), 4.2.4 TextQuoteSelector: an exact quotation with what stands before and after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from archivist.diff.wording import Hunk, hunks
from archivist.model.change import BlockChange, Diff
from archivist.model.json import Json, JsonObject

__all__ = ["annotate"]

AROUND: Final = 60
"""Characters before and after a quotation that find it again."""
_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"


def annotate(diff: Diff, *, old: str, new: str) -> JsonObject:
    """One annotation for each edited place of the text, as a collection.

    Args:
        diff: what was edited.
        old: address of the older version.
        new: address of the newer version.
    """
    items: list[Json] = [
        _annotation(number, hunk, change, sources=(old, new))
        for number, (hunk, change) in enumerate(_edits(diff), start=1)
    ]
    return {
        "@context": _CONTEXT,
        "type": "AnnotationCollection",
        "label": f"{diff.verdict.kind}: {'; '.join(diff.verdict.reasons)}",
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _edits(diff: Diff) -> Iterator[tuple[Hunk, BlockChange]]:
    for change in diff.blocks:
        for hunk in hunks(change):
            yield hunk, change


def _annotation(number: int, hunk: Hunk, change: BlockChange, *, sources: tuple[str, str]) -> JsonObject:
    targets: list[Json] = []
    sides = (
        (sources[0], hunk.deleted, change.old, hunk.old_at),
        (sources[1], hunk.inserted, change.new, hunk.new_at),
    )
    for source, words, text, at in sides:
        if words and text is not None:
            targets.append({"source": source, "selector": _selector(text, at, at + len(words))})
    return {
        "type": "Annotation",
        "id": f"#edit-{number}",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "format": "text/plain", "value": _said(hunk, change)},
        "target": targets,
    }


def _selector(text: str, start: int, end: int) -> JsonObject:
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }


def _said(hunk: Hunk, change: BlockChange) -> str:
    deleted, inserted = hunk.deleted.strip(), hunk.inserted.strip()
    if deleted and inserted:
        return f"“{deleted}” was replaced by “{inserted}”"
    what = "paragraph" if change.op in ("insert", "delete") else "passage"
    return f"{what} deleted: “{deleted}”" if deleted else f"{what} inserted: “{inserted}”"
