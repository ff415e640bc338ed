"""Time elements and the lines that say when."""

from __future__ import annotations

import pytest

from archivist.extract.main_text import main_text
from archivist.extract.time_elements import time_claims
from tests.unit.extract.pages import page, pairs, story


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
