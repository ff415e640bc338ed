"""The Courier's pages as HTML, the way a content system writes them: metadata in four places, noise around it all."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Final

from archivist.demo.content import HOST, NAME, PRIVACY_PATH, STORIES

if TYPE_CHECKING:
    from archivist.demo.content import Block, Edition, Picture, Story

__all__ = ["about", "article", "feed", "front", "missing", "story"]

_ORIGIN: Final = f"http://{HOST}"
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PIXEL: Final = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
_WIDTHS: Final = (640, 1200)
_ADS: Final = (
    "Ropes, chains and shackles since 1921. Holm &amp; Daughters, Quay 1.",
    "The Kipper House: breakfast from five, for those who work at five.",
    "Lessons in knots, Tuesdays. Bring your own rope.",
)


def article(edition: Edition, *, visitors: int, origin: str = _ORIGIN) -> str:
    """Return the article's page; ``visitors`` makes it differ from request to request without being an edit."""
    address = origin + edition.path
    lead = origin + edition.photo.path(_WIDTHS[-1])
    head = f"""\
<meta name="description" content="{escape(edition.standfirst)}">
<meta name="author" content="{escape(edition.author)}">
<link rel="canonical" href="{escape(address)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="{escape(NAME)}">
<meta property="og:title" content="{escape(edition.headline)}">
<meta property="og:description" content="{escape(edition.standfirst)}">
<meta property="og:url" content="{escape(address)}">
<meta property="og:image" content="{escape(lead)}">
<meta property="article:published_time" content="{edition.published}">
<meta property="article:modified_time" content="{edition.updated}">
<meta property="article:section" content="{escape(edition.section)}">
<script type="application/ld+json">{_linked_data(edition, address=address, lead=lead, origin=origin)}</script>"""
    correction = f'<p class="correction">{escape(edition.correction)}</p>\n' if edition.correction else ""
    main = f"""\
<article>
<header>
<p class="kicker">{escape(edition.section)}</p>
<h1>{escape(edition.headline)}</h1>
<p class="standfirst">{escape(edition.standfirst)}</p>
<p class="byline">By <a rel="author" href="/about">{escape(edition.author)}</a></p>
<p class="dates">Published: {_time(edition.published)} · Updated: {_time(edition.updated)}</p>
</header>
{_figure(edition.photo, lazy=False)}
<div class="player"><button>Listen</button> <span>0:00</span></div>
<div class="body">
{_body(edition)}
{correction}</div>
<p class="contributor">{escape(edition.contributor)}</p>
<p class="bio">{escape(edition.bio)}</p>
</article>
{_advertisement(visitors)}
{_related(edition.path)}"""
    return _page(edition.headline, head=head, main=main, visitors=visitors)


def story(subject: Story, *, visitors: int, origin: str = _ORIGIN) -> str:
    """Return the page of one of the other stories."""
    address = escape(origin + subject.path)
    head = f"""\
<link rel="canonical" href="{address}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(subject.headline)}">
<meta property="article:published_time" content="{subject.published}">"""
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in subject.paragraphs)
    main = f"""\
<article>
<h1>{escape(subject.headline)}</h1>
<p class="byline">By {escape(subject.author)}</p>
<p class="dates">Published: {_time(subject.published)}</p>
<div class="body">
{body}
</div>
</article>
{_related(subject.path)}"""
    return _page(subject.headline, head=head, main=main, visitors=visitors)


def front(edition: Edition, *, visitors: int, origin: str = _ORIGIN) -> str:
    """Return the front page: the article's headline first, then the other stories."""
    head = f'<link rel="canonical" href="{escape(origin)}/">\n<meta property="og:type" content="website">'
    rows = "\n".join(f"<li>{_teaser(one)}</li>" for one in STORIES)
    main = f"""\
<section class="top">
<h2><a href="{edition.path}">{escape(edition.headline)}</a></h2>
<p>{escape(edition.standfirst)}</p>
</section>
<ul class="stories">
{rows}
</ul>
{_advertisement(visitors)}"""
    return _page("News from the port of Saltmere", head=head, main=main, visitors=visitors)


def about(*, visitors: int) -> str:
    """Return the page about the newspaper."""
    main = f"""\
<h1>About {escape(NAME)}</h1>
<p>The Courier is a made-up newspaper for a made-up port. It prints a correction when somebody notices.</p>"""
    return _page("About us", head='<meta property="og:type" content="website">', main=main, visitors=visitors)


def missing(*, visitors: int) -> str:
    """Return the page for an address where nothing is."""
    return _page("Not found", head="", main="<h1>Not found</h1>\n<p>There is no such page.</p>", visitors=visitors)


def feed(edition: Edition, *, origin: str = _ORIGIN) -> str:
    """Return the RSS 2.0 feed of the article and the other stories."""
    items = [(edition.path, edition.headline, edition.published)]
    items += [(one.path, one.headline, one.published) for one in STORIES]
    rows = "\n".join(
        f"<item><title>{escape(title)}</title><link>{escape(origin + path)}</link>"
        f'<guid isPermaLink="true">{escape(origin + path)}</guid><pubDate>{_mail_date(published)}</pubDate></item>'
        for path, title, published in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>\n'
        f"<title>{escape(NAME)}</title><link>{escape(origin)}/</link>"
        f"<description>News from the port of Saltmere</description>\n{rows}\n</channel></rss>\n"
    )


