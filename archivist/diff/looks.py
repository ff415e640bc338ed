"""What differs in two documents besides the words that a reader sees: boxes over text, hidden text, pictures, files.

A black box over text is no redaction while the text can still be read out of the file; that is said, and what it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from archivist.diff.key import key
from archivist.model.change import BlockChange, Looks, PageChange
from archivist.model.sheets import Sheet, Sheets

__all__ = ["compare_looks", "without_redactions"]

ALIKE = 6
"""Bits of 64 up to which two pictures look the same: saved again with a loss, or in another size."""


def compare_looks(old: Sheets, new: Sheets, pages: Sequence[PageChange]) -> Looks:
    """What differs.

    Args:
        old: the older document.
        new: the newer one.
        pages: what was edited in the text.
    """
    boxed = _newly_boxed(old, new)
    inserted = {page.new_number for page in pages if page.op == "insert"}
    old_hidden = {key(text.text) for text in old.flow if text.is_hidden}
    return Looks(
        covered=tuple(
            box.text for sheet in new.sheets for box in sheet.boxes if box.text and box.text not in _covered(old)
        ),
        removed=tuple(_removed(pages, boxed)),
        hidden=tuple(text.text for text in new.flow if text.is_hidden and key(text.text) not in old_hidden),
        pictures=tuple(_other_pictures(old.sheets, [sheet for sheet in new.sheets if sheet.number not in inserted])),
        attachments=tuple(sorted({text.rpartition(":")[0] for text in {*old.attachments} ^ {*new.attachments}})),
        notes=tuple(sorted({*old.notes} ^ {*new.notes})),
        has_no_text=old.is_scanned or new.is_scanned,
    )


def without_redactions(pages: Sequence[PageChange], looks: Looks) -> tuple[PageChange, ...]:
    """The pages on which more was edited than taken out beneath a box."""
    return tuple(page for page in pages if not all(_is_redaction(block, looks.removed) for block in page.blocks))


def _covered(sheets: Sheets) -> frozenset[str]:
    return frozenset(box.text for sheet in sheets.sheets for box in sheet.boxes)


def _newly_boxed(old: Sheets, new: Sheets) -> frozenset[int]:
    """Pages with a dark box, nothing beneath it, that the older document does not have."""
    known = Counter(box.place for sheet in old.sheets for box in sheet.boxes)
    pages: set[int] = set()
    for sheet in new.sheets:
        for box in sheet.boxes:
            if known[box.place]:
                known[box.place] -= 1
            elif not box.text:
                pages.add(sheet.number)
    return frozenset(pages)


def _removed(pages: Sequence[PageChange], boxed: Collection[int]) -> Iterator[str]:
    """Words that were taken out, and none put in, on pages with a new box."""
    for page in pages:
        for block in page.blocks if page.new_number in boxed else ():
            if _only_deletes(block):
                yield from (span.text.strip() for span in block.words if span.op == "delete" and span.text.strip())


def _only_deletes(block: BlockChange) -> bool:
    inserted = "".join(span.text for span in block.words if span.op == "insert")
    return block.op in ("replace", "delete") and not any(letter.isalnum() for letter in inserted)


def _is_redaction(block: BlockChange, removed: Collection[str]) -> bool:
    deleted = [span.text.strip() for span in block.words if span.op == "delete" and span.text.strip()]
    return bool(deleted) and _only_deletes(block) and all(text in removed for text in deleted)


def _other_pictures(old: Sequence[Sheet], new: Sequence[Sheet]) -> Iterator[int]:
    """Pages that show a picture which the older document has not, or that lost one."""
    known = [image for sheet in old for image in sheet.images]
    now = [image for sheet in new for image in sheet.images]
    for sheet in new:
        if any(not _is_among(image, known) for image in sheet.images):
            yield sheet.number
    kept = {sheet.number for sheet in new}
    for sheet in old:
        if sheet.number in kept and any(not _is_among(image, now) for image in sheet.images) and len(now) < len(known):
            yield sheet.number


def _is_among(image: str, others: Collection[str]) -> bool:
    return image in others or any(_look_alike(image, other) for other in others)


def _look_alike(one: str, other: str) -> bool:
    (data, _, look), (other_data, _, other_look) = one.partition(":"), other.partition(":")
    if data == other_data:
        return True
    # A picture of one colour looks like every other of one colour.
    has_looks = bool(look and other_look) and int(look, 16) != 0
    return has_looks and (int(look, 16) ^ int(other_look, 16)).bit_count() <= ALIKE
