"""Time elements and the lines that say when."""

from __future__ import annotations

import pytest

from archivist.extract.main_text import main_text
from archivist.extract.time_elements import time_claims
from tests.unit.extract.pages import TEXT, page, pairs, story


def claims(above: str, *, language: str = "en-GB", around: str = "") -> list[tuple[str, str]]:
    """The claims of a story with this above its text."""
    html = page(story(above=above, around=around, language=language))
    return pairs(time_claims(html, main_text(html), language=language))


def test_a_lone_time_is_the_publication() -> None:
    """The first ``time`` without a word says when the story was published, to machines and to readers."""
    assert claims('<time datetime="2026-11-17T06:30:00+01:00">17 November 2026, 06:30</time>') == [
        ("published", "2026-11-17T06:30:00+01:00"),
        ("published", "2026-11-17T06:30"),
    ]


def test_words_before_a_time_announce_it() -> None:
    """The word before each ``time`` decides which date it is."""
    found = claims(
        'Published: <time datetime="2026-11-17T06:30+01:00">17/11</time>'
        ' · Updated: <time datetime="2026-11-17T09:15+01:00">17/11</time>'
    )

    assert found == [
        ("published", "2026-11-17T06:30+01:00"),
        ("published", "2026-11-17"),
        ("updated", "2026-11-17T09:15+01:00"),
        ("updated", "2026-11-17"),
    ]


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("Updated: 17 November 2026, 09:15", "en", ("updated", "2026-11-17T09:15")),
        ("Zuletzt geändert am 17. November 2026 um 9.15 Uhr", "de", ("updated", "2026-11-17T09:15")),
        ("Mis à jour le 17 novembre 2026 à 9h15", "fr", ("updated", "2026-11-17T09:15")),
        ("Publicado el 17 de noviembre de 2026", "es", ("published", "2026-11-17")),
        ("November 17, 2026", "en-US", ("published", "2026-11-17")),
    ],
)
def test_lines_of_dates(line: str, language: str, expected: tuple[str, str]) -> None:
    """A line that is marked as a dateline is read in the page's language."""
    assert [expected] == claims(f'<p class="dateline">{line}</p>', language=language)


def test_an_unmarked_line_announces_itself() -> None:
    """A short line that begins with the word is read; a sentence that begins with it is not."""
    assert [("updated", "2026-11-17")] == claims("<p>Last updated 17 November 2026</p>")
    assert [] == claims("<p>The winter of the cranes began on 17 November 2026</p>")
    assert [] == claims(f"<p>Published 17 November 2026, the report {'of the board ' * 8}was soon forgotten.</p>")


def test_a_line_with_both_dates() -> None:
    """Each announcement takes the date behind it, not the other's."""
    found = claims('<p class="date">Aktualizacja: 19.04.2026 19:45 Publikacja: 19.04.2026 19:05</p>', language="pl")

    assert found == [("updated", "2026-04-19T19:45"), ("published", "2026-04-19T19:05")]


def test_numbers_follow_the_language() -> None:
    """5/8/2023 is in May on an American page, in August on a British one, and unknown where nothing decides."""
    line = '<p class="dateline">5/8/2023</p>'

    assert [("published", "2023-05-08")] == claims(line, language="en-US")
    assert [("published", "2023-08-05")] == claims(line, language="en-GB")
    assert [] == claims(line, language="en")


def test_a_blank_update_is_unknown() -> None:
    """The clock of an audio player below an empty "Updated:" is no date."""
    above = '<p class="dateline">Updated:</p><div class="player"><span class="time">0:00</span></div>'

    assert [] == claims(above)


def test_relative_times_are_no_dates() -> None:
    """What is said from the reader's today, "5 hours ago", cannot be kept."""
    assert [] == claims('<p class="date">5 hours ago</p><time>yesterday</time>')


