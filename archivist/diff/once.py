"""What a diff would tell twice, or of a reading instead of the page, taken out: each edit is told where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archivist.diff.key import key, passage_of
from archivist.diff.photos import is_labelled_alike
from archivist.model.change import BlockChange, FieldChange, PhotoChange

__all__ = ["Told", "once"]

LINE: Final = 200
"""Characters of a paragraph that says who wrote the article; in a longer one a name is part of the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The changes of an article."""

    fields: tuple[FieldChange, ...]
    blocks: tuple[BlockChange, ...]
    photos: tuple[PhotoChange, ...]


def once(told: Told, *, old_page: Sequence[str], new_page: Sequence[str]) -> Told:
    """The same changes, each once.

    Args:
        told: what was found.
        old_page: keys of all that the older page shows, passage by passage.
        new_page: the same of the newer.
    """
    swaps = list(_swaps(told.fields))
    said = {key(text) for block in told.blocks for text in (block.old, block.new) if text}
    fields = [
        change
        for change in _without_renamed_dates(told.fields)
        if not (change.field == "description" and _is_standing(change, said, old_page, new_page))
        and not (change.field == "contributors" and _is_in_text(change, said))
    ]
    return Told(
        fields=tuple(fields),
        blocks=tuple(
            change
            for change in told.blocks
            if len(change.old or "") > LINE or not _is_swap(change.old, change.new, swaps)
        ),
        photos=tuple(
            change
            for change in told.photos
            if not (change.what in ("caption", "credit") and _is_swap(change.old, change.new, swaps))
            and not (change.what == "caption" and _is_said(change, said))
            and not (change.what == "credit" and is_labelled_alike(change.old, change.new))
        ),
    )


def _is_standing(change: FieldChange, said: set[str], old_page: Sequence[str], new_page: Sequence[str]) -> bool:
    """The standfirst is one of the edited paragraphs, or both of its forms stand on the page of the other."""
    old, new = key(" ".join(change.old)), key(" ".join(change.new))
    is_longer = bool(old) and new.startswith(old) and new[len(old) :].strip() in said
    if old in said or new in said or is_longer:
        return True
    old, new = passage_of(old, old_page), passage_of(new, new_page)
    return old == new or (old in " ".join(new_page) and new in " ".join(old_page))


def _is_said(change: PhotoChange, said: set[str]) -> bool:
    """The caption is one of the edited paragraphs."""
    return any(text and key(text) in said for text in (change.old, change.new))


def _is_in_text(change: FieldChange, said: set[str]) -> bool:
    """The names stand in a paragraph that was edited."""
    return all(any(key(name) in text for text in said) for name in (*change.old, *change.new))


def _without_renamed_dates(fields: Sequence[FieldChange]) -> Iterator[FieldChange]:
    """Without a date that one reading took for that of publication, and the other for that of update."""
    dates = {change.field: change for change in fields if change.field in ("published", "updated")}
    is_renamed = len(dates) == 2 and (dates["published"].old, dates["published"].new) == (
        dates["updated"].new,
        dates["updated"].old,
    )
    return (change for change in fields if not (is_renamed and change.field in dates))


def _swaps(fields: Sequence[FieldChange]) -> Iterator[tuple[str, str]]:
    """The names that the byline exchanged, one for one."""
    for change in fields:
        if change.field == "authors" and len(change.old) == len(change.new):
            yield from (
                (key(old), key(new)) for old, new in zip(change.old, change.new, strict=True) if key(old) != key(new)
            )


def _is_swap(old: str | None, new: str | None, swaps: Sequence[tuple[str, str]]) -> bool:
    """One text is the other but for the names that the byline exchanged."""
    if not old or not new or not swaps:
        return False
    before, after = key(old), key(new)
    if before == after:
        return False
    for name, other in swaps:
        before = before.replace(name, other)
    return before == after
