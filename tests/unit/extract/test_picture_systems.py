"""Pictures as the systems of newsrooms set them: caption, credit and image of each."""

from __future__ import annotations

import time

import pytest

from archivist.extract.figures import photos
from archivist.extract.main_text import main_text
from tests.unit.extract.pages import page, story

IMG = '<img src="/quay.jpg" alt="">'
CAPTION = "The western quay at noon."
FINCH = "Jo Finch/Reuters"


def told(markup: str) -> list[tuple[str | None, str | None]]:
    """Caption and credit of each picture of a page."""
    html = page(markup)
    return [
        (photo.caption.value if photo.caption else None, photo.credit.value if photo.credit else None)
        for photo in photos(html, main_text(html))
    ]


SYSTEMS = {
    "wordpress": f"""<div id="attachment_7" class="wp-caption alignnone">{IMG}
        <p class="wp-caption-text">{CAPTION} Photo: {FINCH}</p></div>""",
    "media credit": f"""<div class="media-credit-container"><a href="/quay.jpg">{IMG}</a><span class="media-credit">
        {FINCH}</span><p class="wp-caption-text">{CAPTION}</p></div>""",
    "blocks": f"""<figure class="wp-block-image">{IMG}<figcaption class="wp-element-caption">{CAPTION} <em>{FINCH}</em>
        </figcaption></figure>""",
    "label in a span": f"""<figure class="post-thumbnail">{IMG}<figcaption><span>{CAPTION}</span> <span
        class="image-credit"><span class="credit-label-wrapper">Credit:</span> {FINCH}</span></figcaption></figure>""",
    "arc": f"""<figure class="lead-art"><div class="image-wrapper">{IMG}</div><figcaption class="image-metadata"><p
        class="image-caption">{CAPTION} <span class="image-credits">({FINCH})</span></p></figcaption></figure>""",
    "arc blocks": f"""<figure class="c-media-item">{IMG}<figcaption class="c-media-item__fig-caption"><span
        class="c-media-item__caption">{CAPTION}</span><span class="c-media-item__credit">{FINCH}</span></figcaption>
        </figure>""",
    "brightspot": f"""<div class="Figure"><img class="Image" src="/quay.jpg"><div class="Figure-content"><div
        class="Figure-caption">{CAPTION}</div><div class="Figure-credit">{FINCH}</div></div></div>""",
    "blox": f"""<figure class="photo layout-horizontal"><div class="image">{IMG}</div><figcaption
        class="caption"><span class="caption-text"><p>{CAPTION}</p></span><ul class="list-inline"><li><span
        class="tnt-byline">{FINCH}</span></li></ul></figcaption></figure>""",
    "drupal": f"""<div class="media media--type-image"><div class="field field--name-field-image">{IMG}</div><div
        class="field field--name-field-caption"><p>{CAPTION}</p></div><div class="field
        field--name-field-credit">{FINCH}
        </div></div>""",
    "chorus": f"""<figure class="e-image"><span class="e-image__inner">{IMG}</span><span class="e-image__meta">
        <figcaption>{CAPTION}</figcaption><cite>{FINCH}</cite></span></figure>""",
    "attributes": f"""<figure><img data-gl-src="/quay.jpg"><div data-c-caption="{CAPTION}"
        data-c-credit="{FINCH}"></div>
        </figure>""",
    "hidden labels": f"""<figure class="ssr-1"><div><span>{IMG}</span><span role="text" class="ssr-2"><span
        class="visually-hidden">Image source, </span>{FINCH}</span></div><figcaption class="ssr-3"><span
        class="visually-hidden ssr-4">Image caption, </span>{CAPTION}</figcaption></figure>""",
    "caption called attribution": f"""<div class="image"><div class="image__container"><picture>{IMG}</picture></div>
        <div class="image__metadata"><div class="image__caption attribution"><span>{CAPTION}</span></div><figcaption
        class="image__credit">{FINCH}</figcaption></div></div>""",
    "hashed": f"""<div class="sc-1"><div class="sc-2">{IMG}</div><div class="sc-3">{CAPTION}</div><div
        class="sc-4">{FINCH}</div></div>""",
    "ghost": f"""<figure class="kg-card kg-image-card kg-card-hascaption"><img class="kg-image" src="/quay.jpg">
        <figcaption><span style="white-space: pre-wrap;">{CAPTION} ({FINCH})</span></figcaption></figure>""",
    "amp": f"""<figure><amp-img src="/quay.jpg" width="9" height="6"></amp-img><figcaption>{CAPTION}
        {FINCH}</figcaption>
        </figure>""",
    "escenic": f"""<div class="articleImage">{IMG}<div class="imageText">{CAPTION}</div><div
        class="byline">{FINCH}</div>
        </div>""",
    "microdata": f"""<figure itemscope>{IMG}<figcaption><span itemprop="caption">{CAPTION}</span><span
        itemprop="author">{FINCH}</span></figcaption></figure>""",
    "broken line": f"<figure>{IMG}<figcaption>{CAPTION}<br>{FINCH}</figcaption></figure>",
    "sibling": f'<figure>{IMG}</figure><div class="caption">{CAPTION} <span class="credit">{FINCH}</span></div>',
    "caption outside": f"""<div class="articleHeader"><div class="media"><figure>{IMG}</figure></div><div
        class="caption"><figcaption>{CAPTION}</figcaption><figcaption
        itemprop="author">{FINCH}</figcaption></div></div>""",
    "lightbox": f"""<div class="article__photo"><a class="lightbox" href="/big/"><div
        class="article__photo__image">{IMG}
        </div><div class="article__photo__desc">{CAPTION} | {FINCH}</div></a></div>""",
    "label above": f"""<div class="x"><span class="y">Foto: {FINCH}</span>{IMG}<div class="z">{CAPTION}</div></div>""",
}


