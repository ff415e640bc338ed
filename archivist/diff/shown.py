"""What two pages show of pictures and the words below them, held against what their readings say.

A reading names the pictures that it took for the article's. Where the other page shows the same picture or the same
caption elsewhere, the two readings differ and the article does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, Self

from archivist.diff.blocks import compare_blocks
from archivist.diff.furniture import is_furniture
from archivist.diff.key import key, passage_of
from archivist.model.change import BlockChange, PhotoChange
from archivist.model.outline import Outline, Passage, Picture
from archivist.model.target import picture_of

__all__ = ["PagePair"]

LABELS: Final = frozenset({"caption", "credit"})
TURNED: Final = 3
"""Pictures or captions in one place from which it is a carousel, if none of them is on both pages."""
SHORT: Final = 4
"""Characters of a caption or credit that can be looked for elsewhere."""
LINKED: Final = 0.6
"""Share of a passage in links from which it is the headline of another article."""
SENTENCE: Final = 8
"""Words from which a passage beside a picture is what is said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What one page shows."""

    is_seen: bool
    pictures: frozenset[str | None]
    texts: frozenset[str]
    passages: tuple[Passage, ...]
    images: tuple[Picture, ...]
    labels: tuple[Passage, ...]
    """Captions and credits, of the article as far as the page tells."""
    pictured: frozenset[str]
    """Keys of those that stand in a figure, or beside a picture."""
    teasers: frozenset[str | None]
    """Pictures beside the headline of another article."""
    card: str | None

    @classmethod
    def of(cls, outline: Outline) -> Self:
        """From all that the page shows."""
        main = [at for at, passage in enumerate(outline.passages) if passage.is_main]
        return cls(
            is_seen=bool(outline.passages),
            pictures=frozenset(picture_of(picture.url) for picture in outline.pictures),
            texts=frozenset(key(passage.block.text) for passage in outline.passages),
            passages=outline.passages,
            images=outline.pictures,
            labels=tuple(
                passage
                for passage in outline.passages[: main[-1] + 1 if main else None]
                if passage.block.kind in LABELS
            ),
            pictured=frozenset(_pictured(outline)),
            teasers=frozenset(picture_of(one.url) for one in outline.pictures if _is_teaser(one, outline.passages)),
            card=outline.card,
        )

    def captioned(self, other: Self) -> Iterator[tuple[Picture, str]]:
        """Pictures that only this page has, each with a sentence beside it that only this page has."""
        taken = {passage.block.path for passage in other.passages if key(passage.block.text) not in self.texts}
        for picture in self.images:
            if picture.is_apart or picture_of(picture.url) in other.pictures:
                continue
            if picture_of(picture.url) in self.teasers:
                continue
            for passage in self.passages[max(0, picture.at - 1) : picture.at + 1]:
                is_said = len(passage.block.text.split()) >= SENTENCE and not passage.linked and not passage.is_apart
                is_new = key(passage.block.text) not in other.texts and passage.block.path not in taken
                if is_said and is_new and not passage.is_main and _is_near(picture.path, passage.block.path):
                    yield picture, passage.block.text
                    break


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePair:
    """Both pages."""

    old: _Page
    new: _Page
    turning: frozenset[str | None]
    """Pictures of carousels, which show others every time."""

    @classmethod
    def of(cls, old: Outline, new: Outline) -> Self:
        """From all that the pages show."""
        before, after = _Page.of(old), _Page.of(new)
        old_groups, new_groups = _groups(old.pictures), _groups(new.pictures)
        turning = [
            names | new_groups[path]
            for path, names in old_groups.items()
            if min(len(names), len(new_groups.get(path, ()))) >= TURNED and names.isdisjoint(new_groups[path])
        ]
        return cls(old=before, new=after, turning=frozenset().union(*turning))

    @property
    def is_seen(self) -> bool:
        """Both pages are at hand."""
        return self.old.is_seen and self.new.is_seen

    def confirms(self, change: PhotoChange) -> bool:
        """Nothing on the pages speaks against the change."""
        if not self.is_seen:
            return True
        is_nothing = change.what in ("added", "removed") and not (change.image or change.old or change.new)
        picture = picture_of(change.image)
        if is_nothing or picture in self.turning or picture in self.old.teasers | self.new.teasers:
            return False
        if change.what == "image":
            gone, come = picture_of(change.old), picture_of(change.new)
            if gone == come:  # other bytes under one address
                return True
            return gone not in self.new.pictures and come not in self.old.pictures
        old, new = passage_of(key(change.old or ""), self.old.texts), passage_of(key(change.new or ""), self.new.texts)
        if change.what in ("removed", "added"):
            text, other = (old, self.new) if change.what == "removed" else (new, self.old)
            return picture not in other.pictures and not _stands_in(text, other.texts)
        is_elsewhere = bool(old) and _stands_in(old, self.new.texts), bool(new) and _stands_in(new, self.old.texts)
        # One reading may know a caption or a credit for what it is, and the other not.
        is_part = not (old and new) and (_is_part(old, self.new.texts) or _is_part(new, self.old.texts))
        return not any(is_elsewhere) and not is_part

    def card_change(self, found: Sequence[PhotoChange]) -> Iterator[PhotoChange]:
        """The picture that stands for the page elsewhere, where it was exchanged and nothing else tells so."""
        old, new = self.old.card, self.new.card
        if not old or not new or any(change.what == "image" for change in found):
            return
        if picture_of(old) != picture_of(new) and picture_of(old) not in self.new.pictures:
            yield PhotoChange(image=new, what="image", old=old, new=new)

    def bare_changes(self, found: Sequence[PhotoChange]) -> Iterator[PhotoChange]:
        """Pictures that came or went with a sentence beside them, where the other page has nothing in that place."""
        told = {picture_of(change.image) for change in found}
        for picture, text in self.old.captioned(self.new):
            if picture_of(picture.url) not in told:
                yield PhotoChange(image=picture.url, what="removed", old=text, new=None)
        for picture, text in self.new.captioned(self.old):
            if picture_of(picture.url) not in told:
                yield PhotoChange(image=picture.url, what="added", old=None, new=text)

    def label_changes(self, found: Sequence[PhotoChange]) -> Iterator[PhotoChange]:
        """Captions and credits that no reading knew for such."""
        told = {key(text) for change in found for text in (change.old, change.new) if text}
        turned = _turned_out(self.old.labels, self.new.labels)
        old, new = _untold(turned[0], told, self.new.texts), _untold(turned[1], told, self.old.texts)
        changes = compare_blocks([one.block for one in old], [one.block for one in new]).changes
        # The credit that comes or goes with its caption is told by it.
        whole = {change.op for change in changes if change.kind == "caption" and change.op in ("insert", "delete")}
        beside = {*_credits_of(self.old.labels, told), *_credits_of(self.new.labels, told)}
        for change in changes:
            sides = ((old, change.old_index), (new, change.new_index))
            is_apart = any(side[at].is_apart for side, at in sides if at is not None)
            # A box beside the article shows other captions every day; one that was reworded is told all the same.
            is_told = change.kind == "credit" and (change.op in whole or key(change.old or change.new or "") in beside)
            is_elsewhere = _is_part(key(change.old or ""), self.new.texts) or _is_part(
                key(change.new or ""), self.old.texts
            )
            is_bare = key(change.old or change.new or "") not in self.old.pictured | self.new.pictured
            if change.op == "replace" or not (change.op == "move" or is_told or is_apart or is_elsewhere or is_bare):
                yield self._pictured_change(change) or _photo_change(change)

    def _pictured_change(self, change: BlockChange) -> PhotoChange | None:
        """The picture that came or went with its caption, where it did."""
        if change.kind != "caption" or change.op not in ("insert", "delete"):
            return None
        page, other = (self.new, self.old) if change.op == "insert" else (self.old, self.new)
        text = key(change.new or change.old or "")
        for at, passage in enumerate(page.passages):
            if key(passage.block.text) == text:
                for picture in page.images:
                    if picture.at == at and picture_of(picture.url) not in other.pictures:
                        what: Literal["added", "removed"] = "added" if change.op == "insert" else "removed"
                        return PhotoChange(image=picture.url, what=what, old=change.old, new=change.new)
        return None


def _groups(pictures: Iterable[Picture]) -> dict[str, frozenset[str | None]]:
    """The pictures by the place where they stand."""
    groups: defaultdict[str, set[str | None]] = defaultdict(set)
    for picture in pictures:
        groups[picture.path].add(picture_of(picture.url))
    return {path: frozenset(names) for path, names in groups.items()}


def _pictured(outline: Outline) -> Iterator[str]:
    """Keys of the labels that belong to a picture: a sentence in a player of films has none, and is exchanged daily."""
    places = {picture.at + near for picture in outline.pictures for near in (-1, 0, 1)}
    for at, passage in enumerate(outline.passages):
        if passage.block.kind in LABELS and (at in places or "/figure" in passage.block.path):
            yield key(passage.block.text)


def _is_teaser(picture: Picture, passages: Sequence[Passage]) -> bool:
    return any(
        one.linked > LINKED * len(one.block.text) and not one.is_main and one.block.path.startswith(f"{picture.path}/")
        for one in passages[max(0, picture.at - 1) : picture.at + 2]
    )


def _is_near(picture: str, words: str) -> bool:
    """Both stand in one element, at most two levels up."""
    holder = picture.rsplit("/", 2)[0]
    return words.startswith(f"{holder}/") and words.count("/") - holder.count("/") <= 4


def _stands_in(text: str, texts: frozenset[str]) -> bool:
    """The text is a passage of the page, or one begins with it and goes on with a credit."""
    return text in texts or (len(text) >= 40 and any(other.startswith(text) for other in texts))


def _credits_of(labels: Sequence[Passage], told: set[str]) -> Iterator[str]:
    """Keys of the credits that follow these captions."""
    for caption, credit in pairwise(labels):
        if caption.block.kind == "caption" and credit.block.kind == "credit" and key(caption.block.text) in told:
            yield key(credit.block.text)


def _is_part(text: str, texts: frozenset[str]) -> bool:
    """The text stands within a passage of the page, or more than half of it makes up one."""
    return len(text) >= SHORT and any(
        text in other or (len(other) * 2 > len(text) and other in text) for other in texts
    )


def _turned_out(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[list[Passage], list[Passage]]:
    """The labels without those of carousels, which show other pictures every time."""
    shared = {key(passage.block.text) for passage in old} & {key(passage.block.text) for passage in new}
    counts = [Counter(passage.block.path for passage in side) for side in (old, new)]
    still = {passage.block.path for side in (old, new) for passage in side if key(passage.block.text) in shared}
    turning = {path for path in counts[0] if min(count[path] for count in counts) >= TURNED} - still
    before, after = ([one for one in side if one.block.path not in turning] for side in (old, new))
    return before, after


def _untold(passages: Iterable[Passage], told: set[str], others: frozenset[str]) -> list[Passage]:
    """Without what is told already, and without what the other page has anywhere."""
    return [
        passage
        for passage in passages
        if not _is_told(key(passage.block.text), told)
        and key(passage.block.text) not in others
        and not is_furniture(passage)
    ]


def _is_told(text: str, told: set[str]) -> bool:
    return any(text in other or other in text for other in told)


def _photo_change(change: BlockChange) -> PhotoChange:
    is_credit = change.kind == "credit" or _is_in_brackets(change.old or "", change.new or "")
    return PhotoChange(image=None, what="credit" if is_credit else "caption", old=change.old, new=change.new)


def _is_in_brackets(old: str, new: str) -> bool:
    """The captions differ within their last brackets alone, where a credit stands."""
    (before, opened, inside), (after, other, within) = old.rpartition("("), new.rpartition("(")
    is_rest = key(inside.partition(")")[2]) == key(within.partition(")")[2])
    return is_rest and bool(opened and other) and key(before) == key(after)
