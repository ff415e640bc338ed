"""Pictures as the systems of newsrooms set them: caption, credit and image of each."""

from __future__ import annotations

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
