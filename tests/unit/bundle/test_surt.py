"""Sort keys are those that the indexers of the field make."""

from __future__ import annotations

import pytest

from archivist.bundle.surt import sort_key

# As surt 0.3.1 has them.
KEYS = {
    "http://www.Example.org/News/?b=2&a=1": "org,example)/news?a=1&b=2",
    "https://www.example.org:443/": "org,example)/",
    "http://example.org:8080/a/b/../c/./d//e": "org,example:8080)/a/c/d/e",
    "http://user:pw@example.org/x#frag": "org,example)/x",
    "https://example.org": "org,example)/",
    "https://example.org/?": "org,example)/",
    "https://example.org/a?q=a;b|c@d:e&z=1": "org,example)/a?q=a;b|c@d:e&z=1",
    "https://example.org/a%20b/%C3%A9?x=%E2%82%AC%3D&Y=A+B": "org,example)/a%20b/%c3%a9?x=%e2%82%ac=&y=a+b",
    "http://127.0.0.1:8901/a": "1,0,0,127:8901)/a",
    "http://xn--bcher-kva.example/a%2525b": "example,xn--bcher-kva)/a%25b",
    "https://example.org/a?sid=0123456789abcdef0123456789abcdef&x=1": "org,example)/a?x=1",
    "https://example.org/a?x=1&phpsessid=0123456789abcdef0123456789abcdef": "org,example)/a?&x=1",
    "https://www2.example.co.uk/Path/To/?foo": "uk,co,example)/path/to?foo",
    "https://example.org/a?foo=&bar": "org,example)/a?bar&foo=",
    "http://example.org/?a=1#x?y": "org,example)/?a=1",
}


@pytest.mark.parametrize(("uri", "key"), KEYS.items())
def test_keys(uri: str, key: str) -> None:
    """As surt has them."""
    assert key == sort_key(uri)


def test_others() -> None:
    """What is no web address stands under itself; nothing makes it fail."""
    assert "urn:archivist:x" == sort_key("urn:archivist:X")
    assert sort_key("http://[::1]:80/a")
    assert sort_key("http:///")
