"""Bytes to tree, within bounds."""

from __future__ import annotations

import time

import pytest

from archivist.extract.html import MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_DEPTHS, MAX_TAGS, parse_html

URL = "https://courier.example/a/b"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "page is empty"),
        (b" \n\t ", "page is empty"),
        (b"%PDF-1.7\n<a>", "page is not HTML"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 100, "page is not HTML"),
        (b"just words", "page is not HTML"),
    ],
)
def test_what_is_no_page_is_an_empty_tree(data: bytes, problem: str) -> None:
    """The root has no children, and the problem is told."""
    html = parse_html(data, url=URL, content_type=None)

    assert ("html", 0, (problem,)) == (html.root.tag, len(html.root), html.problems)


@pytest.mark.parametrize(
    "data", [b"<p>Cranes", b"<p>Cranes</div></p></html>", b"<!-- x --><p>Cranes</p>", b"<P CLASS=a>Cranes</P>"]
)
def test_broken_markup_is_read(data: bytes) -> None:
    """There is a paragraph in it, and no problem."""
    html = parse_html(data, url=URL, content_type="text/html")

    assert (["Cranes"], ()) == ([element.text for element in html.root.iter("p")], html.problems)


@pytest.mark.parametrize(
    ("content_type", "text", "encoding"),
    [
        ("text/html; charset=utf-8", "Kräne", "utf-8"),
        ("text/html; charset=windows-1252", "Kräne", "cp1252"),
        ("text/html; charset=shift_jis", "岸壁", "shift_jis"),
    ],
)
def test_letters_are_those_of_the_declared_encoding(content_type: str, text: str, encoding: str) -> None:
    """What the server declares is believed."""
    html = parse_html(f"<p>{text}</p>".encode(encoding), url=URL, content_type=content_type)

    assert [text] == [element.text for element in html.root.iter("p")]


@pytest.mark.parametrize(
    ("base", "reference", "url"),
    [
        ("", "c", "https://courier.example/a/c"),
        ("", "/c#part", "https://courier.example/c"),
        ("", "//other.example/c", "https://other.example/c"),
        ('<base href="/x/">', "c", "https://courier.example/x/c"),
        ('<base target=_top><base href="https://other.example/x/"><base href="/y/">', "c", "https://other.example/x/c"),
        ('<base href="javascript:1">', "c", "https://courier.example/a/c"),
        ("", "mailto:a@courier.example", None),
        ("", "data:text/plain,a", None),
    ],
)
def test_addresses_are_relative_to_the_base(base: str, reference: str, url: str | None) -> None:
    """The first base with an address counts; only http(s) addresses are any."""
    html = parse_html(f"<head>{base}</head><p>Cranes".encode(), url=URL, content_type="text/html")

    assert url == html.absolute(reference)


def test_control_characters_never_reach_the_tree() -> None:
    """They are replaced, in text and in names of attributes."""
    html = parse_html(b"<p a\x01b=1>A\x00\x08\x1b\x7fB</p>" + b"<br>" * 50, url=URL, content_type="text/html")
    [element] = html.root.iter("p")

    assert "A\ufffd\ufffd\ufffd\ufffdB" == element.text
    assert not any(character < " " for name in element.keys() for character in str(name))  # noqa: SIM118  # lxml


def test_comments_and_instructions_are_gone() -> None:
    """Only elements are left in the tree."""
    html = parse_html(b"<p>A<!-- no --><?php no ?>B</p>", url=URL, content_type="text/html")

    assert all(isinstance(element.tag, str) for element in html.root.iter())


def test_entities_of_files_are_not_resolved() -> None:
    """A document type that names a file reads none."""
    data = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>'
    html = parse_html(data, url=URL, content_type="text/html")

    assert "root:" not in "".join(map(str, html.root.itertext()))


