"""Text of a citation with italics and links in it, written as plain text, Markdown or HTML.

Italics and links are marked with private-use characters while a style is put together: ``line.one_line`` removes those
from all that comes from a page, so that no page can forge one.
"""

from __future__ import annotations

import html
import re
from typing import Final, Literal, TypeAlias, get_args

__all__ = ["MARKS", "MARKUPS", "Markup", "escape_markdown", "italic", "link", "markdown_link", "rendered"]

Markup: TypeAlias = Literal["text", "markdown", "html"]
MARKUPS: Final[tuple[Markup, ...]] = get_args(Markup)

_ITALIC, _ROMAN = "\ue000", "\ue001"
_LINK, _END = "\ue002", "\ue003"
MARKS: Final = _ITALIC + _ROMAN + _LINK + _END
"""Take no room on paper."""
_TOKEN = re.compile(f"{_LINK}([^{_END}]*){_END}|([{_ITALIC}{_ROMAN}])|([^{MARKS}]+)")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


def italic(text: str) -> str:
    """The text in italics; nothing stays nothing."""
    return f"{_ITALIC}{text}{_ROMAN}" if text else ""


def link(url: str) -> str:
    """An address that is to be printed, and followed where the markup can do that."""
    return f"{_LINK}{url}{_END}"


def rendered(text: str, markup: Markup) -> str:
    """The text in its markup. Whatever a page wrote is escaped."""
    match markup:
        case "text":
            return text.translate(dict.fromkeys(map(ord, MARKS)))
        case "markdown":
            return _TOKEN.sub(_in_markdown, text)
        case "html":
            return _TOKEN.sub(_in_html, text)


def escape_markdown(text: str) -> str:
    """What means something to Markdown means itself (CommonMark 0.31, 2.4)."""
    return _MARKDOWN.sub(r"\\\1", text)


def markdown_link(text: str, url: str) -> str:
    """A link over words; brackets in the address cannot end it (CommonMark 0.31, 6.3)."""
    address = f"<{url}>" if "(" in url or ")" in url else url
    return f"[{text}]({address})"


def _in_markdown(found: re.Match[str]) -> str:
    url, mark, words = found.groups()
    if url is not None:
        return f"<{url}>"
    return "*" if mark else escape_markdown(words)


def _in_html(found: re.Match[str]) -> str:
    url, mark, words = found.groups()
    if url is not None:
        return f'<a href="{html.escape(url)}">{html.escape(url)}</a>'
    if mark:
        return "<i>" if mark == _ITALIC else "</i>"
    return html.escape(words, quote=False)