@pytest.mark.parametrize(
    "elsewhere",
    [
        '<aside><time datetime="2020-01-01">1 January 2020</time></aside>',
        '<ul><li><a href="/x">Mussels <time datetime="2020-01-01">1 January 2020</time></a></li></ul>',
        '<div class="related-stories"><time datetime="2020-01-01">1 January 2020</time></div>',
        '<div class="related"><span class="date">1 January 2020</span></div>',
        '<article><h3>Mussels</h3><time datetime="2020-01-01">1 January 2020</time></article>',
    ],
)
def test_dates_of_other_stories_are_not_heard(elsewhere: str) -> None:
    """Margins, lists, related stories and articles inside the article speak of themselves."""
    assert [] == claims(elsewhere)
    assert [] == claims("", around=elsewhere)


def test_a_page_without_text_is_heard_whole() -> None:
    """Where no main text is found, all of the page's times count."""
    html = page('<html><body><p>Short. <time datetime="2026-11-17">17 November 2026</time></p></body></html>')

    assert ("published", "2026-11-17") in pairs(time_claims(html, None))


UNMARKED = {
    "<div>Oslo, 17 November 2026 at 06:30</div>": "2026-11-17T06:30",
    "<div><p>By Mara Quill</p><div class='x1 x2'>Tuesday, November 17, 2026, 6:30 AM</div></div>": "2026-11-17T06:30",
    "<ul class='x3'><li>Harbour</li><li>17 November 2026</li></ul>": "2026-11-17",
    "<dl><dt>Published</dt><dd>17 November 2026</dd></dl>": "2026-11-17",
    "<div><em>Published</em><span>17 November 2026</span></div>": "2026-11-17",
    "<h6>Tue, Nov 17, 2026 page 1</h6>": "2026-11-17",
}


@pytest.mark.parametrize(("above", "value"), UNMARKED.items(), ids=range(len(UNMARKED)))
def test_a_line_in_the_head_needs_no_mark(above: str, value: str) -> None:
    """Under the headline, a line that is hardly anything but a date is the dateline, whatever its class."""
    assert ("published", value) in claims(above)


def test_a_headline_outside_the_article() -> None:
    """The lines between a headline and the text count where the text's element does not hold them."""
    markup = f"""<html lang="en"><body><div><section><div><h1>Cranes stand still</h1>
<div><span>By Mara Quill</span><time>Nov 17, 2026 at 6:30 pm</time></div></div>
<div><article>{TEXT}</article></div></section></div></body></html>"""
    html = page(markup)

    assert ("published", "2026-11-17T18:30") in pairs(time_claims(html, main_text(html), language="en"))


@pytest.mark.parametrize(
    "figure",
    [
        "<figure><img src='/q.jpg'><figcaption>A quay, 1 May 2020</figcaption></figure>",
        "<figure><span>1 May 2020</span></figure>",
        "<p>The report of 1 May 2020 said that nobody had signed.</p>",
        "<a href='/mussels'>1 May 2020</a>",
        "<p>From 1 May 2020 to 3 June 2021, the quay was closed to all ships.</p>",
    ],
)
def test_other_dates_in_the_head(figure: str) -> None:
    """Captions, sentences and links say when something else was."""
    assert [] == claims(figure)


ATTRIBUTES = {
    '<span class="date" title="2026-11-17T06:30:00+11:00">17 November</span>': "2026-11-17T06:30:00+11:00",
    '<li class="date-and-time" title="2026-11-17T06:30:00+11:00"><b>Nov 17, 2026</b></li>': "2026-11-17T06:30:00+11:00",
    '<span class="datestamp" data-date-time="2026-11-17 06:30:12">2026.11.17.</span>': "2026-11-17T06:30:12",
    '<div class="timestamp" data-timestamp="1794898200000">5 hours ago</div>': "2026-11-17T06:50:00Z",
    '<bsp-timestamp data-timestamp="1794898200000"></bsp-timestamp>': "2026-11-17T06:50:00Z",
    '<time>4:11</time><time datetime="2026-11-17T06:30:00Z">5 hours ago</time>': "2026-11-17T06:30:00Z",
    '<relative-time datetime="2026-11-17T06:30:00Z">5 hours ago</relative-time>': "2026-11-17T06:30:00Z",
}


