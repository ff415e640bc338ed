"""What itemprop and RDFa properties claim."""

from __future__ import annotations

from archivist.extract.microdata import microdata_claims
from tests.unit.extract.pages import page, pairs


def claims(body: str) -> list[tuple[str, str]]:
    """The claims of a page's body."""
    return pairs(microdata_claims(page(f"<html><body>{body}</body></html>")))


def test_properties_of_the_article() -> None:
    """Headline, author, dates and section are read from text and attributes."""
    found = claims(
        """<div itemscope itemtype="https://schema.org/NewsArticle">
        <h1 itemprop="headline">Cranes stand still</h1>
        <span itemprop="author" itemscope><b itemprop="name">Mara Quill</b></span>
        <meta itemprop="datePublished" content="2026-11-17T06:30:00+01:00">
        <time itemprop="dateModified" datetime="2026-11-17T09:15+01:00">today</time>
        <span itemprop="articleSection">Harbour</span></div>"""
    )

    assert found == [
        ("title", "Cranes stand still"),
        ("authors", "Mara Quill"),
        ("published", "2026-11-17T06:30:00+01:00"),
        ("updated", "2026-11-17T09:15+01:00"),
        ("section", "Harbour"),
    ]


def test_rdfa_is_the_same() -> None:
    """``typeof`` and ``property`` are read like ``itemtype`` and ``itemprop``."""
    assert [("title", "Cranes stand still")] == claims(
        '<div typeof="schema:NewsArticle"><h1 property="schema:headline">Cranes stand still</h1></div>'
    )


def test_a_second_article_is_another_story() -> None:
    """Only the page's first article is heard."""
    one = '<div itemscope itemtype="https://schema.org/Article"><b itemprop="headline">{}</b></div>'

    assert [("title", "This one")] == claims(one.format("This one") + one.format("Another"))


def test_margins_are_not_heard() -> None:
    """What stands in an aside, a navigation or a footer is not the article's."""
    for tag in ("aside", "nav", "footer"):
        assert [] == claims(f'<{tag}><b itemprop="author">Jo Finch</b></{tag}>')


def test_a_date_in_words_is_left_to_readers_of_words() -> None:
    """Without a machine's date in an attribute there is no date here."""
    assert [] == claims('<p><span itemprop="datePublished">17 November 2026</span></p>')


def test_bodies_are_no_persons() -> None:
    """A newsroom as author is an organisation."""
    assert [("organisations", "Courier Newsroom")] == claims('<b itemprop="author">Courier Newsroom</b>')


def test_evidence_names_the_attribute() -> None:
    """The place is the path of the element, with the attribute where one was read."""
    [(_, claim)] = microdata_claims(page('<html><body><meta itemprop="datePublished" content="2026-11-17">'))

    assert (claim.evidence.witness, claim.evidence.text) == ("microdata", "2026-11-17")
    assert claim.evidence.at.endswith("/meta/@content")


def authors(markup: str) -> list[str]:
    """The persons that microdata names as authors."""
    return [value for name, value in pairs(microdata_claims(page(markup))) if name == "authors"]


def test_an_author_is_an_item() -> None:
    """Its name stands in an element of its own, perhaps in an attribute, and may be one word."""
    person = 'itemprop="author" itemscope itemtype="https://schema.org/Person"'

    assert ["Mara Quill"] == authors(f'<div {person}><b itemprop="name">Mara Quill</b> Redakteurin</div>')
    assert ["Eddie"] == authors(f'<article><footer {person}><meta itemprop="name" content="Eddie"></footer></article>')


def test_authors_of_pictures_and_other_stories() -> None:
    """A photographer, and who is named beside another story's headline, did not write this one."""
    assert [] == authors('<figure><figcaption itemprop="author">Ada Brook</figcaption></figure>')
    assert [] == authors('<div><h3><a href="/f">Ferries</a></h3><p itemprop="author">Ada Brook</p></div>')
    assert [] == authors('<div><a href="/f"><h3>Ferries</h3></a><p itemprop="author">Ada Brook</p></div>')