@pytest.mark.parametrize("markup", SYSTEMS.values(), ids=SYSTEMS)
@pytest.mark.parametrize("place", ["above", "below"])
def test_systems(markup: str, place: str) -> None:
    """Caption and credit are told apart and tied to the picture, whatever wrote the page."""
    html = page(story(**{place: markup}))
    [photo] = photos(html, main_text(html))

    assert photo.credit is not None
    assert FINCH in photo.credit.value
    assert (("Jo Finch",), ("Reuters",)) == (photo.photographers, photo.agencies)
    assert photo.caption is not None
    assert photo.caption.value == CAPTION
    assert photo.image == "https://courier.example/quay.jpg"


FERRY = '<img src="/ferry.jpg" alt="">'
OTHERS = {
    "byline with a face": '<div class="head"><img src="/mara.jpg"><span>Mara Quill, AP</span></div>',
    "author's card": f'<div class="author-card"><figure>{FERRY}<figcaption>Photo: Jo Finch</figcaption></figure></div>',
    "share bar": '<div class="tools"><p><img src="/f.png">Facebook</p><p><img src="/t.png">Twitter</p></div>',
    "copyright": f"{FERRY}<p>© 2026 Saltmere Courier. All rights reserved.</p>",
    "card": f"""<div class="card"><figure>{FERRY}<figcaption>Jo Finch/AP</figcaption></figure><h3><a
        href="/ferry">Ferry stops</a></h3></div>""",
    "linked box": f"""<a href="/ferry"><div class="image">{FERRY}</div><div class="caption">Ferry stops for good</div>
        </a>""",
    "related": f"""<div class="related"><div class="photo">{FERRY}</div><div class="photo-caption">Ferry. Photo: Jo
        Finch</div></div>""",
    "list": f"""<section class="next"><h2>Read next</h2><div class="item"><a href="/x">{FERRY}</a><span
        class="credit">Jo Finch/AP</span><a href="/x">Ferry</a></div></section>""",
    "logo": '<div class="image"><img src="/logo.png" alt="Reuters"><span>Reuters</span></div>',
    "subtitles": f'{FERRY}<div class="video"><div class="captions-settings">captions off, selected</div></div>',
    "quotation": f"{FERRY}<blockquote><p>We build.</p><cite>Mara Quill</cite></blockquote>",
    "template": f"<template><figure>{FERRY}<figcaption>A ferry. Photo: Jo Finch</figcaption></figure></template>",
}