@pytest.mark.parametrize(("above", "value"), ATTRIBUTES.items(), ids=range(len(ATTRIBUTES)))
def test_moments_in_attributes(above: str, value: str) -> None:
    """What scripts turn into "5 hours ago" stands in an attribute."""
    assert claims(above)[0] == ("published", value)


def test_other_attributes_are_no_moments() -> None:
    """Numbers and titles that are no dates are left."""
    assert [] == claims('<span class="date" title="Date of publication" data-id="1794898200">soon</span>')
    assert [] == claims('<span class="time" data-time="0:00">0:00</span>')


def test_class_updated_of_a_feed_entry() -> None:
    """Class ``updated`` of hAtom stands on the only date of many a blog; alone it announces an update."""
    assert claims('<time class="entry-date updated" datetime="2026-11-17T06:30Z">17/11</time>')[0][0] == "published"
    assert (
        claims('<time class="entry-date published updated" datetime="2026-11-17T06:30Z">17/11</time>')[0][0]
        == "published"
    )
    assert claims('<span class="last-updated">17 November 2026</span>') == [("updated", "2026-11-17")]
    assert claims('<span class="dateModified">17 November 2026</span>') == [("updated", "2026-11-17")]


def test_itemprop_marks_a_line() -> None:
    """Microdata without an attribute for machines: the words are the date."""
    assert claims('<b itemprop="datePublished">17 November 2026</b>') == [("published", "2026-11-17")]
    assert claims('<b itemprop="dateModified">17 November 2026</b>') == [("updated", "2026-11-17")]


