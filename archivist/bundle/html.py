"""Pieces of a page that needs nothing else: no script, nothing fetched; it prints, and follows light and dark.

Whatever a page or a server said goes in as text, never as mark-up, and cannot turn the direction of what stands
around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

__all__ = ["Html", "blank", "code", "commands", "figure", "items", "link", "page", "table", "text"]

Html = str
"""Mark-up; everything else is text, and goes through ``text`` first."""

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_STYLE: Final = """\
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1b;--faint:#5c5c5c;--line:#c8c8c8;--box:#f4f2ee}
@media (prefers-color-scheme:dark){:root{--paper:#161616;--ink:#e6e6e6;--faint:#a3a3a3;--line:#444;--box:#222}}
body{background:var(--paper);color:var(--ink);font:1rem/1.5 Georgia,serif}
body{max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.15rem;margin-top:2.2rem;border-top:2px solid;padding-top:.5rem}
h3{font-size:1rem;margin-bottom:.3rem}
table{border-collapse:collapse;width:100%;font:.82rem/1.45 system-ui,sans-serif;margin:.6rem 0}
th,td{text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line)}
td{overflow-wrap:anywhere}td:first-child{overflow-wrap:normal}th{font-weight:600}
code,pre{font:.78rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
pre{background:var(--box);padding:.6rem .8rem;white-space:pre-wrap}
.faint{color:var(--faint)}.figure{white-space:nowrap}.draft{border:2px dashed var(--line);padding:.2rem 1rem 1rem}
.blank{display:inline-block;min-width:16rem;border-bottom:1px solid var(--ink);height:1.2em}
@media print{
@page{margin:18mm 15mm}
:root{--paper:#fff;--ink:#000;--faint:#333;--line:#999;--box:#fff}
body{max-width:none;margin:0;padding:0;font-size:10.5pt}pre{border:1px solid var(--line)}
h2,h3{break-after:avoid}tr,li{break-inside:avoid}thead{display:table-header-group}.leaf{break-before:page}
}
"""


def text(said: object) -> Html:
    """The text, as text."""
    return escape(_STEERING.sub("\N{REPLACEMENT CHARACTER}", str(said)), quote=True)


def code(said: object) -> Html:
    """A digest, a path, an address."""
    return f"<code>{text(said)}</code>"


def figure(number: int) -> Html:
    """A number of bytes."""
    return f'<span class="figure">{number:,}</span>'


def link(path: str) -> Html:
    """A file of the bundle, as seen from ``data/``; the name is one of ours."""
    return f'<a href="{text(path.removeprefix("data/"))}">{code(path)}</a>'


def blank(label: str) -> Html:
    """A line that a person fills in."""
    return f'<p>{text(label)}: <span class="blank"></span></p>'


def commands(lines: str) -> Html:
    """Words to type, which a reader can copy as they stand."""
    return f"<pre>{text(lines.strip())}</pre>"


def items(said: Iterable[Html]) -> Html:
    """A list."""
    return f"<ul>{''.join(f'<li>{each}</li>' for each in said)}</ul>"


def table(heads: Sequence[str], rows: Iterable[Sequence[Html]]) -> Html:
    """A table; without heads, the first cell of each row is its name."""
    top = "".join(f'<th scope="col">{text(head)}</th>' for head in heads)
    body = "".join(_row(row, is_named=not heads) for row in rows)
    header = f"<thead><tr>{top}</tr></thead>" if top else ""
    return f"<table>{header}<tbody>{body}</tbody></table>"


def page(title: str, generator: str, body: Iterable[Html]) -> Iterator[str]:
    """The page, line by line."""
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
    yield f'<meta name="generator" content="{text(generator)}">\n'
    yield f"<title>{text(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    for each in body:
        yield f"{each}\n"
    yield "</main>\n</body>\n</html>\n"


def _row(cells: Sequence[Html], *, is_named: bool) -> Html:
    opened = ['<th scope="row">' if is_named and not place else '<td dir="auto">' for place in range(len(cells))]
    return f"<tr>{''.join(f'{tag}{cell}</{tag[1:3]}>' for tag, cell in zip(opened, cells, strict=True))}</tr>"