@pytest.mark.parametrize("markup", OTHERS.values(), ids=OTHERS)
def test_other_pictures(markup: str) -> None:
    """Faces, signs, teasers and the page's own rights are no pictures of the article."""
    assert told(story(above=markup)) == []
    assert told(story(below=markup)) == []


def test_the_lead_may_stand_above_the_article() -> None:
    """A picture before the element that holds headline and text is its first; one behind it is another's."""
    figure = f"<figure>{IMG}<figcaption>{CAPTION} {FINCH}</figcaption></figure>"

    assert told(story().replace("<main>", f"<div>{figure}</div><main>")) == [(CAPTION, FINCH)]
    assert told(story(around=f"<div>{figure}</div>")) == []


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("[Screengrab via Northquay News]", "Screengrab via Northquay News"),
        ("Featured image: Jo Finch/Flickr", "Featured image: Jo Finch/Flickr"),
        ("mq, jf; Foto [M]: Shutterstock; zuerst am 4.4.18", "Foto [M]: Shutterstock"),
        ("Titelbild: Jo Finch", "Titelbild: Jo Finch"),
        ("Source: Harbour board", None),
        ("Photo gallery of the quay", None),
    ],
)
def test_a_line_at_the_end_of_the_text_speaks_of_the_lead(line: str, credit: str | None) -> None:
    """Where no picture shows its credit, the page may say at its end who made it."""
    head = '<meta property="og:image" content="/quay.jpg">'
    html = page(story(head=head, below=f"<p>{line}</p>"))
    found = photos(html, main_text(html))

    assert [credit] * (credit is not None) == [photo.credit.value for photo in found if photo.credit]
    assert all(photo.image == "https://courier.example/quay.jpg" for photo in found)


def test_slides_repeated_for_small_screens_are_one() -> None:
    """The same picture with the same words counts once."""
    slide = f'<div class="Carousel-slide">{IMG}<div class="Slide-description">1 of 2 | {CAPTION} ({FINCH})</div></div>'

    assert told(story(above=f"<div>{slide}</div><div>{slide}</div>")) == [(CAPTION, FINCH)]


def test_names_that_are_links_are_one_credit() -> None:
    """Each link could be a credit by itself; the label before them says that they are one."""
    links = '<a href="https://library.example/@jo">Jo Finch</a> / <a href="https://library.example">Unsplash</a>'

    assert told(story(below=f"<figure>{IMG}<figcaption>Photo by {links}</figcaption></figure>")) == [
        (None, "Photo by Jo Finch / Unsplash")
    ]


def test_names_in_two_elements_are_one_credit() -> None:
    """A person and the station beside."""
    credit = '<div class="Figure-credit">Jo Finch</div><span> / </span><div class="Figure-source">KXYZ</div>'
    caption = f'<div class="Figure-caption">{CAPTION}</div>'

    assert told(story(above=f"<figure>{IMG}<figcaption>{caption}{credit}</figcaption></figure>")) == [
        (CAPTION, "Jo Finch / KXYZ")
    ]


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure>{FERRY}</figure>" * 20_000,
        f"{FERRY}<p>Foto: Jo Finch</p>" * 20_000,
        f'<div class="media">{FERRY}<p>Foto: Jo</p></div>' * 10_000,
        '<div class="image-caption">' * 20_000,
        f"<figure>{FERRY}<figcaption>" + "Foto: " * 100_000,
    ],
    ids=range(5),
)
def test_floods(markup: str) -> None:
    """Whatever is repeated, only some of it is looked at."""
    html = page(story(below=markup))
    main = main_text(html)
    start = time.process_time()
    photos(html, main)

    assert time.process_time() - start < 2


