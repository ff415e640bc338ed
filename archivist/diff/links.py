"""Links in text that stayed: which point elsewhere. Tracking parameters are no part of where a link points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from archivist.diff.key import key
from archivist.model.article import Block, Link
from archivist.model.change import LinkChange

__all__ = ["compare_links", "same_target", "without_tracking"]

_TRACKING = frozenset(
    {
        "_ga", "_gl", "_hsenc", "_hsmi", "at_campaign", "at_medium", "cmpid", "dclid", "fbclid", "gbraid", "gclid",
        "icid", "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ns_campaign", "ns_mchannel",
        "ns_source", "s_cid", "ttclid", "twclid", "vero_id", "wbraid", "wt_mc", "yclid",
    }
)  # fmt: skip
_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "matomo_")


def without_tracking(url: str) -> str:
    """The address without the parameters that only say where a reader came from, and without fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:  # an unclosed bracket in the host
        return url
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _is_tracking(name)]
    is_clean = len(kept) == len(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit(parts._replace(query=parts.query if is_clean else urlencode(kept), fragment=""))


def same_target(url: str) -> str:
    """What two addresses have in common when a reader would arrive at the same place."""
    try:
        parts = urlsplit(without_tracking(url))
    except ValueError:
        return url
    scheme = "https" if parts.scheme == "http" else parts.scheme
    host = parts.netloc.lower().removesuffix(":443" if parts.scheme == "https" else ":80")
    return urlunsplit(parts._replace(scheme=scheme, netloc=host, path=parts.path.rstrip("/")))


def compare_links(pairs: Iterable[tuple[Block, Block]]) -> tuple[LinkChange, ...]:
    """The links that differ within blocks that both sides have.

    A link that came or went together with its words is told by the words.
    """
    return tuple(change for old, new in pairs if old.links or new.links for change in _compare(old, new))


def _compare(old: Block, new: Block) -> Iterable[LinkChange]:
    old_left, new_left = _left(old.links, new.links), _left(new.links, old.links)
    for link in old_left:
        other = next((candidate for candidate in new_left if key(candidate.text) == key(link.text)), None)
        if other:
            new_left.remove(other)
            if same_target(link.url) != same_target(other.url):
                yield LinkChange(old=link.url, new=other.url, text=other.text)
        elif key(link.text) in key(new.text):
            yield LinkChange(old=link.url, new=None, text=link.text)
    for link in new_left:
        if key(link.text) in key(old.text):
            yield LinkChange(old=None, new=link.url, text=link.text)


def _left(links: Sequence[Link], others: Sequence[Link]) -> list[Link]:
    """The links that have no equal on the other side."""
    known = Counter(_identity(link) for link in others)
    left: list[Link] = []
    for link in links:
        if known[_identity(link)]:
            known[_identity(link)] -= 1
        else:
            left.append(link)
    return left


def _identity(link: Link) -> tuple[str, str]:
    return same_target(link.url), key(link.text)


def _is_tracking(name: str) -> bool:
    return name.lower() in _TRACKING or name.lower().startswith(_TRACKING_PREFIXES)
