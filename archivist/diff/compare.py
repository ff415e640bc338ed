"""Two readings of a page to one diff: the front door of this room."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from archivist.diff.classify import classify
from archivist.diff.document import compare_documents
from archivist.diff.fields import compare_article_fields
from archivist.diff.key import key
from archivist.diff.lines import compare_lines
from archivist.diff.links import compare_links
from archivist.diff.once import Told, once
from archivist.diff.photos import Copies, compare_photos
from archivist.diff.site import is_of_site, standing
from archivist.diff.text import compare_text
from archivist.diff.verdict import judge
from archivist.diff.wording import hedges
from archivist.errors import BadDocument
from archivist.model.article import Article, Block, FieldName, Reading
from archivist.model.change import COMPARED_FIELDS, Diff, Verdict
from archivist.model.look import Look
from archivist.model.outline import MAX_PASSAGES, Outline, Passage
from archivist.model.sheets import Sheets
from archivist.wire.repair import repaired

__all__ = ["Beside", "compare"]

_UNJUDGED = Verdict(kind="same", reasons=())

_TOLD_BY_FIELDS: tuple[FieldName, ...] = (
    "title", "title_shown", "authors", "organisations", "published", "updated"
)  # fmt: skip
_SIGNED: tuple[FieldName, ...] = ("authors", "organisations", "contributors")
_TOLD_LENGTH = 200
"""A headline, byline or date line is shorter; a longer block is never taken for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is known of one side besides its reading."""

    page: Outline = field(default_factory=Outline)
    """All that the page shows; the blocks of its article stand in for it where it is not at hand."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the payload by address, for the documents captured with the snapshot."""
    images: Mapping[str, str] = field(default_factory=dict)
    """The same for its images."""
    looks: Mapping[str, Look] = field(default_factory=dict)
    """What those images look like that the other side does not have, as far as they could be decoded."""
    sheets: Mapping[str, Sheets] = field(default_factory=dict)
    """What the pages of documents show, by address, as far as they were looked at anew."""
    site: frozenset[str] = frozenset()
    """The furniture of the site, as its other articles of about that time show (``diff.site``)."""


_NO_MORE = Beside()


def compare(old: Reading, new: Reading, *, beside_old: Beside = _NO_MORE, beside_new: Beside = _NO_MORE) -> Diff:
    """Everything that differs, classified and judged. The same readings always give the same diff.

    Args:
        old: the older reading.
        new: the newer reading.
        beside_old: what is known besides of the older side.
        beside_new: the same of the newer.

    Raises:
        BadDocument: one side was read as an article and the other was not; that is no edit.
    """
    if (old.article is None) != (new.article is None):
        side = "older" if old.article is None else "newer"
        raise BadDocument(f"the {side} snapshot was not read as an article, so there is nothing to compare")
    diff, lede = Diff(verdict=_UNJUDGED), None
    if old.article and new.article:
        diff, lede = _compare_articles(old.article, new.article, beside_old, beside_new)
    documents = compare_documents(
        old,
        new,
        old_documents=beside_old.documents,
        new_documents=beside_new.documents,
        links=diff.links,
        old_sheets=beside_old.sheets,
        new_sheets=beside_new.sheets,
    )
    diff = replace(diff, documents=documents)
    diff = replace(diff, verdict=judge(diff, old=old.article, new=new.article))
    return replace(
        diff, categories=classify(diff, is_article=new.article is not None, lede=lede), flags=hedges(diff.blocks)
    )


