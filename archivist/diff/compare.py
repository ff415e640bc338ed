"""Two readings of a page to one diff: the front door of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from archivist.diff.blocks import BlockComparison, compare_blocks
from archivist.diff.classify import classify
from archivist.diff.document import compare_documents
from archivist.diff.fields import compare_article_fields
from archivist.diff.key import key
from archivist.diff.links import compare_links
from archivist.diff.photos import compare_photos
from archivist.diff.verdict import judge
from archivist.errors import BadDocument
from archivist.model.article import Article, Block, FieldName, Reading
from archivist.model.change import BlockChange, Diff, Verdict

__all__ = ["compare"]

_NOTHING: Mapping[str, str] = MappingProxyType({})
_UNJUDGED = Verdict(kind="same", reasons=())

_TOLD_BY_FIELDS: tuple[FieldName, ...] = (
    "title", "title_shown", "authors", "organisations", "published", "updated"
)  # fmt: skip
_TOLD_LENGTH = 200
"""A headline, byline or date line is shorter; a longer block is never taken for one."""


def compare(
    old: Reading,
    new: Reading,
    *,
    old_documents: Mapping[str, str] = _NOTHING,
    new_documents: Mapping[str, str] = _NOTHING,
    old_images: Mapping[str, str] = _NOTHING,
    new_images: Mapping[str, str] = _NOTHING,
) -> Diff:
    """Everything that differs, classified and judged. The same readings always give the same diff.

    Args:
        old: the older reading.
        new: the newer reading.
        old_documents: SHA-256 of the payload by address, for the documents captured with the older snapshot.
        new_documents: the same for the newer.
        old_images: the same for the images of the older snapshot.
        new_images: the same for the newer.

    Raises:
        BadDocument: one side was read as an article and the other was not; that is no edit.
    """
    if (old.article is None) != (new.article is None):
        side = "older" if old.article is None else "newer"
        raise BadDocument(f"the {side} snapshot was not read as an article, so there is nothing to compare")
    diff = Diff(verdict=_UNJUDGED)
    if old.article and new.article:
        diff = _compare_articles(old.article, new.article, old_images=old_images, new_images=new_images)
    documents = compare_documents(old, new, old_documents=old_documents, new_documents=new_documents, links=diff.links)
    diff = replace(diff, documents=documents)
    diff = replace(diff, verdict=judge(diff, old=old.article, new=new.article))
    return replace(diff, categories=classify(diff, old=old.article))


def _compare_articles(
    old: Article, new: Article, *, old_images: Mapping[str, str], new_images: Mapping[str, str]
) -> Diff:
    old_text, new_text = _running_text(old), _running_text(new)
    comparison = compare_blocks([block for _, block in old_text], [block for _, block in new_text])
    return Diff(
        fields=compare_article_fields(old, new),
        blocks=_renumbered(comparison, old_text, new_text),
        photos=compare_photos(old.photos, new.photos, old_images=old_images, new_images=new_images),
        links=compare_links((old_text[i][1], new_text[j][1]) for i, j in comparison.pairs),
        verdict=_UNJUDGED,
    )


def _running_text(article: Article) -> list[tuple[int, Block]]:
    """The blocks, with their places, without those that only repeat a field, a caption or a credit.

    Those are told once, where they belong. A correction note is never left out.
    """
    told = {
        key(text)
        for name in _TOLD_BY_FIELDS
        for claim in article.settled(name).values
        for text in (claim.value, claim.evidence.text)
        if len(text) <= _TOLD_LENGTH
    }
    labels = {key(claim.value) for photo in article.photos for claim in (photo.caption, photo.credit) if claim}
    return [
        (at, block)
        for at, block in enumerate(article.blocks)
        if block.kind == "correction" or not _is_told(block, told=told, labels=labels)
    ]


def _is_told(block: Block, *, told: set[str], labels: set[str]) -> bool:
    text = key(block.text)
    if block.kind in ("caption", "credit"):
        return any(label in text or text in label for label in labels)
    return text in told


def _renumbered(
    comparison: BlockComparison, old: Sequence[tuple[int, Block]], new: Sequence[tuple[int, Block]]
) -> tuple[BlockChange, ...]:
    """The changes with the places that their blocks have in the whole article."""
    return tuple(
        replace(
            change,
            old_index=None if change.old_index is None else old[change.old_index][0],
            new_index=None if change.new_index is None else new[change.new_index][0],
        )
        for change in comparison.changes
    )
