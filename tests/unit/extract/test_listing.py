"""Feeds, sitemaps and section pages."""

from __future__ import annotations

import json

import pytest

from archivist.extract.listing import read_listing
from archivist.model.listing import MAX_LISTED, Listing

HOME = "https://courier.example/feeds/all"
STORY = "https://courier.example/news/the-bridge-stays-closed"

RSS = f"""<?xml version="1.0"?><!-- made by a machine -->
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fb="http://example.org/burner">
<channel><title>Courier</title><link>https://courier.example/</link>
<item><title>The bridge &amp; the ferry</title><link>
  {STORY}?utm_source=rss </link><pubDate>Tue, 17 Nov 2026 06:30:00 GMT</pubDate>
<guid isPermaLink="false">7</guid></item>
<item><title>Again</title><link>{STORY}</link></item>
<item><title>By its id</title><guid>https://courier.example/news/by-its-id-alone</guid></item>
<item><title>Through another</title><link>https://burner.example/x/1</link>
  <fb:origLink>https://courier.example/news/where-it-leads</fb:origLink></item>
<item><title>Nothing</title></item><item><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><link rel="self" href="{HOME}"/>
<entry><title type="html">Der Kai</title><link rel="replies" href="/comments/1"/>
<link rel="alternate" href="/news/der-kai"/>
<id>tag:courier.example,2026:1</id><updated>2026-11-17T06:30:00Z</updated></entry>
<entry><title>Ohne rel</title><link href="/news/ohne-rel"/><published>2026-11-16</published></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="x"><link>https://courier.example/</link></channel>
<item rdf:about="x"><title>Un</title><link>https://courier.example/un</link></item></rdf:RDF>"""

SITEMAP = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{STORY}</loc><news:news>
 <news:publication_date>2026-11-17</news:publication_date><news:title>The bridge</news:title></news:news></url>
 <url><loc>https://courier.example/de/</loc><lastmod>2026-11-01</lastmod></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://courier.example/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
<sitemap><loc>https://courier.example/new.xml</loc><lastmod>2026-11-01</lastmod></sitemap></sitemapindex>"""

SECTION = """<html><base href="https://www.courier.example/politics/"><body><nav><a href="/politics/">Politics</a>
<a href="/author/mara-quill-writes-much-here">Mara Quill</a></nav>
<a href="2026/11/17/budget">Budget</a> <a href="/news/the-bridge-stays-closed-all-week">Bridge <b>closed</b></a>
<a href="/politics/4711332">Vote</a> <a href="https://elsewhere.example/2026/11/17/other-story-of-others">Other</a>
<a href="https://live.courier.example/2026/11/17/ticker">Live</a> <a href="/reports/2026/11/17/report.pdf">PDF</a>
<a href="mailto:x@courier.example">Mail</a><a href="#top">Top</a></body></html>"""


def addresses(listing: Listing) -> list[str]:
    """Of the articles."""
    return [each.url for each in listing.articles]


def read(text: str, **options: str) -> Listing:
    """A listing."""
    return read_listing(text.encode(), url=HOME, **options)


def test_rss() -> None:
    """Each article once, by its own address, with its title and date; what has no address is left out."""
    listing = read(RSS)
    assert [
        f"{STORY}?utm_source=rss",
        "https://courier.example/news/by-its-id-alone",
        "https://courier.example/news/where-it-leads",
    ] == addresses(listing)
    assert ("The bridge & the ferry", "Tue, 17 Nov 2026 06:30:00 GMT") == (
        listing.articles[0].title, listing.articles[0].changed,
    )  # fmt: skip


def test_atom() -> None:
    """The alternate link is the article's, and an address may be relative."""
    assert ["https://courier.example/news/der-kai", "https://courier.example/news/ohne-rel"] == addresses(read(ATOM))
    assert ["2026-11-17T06:30:00Z", "2026-11-16"] == [each.changed for each in read(ATOM).articles]


def test_rdf() -> None:
    """RSS 1.0 has its items beside the channel."""
    assert ["https://courier.example/un"] == addresses(read(RDF))


def test_json_feed() -> None:
    """JSON Feed, also with faults."""
    items = [{"id": "1", "url": "/news/a", "title": " A  b "}, {"url": 7, "external_url": "/news/b"}, 3, {"id": "x y"}]
    assert [("https://courier.example/news/a", "A b"), ("https://courier.example/news/b", None)] == [
        (each.url, each.title) for each in read(json.dumps({"items": items})).articles
    ][:2]
    assert Listing() == read("{") == read('{"items": {}}')


def test_sitemap() -> None:
    """Articles with what the extension for news says."""
    first = read(SITEMAP).articles[0]
    assert (STORY, "The bridge", "2026-11-17") == (first.url, first.title, first.changed)


def test_index_of_sitemaps() -> None:
    """The newest first, and no articles."""
    listing = read(INDEX)
    assert ["https://courier.example/new.xml", "https://courier.example/old.xml"] == [e.url for e in listing.sitemaps]
    assert () == listing.articles


def test_section() -> None:
    """Links of the page's own site that look like an article's, or that match."""
    page = SECTION.encode()
    found = read_listing(page, url="https://www.courier.example/politics/")
    assert [
        "https://www.courier.example/politics/2026/11/17/budget",
        "https://www.courier.example/news/the-bridge-stays-closed-all-week",
        "https://www.courier.example/politics/4711332",
        "https://live.courier.example/2026/11/17/ticker",
    ] == addresses(found)
    assert "Bridge closed" == found.articles[1].title
    chosen = read_listing(page, url="https://www.courier.example/politics/", pattern="/news/*")
    assert ["https://www.courier.example/news/the-bridge-stays-closed-all-week"] == addresses(chosen)


def test_bounds() -> None:
    """A listing without end is read to its bound, and says so."""
    items = "".join(f"<item><link>https://courier.example/{n}</link></item>" for n in range(MAX_LISTED + 5))
    listing = read(f"<rss><channel>{items}</channel></rss>")
    assert MAX_LISTED == len(listing.articles)
    assert listing.problem is not None


@pytest.mark.parametrize("kind", ["content", "attribute"])
def test_entities_are_not_resolved(kind: str) -> None:
    """A billion laughs are none."""
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    use = "<title>&l9;</title>" if kind == "content" else '<link href="&l9;"/>'
    listing = read(f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]><rss><channel><item>{use}</item></channel></rss>')
    assert () == listing.articles
    assert "entities" in (listing.problem or "")


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"<rss", b"<rss><channel><item><link>", b"<feed>" * 5000, b"[1]"])
def test_garbage_lists_nothing(data: bytes) -> None:
    """Whatever comes, nothing is raised."""
    assert () == read_listing(data, url=HOME).articles


def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    """As browsers of feeds do."""
    assert [f"{STORY}?utm_source=rss"] == addresses(read(RSS[: RSS.index("<item><title>Again")]))
