"""A diff as one self-contained page: no script, nothing fetched, what the page said always as text.

Deleted and inserted words are told apart by element, line and label, not by colour alone; the page prints, and
follows the reader's light or dark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from archivist.diff.told import Row, rows, sentence
from archivist.model.change import Diff, Span

__all__ = ["render_page"]

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""CSP level 3: what a hostile article says is never run, shown as picture or fetched."""
_STYLE: Final = """\
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1b1b;--faint:#666;--line:#ccc;--del:#fde8e6;--ins:#e3f4e4}
@media (prefers-color-scheme:dark){
:root{--paper:#161616;--ink:#e6e6e6;--faint:#999;--line:#444;--del:#4a2320;--ins:#1f3d24}}
body{background:var(--paper);color:var(--ink);font:1rem/1.55 Georgia,serif}
body{max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem;line-height:1.25}h2{font-size:1.05rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;font:.85rem/1.5 system-ui,sans-serif}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}
td{overflow-wrap:anywhere}
section{border-top:1px solid var(--line);padding-top:.4rem}
section h3{font:.8rem/1.5 system-ui,sans-serif;color:var(--faint);margin:.4rem 0 0}
p{margin:.3rem 0 1rem;overflow-wrap:anywhere;white-space:pre-wrap}
del{background:var(--del);text-decoration:line-through}ins{background:var(--ins);text-decoration:underline}
.says{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.verdict{border-left:.3rem solid var(--ink);padding-left:.8rem;font-size:1.1rem}
@media print{body{max-width:none;margin:0}section{break-inside:avoid}a{color:inherit;text-decoration:none}}
"""
BRIEF: Final = 80
"""Characters of a cell in the table of changes."""
_SAID: Final = {"delete": ("del", "deleted"), "insert": ("ins", "inserted")}


def render_page(diff: Diff, *, title: str, provenance: Sequence[tuple[str, Mapping[str, str]]]) -> str:
    """The page, whole.

    Args:
        diff: what to show.
        title: what was compared.
        provenance: of each version what it is called, and where it is: hashes, moments of capture, ids.
    """
    changes = list(rows(diff))
    body = [
        f"<h1>{_text(title)}</h1>",
        f'<p class="verdict">{_text(sentence(diff))}</p>',
        *_looked_at(diff),
        "<h2>Changes</h2>",
        *_table(changes),
        *(line for number, row in enumerate(changes, start=1) for line in _section(number, row)),
        "<h2>What was compared</h2>",
        *_provenance(provenance),
    ]
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    return head + "\n".join(body) + "\n</main>\n</body>\n</html>\n"


def _text(text: str) -> str:
    return escape(text, quote=True)


def _looked_at(diff: Diff) -> Iterator[str]:
    if diff.verdict.signals:
        yield "<ul>"
        yield from (f"<li>{_text(signal)}</li>" for signal in diff.verdict.signals)
        yield "</ul>"


def _table(changes: Sequence[Row]) -> Iterator[str]:
    if not changes:
        yield "<p>None.</p>"
        return
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Where", "Deleted", "Inserted"))
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for number, row in enumerate(changes, start=1):
        deleted, inserted = (_brief(row, op) for op in ("delete", "insert"))
        where = _text(row.label.strip() or "document")
        yield f'<tr><td><a href="#change-{number}">{where}</a></td><td>{deleted}</td><td>{inserted}</td></tr>'
    yield "</tbody></table>"


def _brief(row: Row, op: str) -> str:
    words = " … ".join(span.text.strip() for span in row.spans if span.op == op)
    return _text(words if len(words) <= BRIEF else f"{words[:BRIEF]}…")


def _section(number: int, row: Row) -> Iterator[str]:
    yield f'<section id="change-{number}"><h3>{number} · {_text(row.label.strip() or "document")}</h3>'
    yield f'<p dir="auto">{"".join(map(_marked, row.spans))}</p></section>'


def _marked(span: Span) -> str:
    if span.op == "equal":
        return _text(span.text)
    tag, said = _SAID[span.op]
    return f'<{tag}><span class="says">[{said}: </span>{_text(span.text)}<span class="says">]</span></{tag}>'


def _provenance(provenance: Sequence[tuple[str, Mapping[str, str]]]) -> Iterator[str]:
    yield "<table><tbody>"
    for name, facts in provenance:
        yield f'<tr><th scope="rowgroup" colspan="2">{_text(name)}</th></tr>'
        yield from (
            f'<tr><th scope="row">{_text(what)}</th><td>{_text(value)}</td></tr>' for what, value in facts.items()
        )
    yield "</tbody></table>"
