"""The Courier's server: both editions, moving counters, validators, compression, a clean end."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import threading
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest

from archivist.demo.content import ARTICLE_PATH, EDITIONS, LETTER_PATH, PRIVACY_PATH, REPORT_PATH, SILENT_EDITS, STORIES
from archivist.demo.newspaper import Newspaper

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = ["/", "/about", ARTICLE_PATH, *(story.path for story in STORIES)]
FILES = {
    "/assets/courier.css": "text/css; charset=utf-8",
    "/assets/type.css": "text/css; charset=utf-8",
    "/assets/courier.js": "text/javascript; charset=utf-8",
    "/assets/icon.svg": "image/svg+xml; charset=utf-8",
    "/assets/waves.svg": "image/svg+xml; charset=utf-8",
    "/assets/anchor.ttf": "font/ttf",
    "/favicon.ico": "image/x-icon",
    "/robots.txt": "text/plain; charset=utf-8",
    "/feed.xml": "application/rss+xml; charset=utf-8",
    REPORT_PATH: "application/pdf",
    LETTER_PATH: "application/pdf",
    PRIVACY_PATH: "application/pdf",
    EDITIONS[1].photo.path(640): "image/jpeg",
    EDITIONS[1].photo.path(1200): "image/jpeg",
    EDITIONS[1].inset.path(640): "image/jpeg",
    EDITIONS[1].inset.path(1200): "image/jpeg",
    **dict.fromkeys(PAGES, "text/html; charset=utf-8"),
}


@pytest.fixture
def newspaper() -> Iterator[Newspaper]:
    """The newspaper with its first edition."""
    with Newspaper() as paper:
        yield paper


def ask(
    newspaper: Newspaper,
    path: str,
    **fields: str,
) -> tuple[http.client.HTTPResponse, bytes]:
    """The response and its body as sent; underscores in field names are hyphens."""
    connection = http.client.HTTPConnection(newspaper.address, timeout=20)
    headers = {"Host": "courier.example", **{name.replace("_", "-"): value for name, value in fields.items()}}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_article_has_a_public_address(newspaper: Newspaper) -> None:
    """The article's URL is under the Courier's own name, the server on loopback."""
    assert f"http://courier.example{ARTICLE_PATH}" == newspaper.article_url
    assert re.fullmatch(r"127\.0\.0\.1:\d+", newspaper.address)


@pytest.mark.parametrize("path", FILES)
def test_everything_has_type_and_validators(newspaper: Newspaper, path: str) -> None:
    """Each address answers 200 with its type, a tag, a date, and a length that is right."""
    response, body = ask(newspaper, path)

    assert (200, FILES[path]) == (response.status, response.getheader("Content-Type"))
    assert re.fullmatch(r'(W/)?"[0-9a-f]{16}"', response.getheader("ETag", ""))
    assert parsedate_to_datetime(response.getheader("Last-Modified", "")).year in (2025, 2026)
    assert str(len(body)) == response.getheader("Content-Length")


@pytest.mark.parametrize("path", FILES)
def test_holder_of_the_tag_gets_304(newspaper: Newspaper, path: str) -> None:
    """The tag of one answer makes the next one empty, whatever its counter says."""
    response, _ = ask(newspaper, path)

    again, body = ask(newspaper, path, If_None_Match=response.getheader("ETag", ""))

    assert (again.status, body) == (304, b"")


def test_date_alone_gives_304_until_the_edit(newspaper: Newspaper) -> None:
    """If-Modified-Since is honoured, an unreadable one ignored, and a new edition is newer."""
    response, _ = ask(newspaper, ARTICLE_PATH)
    since = response.getheader("Last-Modified", "")

    assert ask(newspaper, ARTICLE_PATH, If_Modified_Since=since)[0].status == 304
    assert ask(newspaper, ARTICLE_PATH, If_Modified_Since="the day before")[0].status == 200

    newspaper.publish(2)

    assert ask(newspaper, ARTICLE_PATH, If_Modified_Since=since)[0].status == 200
    assert ask(newspaper, ARTICLE_PATH, If_None_Match=response.getheader("ETag", ""))[0].status == 200


def test_both_editions_are_served(newspaper: Newspaper) -> None:
    """Before the edit the first words stand in the page, after it the second ones, at the same address."""
    first = ask(newspaper, ARTICLE_PATH)[1].decode()
    report = ask(newspaper, REPORT_PATH)[1]

    newspaper.publish(2)

    second = ask(newspaper, ARTICLE_PATH)[1].decode()
    for old, new in SILENT_EDITS:
        assert (old in first, new in first, old in second, new in second) == (True, False, False, True)
    assert report != ask(newspaper, REPORT_PATH)[1]


def test_counter_moves_at_every_request(newspaper: Newspaper) -> None:
    """Two answers of one edition differ in the counter, the advertisement and a nonce, and in nothing else."""
    pages = [ask(newspaper, ARTICLE_PATH)[1].decode() for _ in range(2)]
    noise = r'nonce="\w+"|<aside class="ad".*?</aside>|Readers so far: [\d,]+'

    assert pages[0] != pages[1]
    assert re.sub(noise, "", pages[0]) == re.sub(noise, "", pages[1])


def test_text_is_compressed_when_asked(newspaper: Newspaper) -> None:
    """Text comes as gzip under a tag of its own, pictures never do."""
    response, body = ask(newspaper, "/assets/courier.css", Accept_Encoding="gzip")
    plain, expected = ask(newspaper, "/assets/courier.css")

    assert response.getheader("Content-Encoding") == "gzip"
    assert expected == gzip.decompress(body)
    assert plain.getheader("ETag") != response.getheader("ETag")
    assert ask(newspaper, "/favicon.ico", Accept_Encoding="gzip")[0].getheader("Content-Encoding") is None


def test_head_has_no_body(newspaper: Newspaper) -> None:
    """HEAD gives the length of the body, and not one byte of it on the wire."""
    length = len(ask(newspaper, REPORT_PATH)[1])
    host, _, port = newspaper.address.partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(f"HEAD {REPORT_PATH} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(65536), b""))

    assert f"\r\nContent-Length: {length}\r\n".encode() in received
    assert received.endswith(b"\r\n\r\n")


def test_nothing_is_404(newspaper: Newspaper) -> None:
    """An address where nothing lies gives a page that says so."""
    response, body = ask(newspaper, "/no/such/page")

    assert response.status == 404
    assert b"<h1>Not found</h1>" in body


@pytest.mark.parametrize("path", PAGES)
def test_every_address_on_a_page_leads_somewhere(newspaper: Newspaper, path: str) -> None:
    """All that a page or style sheet refers to is there."""
    page = ask(newspaper, path)[1].decode()
    addresses = set(re.findall(r'(?:href|src|data-src)="(/[^"]*)"', page))
    addresses |= {part.split()[0] for sizes in re.findall(r'srcset="([^"]*)"', page) for part in sizes.split(",")}

    assert {address: status for address in addresses if (status := ask(newspaper, address)[0].status) != 200} == {}


def test_connection_is_kept_alive(newspaper: Newspaper) -> None:
    """Several requests share one connection."""
    connection = http.client.HTTPConnection(newspaper.address, timeout=20)
    ports = []
    for path in ("/", REPORT_PATH, "/about"):
        connection.request("GET", path)
        connection.getresponse().read()
        ports.append(connection.sock.getsockname())
    connection.close()

    assert len(set(ports)) == 1


def test_end_of_the_block_closes_everything() -> None:
    """An idle client holds nothing back: no thread is left, and the port is free."""
    before = threading.active_count()
    with Newspaper() as newspaper:
        host, _, port = newspaper.address.partition(":")
        idle = socket.create_connection((host, int(port)))
        ask(newspaper, "/")

    assert before == threading.active_count()
    assert idle.recv(1) == b""
    idle.close()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((host, int(port)))
    with pytest.raises(RuntimeError, match="not open"):
        assert newspaper.address