def test_numbers_on_pages_of_other_countries() -> None:
    """American systems declare en-US everywhere; where the address contradicts it, only the page's own dates decide."""
    line = '<p class="dateline">5/8/2023</p>'

    def read(url: str, language: str, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        html = page(story(above=line, language=language), url=url)
        return pairs(time_claims(html, main_text(html), language=language, known=known))

    assert read("https://courier.example.co.za/a", "en-US") == []
    assert read("https://courier.example.co.za/a", "en") == [("published", "2023-08-05")]
    assert read("https://courier.example.us/a", "en") == [("published", "2023-05-08")]
    assert read("https://courier.example.co.za/a", "en-US", ("2023-05-08T10:00Z",)) == [("published", "2023-05-08")]


def test_a_date_in_the_title() -> None:
    """A part of the ``title`` that is a date counts, a headline with a date in it does not."""

    def read(title: str) -> list[tuple[str, str]]:
        html = page(story(head=f"<title>{title}</title>"))
        return pairs(time_claims(html, main_text(html), language="es"))

    assert read("Las grúas no se mueven - 17.11.2026 - EL CORREO") == [("published", "2026-11-17")]
    assert read("Junge Presse, 17.11.2026") == [("published", "2026-11-17")]
    assert read("17.11.2026, the day of the cranes") == []
    assert read("The cranes of 2026 | The Courier") == []


LANGUAGES = {
    "ar": "<p class='x'>نُشر في: ١٧ نوفمبر ٢٠٢٦ - ٦:٣٠ م</p>",
    "fa": "<p class='x'>تاریخ انتشار: ۲۶ آبان ۱۴۰۵ - ۱۸:۳۰</p>",
    "he": "<p class='x'>פורסם: 17 בנובמבר 2026, 18:30</p>",
    "hi": "<p class='x'>प्रकाशित: 17 नवंबर 2026, 06:30 PM</p>",
    "bn": "<p class='x'>প্রকাশ: ১৭ নভেম্বর ২০২৬, ১৮:৩০</p>",
    "th": "<p class='x'>เผยแพร่: 17 พ.ย. 2569 เวลา 18:30 น.</p>",
    "zh-TW": "<p class='x'>發布時間：民國115年11月17日 18:30</p>",
    "ja": "<p class='x'>公開日：令和8年11月17日 午後6時30分</p>",
    "ko": "<p class='x'>입력 2026.11.17. 오후 6:30</p>",
    "vi": "<p class='x'>Thứ ba, 17/11/2026, 18:30</p>",
    "id": "<p class='x'>Selasa, 17 Nov 2026 18:30</p>",
    "el": "<p class='x'>Δημοσίευση: 17 Νοεμβρίου 2026, 18:30</p>",
    "hu": "<p class='x'>2026. november 17., kedd 18:30</p>",
    "cs": "<p class='x'>17. listopadu 2026 18:30</p>",
    "hr": "<p class='x'>Objavljeno: 17. studenoga 2026. u 18:30</p>",
    "pl": "<p class='x'>Opublikowano: 17 listopada 2026, godz. 18:30</p>",
    "fi": "<p class='x'>Julkaistu 17.11.2026 klo 18.30</p>",
    "lt": "<p class='x'>Paskelbta: 2026 m. lapkričio 17 d. 18:30</p>",
    "lv": "<p class='x'>Publicēts: 2026. gada 17. novembrī, 18:30</p>",
    "et": "<p class='x'>17. november 2026 kell 18:30</p>",
    "ro": "<p class='x'>Publicat: 17 noiembrie 2026, ora 18:30</p>",
    "tr": "<p class='x'>Yayınlanma: 17 Kasım 2026 18:30</p>",
    "uk": "<p class='x'>Опубліковано: 17 листопада 2026, 18:30</p>",
    "ru": "<p class='x'>17 ноября 2026, 18:30</p>",
    "bg": "<p class='x'>Публикувана: 17.11.2026, 18:30 ч.</p>",
    "da": "<p class='x'>Udgivet 17. nov. 2026 kl. 18.30</p>",
    "is": "<p class='x'>Birt 17. nóvember 2026 kl. 18:30</p>",
    "pt-BR": "<p class='x'>17.nov.2026 às 18h30</p>",
    "fr": "<p class='x'>Publié le mardi 17 novembre 2026 à 18 h 30</p>",
    "nl": "<p class='x'>Gepubliceerd op 17 november 2026 om 18.30 uur</p>",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_datelines_without_any_markup(language: str) -> None:
    """Plain lines under a headline, in the scripts, calendars and clocks of the world."""
    assert claims(LANGUAGES[language], language=language) == [("published", "2026-11-17T18:30")]


def test_an_article_element_around_the_dates_alone_is_no_other_story() -> None:
    """Some systems of Korea set author and dates as an ``article`` below the headline."""
    line = '<article class="info"><ul><li>김바다 기자</li><li>입력 2024.03.14 09:35</li></ul></article>'
    assert claims(line, language="ko") == [("published", "2024-03-14T09:35")]


@pytest.mark.parametrize(
    ("language", "zone"), [("hi", "+05:30"), ("en-IN", "+05:30"), ("ta", "+05:30"), ("he", ""), ("en", "")]
)
def test_ist_is_the_time_of_india_where_its_languages_are_written(language: str, zone: str) -> None:
    """Elsewhere it is Israel's or Ireland's, and nothing says which."""
    assert claims("<p>Published: 14/03/2024, 16:20 IST</p>", language=language) == [
        ("published", f"2024-03-14T16:20{zone}")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "<strong>By Mara Quill</strong>, Reporter | 14 March 2024, 09:35",
        "<b>By Mara Quill</b><br>14 March 2024, 09:35",
        "Harbour • 14 March 2024, 09:35",
    ],
)
def test_a_date_behind_a_signature_or_a_bar(line: str) -> None:
    """Also below a standfirst that nothing marks; a sentence with a date in it is none."""
    long = f"<p>{'The board met to hear what the quay has cost so far. ' * 2}</p>"
    html = page(story(above=f"{long}<p>{line}</p>", below=long.replace("board", "bank")))

    assert claims(f"<p>{line}</p>") == [("published", "2024-03-14T09:35")]
    assert pairs(time_claims(html, main_text(html), language="en-GB")) == [("published", "2024-03-14T09:35")]
    assert claims("<p>By the time Mara Quill left on 14 March 2024</p>") == []


def test_a_margin_with_portrait_and_byline_holds_the_dates() -> None:
    """Author and dates beside the text."""
    author = '<div class="rail-author"><img src="/m.png"><p>By Mara Quill</p></div>'

    assert claims(f"<aside>{author}<p>14 March 2024, 09:35</p></aside>") == [("published", "2024-03-14T09:35")]
