"""Addresses: what is one, what names an article, and where its manifests live."""

from __future__ import annotations

import pytest

from archivist.errors import UsageError
from archivist.model.url import MAX_URL, absolute, folder_of, host_of, key_of, normalise, origin_of, parse_url


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("  HTTP://example.org:80/A?b=C#top  ", "http://example.org/A?b=C"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("https://example.org/%7Ea%2Fb", "https://example.org/%7Ea%2Fb"),
        ('https://example.org/a"<b>', "https://example.org/a%22%3Cb%3E"),
        ("https://example.org/?q=a|b", "https://example.org/?q=a%7Cb"),
        ("https://example.org/@editor/story", "https://example.org/@editor/story"),
    ],
)
def test_parse_url_normalises(typed: str, url: str) -> None:
    """Scheme and host in lower case and punycode, no default port, no fragment, unsafe bytes escaped once."""
    assert url == parse_url(typed)
    assert url == parse_url(url)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "should begin with https://"),
        ("example.org/a", "should begin with https://"),
        ("htps://example.org/a", "did you mean https://example.org/a ?"),
        ("ttp:/example.org", "did you mean https://example.org ?"),
        ("file:///etc/passwd", "only http and https are fetched, not file"),
        ("javascript:alert(1)", "only http and https are fetched, not javascript"),
        ("https://", "names no host"),
        ("https://:80/", "names no host"),
        ("https://example.org:0/", "names no host"),
        ("https://example.org:99999/", "is not a web address"),
        ("https://example.org:x/", "is not a web address"),
        ("https://[::1/", "is not a web address"),
        ("https://a@example.org/", "carries a user name or password"),
        ("https://a:b@example.org/", "carries a user name or password"),
        ("https://example.org/" + "a" * MAX_URL, f"{MAX_URL} is the limit"),
    ],
)
def test_parse_url_refuses(typed: str, said: str) -> None:
    """What is no http(s) address of a citable length, or carries a secret, is refused with the reason."""
    with pytest.raises(UsageError) as refused:
        parse_url(typed)

    assert said in str(refused.value)


def test_no_password_in_a_message() -> None:
    """An address that carries a password is not repeated."""
    with pytest.raises(UsageError) as refused:
        parse_url("https://anna:geheim@example.org/")

    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("host", ["a" * 64 + "ä.example", "ä..example", "\u2024ä\u3002.example"])
def test_hosts_that_are_no_names(host: str) -> None:
    """A host that has no punycode form is refused as wrong words, not as a bug."""
    with pytest.raises(UsageError):
        parse_url(f"https://{host}/")


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("b.png", "https://example.org/dir/b.png"),
        ("/b.png#x", "https://example.org/b.png"),
        ("//cdn.example/b", "https://cdn.example/b"),
        ("?q", "https://example.org/dir/page?q"),
        ("\n /b \t", "https://example.org/b"),
        ("", None),
        ("data:image/png;base64,AA", None),
        ("mailto:a@example.org", None),
        ("javascript:void(0)", None),
        ("https://u:p@example.org/", None),
        ("https://[::1/", None),
        ("x" * (MAX_URL + 1), None),
    ],
)
def test_absolute(reference: str, url: str | None) -> None:
    """References are resolved and normalised; those that lead to no http(s) address are None, never an error."""
    assert url == absolute("https://example.org/dir/page", reference)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://example.org/a?utm_source=x&id=7&utm_medium=y", "https://example.org/a?id=7"),
        ("https://example.org/a?fbclid=1", "https://example.org/a"),
        ("https://example.org/a?b=%20c&d", "https://example.org/a?b=%20c&d"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a#b", "https://example.org/a"),
        ("HTTPS://EXAMPLE.org:443/a", "https://example.org/a"),
        ("https://example.org/a?id=7&gclid=1&c=", "https://example.org/a?id=7&c="),
    ],
)
def test_key(url: str, key: str) -> None:
    """Tracking parameters do not choose the page; everything else does and stays as it is."""
    assert key == key_of(url)
    assert key == key_of(key)


def test_folder_is_for_people_and_apart_for_each_key() -> None:
    """The slug is of the path's last words; the digits keep two addresses apart, and two spellings together."""
    one = folder_of("https://www.example.org/2026/11/harbour-cranes?id=1")
    assert one.startswith("www.example.org/harbour-cranes-")
    assert one != folder_of("https://www.example.org/2026/11/harbour-cranes?id=2")
    assert one == folder_of("HTTPS://www.example.org/2026/11/harbour-cranes?id=1&utm_source=x#y")
    assert folder_of("https://www.example.org/").startswith("www.example.org/front-")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/../../etc/passwd",
        "https://example.org/%2e%2e/%2e%2e/a",
        "https://example.org/" + "long-" * 500,
        "https://example.org/%00%0a",
        "http://[::1]:8000/a",
        "https://example.org/日本語",
        "https://con/nul.txt",
    ],
)
def test_folder_is_two_safe_names(url: str) -> None:
    """Whatever the address: a host and a slug, of characters that every file system takes, and not too long."""
    host, slug = folder_of(url).split("/")

    assert set(host + slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-_")
    assert ".." not in host
    assert len(slug) < 80
    assert not slug.startswith(("-", "."))


def test_hosts_and_origins() -> None:
    """The host is without port; the origin has scheme, host and port (RFC 6454)."""
    assert "example.org" == host_of("https://Example.org:8443/a")
    assert "https://example.org:8443" == origin_of(normalise("https://Example.org:8443/a"))
