"""Pictures, captions and credits."""

from __future__ import annotations

import json
import time

import pytest

from archivist.demo.content import ARTICLE_PATH, EDITIONS, HOST
from archivist.demo.site import resource
from archivist.extract.figures import MAX_PHOTOS, photos
from archivist.extract.html import parse_html
from archivist.extract.main_text import main_text
from archivist.model.article import Photo
from tests.unit.extract.pages import page, story

IMAGE = '<img src="/quay.jpg" alt="">'
CAPTION = "The quay at noon."


def read(markup: str) -> tuple[Photo, ...]:
    """The pictures of a page."""
    html = page(markup)
    return photos(html, main_text(html))


def told(markup: str) -> list[tuple[str | None, str | None]]:
    """Caption and credit of each."""
    return [
        (photo.caption.value if photo.caption else None, photo.credit.value if photo.credit else None)
        for photo in read(markup)
    ]


SHAPES = {
    "figcaption": f"<figure>{IMAGE}<figcaption>{CAPTION} Jo Finch/Reuters</figcaption></figure>",
    "span": f'<figure>{IMAGE}<figcaption>{CAPTION} <span class="credit">Jo Finch/Reuters</span></figcaption></figure>',
    "credit first": f"""<figure>{IMAGE}<figcaption><span class="image__credit">Jo Finch/Reuters</span>
        <span class="caption">{CAPTION}</span></figcaption></figure>""",
    "beside": f"""<figure>{IMAGE}<figcaption>{CAPTION}</figcaption>
        <div class="copyright">Jo Finch/Reuters</div></figure>""",
    "footer": f"<figure>{IMAGE}<figcaption>{CAPTION}</figcaption><footer>Jo Finch/Reuters</footer></figure>",
    "cite": f"<figure>{IMAGE}<figcaption>{CAPTION} <cite>Jo Finch/Reuters</cite></figcaption></figure>",
    "bare figure": f"<figure>{IMAGE}<p>{CAPTION} (Jo Finch/Reuters)</p></figure>",
    "divs": f"""<div class="pic">{IMAGE}<div class="caption">{CAPTION}</div>
        <div class="credit">Jo Finch/Reuters</div></div>""",
    "climbed": f"""<div><div>{IMAGE}</div><div><p class="legende">{CAPTION}</p>
        <p class="photo-author">Jo Finch/Reuters</p></div></div>""",
    "aside": f"<aside><figure>{IMAGE}<figcaption>{CAPTION} Jo Finch/Reuters</figcaption></figure></aside>",
    "trailing": f"<figure>{IMAGE}<figcaption>{CAPTION} Jo Finch/Reuters hide caption</figcaption></figure>",
}


