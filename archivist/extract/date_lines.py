"""Lines that say when, taken apart: which of their dates is the publication, which the update."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archivist.extract.byline_labels import is_labelled
from archivist.extract.date_labels import Label, labels_in
from archivist.extract.dates import has_time, has_zone, zone_of
from archivist.extract.names import is_person, split_names
from archivist.extract.writing import legible
from archivist.extract.written_dates import Written, find_date, is_nothing_but, partial_date
from archivist.model.article import FieldName

__all__ = ["Said", "read_line"]

MAX_BESIDE: Final = 40
"""Letters beside announced dates in a line that has no mark: more is a sentence."""
MAX_IN_HEAD: Final = 100
"""The same in the article's head, where each announcing word has a colon: byline and dates in one line."""
_BARS: Final = ("|", "•", "·")
_DASHES: Final = ("—", "–", "-", ",")
_EAST: Final = "\u2e80"
"""First of the scripts whose languages set the announcing word behind the date: "2024年4月24日 更新"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A date that a line gives."""

    value: str
    field: FieldName | None
    """None where no word says which date it is."""


def read_line(
    before: str,
    text: str,
    *,
    language: str | None,
    known: Sequence[str],
    is_strict: bool = False,
    is_head: bool = True,
) -> Iterator[Said]:
    """The dates of a line, each with the field that the words at it announce.

    Args:
        before: what stands just before the line: heard where the line itself has no announcing word.
        text: the line.
        language: of the page.
        known: other dates of the page, nearest first.
        is_strict: nothing marks the line as one of dates, so that it must say hardly anything else.
        is_head: it stands in the article's head, where a day needs neither announcement nor year.
    """
    text = legible(text)
    labels = list(_merged(labels_in(text)))
    parts = _parts(text, labels)
    if not labels and before and (announced := list(labels_in(legible(before)))):
        parts = [(announced[-1].field, text)]
    found = _read(parts, language, known, is_head=is_head)
    dates = [(name, date) for name, date in found if date is not None]
    has_colons = (
        is_head and bool(labels) and all(text[label.end : label.end + 2].strip()[:1] == ":" for label in labels)
    )
    beside = MAX_IN_HEAD if has_colons else MAX_BESIDE if labels else 0
    if is_strict and not (_is_line_of_dates(found, parts, beside) or (is_head and _is_signed_date(found))):
        return
    zones = {zone_of(date.value) for _, date in dates if has_zone(date.value)}
    zone = zones.pop() if len(zones) == 1 else ""
    for name, date in dates:
        value = date.value
        # One line, one zone: "Published 10:00, updated 11:00 GMT".
        yield Said(value=value + zone if has_time(value) and not has_zone(value) else value, field=name)


def _merged(labels: Iterator[Label]) -> Iterator[Label]:
    """Words of one announcement ("zuletzt geändert") are one label."""
    last: Label | None = None
    for label in labels:
        if last is not None and last.field == label.field and label.start - last.end <= 1:
            last = replace(last, end=label.end)
            continue
        if last is not None:
            yield last
        last = label
    if last is not None:
        yield last


def _parts(text: str, labels: Sequence[Label]) -> list[tuple[FieldName | None, str]]:
    """The pieces of a line, each with what announces it."""
    if not labels:
        return [(None, text)]
    fields: list[FieldName | None] = [label.field for label in labels]
    starts = [label.start for label in labels]
    tails = [text[label.end : end] for label, end in zip(labels, [*starts[1:], len(text)], strict=True)]
    first = text[: starts[0]]
    if text[starts[0]] >= _EAST and any(map(str.isdigit, first)) and not any(map(str.isdigit, tails[-1])):
        # "2026/5/5 10:15 (2026/5/6 11:42 更新)": the word belongs to the date in brackets.
        outside, _, inside = first.rpartition("(")
        announced = list(zip(fields, [inside, *tails[:-1]], strict=True))
        return [(None, outside), *announced] if outside else announced
    announced = list(zip(fields, tails, strict=True))
    return [(None, first), *announced] if first.strip() else announced


def _read(
    parts: Sequence[tuple[FieldName | None, str]], language: str | None, known: Sequence[str], *, is_head: bool
) -> list[tuple[FieldName | None, Written | None]]:
    """The date of each part; what one leaves out is taken from the others first."""
    dates = [
        find_date(part, language=language, known=known) if any(map(str.isdigit, part)) else None for _, part in parts
    ]
    near = [*(date.value for date in dates if date is not None), *known]
    return [
        (
            name,
            partial_date(part, language=language, known=near, is_announced=name is not None)
            if date is None and near and (is_head or name)
            else date,
        )
        for (name, part), date in zip(parts, dates, strict=True)
    ]


def _is_line_of_dates(
    found: Sequence[tuple[FieldName | None, Written | None]],
    parts: Sequence[tuple[FieldName | None, str]],
    letters: int,
) -> bool:
    rests = [
        rest
        for (_, date), (_, part) in zip(found, parts, strict=True)
        for rest in ((date.before, date.after) if date else (part,))
    ]
    return is_nothing_but(*rests, letters=letters) if letters else is_nothing_but(*rests)


def _is_signed_date(found: Sequence[tuple[FieldName | None, Written | None]]) -> bool:
    """One date at an end of a line, beside a bar or a name.

    "By Mara Quill, Reporter | 14 March 2024", "March 5th, 2024 by mquill | Filed under Ports".
    """
    if len(found) != 1 or found[0][1] is None:
        return False
    before, after = found[0][1].before.strip(), found[0][1].after.strip()
    if not before and (after.startswith(_BARS) or is_labelled(after)):
        return True
    if not is_nothing_but(after):
        return False
    if before.endswith(_BARS) or (is_labelled(before) and bool(split_names(before))):
        return True
    return before.endswith(_DASHES) and is_person(before.rstrip("".join(_DASHES)).strip())
