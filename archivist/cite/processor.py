"""A citation in any style of the Citation Style Language, through citeproc-py, which is an extra.

citeproc-py 0.11 was held against citeproc.js on the same styles: it shortens given names where Chicago and MLA want
them whole, and sets full stops behind quotation marks. So the styles that people ask for most are our own, and this is
for all the others. What no style prints is added: the capture, the version and the hash.
"""

from __future__ import annotations

import html
import io
import warnings
from collections.abc import Sequence

from archivist.cite.csl import csl_items
from archivist.cite.evidence import captured_text
from archivist.cite.line import with_stop
from archivist.cite.markup import Markup
from archivist.errors import UsageError
from archivist.model.citation import Citation
from archivist.model.json import Json, JsonObject

__all__ = ["MAX_STYLE", "cite_by_style"]

MAX_STYLE = 4 * 1024 * 1024
"""Bytes of a style; the largest that is published has a quarter of a megabyte."""
_HINT = "styles for reference lists are published at https://citationstyles.org"
_UNPRINTED = ("note", "contributor", "id")
"""The note is ours to add; the others are not known to, or not wanted by, citeproc-py."""


def cite_by_style(citations: Sequence[Citation], style: bytes, *, name: str, markup: Markup) -> str:
    """One entry a line, as the style's bibliography has it.

    Args:
        citations: what to cite.
        style: the CSL file, XML.
        name: of the file, for messages.
        markup: plain text or HTML.

    Raises:
        UsageError: citeproc-py is not installed, or the file is no style that it can use.
    """
    if markup == "markdown":
        raise UsageError("--csl writes text or HTML, not Markdown", hint="--as html")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import citeproc  # noqa: PLC0415  # an extra, and slow to load
            from citeproc.source.json import CiteProcJSON  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("--csl needs citeproc-py", hint="pip install 'archivist[csl]'") from error
    items = [_printed(item, markup) for item in csl_items(citations)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a style uses and the processor does not know
            parsed = citeproc.CitationStylesStyle(io.BytesIO(style), validate=False)
            formatter = citeproc.formatter.html if markup == "html" else citeproc.formatter.plain
            entries: list[str] = []
            for item in items:
                # One at a time: a style sorts its bibliography, and each entry must get its own hash.
                bibliography = citeproc.CitationStylesBibliography(parsed, CiteProcJSON([item]), formatter)
                bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
                entries += map(str, bibliography.bibliography())
    except Exception as error:  # a style can break its processor in any way
        raise UsageError(
            f"{name} is no style that could be used: {type(error).__name__}: {error}", hint=_HINT
        ) from error
    if len(entries) != len(citations):
        raise UsageError(f"{name} has no bibliography", hint="take a style for reference lists, or for notes with one")
    return "\n".join(f"{with_stop(entry)} {_checked(each)}" for entry, each in zip(entries, citations, strict=True))


def _printed(item: JsonObject, markup: Markup) -> JsonObject:
    kept: JsonObject = {key: value for key, value in item.items() if key not in _UNPRINTED}
    # The processor takes text for mark-up, and hands it through.
    if markup == "html":
        kept = {key: _escape(value) for key, value in kept.items()}
    return {"id": "item", **kept}


def _escape(value: Json) -> Json:
    match value:
        case str():
            return html.escape(value, quote=False)
        case list():
            return [_escape(each) for each in value]
        case dict():
            return {key: _escape(each) for key, each in value.items()}
    return value


def _checked(citation: Citation) -> str:
    return f"Captured {captured_text(citation)}. SHA-256 {citation.sha256}."
