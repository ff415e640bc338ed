"""Damaged and hostile pages: each is read to the end, in time, and every reading can be written."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable

import pytest

from archivist.demo import pages as demo
from archivist.demo.content import EDITIONS
from archivist.extract.page import read_page
from archivist.model.article import Article
from archivist.proof.canonical import canonical
from tests.unit.extract.pages import TEXT, URL, story

HAFEN = """<title>Kräne stehen still | Hafenkurier</title><div itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">Kräne stehen still</h1><p class="byline">Von <a rel="author" href="/mq">Mara Quill</a></p>
<time itemprop="datePublished" datetime="2026-11-17T06:30:00+01:00">17. November 2026</time><figure><img src="a.jpg">
<figcaption>Der Kai. <small>Foto: Jo Finch/dpa</small></figcaption></figure>"""
BANDAR = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"جرثقیل‌ها","author":["م"]}</script>'
KOWAN = "<title>クレーン停止｜港湾日報</title><h1>クレーン停止</h1><p>港の委員会は火曜日に開かれ、工事の費用を聞いた。"
SOURCES = (
    *(demo.article(edition, visitors=1).encode() for edition in (EDITIONS[1], EDITIONS[2])),
    story(head=HAFEN, above=HAFEN, below="<p>Korrektur: Es war nicht der Ostkai.</p>", language="de").encode(),
    story(head=BANDAR, around=f"<aside>{BANDAR}{TEXT}</aside>", language="fa").encode(),
    KOWAN.encode("shift_jis"),
)
COPIES = 12
LIMIT_SECONDS = 6
"""Three times what is asked for: the machine may be busy with other tests."""


def cut(data: bytes, chance: random.Random) -> bytes:
    """The page ends too early."""
    return data[: chance.randrange(len(data))]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 10, 100))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def marked(data: bytes, chance: random.Random) -> bytes:
    """Marks of mark-up stand anywhere."""
    for _ in range(chance.choice((1, 10))):
        at = chance.randrange(len(data))
        data = data[:at] + chance.choice((b"<", b">", b'"', b"'", b"<!--", b"<script>", b"</div>", b"\0")) + data[at:]
    return data


def recoded(data: bytes, chance: random.Random) -> bytes:
    """The page is in another charset than it says."""
    return data.decode("utf-8", "replace").encode(chance.choice(("utf-16", "cp1252", "cp1251", "big5")), "replace")


def shuffled(data: bytes, chance: random.Random) -> bytes:
    """A part is missing, repeated or moved."""
    start, at = chance.randrange(len(data)), chance.randrange(len(data))
    part = data[start : start + 500]
    return data[:at] + part * chance.choice((0, 1, 3)) + data[at + chance.choice((0, 300)) :]


@pytest.mark.parametrize("damage", [cut, flipped, marked, recoded, shuffled])
@pytest.mark.parametrize("source", SOURCES, ids=range(len(SOURCES)))
def test_damaged_pages_are_read(source: bytes, damage: Callable[[bytes, random.Random], bytes]) -> None:
    """No part of the reading fails, and what was read can be written and read back."""
    for seed in range(COPIES):
        data = damage(source, random.Random(seed))
        article = read_page(data, url=URL, status=200, headers=(), media_type="text/html").article

        assert article is not None
        assert not [problem for problem in article.problems if "could not" in problem]
        assert Article.from_json(json.loads(canonical(article.to_json()))) == article


FLOODS = {
    "nested": b"<div>" * 100_000,
    "nested and named": b"<span class=byline>" * 50_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">",
    "cells": b"<table><tr>" + b"<td>Kai</td>" * 200_000,
    "one text": b"<p>" + b"the harbour " * 90_000,
    "one word": b"<p>" + b"x" * 1_000_000,
    "ampersands": b"<p>" + b"&" * 1_000_000,
    "comments": b"<!--" * 250_000,
    "scripts": b"<script>" * 100_000,
    "links": b"<a href=a.pdf>pdf</a>" * 50_000,
    "deep properties": b"<div>" * 1_000 + b"<b itemprop=author>Jo Finch</b>" * 50_000,
    "deep times": b"<div>" * 1_000 + b"<p><time datetime=2026-11-17>17 November 2026</time></p>" * 30_000,
    "metas": b"<meta name=author content='Mara Quill'>" * 50_000,
    "headlines": b"<h1>Cranes stand still</h1>" * 50_000,
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
def test_hostile_pages_end(flood: bytes) -> None:
    """The whole reading ends in time, and the story before the flood is read."""
    start = time.process_time()
    data = f"<html><body><h1>Cranes stand still</h1>{TEXT}".encode() + flood
    reading = read_page(data, url=URL, status=200, headers=(), media_type="text/html")

    assert time.process_time() - start < LIMIT_SECONDS
    assert reading.article is not None
    assert reading.article.value("title_shown") == "Cranes stand still"
