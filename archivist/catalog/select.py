"""The snapshot that a person means: SNAP, looked up in the catalog."""

from __future__ import annotations

from archivist.catalog.reader import MAX_LISTED, Catalog
from archivist.catalog.rows import ArticleRow, SnapshotRow
from archivist.clock import utc_text
from archivist.errors import NotFound, UsageError
from archivist.model.selector import IdPrefix, InForce, Last, Named, Version, parse_selector
from archivist.model.url import key_of, parse_url

__all__ = ["find", "find_article"]

_LIST = "archivist list"


def find(catalog: Catalog, words: str) -> SnapshotRow:
    """The snapshot that the words name; the grammar stands in ``model.selector``.

    Raises:
        NotFound: there is no such snapshot, version or article.
        UsageError: the words are wrong, or name several; the message lists them.
    """
    selector = parse_selector(words)
    match selector:
        case Last():
            return _found(catalog.last(), "the archive holds no snapshot yet", hint="archivist snap URL")
        case IdPrefix(prefix=prefix):
            return _by_id(catalog, prefix)
        case Named():
            article, at = _named(catalog, selector)
            return _pick(catalog, article, at)


def find_article(catalog: Catalog, words: str) -> ArticleRow:
    """The article that the words name: by its address, a piece of its headline, or any of its snapshots.

    Raises:
        NotFound: there is none.
        UsageError: the words are wrong, or name several; the message lists them.
    """
    selector = parse_selector(words)
    if isinstance(selector, Named) and selector.at is None:
        return _article(catalog, selector.name)
    key = find(catalog, words).article
    article = catalog.article(key)
    if article is None:
        raise NotFound(f"nothing of {key} is in this archive", hint=_LIST)
    return article


def _by_id(catalog: Catalog, prefix: str) -> SnapshotRow:
    try:
        return catalog.snapshot(prefix)
    except NotFound:
        # "facade" is hex as well as a word of a headline.
        if len(catalog.mentioning(prefix)) == 1:
            return _pick(catalog, _article(catalog, prefix), None)
        raise


def _named(catalog: Catalog, selector: Named) -> tuple[ArticleRow, Version | InForce | None]:
    # https://example.org/@2 can be an address in its own right; then it is meant.
    if selector.at is not None and _is_url(selector.whole):
        article = _by_url(catalog, selector.whole)
        if article:
            return article, None
    return _article(catalog, selector.name), selector.at


def _is_url(text: str) -> bool:
    return text.lower().startswith(("https://", "http://"))


def _by_url(catalog: Catalog, url: str) -> ArticleRow | None:
    try:
        return catalog.article(key_of(parse_url(url)))
    except UsageError:
        return None


def _article(catalog: Catalog, name: str) -> ArticleRow:
    if _is_url(name):
        key = key_of(parse_url(name))
        article = catalog.article(key)
        if article is None:
            raise NotFound(f"nothing of {key} is in this archive", hint=_LIST)
        return article
    found = catalog.mentioning(name)
    if not found:
        raise NotFound(f"no headline or address in this archive mentions {name!r}", hint=_LIST)
    if len(found) > 1:
        listed = [f"{article.key}  {article.title or ''}".rstrip() for article in found[:MAX_LISTED]]
        lines = "".join(f"\n  {each}" for each in [*listed, *(["…"] if found[MAX_LISTED:] else [])])
        raise UsageError(f"{name!r} could be {len(found)} articles:{lines}", hint="give the address, or more words")
    return found[0]


def _pick(catalog: Catalog, article: ArticleRow, at: Version | InForce | None) -> SnapshotRow:
    key, history = article.key, f"archivist log {article.key}"
    match at:
        case None:
            return _found(catalog.newest(key), f"nothing of {key} is in this archive", hint=_LIST)
        case Version(number=number):
            count = f"{article.versions} version{'' if article.versions == 1 else 's'}"
            version = number if number > 0 else article.versions + number
            missing = f"version {number}" if number > 0 else f"version {-number} before the newest"
            return _found(catalog.first_of_version(key, version), f"{key} has {count}, and no {missing}", hint=history)
        case InForce(until=until):
            moment = utc_text(until)
            missing = f"{key} was first seen {article.first_seen[:16]}Z, after {moment[:16]}Z"
            return _found(catalog.in_force(key, moment), missing, hint=history)


def _found(row: SnapshotRow | None, otherwise: str, *, hint: str) -> SnapshotRow:
    if row is None:
        raise NotFound(otherwise, hint=hint)
    return row