FLOODS = {
    "deep": (b"<div>" * 100_000, "page cut where its elements are nested too deeply"),
    "attributes": (
        b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">",
        f"1 tags cut after {MAX_ATTRIBUTES} attributes",
    ),
    "quoted attributes": (
        b"<p " + b"".join(b'a%d="<>"' % n for n in range(200_000)) + b">",
        f"1 tags cut after {MAX_ATTRIBUTES} attributes",
    ),
    "unclosed": (b"<p " + b"a='" * 200_000, None),
    "comment": (b"<p>" + b"<!--" * 200_000, None),
    "script": (b"<p><script>" + b"<!--<script" * 50_000, None),
}


@pytest.mark.parametrize(("data", "problem"), FLOODS.values(), ids=FLOODS)
def test_floods_are_cut_in_time(data: bytes, problem: str | None) -> None:
    """Nothing keeps the parser busy for seconds; what was cut is told."""
    start = time.process_time()
    html = parse_html(b"<p>Cranes</p>" + data, url=URL, content_type="text/html; charset=utf-8")

    assert time.process_time() - start < 2
    assert "Cranes" in [element.text for element in html.root.iter("p")]
    assert problem is None or problem in html.problems


WRAPPED = {
    "another tag's value": '<a title="<p a=1>">',
    "a script": "<script>if (a<b) document.write('<p a=1 b=2>')</script>",
    "a script in a script's comment": "<script><!--<script>'</script>\"--></script>",
    "a text area": "<TextArea><p a='</p></textarea>",
    "a comment": "<!-- <p a=' -->",
    "no tag": "1 < 2 <3 </ ' \" <!x ' >",
}


@pytest.mark.parametrize("before", WRAPPED.values(), ids=WRAPPED)
@pytest.mark.parametrize("between", [" ", "\n", "/"])
def test_a_flood_is_found_behind_anything(before: str, between: str) -> None:
    """What is passed over fast hides no tag with too many attributes."""
    attributes = between.join(f"a{n}='1'" for n in range(MAX_ATTRIBUTES + 1))
    flood = f"<p {attributes}>Cranes</p>"
    html = parse_html(f"<p>Kai</p>{before}{flood}".encode(), url=URL, content_type="text/html; charset=utf-8")

    assert html.problems == (f"1 tags cut after {MAX_ATTRIBUTES} attributes",)


def test_all_attributes_up_to_the_bound_are_kept() -> None:
    """The bound cuts nothing that a page really has."""
    data = b"<p " + b" ".join(b"a%d=1" % n for n in range(MAX_ATTRIBUTES)) + b">Cranes</p>"
    html = parse_html(data, url=URL, content_type="text/html")

    assert MAX_ATTRIBUTES == len(next(html.root.iter("p")).attrib)
    assert html.problems == ()


def test_long_pages_are_cut() -> None:
    """Bytes and tags have a bound each."""
    long = parse_html(b"<p>Cranes</p>" + b" " * MAX_BYTES, url=URL, content_type="text/html")
    many = parse_html(b"<p>Cranes</p>" + b"<b>" * 10 + b"<br>" * MAX_TAGS, url=URL, content_type="text/html")

    assert long.problems == (f"page cut at {MAX_BYTES} of {MAX_BYTES + 13} bytes",)
    assert f"page cut after {MAX_TAGS} tags" in many.problems
    assert MAX_TAGS >= sum(1 for _ in many.root.iter("p", "b", "br"))


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        ("<b>" * 400 + "<p>Kai</p>", None),
        ("<b>" * 1_000 + "<p>Kai</p>", MAX_DEPTH),
        ("<div>" * 200 + "<p>Kai</p>" * 20_000, MAX_DEPTHS // 20_203),
    ],
)
def test_what_stands_too_deep_is_flattened(data: str, limit: int | None) -> None:
    """Deep elements become text where they stand; nothing is lost, and what was done is told."""
    html = parse_html(data.encode(), url=URL, content_type="text/html; charset=utf-8")
    deepest = max(sum(1 for _ in element.iterancestors()) for element in html.root.iter())

    assert "Kai" in "".join(map(str, html.root.itertext()))
    assert deepest < (limit or MAX_DEPTH)
    assert bool(html.problems) == bool(limit)
    if limit:
        assert html.problems == (f"page flattened where elements are nested more than {limit} deep",)
