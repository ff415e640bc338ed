"""The lists of other programs: what is taken, what is said, and what a hostile one cannot do."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.errors import BadDocument
from archivist.extract.monitors import Wish, read_list

OPML = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="Politics"><outline text="EU, mostly">
  <outline type="rss" text="Courier" xmlUrl="https://courier.example/rss?a=1&amp;b=2" category="/News/World,daily"/>
</outline></outline>
<outline type="link" text="A page" url="https://courier.example/a"/>
<outline text="Empty"/>
</body></opml>"""

URLWATCH = b"""# my jobs
name: "Crane"
url: https://courier.example/crane
tags: [harbour, eu]
---
kind: browser
navigate: https://courier.example/b
filter:
  - css: article
  - html2text
---
name: "uptime"
command: uptime
---
url: https://courier.example/form
data: {a: b}
---
- url: https://courier.example/c
  tags: a, b
---
"""

CHANGES = {
    "watching": {
        "1": {
            "url": "https://courier.example/a",
            "tags": ["t1", "t9"],
            "paused": False,
            "include_filters": ["article"],
        },
        "2": {"url": "https://courier.example/b", "tag": "old, older", "paused": True},
        "3": {"title": "nothing"},
    },
    "settings": {"application": {"tags": {"t1": {"title": "EU"}}}},
}


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP file of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


def test_opml() -> None:
    """Feeds and pages, with the folders that they lie in; in any character set that XML names."""
    wanted = [
        Wish(url="https://courier.example/rss?a=1&b=2", is_feed=True, tags=("Politics", "EU mostly", "World", "daily")),
        Wish(url="https://courier.example/a"),
    ]
    assert ("OPML", wanted) == read_list(OPML)
    assert ("OPML", wanted) == read_list(OPML.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"))


def test_urlwatch() -> None:
    """Addresses and tags; filters are said; commands and forms are refused."""
    assert read_list(URLWATCH) == (
        "urlwatch",
        [
            Wish(url="https://courier.example/crane", tags=("harbour", "eu")),
            Wish(url="https://courier.example/b", ignored=("filter",)),
            Wish(url="uptime", refused="runs a command"),
            Wish(url="https://courier.example/form", ignored=("data",), refused="is asked with data or another method"),
            Wish(url="https://courier.example/c", tags=("a", "b")),
        ],
    )


def test_changedetection() -> None:
    """Its JSON, and both kinds of its backup."""
    wanted = [
        Wish(url="https://courier.example/a", tags=("EU",), ignored=("include_filters",)),
        Wish(url="https://courier.example/b", tags=("old", "older"), refused="is paused"),
        Wish(url="a watch", refused="has no address"),
    ]
    data = json.dumps(CHANGES).encode()
    assert ("changedetection.io", wanted) == read_list(data)
    assert ("changedetection.io", wanted) == read_list(zipped({"url-watches.json": data, "a/b.txt": b"x"}))
    single = {f"{n}2345678-0000-4000-8000-000000000000/watch.json": CHANGES["watching"][n] for n in "123"}
    files = {name: json.dumps(value).encode() for name, value in single.items()}
    later = zipped({**files, "changedetection.json": json.dumps({"settings": CHANGES["settings"]}).encode()})
    assert ("changedetection.io", wanted) == read_list(later)
    assert ("addresses", [Wish(url="https://a.example/", tags=("x", "y z"))]) == read_list(
        zipped({"url-list-with-tags.txt": b"https://a.example/ x, y z\n"})
    )


def test_addresses() -> None:
    """One a line, comments apart; what is no address is for others to say."""
    data = b"\xef\xbb\xbf# list\r\nhttps://a.example/  eu,\x07uk\r\n\r\nhttps://b.example/\r\nwww.c.example\r\n"
    wanted = [Wish(url="https://a.example/", tags=("eu", "uk")), Wish(url="https://b.example/")]
    assert ("addresses", [*wanted, Wish(url="www.c.example")]) == read_list(data)
    assert ("addresses", []) == read_list(b"")


BILLION = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % (n, n, *[n - 1] * 9) for n in range(ord("b"), ord("j"))
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (BILLION, "anchor"),
        (b"url: " + b"[" * 1_000_000, "deeper|nesting"),
        (b"a: b\nc:\n " + b"- " * 1_000, "deeper"),
        (b"url: !!python/object/apply:os.system ['true']\n", "no YAML"),
        (b"url: 'open\n", "no YAML"),
        (b"url: a\x00b\n", "no YAML"),
        (b"{" + b'"a":[' * 200_000, "no JSON"),
        (b'{"a": 1}', "no export"),
        (b"[" + b"9" * 10_000 + b"]", "no JSON"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><opml><body>&b;</body></opml>', "document type"),
        ("<!DOCTYPE opml><opml><body/></opml>".encode("utf-16"), "document type"),
        (b"<opml><body>" + b"<outline>" * 300, "no XML"),
        (b"<opml><body>" + b"<outline>" * 200 + b"</outline>" * 200 + b"</body></opml>", "within each other"),
        (b"<rss><channel/></rss>", "no OPML"),
        (b"<html><body>hello", "no XML"),
        (b"\xff\xfe\x00", "no XML"),
        (b"https://a.example/\xff", "not UTF-8"),
        (b"PK\x03\x04 nothing", "no ZIP"),
        (zipped({"other.txt": b"x"}), "no backup"),
        (zipped({"url-watches.json": b" " * 50_000_000}), "more than"),
        (zipped({"url-list.txt": b"https://a.example/\n" * 20_001}), "more than 20000 addresses"),
        (b"https://a.example/" + b"x" * 17_000_000, "more than"),
    ],
)
def test_hostile_lists(data: bytes, said: str) -> None:
    """Refused in words, within bounds."""
    tracemalloc.start()
    try:
        with pytest.raises(BadDocument, match=said):
            read_list(data)
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()


@given(
    st.sampled_from([OPML, URLWATCH, json.dumps(CHANGES).encode(), zipped({"url-watches.json": b"{}"})]),
    st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=4)), max_size=4),
)
@settings(max_examples=150, deadline=None)
def test_damaged_lists(data: bytes, damage: list[tuple[int, bytes]]) -> None:
    """Whatever is broken, the answer is a list or words."""
    for at, piece in damage:
        data = data[:at] + piece + data[at + len(piece) :]
    try:
        _, wishes = read_list(data)
    except BadDocument:
        return
    assert not any("," in tag or "\x1b" in tag for wish in wishes for tag in wish.tags)
