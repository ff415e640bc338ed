"""Feeds, sitemaps and sections on the watchlist: new articles are found once, watched, and let go."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from archivist.model.watch import Kind
from tests.integration.test_watching import DAY, HOUR, MINUTE, Cron, article, cron
from tests.press import Press, Reply
from tests.press import responses as r

__all__ = ["cron"]


def rss(press: Press, *names: str) -> Reply:
    """A feed of these articles."""
    items = "".join(f"<item><title>{name}</title><link>{press.url(f'/{name}')}</link></item>" for name in names)
    body = f"<rss version='2.0'><channel><title>Courier</title>{items}</channel></rss>"
    return r.plain(body.encode(), media_type="application/rss+xml")


def json_feed(press: Press, *names: str) -> Reply:
    """The same as JSON Feed."""
    items = [{"id": name, "url": press.url(f"/{name}")} for name in names]
    return r.plain(json.dumps({"version": "1.1", "items": items}).encode(), media_type="application/feed+json")


def atom(press: Press, *names: str) -> Reply:
    """The same as Atom."""
    entries = "".join(f"<entry><id>urn:x:{name}</id><link href='/{name}'/></entry>" for name in names)
    body = f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>"
    return r.plain(body.encode(), media_type="application/atom+xml")


def sitemap(press: Press, *names: str) -> Reply:
    """The same as a sitemap."""
    urls = "".join(f"<url><loc>{press.url(f'/{name}')}</loc></url>" for name in names)
    body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>"
    return r.plain(body.encode(), media_type="application/xml")


def section(press: Press, *names: str) -> Reply:
    """The same as a page."""
    links = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in names)
    return r.plain(r.page(f"<nav><a href='/about'>About</a></nav><ul>{links}</ul>", title="Politics"))


FORMS = {"rss": rss, "atom": atom, "json": json_feed, "sitemap": sitemap, "section": section}
OLD, NEW = "the-crane-stands-still-again-2026", "the-ferry-is-late-again-today"


@pytest.mark.parametrize(
    ("form", "kind"),
    [("rss", "feed"), ("atom", "feed"), ("json", "feed"), ("sitemap", "sitemap"), ("section", "section")],
)
def test_new_articles_are_found_once(form: str, kind: Kind, cron: Cron, press: Press) -> None:
    """In the run that sees the listing, with its tags; then they have a schedule of their own."""
    press.serve("*", article())
    press.serve("/list", FORMS[form](press, OLD))
    cron.watch(press.url("/list"), kind=kind, tags=("eu",))

    assert (2, 2) == ((first := cron.run()).looked_at, first.counts["new"])
    assert {"list", OLD} == set(cron.lines())
    assert ("eu",) == cron.lines()[OLD].watched.page.watch.tags
    press.serve("/list", FORMS[form](press, NEW, OLD))
    later = cron.run(after=HOUR)
    assert (1, 0) == (later.counts["new"], later.counts["changed"])
    assert [] == cron.news
    assert {"list", OLD, NEW} == set(cron.lines())
    # What the listing no longer names is watched on.
    press.serve("/list", FORMS[form](press, NEW))
    assert 0 == cron.run(after=HOUR).counts["new"]
    assert {"list", OLD, NEW} == set(cron.lines())


def test_articles_are_let_go(cron: Cron, press: Press) -> None:
    """After the time that the watch says; its listing is watched on."""
    press.serve("*", article())
    press.serve("/list", rss(press, OLD))
    cron.watch(press.url("/list"), kind="feed", until=dt.timedelta(hours=3))
    cron.run()
    cron.run(after=4 * HOUR)

    assert {"list"} == set(cron.lines())
    assert 0 == cron.run(after=4 * HOUR).counts["new"]


def test_a_lost_cache_costs_nothing_but_work(cron: Cron, press: Press) -> None:
    """What the listing named once is found again in what was captured of it."""
    press.serve("*", article())
    press.serve("/list", rss(press, OLD))
    cron.watch(press.url("/list"), kind="feed")
    cron.run()
    press.serve("/list", rss(press, NEW))
    cron.run(after=HOUR)
    (cron.root / ".archivist" / "watch.json").unlink()
    ran = cron.run(after=MINUTE)

    assert 0 == ran.counts["new"]
    assert {"list", OLD, NEW} == set(cron.lines())


def test_an_edit_of_a_found_article_is_told_and_its_list_is_not(cron: Cron, press: Press) -> None:
    """A feed has other entries every hour; that is no edit."""
    press.serve("*", article())
    press.serve("/list", rss(press, OLD))
    cron.watch(press.url("/list"), kind="feed")
    cron.run()
    press.serve("/list", rss(press, OLD, NEW))
    press.serve(f"/{OLD}", article(" Nobody was hurt."))
    cron.run(after=DAY)

    assert [("changed", OLD)] == cron.news


def test_an_index_of_sitemaps_is_followed(cron: Cron, press: Press) -> None:
    """The newest of its sitemaps are looked at as if they were watched themselves."""
    press.serve("*", article())
    names = "".join(
        f"<sitemap><loc>{press.url(f'/{year}.xml')}</loc><lastmod>{year}-01-01</lastmod></sitemap>"
        for year in range(2019, 2027)
    )
    press.serve("/index", r.plain(f"<sitemapindex>{names}</sitemapindex>".encode(), media_type="text/xml"))
    for year in range(2019, 2027):
        press.serve(f"/{year}.xml", sitemap(press, f"article-{year}"))
    cron.watch(press.url("/index"), kind="sitemap")
    cron.run()

    assert {"article-2026", "article-2025", "article-2024"} == {name for name in cron.lines() if "article" in name}


@pytest.mark.parametrize("body", [b"", b"<rss><channel><item>", b"\x00" * 100, b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>"])
def test_a_listing_that_cannot_be_read_ends_nothing(body: bytes, cron: Cron, press: Press) -> None:
    """It lists nothing, and the run goes on."""
    press.serve("*", article())
    press.serve("/list", r.plain(body, media_type="application/rss+xml"))
    cron.watch(press.url("/list"), kind="feed")
    cron.watch(press.url("/a"))

    assert 2 == cron.run().looked_at
    assert {"list", "a"} == set(cron.lines())


def test_a_pattern_chooses(cron: Cron, press: Press) -> None:
    """Only articles whose addresses match."""
    press.serve("*", article())
    press.serve("/list", rss(press, "news/a", "sport/b"))
    cron.watch(press.url("/list"), kind="feed", pattern="/news/*")
    cron.run()

    assert {"list", "a"} == set(cron.lines())


def test_a_feed_of_fifty_megabytes_with_a_bomb(cron: Cron, press: Press) -> None:
    """It is stored as it was served, nothing in it is expanded, the run says what is wrong, and goes on."""
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    item = "<item><title>&l9;</title><link>/bomb</link></item>"
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]><rss><channel>'
    press.serve("*", article())
    press.serve("/bomb", r.plain((head + item * ((50 << 20) // len(item))).encode(), media_type="application/rss+xml"))
    cron.watch(press.url("/bomb"), kind="feed")
    cron.watch(press.url("/a"))

    ran = cron.run()
    assert (2, 2, 1, 3) == (ran.looked_at, ran.counts["new"], ran.failed, ran.exit_code)
    assert [("unread", "bomb")] == cron.news
    assert {"bomb": "faulty", "a": "well"} == {name: line.state for name, line in cron.lines().items()}
    assert "declares entities" in str(cron.lines()["bomb"].to_json()["said"])
    assert 0 == cron.run(after=11 * MINUTE).exit_code
    assert [] == cron.news

    press.serve("/bomb", rss(press, "b"))
    cron.run(after=DAY)
    told = [(each.kind, each.url.rpartition("/")[2]) for each in cron.told if each.kind != "same"]
    assert [("recovered", "bomb"), ("new", "b")] == told


def test_a_feed_of_which_a_part_is_read(cron: Cron, press: Press) -> None:
    """Of a feed that is too large its beginning is watched, and that there is more is said once."""
    press.serve("*", article())
    item = "<item><title>Cranes</title><link>/a</link></item><item><link>/b</link></item>"
    press.serve("/long", r.plain(f"<rss><channel>{item}{'<x>and so on</x>' * 9_000}</channel></rss>".encode()))
    cron.watch(press.url("/long"), kind="feed")
    ran = cron.run(read__max_page=100_000)
    assert (3, 1) == (ran.looked_at, ran.failed)
    assert [("unread", "long")] == cron.news
    assert "more than 100000 bytes" in cron.told[1].said
    assert {"long", "a", "b"} == set(cron.lines())