def _page(title: str, *, head: str, main: str, visitors: int) -> str:
    return f"""\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} | {escape(NAME)}</title>
{head}
<link rel="stylesheet" href="/assets/courier.css">
<link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
<link rel="alternate" type="application/rss+xml" title="{escape(NAME)}" href="/feed.xml">
<script defer nonce="n{visitors * 7919 % 99991:05d}" src="/assets/courier.js"></script>
</head>
<body>
<header class="masthead"><a href="/">⚓ {escape(NAME)}</a>
<nav><a href="/">News</a><a href="/about">About us</a></nav></header>
<main>
{main}
</main>
<footer>
<p>© {escape(NAME)} · <a href="/about">About us</a> · <a href="{PRIVACY_PATH}">Privacy (pdf)</a></p>
<p class="visitors">Readers so far: {visitors:,}</p>
</footer>
</body>
</html>
"""


def _time(moment: str) -> str:
    at = datetime.fromisoformat(moment)
    return f'<time datetime="{moment}">{at.day} {_MONTHS[at.month - 1]} {at.year}, {at:%H:%M}</time>'


def _mail_date(moment: str) -> str:
    at = datetime.fromisoformat(moment)
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[at.weekday()]
    return f"{day}, {at.day:02d} {_MONTHS[at.month - 1][:3]} {at:%Y %H:%M:%S %z}"


def _figure(picture: Picture, *, lazy: bool) -> str:
    """A figure; a lazy one shows a blank pixel until the script has run."""
    sizes = ", ".join(f"{picture.path(width)} {width}w" for width in _WIDTHS)
    small, large = picture.path(_WIDTHS[0]), picture.path(_WIDTHS[-1])
    source = f'src="{_PIXEL}" data-srcset="{sizes}"' if lazy else f'src="{small}" srcset="{sizes}"'
    return f"""\
<figure>
<img {source} data-src="{large}" sizes="(min-width: 44rem) 44rem, 100vw" loading="lazy" alt="{escape(picture.alt)}">
<figcaption>{escape(picture.caption)} <span class="credit">{escape(picture.credit)}</span></figcaption>
</figure>"""


def _body(edition: Edition) -> str:
    parts = [_block(block) for block in edition.body]
    parts.insert(edition.inset_after, _figure(edition.inset, lazy=True))
    return "\n".join(parts)


def _block(block: Block) -> str:
    text = escape(block.text, quote=False)
    for link in block.links:
        words = escape(link.words, quote=False)
        kind = f' type="{link.media_type}"' if link.media_type else ""
        note = f" {link.note}" if link.note else ""
        text = text.replace(words, f'<a href="{escape(link.href)}"{kind}>{words}</a>{note}', 1)
    match block.kind:
        case "heading":
            return f"<h2>{text}</h2>"
        case "quote":
            return f"<blockquote><p>“{text}”</p><cite>{escape(block.speaker)}</cite></blockquote>"
        case "list":
            return "<ul>\n" + "\n".join(f"<li>{escape(item)}</li>" for item in block.items) + "\n</ul>"
        case "paragraph":
            return f"<p>{text}</p>"


def _teaser(subject: Story) -> str:
    return f'<a href="{subject.path}">{escape(subject.headline)}</a> <span>By {escape(subject.author)}</span> ' + _time(
        subject.published,
    )


def _related(path: str) -> str:
    rows = "\n".join(f"<li>{_teaser(one)}</li>" for one in STORIES if one.path != path)
    return f'<aside class="related">\n<h2>More from the port</h2>\n<ul>\n{rows}\n</ul>\n</aside>'


def _advertisement(visitors: int) -> str:
    words = _ADS[visitors % len(_ADS)]
    return f'<aside class="ad" data-slot="s{visitors}"><p>Advertisement</p><p>{words}</p></aside>'


def _linked_data(edition: Edition, *, address: str, lead: str, origin: str) -> str:
    """The JSON-LD graph; ``<`` is escaped so that no text can end the script."""
    publisher = {"@type": "NewsMediaOrganization", "@id": f"{origin}/#courier", "name": NAME, "url": f"{origin}/"}
    author = {"@type": "Person", "@id": f"{origin}/#author", "name": edition.author}
    news = {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "headline": edition.headline,
        "description": edition.standfirst,
        "datePublished": edition.published,
        "dateModified": edition.updated,
        "articleSection": edition.section,
        "inLanguage": "en-GB",
        "author": {"@id": author["@id"]},
        "publisher": {"@id": publisher["@id"]},
        "image": {"@type": "ImageObject", "url": lead, "caption": edition.photo.caption},
    }
    graph = {"@context": "https://schema.org", "@graph": [publisher, author, news]}
    return json.dumps(graph, ensure_ascii=False, indent=1).replace("<", "\\u003c")
