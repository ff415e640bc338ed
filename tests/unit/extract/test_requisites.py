"""What a page needs to be shown again."""

from __future__ import annotations

import pytest

from archivist.extract.requisites import css_references, image_addresses, requisites, srcset_choice
from tests.unit.extract.pages import page

HOST = "https://courier.example"


def found(markup: str) -> list[tuple[str, str]]:
    """Kind and address of each requisite."""
    return [(item.kind, item.url.removeprefix(HOST)) for item in requisites(page(markup))]


ELEMENTS = {
    '<img src="/a.jpg">': [("image", "/a.jpg")],
    '<img src="/a.jpg" srcset="/b.jpg 800w, /c.jpg 4000w">': [("image", "/a.jpg"), ("image", "/b.jpg")],
    '<img src="data:image/gif;base64,R0" data-src="/a.jpg">': [("image", "/a.jpg")],
    '<img data-lazy-src="/a.jpg" data-srcset="/b.jpg 2x">': [("image", "/a.jpg"), ("image", "/b.jpg")],
    '<img src="data:image/gif;base64,R0" data-gl-src="/a.jpg">': [("image", "/a.jpg")],
    '<img data-hi-res-src="/a.jpg" data-lazyload-srcset="/b.jpg 1x">': [("image", "/a.jpg"), ("image", "/b.jpg")],
    '<img src="/a.jpg" data-src-type="jpg" data-src-json="{&quot;a&quot;: 1.5}" data-srcset-count="2">': [
        ("image", "/a.jpg"),
    ],
    '<amp-img src="/a.jpg"></amp-img>': [("image", "/a.jpg")],
    '<picture><source srcset="/a.webp"><img src="/a.jpg"></picture>': [("image", "/a.webp"), ("image", "/a.jpg")],
    '<video poster="/p.jpg"><source src="/film.mp4"></video>': [("image", "/p.jpg")],
    '<input type="image" src="/a.png">': [("image", "/a.png")],
    '<link rel="stylesheet" href="/a.css">': [("stylesheet", "/a.css")],
    '<link rel="shortcut icon" href="/a.ico">': [("icon", "/a.ico")],
    '<link rel="preload" as="font" href="/a.woff2">': [("font", "/a.woff2")],
    '<link rel="preload" as="image" imagesrcset="/a.jpg 800w">': [("image", "/a.jpg")],
    '<link rel="preload" as="fetch" href="/a.json">': [],
    '<link rel="canonical" href="/a">': [],
    '<script src="/a.js"></script>': [("script", "/a.js")],
    '<style>body { background: url("/a.png") }</style>': [("image", "/a.png")],
    '<p style="background: url(/a.png)">': [("image", "/a.png")],
    '<meta property="og:image" content="/a.jpg">': [("image", "/a.jpg")],
    '<a href="/a.jpg">picture</a><iframe src="/b"></iframe>': [],
    '<img src="/a.jpg"><img src="/a.jpg#part">': [("image", "/a.jpg")],
    '<img src="/a.jpg"><link rel="icon" href="/a.jpg">': [("image", "/a.jpg")],
    '<img src="blob:x"><img src="#x"><img src="">': [],
    '<img src="http://[bad">': [],
}


@pytest.mark.parametrize(("markup", "items"), ELEMENTS.items(), ids=range(len(ELEMENTS)))
def test_elements(markup: str, items: list[tuple[str, str]]) -> None:
    """Each kind of element names what it shows, once."""
    assert items == found(markup)


def test_order_is_that_of_the_document() -> None:
    """Pictures in style attributes keep their place among the others."""
    markup = '<img src="/a.jpg"><p style="background:URL(/b.jpg)"><i style="color:red"></i><img src="/c.jpg">'

    assert ["/a.jpg", "/b.jpg", "/c.jpg"] == [url for _, url in found(markup)]


def test_where_they_stand() -> None:
    """A requisite says in which attribute its address was."""
    [item] = requisites(page('<p><img src="/a.jpg">'))

    assert item.at == "/html/body/p/img/@src"


def test_the_limit() -> None:
    """No more than asked for are told."""
    assert len(requisites(page("".join(f"<img src=/{n}.jpg>" for n in range(50))), limit=7)) == 7


SETS = {
    "/a.jpg 400w, /b.jpg 1200w, /c.jpg 4000w": "/b.jpg",
    "/a.jpg 3000w, /b.jpg 4000w": "/a.jpg",
    "/a.jpg, /b.jpg 2x": "/b.jpg",
    "/a,b.jpg 1x": "/a,b.jpg",
    " ,, /a.jpg 1x , ": "/a.jpg",
    "/a.jpg": "/a.jpg",
    "": None,
    " , ": None,
}


@pytest.mark.parametrize(("text", "choice"), SETS.items(), ids=range(len(SETS)))
def test_one_of_a_set_is_kept(text: str, choice: str | None) -> None:
    """The largest that is not too large."""
    assert choice == srcset_choice(text)


SHEETS = {
    "@import 'a.css';": [("stylesheet", "/x/a.css")],
    "@import url(a.css) print;": [("stylesheet", "/x/a.css")],
    "a { background: url( '../a.png' ) }": [("image", "/a.png")],
    "@font-face { src: url(a.woff2) format('woff2') }": [("font", "/x/a.woff2")],
    "/* url(a.png) */": [],
    "a { content: 'url(a.png)' }": [],
    "@namespace url(http://www.w3.org/1999/xhtml);": [],
    "a { background: url(data:image/png;base64,AA) }": [],
    r"a { background: url('a\20 b.png') }": [("image", "/x/a%20b.png")],
    r"a { background: url(a\20 b.png) }": [("image", "/x/a%20b.png")],
    r"a { background: URL( a\(1\).png ) }": [("image", "/x/a(1).png")],
    "a { background: my-url(a.png) }": [],
    "a { background: url(//cdn.example/*b.png) } /* url(c.png) */": [("image", "https://cdn.example/*b.png")],
    '@import/* all */"a.css";@IMPORT url("b.css")': [("stylesheet", "/x/a.css"), ("stylesheet", "/x/b.css")],
    "a { background: url(a.png": [("image", "/x/a.png")],
}


@pytest.mark.parametrize(("sheet", "items"), SHEETS.items(), ids=range(len(SHEETS)))
def test_style_sheets(sheet: str, items: list[tuple[str, str]]) -> None:
    """Imports, pictures and fonts; nothing in comments and strings (CSS Syntax 3)."""
    references = css_references(sheet, base_url=f"{HOST}/x/main.css")

    assert items == [(item.kind, item.url.removeprefix(HOST)) for item in references]


def test_where_they_stand_in_a_sheet() -> None:
    """A requisite of a style sheet says at which character it begins."""
    sheet = "a { background: url(a.png) } @import 'b.css'"

    assert ["16", "29"] == [item.at for item in css_references(sheet, base_url=HOST)]


@pytest.mark.parametrize("text", ["url(" * 100_000, "/*" * 100_000, "'\\" * 100_000, "@import " * 50_000])
def test_unclosed_style_sheets_end(text: str) -> None:
    """Time is linear, whatever is unclosed."""
    assert len(css_references(text, base_url=HOST)) <= 500


def test_addresses_of_an_image() -> None:
    """As written, the best one last, without those that hold the place."""
    [image] = page('<img src="data:x" data-src="a.jpg" srcset="b.jpg 800w">').root.iter("img")

    assert image_addresses(image) == ("a.jpg", "b.jpg")
