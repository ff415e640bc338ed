"""What must hold when any page is read: it is read, and every claim can be looked up where it says it stands."""

from __future__ import annotations

import json
import re
from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st

from archivist.demo import pages
from archivist.demo.content import EDITIONS
from archivist.extract.article import read_article
from archivist.extract.html import Html, parse_html
from archivist.extract.page import read_page
from archivist.extract.tree import collapse, text_of
from archivist.model.article import MAX_EVIDENCE, Article, Claim
from archivist.proof.canonical import canonical

URL = "https://courier.example/2026/11/17/cranes"

DEMO = pages.article(EDITIONS[1], visitors=1).encode()
ODD = b"""<!DOCTYPE html><html xml:lang="de_AT"><head><title>Kr\xc3\xa4ne | Courier</title><meta name=author
content="Mara Quill &amp; Jo Finch"><meta property=og:locale content=de_AT><script type='application/ld+json'><!--
[{"@type":["NewsArticle"],"headline":"Kr\\u00e4ne &amp; Kai","author":["Jo Finch",{"name":["Mara Quill"]}],
"datePublished":"2026-11-17T06:30:00+01:00","dateModified":"1700000000","inLanguage":"de",
"isAccessibleForFree":"False","keywords":["Kai",7],"publisher":{"name":"Courier"},},] --></script></head><body>
<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop=headline>Kr\xc3\xa4ne <i>am</i> Kai</h1>
<p class=lead>Niemand hat unterschrieben.<p class=byline>Von <a rel=author href=/mq>Mara Quill</a>, Saltmere
<p class=datum>Ver\xc3\xb6ffentlicht am 17. November 2026 um 6.30 Uhr | Aktualisiert: 18.11.2026
<meta itemprop=datePublished content="2026-11-17T05:30:00Z"><figure><img src=a.jpg><figcaption>Der Kai.
<small class=credit>Foto: Jo Finch/dpa</small></figcaption></figure><p>Der Rat hat am Dienstag getagt, um zu
h\xc3\xb6ren, was die Arbeiten am Kai bisher gekostet haben. <a href="b.pdf">Bericht</a><p>Korrektur: Es war nicht der
Ostkai, wie es zuerst hier hie\xc3\x9f.<p>Mitarbeit: Ada Brook</div><table><tr><td>17.11.2026</td></tr></table>"""

sources = st.sampled_from((DEMO, ODD))


@st.composite
def cut_pages(draw: st.DrawFn) -> bytes:
    """A page that ends too early."""
    data = draw(sources)
    return data[: draw(st.integers(0, len(data)))]


@st.composite
def flipped_pages(draw: st.DrawFn) -> bytes:
    """A page with some bytes changed."""
    data = bytearray(draw(sources))
    for at, byte in draw(st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=30)):
        data[at] = byte
    return bytes(data)


@st.composite
def shuffled_pages(draw: st.DrawFn) -> bytes:
    """A page whose parts stand in another order, or several times."""
    data = draw(sources)
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), min_size=1, max_size=6)))
    parts = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    return b"".join(draw(st.lists(st.sampled_from(parts), max_size=8)))


mutated = cut_pages() | flipped_pages() | shuffled_pages()


def html_of(data: bytes) -> Html:
    """The bytes as a page."""
    return parse_html(data, url=URL, content_type="text/html; charset=utf-8")


def claims_of(article: Article) -> list[Claim]:
    """Every claim of the article, winner or not."""
    of_fields = [claim for settled in article.fields.values() for claim in (*settled.values, *settled.others)]
    of_photos = [claim for photo in article.photos for claim in (photo.caption, photo.credit) if claim]
    return of_fields + of_photos


def written_at(html: Html, claim: Claim) -> str:
    """All that stands at the place that a claim names."""
    at = claim.evidence.at
    if claim.evidence.witness.startswith("json-ld"):
        number, _, pointer = at.partition("#")
        scripts = [each for each in html.root.iter("script") if "ld+json" in (each.get("type") or "").lower()]
        return unescape(unescape(decoded(scripts[int(number) - 1].text or ""))) + pointer
    if claim.evidence.witness == "url":
        return html.url
    [found] = html.root.getroottree().xpath(at)
    if isinstance(found, str):
        return collapse(found)
    return text_of(found) if found.tag != "title" else " ".join("".join(found.itertext()).split())


def decoded(script: str) -> str:
    """The script with its escapes resolved, one by one, so that it need not be whole."""
    text = re.sub(r"\\u[0-9a-fA-F]{4}", lambda escape: json.loads(f'"{escape[0]}"'), script)
    return collapse(text.replace('\\"', '"'))


@given(st.binary(max_size=2_000) | mutated)
@example(b"")
@example(b"\xff\xfe<")
@example(b"<html lang='\xed\xa0\x80'><h1>\x00")
def test_any_bytes_are_read(data: bytes) -> None:
    """No page raises, and every reading can be written and read back."""
    reading = read_page(data, url=URL, status=200, headers=(), media_type="text/html")

    assert reading.article is not None
    written = json.loads(canonical(reading.article.to_json()))
    assert Article.from_json(written) == reading.article


@given(mutated)
@example(DEMO)
@example(ODD)
def test_evidence_stands_where_it_says(data: bytes) -> None:
    """The text of each claim occurs at the place it names: in that element, attribute, script or address."""
    html = html_of(data)

    for claim in claims_of(read_article(html)):
        assert claim.value
        assert len(claim.evidence.text) <= MAX_EVIDENCE
        assert "\N{REPLACEMENT CHARACTER}" in claim.evidence.text or claim.evidence.text in written_at(html, claim)


@given(mutated)
def test_reading_is_the_same_each_time(data: bytes) -> None:
    """Two readings of one page are equal."""
    assert read_article(html_of(data)) == read_article(html_of(data))