@pytest.mark.parametrize("markup", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("place", ["above", "below"])
def test_shapes_of_figures(markup: str, place: str) -> None:
    """However the page sets them, caption and credit are told apart and tied to the image."""
    html = story(**{place: markup})

    assert told(html) == [(CAPTION, "Jo Finch/Reuters")]
    [photo] = read(html)
    assert ("https://courier.example/quay.jpg", ("Jo Finch",), ("Reuters",), True, True) == (
        photo.image,
        photo.photographers,
        photo.agencies,
        photo.is_lead,
        photo.is_shown,
    )


FIGURE = f"<figure>{IMAGE}<figcaption>A ferry. Ada Brook/AP</figcaption></figure>"
ELSEWHERE = (
    f"<aside><h2>More</h2>{FIGURE}</aside>",
    f'<div class="related">{FIGURE}</div>',
    f'<article><h2><a href="/ferry">Ferry</a></h2>{FIGURE}<p>A ferry that nobody wants.</p></article>',
    f'<a href="/ferry">{FIGURE}</a>',
    f'<div class="author-box">{FIGURE}</div>',
    FIGURE.replace("<figure>", '<figure class="author-portrait">'),
    f"<footer>{FIGURE}</footer>",
    f"<nav>{FIGURE}</nav>",
)


@pytest.mark.parametrize("markup", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_pictures_of_others_are_not_the_articles(markup: str) -> None:
    """Those of related stories, teasers and authors are left out, wherever they stand."""
    assert told(story(above=markup)) == []
    assert told(story(around=markup)) == []


def test_a_label_beside_an_image_is_its_credit() -> None:
    """A line right after an image that begins with a label needs no class."""
    [photo] = read(story(above=f"<p>{IMAGE}</p><p>Photo: Jo Finch</p>"))

    assert ("https://courier.example/quay.jpg", ("Jo Finch",)) == (photo.image, photo.photographers)


def test_a_label_far_from_any_image_is_none() -> None:
    """A copyright line of the text is no credit."""
    assert told(story(below="<p>© Jo Finch</p>")) == []


@pytest.mark.parametrize(
    ("attributes", "credit"),
    [
        ('data-credit="Jo Finch/AP"', "Jo Finch/AP"),
        ('title="The quay | Foto: Jo Finch"', "Foto: Jo Finch"),
        ('alt="The quay. Photo: Jo Finch"', "Photo: Jo Finch"),
        ('data-credit="dark"', None),
        ('data-credit="https://courier.example/x"', None),
        ('alt="The quay"', None),
    ],
)
def test_attributes_are_the_last_resort(attributes: str, credit: str | None) -> None:
    """A credit in an attribute is taken, and said not to be shown."""
    found = read(story(above=f'<figure><img src="/quay.jpg" {attributes}></figure>'))

    assert [(credit, False)] * bool(credit) == [(photo.credit.value, photo.is_shown) for photo in found if photo.credit]


def linked(**image: object) -> str:
    """JSON-LD of an article with an image."""
    node = {"@type": "NewsArticle", "headline": "Cranes", "image": {"@type": "ImageObject", **image}}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    "image",
    [
        {"creditText": "Jo Finch/AP"},
        {"creator": {"@type": "Person", "name": "Jo Finch"}},
        {"copyrightHolder": [{"name": "Jo Finch"}]},
    ],
    ids=list("abc"),
)
def test_json_ld_speaks_where_nothing_is_shown(image: dict[str, object]) -> None:
    """Its credit is not shown, and comes from json-ld."""
    [photo] = read(story(head=linked(url="/quay.jpg", **image)))

    assert photo.credit is not None
    assert ("https://courier.example/quay.jpg", ("Jo Finch",), False, "json-ld") == (
        photo.image,
        photo.photographers,
        photo.is_shown,
        photo.credit.evidence.witness,
    )


def test_the_publishers_own_rights_are_no_credit() -> None:
    """JSON-LD that names the newspaper alone says nothing of who took the picture."""
    head = '<meta property="og:site_name" content="Saltmere Courier">'

    assert told(story(head=head + linked(url="/quay.jpg", copyrightHolder={"name": "Saltmere Courier"}))) == []


def test_what_is_shown_wins_over_json_ld() -> None:
    """Mark-up is not heard where a figure names its credit."""
    markup = story(head=linked(url="/quay.jpg", creditText="Somebody Else"), above=SHAPES["span"])

    assert told(markup) == [(CAPTION, "Jo Finch/Reuters")]


def test_the_lead_is_first_and_alone() -> None:
    """Pictures come in reading order, the first of them is the lead."""
    second = SHAPES["span"].replace("quay", "crane")

    assert [("quay.jpg", True), ("crane.jpg", False)] == [
        ((photo.image or "").rpartition("/")[2], photo.is_lead)
        for photo in read(story(above=SHAPES["figcaption"], below=second))
    ]


@pytest.mark.parametrize(
    "image",
    [
        '<img src="data:image/gif;base64,R0lGOD" data-src="/quay.jpg">',
        '<img src="/placeholder.png" data-src="/quay.jpg">',
        '<picture><source srcset="/quay.jpg 800w"><img></picture>',
        '<noscript><img src="/quay.jpg"></noscript>',
    ],
)
def test_lazy_images_are_found(image: str) -> None:
    """The address of the picture is taken, not that of what holds its place."""
    [photo] = read(story(above=f"<figure>{image}<figcaption>{CAPTION}</figcaption></figure>"))

    assert photo.image == "https://courier.example/quay.jpg"


def test_pictures_without_words_stand_between_paragraphs() -> None:
    """A figure that says nothing is the article's where the article's text is around it, and no sign of the page."""
    bare = f"<figure>{IMAGE}</figure>"

    [photo] = read(story(below=bare))
    assert ("https://courier.example/quay.jpg", None, None, True) == (
        photo.image,
        photo.caption,
        photo.credit,
        photo.is_lead,
    )
    assert told(story(below=f"<div>{bare}</div>")) == []
    assert told(story(below=bare.replace("quay.jpg", "logo.svg"))) == []


def test_the_demo_newspaper() -> None:
    """Both pictures of the first edition, with caption, credit and photographer."""
    found = resource(ARTICLE_PATH, edition=EDITIONS[1], visitors=1)
    assert found is not None
    html = parse_html(found.body, url=f"http://{HOST}{ARTICLE_PATH}", content_type=found.media_type)
    lead, inset = photos(html, main_text(html))

    assert lead.caption is not None
    assert lead.caption.value == EDITIONS[1].photo.caption
    assert ("Mirela Falkner",) == lead.photographers
    assert ("Northquay Pictures",) == lead.agencies
    assert (True, False) == (lead.is_lead, inset.is_lead)
    assert inset.image == f"http://{HOST}{EDITIONS[1].inset.path(1200)}"
    assert () == inset.photographers


def test_a_flood_of_figures_is_bounded() -> None:
    """Twenty thousand figures are a hundred photos, and no long wait."""
    figures = "".join(
        f"<figure><img src=/{n}.jpg><figcaption>Crane {n}. Jo Finch/AP</figcaption></figure>" for n in range(20_000)
    )
    html = page(story(below=figures))
    main = main_text(html)
    start = time.process_time()
    found = photos(html, main)

    assert time.process_time() - start < 2
    assert len(found) == MAX_PHOTOS
