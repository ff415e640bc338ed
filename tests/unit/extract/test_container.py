"""Which element holds the article's text."""

from __future__ import annotations

from archivist.extract.main_text import main_text
from tests.unit.extract.pages import page
from tests.unit.extract.test_column import GERMAN, PORTUGUESE, paragraphs, texts_of


def test_a_text_that_advertisements_cut() -> None:
    """Paragraphs in several containers that are set alike are one text, in German and in any class."""
    parts = "<div class=werbung2><span>Anzeige</span></div>".join(
        f'<div class="rt rt-{number}"><p>{text}</p></div>' for number, text in enumerate(GERMAN)
    )
    teasers = (
        "<article class=t><h3><a href=/1>Fähre</a></h3><p>Eine Fähre, die niemand haben will, fährt doch.</p></article>"
    )
    markup = f"<main><article><h1>Werft</h1><section><div>{parts}</div></section></article>{teasers}</main>"

    assert texts_of(markup) == list(GERMAN)


def test_a_text_in_two_columns_without_an_article() -> None:
    """The element around both columns is the container."""
    columns = "".join(f"<div class=coluna><p>{text}</p></div>" for text in PORTUGUESE)
    markup = (
        f"<div><h1>Estaleiro</h1><div><div>{columns}</div></div></div><div class=rodape><p>O jornal do porto.</p></div>"
    )

    assert texts_of(markup) == list(PORTUGUESE)


def test_the_posts_of_a_live_blog() -> None:
    """Posts under one headline are one text."""
    posts = "".join(
        f"<article class=post><h2>{9 + n}:00</h2><div><p>{text}</p></div></article>"
        for n, text in enumerate(PORTUGUESE)
    )
    markup = f"<main><h1>Ao vivo: o estaleiro</h1><section>{posts}</section></main>"

    assert [text for text in texts_of(markup) if len(text) > 10] == list(PORTUGUESE)


def test_the_next_article_of_an_endless_page() -> None:
    """An article with a headline of its own is another one."""
    first = f"<article class=a><h1>Werft verpachtet</h1><div>{paragraphs(GERMAN)}</div></article>"
    second = f"<article class=a><h1>Estaleiro alugado</h1><div>{paragraphs(PORTUGUESE[:2])}</div></article>"

    assert texts_of(f"<main>{first}{second}</main>") == list(GERMAN)


def test_the_first_article_of_an_endless_page_is_shorter() -> None:
    """The page's own article is the first, however long the next one is."""
    first = f"<main><article class=a><h1>Estaleiro alugado</h1><div>{paragraphs(PORTUGUESE)}</div></article></main>"
    second = f"<div><article class=a><h1>Werft verpachtet</h1><div>{paragraphs(GERMAN * 3)}</div></article></div>"

    assert texts_of(first + second) == list(PORTUGUESE)


def test_the_article_that_the_title_names() -> None:
    """Where no element is called article, the title tells which of two stories is the page's."""
    first = f"<div><h1>Estaleiro alugado ontem</h1><div>{paragraphs(PORTUGUESE)}</div></div>"
    second = f"<div><h1>Werft verpachtet</h1><div>{paragraphs(GERMAN * 3)}</div></div>"
    title = "<title>Estaleiro alugado ontem - O Porto</title>"

    assert texts_of(f"{title}<div>{first}</div><div>{second}</div>") == list(PORTUGUESE)
    assert texts_of(f"{title}<div>{second}</div><div>{first}</div>") == list(PORTUGUESE)


def test_what_holds_the_headline_is_no_aside() -> None:
    """Its wrapper may be called after the advertisement in it, and hold less than the comments below do."""
    comments = "".join(f"<p>Das habe ich über die Werft schon immer gesagt, und zwar {n} Mal.</p>" for n in range(30))
    text = f"<div class=wrapper-ad><h1>Die Werft ist verpachtet</h1><div>{paragraphs(GERMAN)}</div></div>"
    title = "<title>Die Werft ist verpachtet worden - Hafenbote</title>"

    assert texts_of(f"{title}{text}<div id=comments>{comments}</div>") == list(GERMAN)


def test_what_stands_in_elements_beyond_all_levels() -> None:
    """A path names the innermost levels."""
    main = main_text(page("<div>" * 200 + paragraphs(GERMAN) + "</div>" * 200))
    assert main is not None

    assert {len(block.path.split("/")) for block in main.blocks} <= set(range(65))


def test_consent_that_is_longer_than_the_article() -> None:
    """What calls itself consent is not the article, though it is most of the page."""
    consent = (
        "<p>We and our 812 partners store and read information on your device, as described in this notice.</p>" * 6
    )
    markup = f"<div><h1>Werft</h1><div>{paragraphs(GERMAN)}</div></div><div id=cookie-notice><div>{consent}</div></div>"

    assert texts_of(markup) == list(GERMAN)


def test_paragraphs_that_are_called_paywall() -> None:
    """What many elements of one class hold together is no aside."""
    text = "".join(f'<div class="body paywall">{text}</div>' for text in PORTUGUESE)
    wall = '<div class="paywall-offer">Assine o jornal do porto e leia tudo, todos os dias, por um preço pequeno.</div>'

    assert texts_of(f"<main><h1>Estaleiro</h1><section>{text}{wall}</section></main>") == list(PORTUGUESE)


def test_a_link_that_was_never_closed() -> None:
    """It does not make a card of the whole article."""
    text = paragraphs(PORTUGUESE * 4)

    assert texts_of(f"<article><h1>Estaleiro</h1><div><a href=/mapa>Mapa{text}</div></article>")[-1] == PORTUGUESE[-1]


def test_a_question_of_consent_in_the_text() -> None:
    """Boxes that stand for what is loaded from elsewhere, and summaries by machines, are no text."""
    asked = "<div><p>An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt.</p></div>"
    points = "<ul><li>Die Werft ist verpachtet worden.</li></ul>"
    summary = f"<div><span>In Kürze</span>{points}<p>Mit KI erstellte Zusammenfassung.</p></div>"
    first, *rest = GERMAN
    markup = f"<article><h1>Werft</h1>{summary}<div><p>{first}</p>{asked}{paragraphs(tuple(rest))}</div></article>"

    assert texts_of(markup) == list(GERMAN)
