"""The pictures of two readings: which is which, and what is said of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final

from archivist.diff.align import Pair
from archivist.diff.key import key
from archivist.diff.shown import PagePair
from archivist.model.article import Claim, Photo
from archivist.model.change import PhotoChange
from archivist.model.outline import Outline
from archivist.model.target import picture_of

__all__ = ["Side", "compare_photos", "is_labelled_alike"]


_LABEL: Final = re.compile(
    r"[(\[ ]*(?:(?:photo(?:graph|s)?|foto(?:s|grafie)?|bild(?:er)?|image|picture|credit|crédits?|photo credit|quelle|"
    r"source|fuente|fonte|valokuva|kuva|zdjęcie|fot\.?|写真|图|사진)\s*(?:by|von|de|di|/)?\s*[:：]?\s+|©\s*|\(c\)\s*)+|"
    r"[)\]. ]+$",
    re.IGNORECASE,
)
"""What a credit begins with besides names."""
_UNSEEN = Outline()

Side = Sequence[tuple[Photo, str | None]]
"""Each photo with the SHA-256 of its payload, if captured."""


def compare_photos(
    old: Sequence[Photo],
    new: Sequence[Photo],
    *,
    old_images: Mapping[str, str],
    new_images: Mapping[str, str],
    old_page: Outline = _UNSEEN,
    new_page: Outline = _UNSEEN,
) -> tuple[PhotoChange, ...]:
    """What differs, photo by photo.

    Args:
        old: photos of the older reading.
        new: photos of the newer reading.
        old_images: SHA-256 of the payload by address, for the images captured with the older snapshot.
        new_images: the same for the newer.
        old_page: all that the older page shows: a picture that only one reading found is no edit.
        new_page: the same of the newer.
    """
    before = [(photo, old_images.get(photo.image or "")) for photo in old]
    after = [(photo, new_images.get(photo.image or "")) for photo in new]
    pairs = _pairs(before, after)
    old_left = sorted(set(range(len(old))) - {i for i, _ in pairs})
    new_left = sorted(set(range(len(new))) - {j for _, j in pairs})
    changes = (
        *(change for i, j in pairs for change in _compare(before[i], after[j])),
        *(PhotoChange(image=old[i].image, what="removed", old=_text(old[i].caption), new=None) for i in old_left),
        *(PhotoChange(image=new[j].image, what="added", old=None, new=_text(new[j].caption)) for j in new_left),
    )
    shown = PagePair.of(old_page, new_page)
    found = [change for change in changes if shown.confirms(change)]
    found += shown.bare_changes(found)
    return (*found, *shown.card_change(found), *shown.label_changes(found))


def _pairs(old: Side, new: Side) -> list[Pair]:
    """The surest sign first: equal bytes, equal address, the lead with the lead, equal caption."""
    signs: tuple[Callable[[tuple[Photo, str | None]], Hashable], ...] = (
        lambda side: side[1],
        lambda side: picture_of(side[0].image),
        lambda side: side[0].is_lead or None,
        lambda side: key(_text(side[0].caption) or "") or None,
    )
    pairs: list[Pair] = []
    for sign in signs:
        places: dict[Hashable, list[int]] = defaultdict(list)
        for j in sorted(set(range(len(new))) - {j for _, j in pairs}, reverse=True):
            places[sign(new[j])].append(j)
        for i in sorted(set(range(len(old))) - {i for i, _ in pairs}):
            mark = sign(old[i])
            if mark is not None and places[mark]:
                pairs.append((i, places[mark].pop()))
    return sorted(pairs)


def _compare(old: tuple[Photo, str | None], new: tuple[Photo, str | None]) -> Iterable[PhotoChange]:
    (before, old_sha256), (after, new_sha256) = old, new
    image = after.image or before.image
    if _is_other_picture(before.image, after.image, hashes=(old_sha256, new_sha256)):
        yield PhotoChange(image=image, what="image", old=before.image, new=after.image)
    if _differs(before.caption, after.caption):
        yield PhotoChange(image=image, what="caption", old=_text(before.caption), new=_text(after.caption))
    if _differs(before.credit, after.credit):
        yield PhotoChange(image=image, what="credit", old=_text(before.credit), new=_text(after.credit))


def _is_other_picture(old: str | None, new: str | None, *, hashes: tuple[str | None, str | None]) -> bool:
    """Bytes decide under one address; another size of the same picture has other bytes and is no other picture."""
    if old is None or new is None:
        return False
    if None not in hashes and hashes[0] == hashes[1]:
        return False
    if old == new:
        return None not in hashes
    return picture_of(old) != picture_of(new)


def _differs(old: Claim | None, new: Claim | None) -> bool:
    return key(_text(old) or "") != key(_text(new) or "")


def is_labelled_alike(old: str | None, new: str | None) -> bool:
    """Two credits that differ in the word before them alone: ``Foto: Reuters`` is ``Reuters``."""
    return bool(old and new) and _LABEL.sub("", key(old or "")) == _LABEL.sub("", key(new or ""))


def _text(claim: Claim | None) -> str | None:
    return claim.value if claim else None