def _compare_articles(old: Article, new: Article, beside_old: Beside, beside_new: Beside) -> tuple[Diff, int | None]:
    """What differs of the articles, not judged yet, and the place of the older one's first paragraph."""
    before = _passages(old, beside_old.page)
    after = _passages(new, beside_new.page)
    lines = compare_lines(before, after, names=_names(old, new))
    told = _told(old, before, lines.texts) | _told(new, after, lines.texts)
    site = beside_old.site | beside_new.site
    still = standing(_texts(before), _texts(after), site)
    comparison = compare_text(
        _running_text(before, told, still),
        _running_text(after, told, still),
        standfirsts=_standfirsts(old) | _standfirsts(new),
        site=site - still,
    )
    photos = compare_photos(
        old.photos,
        new.photos,
        old_copies=Copies(sha256=beside_old.images, looks=beside_old.looks),
        new_copies=Copies(sha256=beside_new.images, looks=beside_new.looks),
        old_page=beside_old.page,
        new_page=beside_new.page,
    )
    found = once(
        Told(
            fields=compare_article_fields(old, new, lines=lines, still=set(_keys(before)) & set(_keys(after))),
            blocks=comparison.changes,
            photos=photos.changes,
        ),
        old_page=_keys(before),
        new_page=_keys(after),
    )
    diff = Diff(
        fields=found.fields,
        blocks=found.blocks,
        photos=found.photos,
        links=compare_links(comparison.pairs),
        verdict=_UNJUDGED,
        left_out=comparison.left_out,
        resaved=photos.resaved,
        typography=_respelled(old, new, comparison.pairs),
        is_approximate=comparison.is_approximate or any(map(_is_cut, (beside_old.page, beside_new.page))),
    )
    return diff, comparison.lede


def _respelled(old: Article, new: Article, pairs: Iterable[tuple[Block, Block]]) -> int:
    """How many fields and blocks have other typography, and are the same."""
    fields = (zip(old.settled(name).texts, new.settled(name).texts, strict=False) for name in COMPARED_FIELDS)
    blocks = ((before.text, after.text) for before, after in pairs)
    return sum(one != other and key(one) == key(other) for one, other in chain(*fields, blocks))


def _is_cut(page: Outline) -> bool:
    return len(page.passages) >= MAX_PASSAGES


def _passages(article: Article, page: Outline) -> Sequence[Passage]:
    """The passages of the page, or of a stored reading; a page's encoding was mended when it was read."""
    return page.passages or [
        Passage(block=_mended(block), is_main=True, linked=sum(len(link.text) for link in block.links))
        for block in article.blocks
    ]


def _mended(block: Block) -> Block:
    text = repaired(block.text)
    return block if text == block.text else replace(block, text=text)


def _names(*articles: Article) -> frozenset[str]:
    """Those who signed either version."""
    return frozenset(
        key(claim.value)
        for article in articles
        for name in _SIGNED
        for claim in (*article.settled(name).values, *article.settled(name).others)
    )


def _texts(passages: Sequence[Passage]) -> Iterable[str]:
    return (passage.block.text for passage in passages)


def _keys(passages: Sequence[Passage]) -> list[str]:
    return [key(passage.block.text) for passage in passages]


def _standfirsts(article: Article) -> frozenset[str]:
    """Keys of what is said to be the standfirst, by any witness."""
    settled = article.settled("description")
    return frozenset(key(claim.value) for claim in (*settled.values, *settled.others))


def _running_text(passages: Sequence[Passage], told: Collection[str], site: Collection[str]) -> list[Passage]:
    """The passages without those that are told elsewhere or are the site's. A correction note is never left out."""
    return [
        one
        for one in passages
        if one.block.kind == "correction" or not (key(one.block.text) in told or is_of_site(one.block.text, site))
    ]


def _told(article: Article, passages: Sequence[Passage], lines: Collection[str]) -> set[str]:
    """Keys of what only repeats a field, a caption or a credit, and of lines of dates: told once, where they belong.

    What one side knows for such is none of the other's paragraphs either.
    """
    told = {*lines} | {
        key(text)
        for name in _TOLD_BY_FIELDS
        for claim in article.settled(name).values
        for text in (claim.value, claim.evidence.text)
        if len(text) <= _TOLD_LENGTH
    }
    labels = [key(claim.value) for photo in article.photos for claim in (photo.caption, photo.credit) if claim]
    blocks = (passage.block for passage in passages if passage.block.kind in ("caption", "credit"))
    texts = {key(block.text) for block in blocks}
    return told | {text for text in texts if any(label in text or text in label for label in labels)}