def test_a_list_of_authors_is_one_of_stories() -> None:
    """Where many places name an author and no article's item holds them, none is believed."""
    teaser = "<div>" * 7 + '<p itemprop="author">{} Brook</p>' + "</div>" * 7

    assert ["Ada Brook"] == authors(teaser.format("Ada"))
    assert [] == authors("".join(teaser.format(name) for name in ("Ada", "Bea", "Cora")))


ITEM = '<div itemscope itemtype="https://schema.org/NewsArticle">{}</div>'


def test_the_article_with_the_headline_is_the_page_s() -> None:
    """A teaser that stands before the article, marked alike, is not taken for it."""
    teaser = ITEM.format('<b itemprop="headline">Sturmwarnung</b><b itemprop="author">Jo Finch</b>')
    article = ITEM.format('<h1 itemprop="headline">Kräne stehen still</h1>')

    assert [("title", "Kräne stehen still")] == claims(teaser + article)


def test_other_items_in_the_article_speak_for_themselves() -> None:
    """The author of a picture or a comment is not the article's; the date of a comment neither."""
    picture = '<div itemprop="image" itemscope itemtype="https://schema.org/ImageObject">{}</div>'
    comment = '<div itemprop="comment" itemscope itemtype="https://schema.org/UserComments">{}</div>'
    author, date = '<b itemprop="author">Jo Finch</b>', '<time itemprop="datePublished" datetime="2026-11-19"></time>'

    assert [] == claims(picture.format(author)) + claims(comment.format(author + date))
    assert [] == claims(ITEM.format(picture.format(author) + comment.format(author + date)))


def test_the_name_in_an_author_is_taken() -> None:
    """Only what is marked as the author's own name is; not the employer's, not the portrait's caption."""
    person = """<div itemprop="author" itemscope itemtype="https://schema.org/Person"><i>Reporter since 2011</i>
    <a itemprop="url" href="/mq"><span itemprop="name">Mara Quill</span></a>
    <div itemprop="worksFor" itemscope><b itemprop="name">Courier Verlag</b></div></div>"""

    assert [("authors", "Mara Quill")] == claims(ITEM.format(person))


def test_the_publisher_s_name_is_the_site_s() -> None:
    """As text or as a meta element."""
    for name in ('<meta itemprop="name" content="Saltmere Courier">', '<b itemprop="name">Saltmere Courier</b>'):
        publisher = f'<div itemprop="publisher" itemscope itemtype="https://schema.org/Organization">{name}</div>'
        assert [("site_name", "Saltmere Courier")] == claims(ITEM.format(publisher))


def test_dublin_core_in_rdfa() -> None:
    """Vocabularies are told by their prefix, whichever of its spellings; an unknown prefix says nothing."""
    node = """<div typeof="sioc:Item foaf:Document"><h1 property="dc:title">Cranes stand still</h1>
    <span property="dc:date dc:created" content="2026-11-17T06:30:00+01:00">17 November</span>
    <span property="dcterms:modified" content="2026-11-18">later</span><i property="x:author">Jo Finch</i></div>"""

    assert claims(node) == [
        ("title", "Cranes stand still"),
        ("published", "2026-11-17T06:30:00+01:00"),
        ("updated", "2026-11-18"),
    ]


def test_a_language_s_name_is_no_language() -> None:
    """Only a language tag is one."""
    assert [("language", "de-AT")] == claims('<meta itemprop="inLanguage" content="de_AT">')
    assert [] == claims('<meta itemprop="inLanguage" content="Deutsch">')


def test_many_items_are_read_in_time() -> None:
    """Work is bounded, however many items there are and however deep."""
    assert len(claims("<div>" * 200 + '<b itemprop="author">Jo Finch</b>' * 20_000)) <= 5_000
