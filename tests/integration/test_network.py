"""TLS, robots.txt and names: what is asked of whom, and what is recorded of it."""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path

from tests.integration.conftest import Archive
from tests.press import Press
from tests.press import responses as r

ARTICLE = r.plain(r.page("<h1>Cranes</h1><p>The cranes stood still.</p>", title="Cranes"))


def test_https_with_a_named_authority(archive: Archive, tmp_path: Path) -> None:
    """[fetch] ca is trusted; the server's chain stands in the WARC, its digest in the manifest."""
    with Press(tls=True) as press:
        press.serve("/a", ARTICLE)
        (tmp_path / "ca.pem").write_bytes(press.ca_pem)
        archive.setting(f'[fetch]\nca = "{tmp_path / "ca.pem"}"\n')
        served = ssl.get_server_certificate(("127.0.0.1", press.port))

        archive.snap(press.url("/a"))

    page = archive.snapshot().page
    assert page is not None
    assert hashlib.sha256(ssl.PEM_cert_to_DER_cert(served)).hexdigest() == page.certificate
    records = archive.workspace.reader.members(page.record.file)
    blocks = [b"".join(member.block()) for member in records]
    assert any(served.strip().encode() in block for block in blocks)
    assert 0 == archive("verify", "--deep").code


def test_https_with_an_unknown_authority(archive: Archive) -> None:
    """A certificate that nobody vouches for: 5, nothing stored."""
    with Press(tls=True) as press:
        press.serve("/a", ARTICLE)
        said = archive("snap", press.url("/a"))

    assert 5 == said.code
    assert "certificate" in said.err
    assert [] == list(archive.root.rglob("*.warc.gz"))


def test_missing_authority_file(archive: Archive, tmp_path: Path) -> None:
    """A file of authorities that does not exist is a wrong setting, not a crash."""
    archive.setting(f'[fetch]\nca = "{tmp_path / "nowhere.pem"}"\n')

    said = archive("snap", "https://127.0.0.1:1/a")

    assert said.code in {2, 5}, said
    assert "nowhere.pem" in said.err


def test_robots_are_obeyed(archive: Archive, press: Press) -> None:
    """A page that robots.txt closes: 5 with a hint, and it is not asked for."""
    press.serve("/robots.txt", r.robots("Disallow: /private"))
    press.serve("/private/a", ARTICLE)
    archive("init", archive.root)

    said = archive("snap", press.url("/private/a"))

    assert said.is_clean_error(5), said
    assert "robots" in said.err
    assert 0 == press.count("/private/a")


def test_robots_may_be_passed_over(archive: Archive, press: Press) -> None:
    """--robots ignore fetches the page without asking, and the manifest says under which policy."""
    press.serve("/robots.txt", r.robots("Disallow: /"))
    press.serve("/a", ARTICLE)

    archive.snap(press.url("/a"), options=("--robots", "ignore"))

    assert 0 == press.count("/robots.txt")
    assert "ignore" == archive.snapshot().asked.policy["robots"]

    press.serve("/robots.txt", r.robots("Allow: /"))
    archive.snap(press.url("/a"))
    assert "obey" == archive.snapshot().asked.policy["robots"]
    assert "robots" in [capture.role for capture in archive.snapshot().captures]


def test_resolved_names_are_recorded(archive: Archive, press: Press) -> None:
    """--resolve sends a name elsewhere, as curl does; the manifest says where, and the page keeps its own name."""
    press.serve("/a", ARTICLE, host="news.example")

    archive.snap("http://news.example/a", options=("--resolve", f"news.example={press.address}"))

    snapshot = archive.snapshot()
    assert press.address == snapshot.asked.policy["resolve news.example"]
    assert snapshot.page is not None
    assert "http://news.example/a" == snapshot.page.uri
    assert "127.0.0.1" == snapshot.page.ip


def test_redirects_are_followed_and_stored(archive: Archive, press: Press) -> None:
    """Each hop is a capture; the article keeps the address that was asked for."""
    press.serve_all({**r.chain("/start", length=3, end="/a"), "/a": ARTICLE})

    archive.snap(press.url("/start"))

    snapshot = archive.snapshot()
    assert press.url("/start") == snapshot.article
    assert snapshot.page is not None
    assert press.url("/a") == snapshot.page.uri
    assert 3 == [capture.role for capture in snapshot.captures].count("redirect")
    assert snapshot.article_reading is not None


def test_redirect_to_a_private_address(archive: Archive, press: Press) -> None:
    """The gate stands before every hop: 5, nothing stored."""
    press.serve("/a", r.redirect("http://169.254.169.254/latest/"))

    said = archive("snap", press.url("/a"))

    assert 5 == said.code
    assert "169.254.169.254" in said.err
    assert [] == list(archive.root.rglob("*.warc.gz"))


def test_one_article_under_two_spellings(archive: Archive, press: Press) -> None:
    """Tracking parameters and fragments name no other article, and are not fetched twice."""
    press.serve("/a", ARTICLE)

    lines = archive.snap(press.url("/a#top"), press.url("/a?utm_source=feed"))

    assert 1 == len(lines)
    assert press.url("/a") == archive.snapshot().article