UNMARKED = {
    "utility classes": f"""<div class="my-6"><img class="w-full" src="/quay.jpg"><p class="text-xs mt-1">{CAPTION}
        Photo: {FINCH}</p></div>""",
    "table": f"""<table align="right"><tr><td>{IMG}</td></tr><tr><td class="bu">{CAPTION} Photo: {FINCH}</td></tr>
        </table>""",
    "small print": f"<div>{IMG}</div><p><small>{CAPTION} | Photo by {FINCH}</small></p>",
    "brackets": f'<p style="text-align:center">{IMG}</p><p style="text-align:center">{CAPTION} ({FINCH})</p>',
    "between paragraphs": f"<p>{IMG}</p><p>{CAPTION[:-1]}, as seen from the custom house above the town. © {FINCH}</p>",
}


@pytest.mark.parametrize("name", UNMARKED)
def test_a_line_below_a_picture_that_ends_in_a_credit_is_its_caption(name: str) -> None:
    """No class needs to say so."""
    ((caption, credit),) = told(story(above=UNMARKED[name]))
    assert caption is not None
    assert caption.startswith(CAPTION[:-1])
    assert credit is not None
    assert credit.endswith(FINCH)


@pytest.mark.parametrize(
    "line",
    [
        "The board had heard of the second contract from the newspapers (Reuters)",
        "Read more: the western quay",
        "Nobody knew who had signed: the board, the bank or the builders",
        f'<a href="/other">{CAPTION} Photo: {FINCH}</a>',
    ],
)
def test_other_lines_below_a_picture_are_none(line: str) -> None:
    """An agency signs the paragraph, a colon or a link follows: no credit."""
    found = told(story(above=f"<div>{IMG}</div><p>{line}</p>"))
    assert [credit for _, credit in found if credit] == []


def test_a_picture_of_a_media_library_is_an_article_of_its_own() -> None:
    """Some systems set each picture as an ``article``; that of another story has a heading."""
    entity = f"""<article class="media media--type-image"><div>{IMG}</div><div class="field-caption">{CAPTION}</div>
        <div class="field-credit"><div class="label">Copyright</div><div>Jo Finch</div></div></article>"""
    teaser = f'<article class="media"><h3>Ferries</h3>{IMG}<div class="credit">{FINCH}</div></article>'

    assert told(story(below=f"<div>{entity}<p>{'The board meets again in May. ' * 4}</p></div>{teaser}")) == [
        (CAPTION, "Copyright Jo Finch")
    ]


def test_the_linked_name_of_the_author_makes_no_teaser() -> None:
    """Headline, author and lead picture share one header."""
    head = f"""<header><h1>Cranes stand still</h1><h4><a href="/author/mara">Mara Quill</a></h4>
        <figure class="post-image">{IMG}<figcaption>{CAPTION} Photo: {FINCH}</figcaption></figure></header>"""
    ((caption, _),) = told(story().replace("<h1>Cranes stand still</h1>", head))
    assert caption == CAPTION


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("静かな西岸壁＝14日、潮見市、水野葵撮影", "水野葵撮影"),
        ("静かな西岸壁＝2024年5月3日、東京都港区、水野葵撮影", "水野葵撮影"),
        ("静かな西岸壁＝水野葵、森亮撮影", "水野葵、森亮撮影"),
    ],
)
def test_day_and_place_before_a_japanese_credit_are_none_of_it(line: str, credit: str) -> None:
    """As Japanese newspapers end their captions."""
    ((_, found),) = told(story(above=f"<figure>{IMG}<figcaption>{line}</figcaption></figure>", language="ja"))
    assert found == credit
