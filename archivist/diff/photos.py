"""The pictures of two readings: which is which, and what is said of each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from archivist.diff.align import Pair
from archivist.diff.key import key
from archivist.diff.shown import PagePair
from archivist.diff.sight import Sight, sight
from archivist.model.article import Claim, Photo
from archivist.model.change import PhotoChange
from archivist.model.look import Look
from archivist.model.outline import Outline
from archivist.model.target import picture_of

__all__ = ["Copies", "PhotoComparison", "compare_photos", "is_labelled_alike"]


_LABEL: Final = re.compile(
    r"[(\[ ]*(?:(?:photo(?:graph|s)?|foto(?:s|grafie)?|bild(?:er)?|image|picture|credit|crédits?|photo credit|quelle|"
    r"source|fuente|fonte|valokuva|kuva|zdjęcie|fot\.?|写真|图|사진)\s*(?:by|von|de|di|/)?\s*[:：]?\s+|©\s*|\(c\)\s*)+|"
    r"[)\]. ]+$",
    re.IGNORECASE,
)
"""What a credit begins with besides names."""
_UNSEEN = Outline()
_BY_LOOKS: Final = 2
"""Signs that are surer than what two pictures show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The pictures that were captured with a page, by the address in it."""

    sha256: Mapping[str, str] = field(default_factory=dict)
    """Of the payloads."""
    looks: Mapping[str, Look] = field(default_factory=dict)
    """What those show that the other side does not have, as far as they could be decoded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """A photo, and what is known of its file."""

    photo: Photo
    sha256: str | None
    look: Look | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoComparison:
    """What became of the pictures."""

    changes: tuple[PhotoChange, ...]
    resaved: int
    """Pictures that have other bytes and look the same."""


def compare_photos(
    old: Sequence[Photo],
    new: Sequence[Photo],
    *,
    old_copies: Copies,
    new_copies: Copies,
    old_page: Outline = _UNSEEN,
    new_page: Outline = _UNSEEN,
) -> PhotoComparison:
    """What differs, photo by photo.

    Args:
        old: photos of the older reading.
        new: photos of the newer reading.
        old_copies: the images captured with the older snapshot.
        new_copies: the same for the newer.
        old_page: all that the older page shows: a picture that only one reading found is no edit.
        new_page: the same of the newer.
    """
    before, after = _copies(old, old_copies), _copies(new, new_copies)
    sights = _Sights(before, after)
    pairs = _pairs(before, after, sights)
    old_left = sorted(set(range(len(old))) - {i for i, _ in pairs})
    new_left = sorted(set(range(len(new))) - {j for _, j in pairs})
    changes = (
        *(change for pair in pairs for change in _compare(pair, before, after, sights)),
        *(PhotoChange(image=old[i].image, what="removed", old=_text(old[i].caption), new=None) for i in old_left),
        *(PhotoChange(image=new[j].image, what="added", old=None, new=_text(new[j].caption)) for j in new_left),
    )
    shown = PagePair.of(old_page, new_page)
    found = [change for change in changes if shown.confirms(change)]
    found += shown.bare_changes(found)
    resaved = sum(before[i].sha256 != after[j].sha256 and sights.of((i, j)) == "same" for i, j in pairs)
    return PhotoComparison(
        changes=(*found, *shown.card_change(found), *shown.label_changes(found)),
        resaved=resaved,
    )


def _copies(photos: Sequence[Photo], known: Copies) -> list[_Copy]:
    return [
        _Copy(photo=photo, sha256=known.sha256.get(photo.image or ""), look=known.looks.get(photo.image or ""))
        for photo in photos
    ]


class _Sights:
    """What became of each picture, looked at once and only where it is asked."""

    def __init__(self, old: Sequence[_Copy], new: Sequence[_Copy]) -> None:
        self._old, self._new = old, new
        self._known: dict[Pair, Sight | None] = {}

    def of(self, pair: Pair) -> Sight | None:
        """None where one of them could not be decoded."""
        if pair not in self._known:
            before, after = self._old[pair[0]].look, self._new[pair[1]].look
            self._known[pair] = sight(before, after) if before and after else None
        return self._known[pair]


def _pairs(old: Sequence[_Copy], new: Sequence[_Copy], sights: _Sights) -> list[Pair]:
    """The surest sign first: equal bytes, equal address, equal looks, the lead with the lead, equal caption."""
    signs: tuple[Callable[[_Copy], Hashable], ...] = (
        lambda copy: copy.sha256,
        lambda copy: picture_of(copy.photo.image),
        lambda copy: copy.photo.is_lead or None,
        lambda copy: key(_text(copy.photo.caption) or "") or None,
    )
    pairs: list[Pair] = []
    for number, sign in enumerate(signs):
        old_left = sorted(set(range(len(old))) - {i for i, _ in pairs})
        new_left = sorted(set(range(len(new))) - {j for _, j in pairs}, reverse=True)
        if number == _BY_LOOKS:
            for i in old_left:
                if (j := next((j for j in reversed(new_left) if sights.of((i, j)) == "same"), None)) is not None:
                    pairs.append((i, j))
                    new_left.remove(j)
        paired = {i for i, _ in pairs}
        places: dict[Hashable, list[int]] = defaultdict(list)
        for j in new_left:
            places[sign(new[j])].append(j)
        for i in old_left:
            mark = sign(old[i])
            if i not in paired and mark is not None and places[mark]:
                pairs.append((i, places[mark].pop()))
    return sorted(pairs)


def _compare(pair: Pair, old: Sequence[_Copy], new: Sequence[_Copy], sights: _Sights) -> Iterable[PhotoChange]:
    before, after = old[pair[0]], new[pair[1]]
    image = after.photo.image or before.photo.image
    seen = sights.of(pair)
    if _is_other_picture(before, after, seen):
        look = None if seen == "same" else seen
        yield PhotoChange(image=image, what="image", old=before.photo.image, new=after.photo.image, look=look)
    one, other = before.photo, after.photo
    if _differs(one.caption, other.caption):
        yield PhotoChange(image=image, what="caption", old=_text(one.caption), new=_text(other.caption))
    if _differs(one.credit, other.credit):
        yield PhotoChange(image=image, what="credit", old=_text(one.credit), new=_text(other.credit))


def _is_other_picture(old: _Copy, new: _Copy, seen: Sight | None) -> bool:
    """What it shows decides, then bytes under one address; a picture may be served in several sizes and cuts."""
    before, after = old.photo.image, new.photo.image
    if before is None or after is None or seen == "same":
        return False
    has_bytes = old.sha256 is not None and new.sha256 is not None
    if has_bytes and old.sha256 == new.sha256:
        return False
    if before == after:
        return has_bytes
    return picture_of(before) != picture_of(after) or seen == "swapped"


def _differs(old: Claim | None, new: Claim | None) -> bool:
    return key(_text(old) or "") != key(_text(new) or "")


def is_labelled_alike(old: str | None, new: str | None) -> bool:
    """Two credits that differ in the word before them alone: ``Foto: Reuters`` is ``Reuters``."""
    return bool(old and new) and _LABEL.sub("", key(old or "")) == _LABEL.sub("", key(new or ""))


def _text(claim: Claim | None) -> str | None:
    return claim.value if claim else None
