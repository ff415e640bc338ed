"""The Atom feed of edits (RFC 4287), written from notices. Whatever a page says, the feed is well-formed XML."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from html import escape
from typing import Final

from archivist.model.change import Span
from archivist.model.notice import Notice, Passage

__all__ = ["atom_feed", "entry_id"]

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (section 2.2): control characters, lone surrogates."""
_TAGS: Final = {"insert": "ins", "delete": "del"}


def atom_feed(notices: Sequence[Notice], *, origin: str, name: str, created: str, public_url: str = "") -> bytes:
    """The feed as a file.

    Args:
        notices: the newest first.
        origin: of the archive's log, which makes ids that stay.
        name: of the archive, for people; may be empty.
        created: when the archive was made: the feed is as old where nothing has happened.
        public_url: where others can read the archive, if they can.
    """
    whose = name or "an archive"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{_id(origin)}</id>",
        f"<title>{_text(f'Edits seen by {whose}')}</title>",
        # RFC 4287 4.2.15: the newest change that somebody would call one.
        f"<updated>{max([created, *(each.new.captured for each in notices)])}</updated>",
        f"<author><name>{_text(name or 'archivist')}</name></author>",
        "<generator>archivist</generator>",
    ]
    if public_url:
        lines.append(f'<link rel="self" type="application/atom+xml" href="{_text(f"{public_url}/edits.atom")}"/>')
    lines += (_entry(each, origin=origin) for each in notices)
    return "\n".join([*lines, "</feed>", ""]).encode()


def entry_id(notice: Notice, *, origin: str) -> str:
    """The id of a notice, which never changes: of the archive, the snapshot and what it tells."""
    return _id(f"{origin}/{notice.new.id}/{notice.kind}")


def _id(name: str) -> str:
    # RFC 4287 4.2.6: an IRI that is never reused; RFC 9562 5.5 makes one of a name.
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'https://archivist.example/{name}')}"


def _entry(notice: Notice, *, origin: str) -> str:
    lines = [
        "<entry>",
        f"<id>{entry_id(notice, origin=origin)}</id>",
        f"<title>{_text(notice.title or notice.url)}</title>",
        f"<updated>{notice.new.captured}</updated>",
        f'<link rel="alternate" type="text/html" href="{_text(notice.url)}"/>',
    ]
    for word, seen in (("before", notice.old), ("after", notice.new)):
        if seen is not None and seen.url:
            lines.append(f'<link rel="related" title="{word}" href="{_text(seen.url)}"/>')
    terms = dict.fromkeys([notice.kind, *([notice.verdict] if notice.verdict else []), *notice.classes, *notice.tags])
    lines += (f'<category term="{_text(each)}"/>' for each in terms)
    lines.append(f"<summary>{_text(notice.summary)}</summary>")
    lines.append(f'<content type="html">{_text(_html(notice))}</content>')
    return "\n".join([*lines, "</entry>"])


def _html(notice: Notice) -> str:
    """What a reader of feeds shows; every word of a page is text in it."""
    parts = [f"<p>{escape(notice.summary)}</p>"]
    parts += map(_passage, notice.passages)
    if notice.left_out:
        parts.append(f"<p>and {notice.left_out} more changes</p>")
    seen = [
        f"<dt>{word}</dt><dd><time>{escape(each.captured)}</time> snapshot <code>{escape(each.id)}</code></dd>"
        for word, each in (("before", notice.old), ("after", notice.new))
        if each is not None
    ]
    return "".join([*parts, "<dl>", *seen, "</dl>"])


def _passage(passage: Passage) -> str:
    # `dir` keeps the direction of a page's words to themselves.
    label = f"<b>{escape(passage.label)}</b> " if passage.label else ""
    return f'<p dir="auto">{label}{"".join(map(_span, passage.spans))}</p>'


def _span(span: Span) -> str:
    tag = _TAGS.get(span.op)
    return f"<{tag}>{escape(span.text)}</{tag}>" if tag else escape(span.text)


def _text(text: str) -> str:
    """Text of an element or of an attribute; what XML has no place for is replaced."""
    return escape(_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text))
