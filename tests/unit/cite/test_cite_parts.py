"""Names, dates and addresses in citations."""

from __future__ import annotations

import pytest

from archivist.cite.dates import american_date, day_and_month, iso_day, later_day, long_date, short_date, spelled
from archivist.cite.line import american_quotes, one_line, quoted, sentences, single_quotes, stopped
from archivist.cite.links import plain_url, public_url
from archivist.cite.markup import italic, link, markdown_link, rendered
from archivist.cite.names import cited_authors, split_name
from archivist.cite.people import inverted, of_body, with_capitals, with_initials
from archivist.model.citation import PersonName


@pytest.mark.parametrize(
    ("display", "given", "family"),
    [
        ("Hannah Ng", "Hannah", "Ng"),
        ("Mara J. Quill", "Mara J.", "Quill"),
        ("J. K. Rowling", "J. K.", "Rowling"),
        ("J.K. Rowling", "J.K.", "Rowling"),
        ("Quill, Mara", "Mara", "Quill"),
        ("Jean-Luc Picard", "Jean-Luc", "Picard"),
        ("Seán O’Brien", "Seán", "O’Brien"),
        ("Łukasz  Żak", "Łukasz", "Żak"),
    ],
)
def test_split(display: str, given: str, family: str) -> None:
    """Two plain words, with nothing but initials between, are given and family name."""
    name = split_name(display)
    assert (given, family, f"{given} {family}") == (name.given, name.family, name.literal)


@pytest.mark.parametrize(
    ("display", "parts"),
    [
        ("Anna van der Berg", ("Anna", "van der", "Berg", None)),
        ("van der Berg, Anna", ("Anna", "van der", "Berg", None)),
        ("Ursula J. von Stein", ("Ursula J.", "von", "Stein", None)),
        ("João da Silva", ("João", "da", "Silva", None)),
        ("Martin King Jr.", ("Martin", None, "King", "Jr.")),
        ("Martin King, Jr", ("Martin", None, "King", "Jr.")),
        ("King, Martin, Jr.", ("Martin", None, "King", "Jr.")),
        ("Tom Reed III", ("Tom", None, "Reed", "III")),
    ],
)
def test_particles_and_suffixes(display: str, parts: tuple[str | None, ...]) -> None:
    """Small words before a family name, and what stands behind it, are parts of their own."""
    name = split_name(display)
    assert parts == (name.given, name.particle, name.family, name.suffix)


@pytest.mark.parametrize(
    "display",
    [
        "AFP",
        "Harbour Press",
        "Staff Reporter",
        "The Courier",
        "Gabriel García Márquez",
        "Van Berg",
        "van Gogh",
        "Ana Maria da Silva",
        "Mohammed al-Fayed",
        "Martin Jr.",
        "Harbour Authority",
        "Xi Jinping",
        "Kim Jong-un",
        "DAVID SMITH",
        "Eva Fu and Al Gore",
        "Madonna",
        "李 明",
        "Иван Петров",
        "Anna 2",
        "hannah ng",
        "Ng,",
        ", Ng",
        "",
    ],
)
def test_literal(display: str) -> None:
    """Where a split would be a guess, the name stays as it is shown."""
    name = split_name(display)
    assert (display, None, None) == (name.literal, name.given, name.family)


@pytest.mark.parametrize("language", ["hu", "zh-Hant", "JA"])
def test_family_first(language: str) -> None:
    """On pages in languages that may put the family name first nothing is split."""
    assert split_name("Nagy Anna", language=language).family is None


def test_authors() -> None:
    """Persons are cited, and bodies only where there is no person."""
    assert ["Hannah Ng"] == [name.literal for name in cited_authors(["Hannah Ng", " "], ["Reuters"])]
    assert ["Hannah Ng"] == [name.literal for name in cited_authors(["\u202e"], ["Hannah Ng"])]
    (body,) = cited_authors([], ["Press Trust"])
    assert ("Press Trust", None) == (body.literal, body.family)


@pytest.mark.parametrize(
    ("date", "long", "day"),
    [
        ("2026-05-09", "9 May 2026", "2026-05-09"),
        ("2026-05-09T23:30:00-08:00", "9 May 2026", "2026-05-09"),
        ("2026-12", "December 2026", "2026-12"),
        ("2026", "2026", "2026"),
        ("last Tuesday", "last Tuesday", None),
        ("2026-13-01", "2026-13-01", None),
        ("", "n.d.", None),
        (None, "n.d.", None),
    ],
)
def test_dates(date: str | None, long: str, day: str | None) -> None:
    """Dates are as precise as the page gives them, in its own zone."""
    assert (long, day) == (long_date(date), iso_day(date))


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "http://127.0.0.1/x",
        "http://127.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fd00::1]/",
        "http://192.168.1.5/",
        "http://localhost:8000/",
        "http://nas/",
        "http://nas.local/",
        "http://archive.localhost./",
        "http://user:secret@archive.example.org/",
        "file:///srv/archive",
        "ftp://archive.example.org/",
        "javascript:alert(1)",
        "http://[bad",
        "//archive.example.org/",
    ],
)
def test_not_public(url: str | None) -> None:
    """Addresses of this machine, of a private network, or of no web page are not for print."""
    assert public_url(url) is None


@pytest.mark.parametrize(
    "url", ["https://archive.example.org/v/3?a=b#c", "http://8.8.8.8/x", "https://archiv.müller.example/ü"]
)
def test_public(url: str) -> None:
    """Addresses that others can reach are printed as they stand."""
    assert url == public_url(url)


def test_plain_url() -> None:
    """Spaces, brackets, control characters and unpaired surrogates are encoded, and nothing twice."""
    assert "https://a.example/a%20b%7Bc%7D%20%1B%3F" == plain_url(" https://a.example/a b{c}%20\x1b\ud800")


def test_one_line() -> None:
    """Text in one line keeps its letters, joiners and emoji, and loses what steers."""
    assert "a [1mb می\u200cخواهم 👩\u200d🚀" == one_line(
        " a\n\t\x1b[1mb\x00\u202e\ufeff می\u200cخواهم 👩\u200d🚀\u2066 "
    )


@pytest.mark.parametrize(
    ("date", "forms"),
    [
        (
            "2026-11-01",
            ("November 1, 2026", "Nov. 1, 2026", "1 Nov. 2026", "1 November", "1er novembre 2026", "1. November 2026"),
        ),
        ("2026-05", ("May 2026", "May 2026", "May 2026", "May", "mai 2026", "Mai 2026")),
        ("2026", ("2026", "2026", "2026", "", "2026", "2026")),
        (None, ("", "", "", "", "", "")),
    ],
)
def test_dates_in_words(date: str | None, forms: tuple[str, ...]) -> None:
    """Each style has its own order and its own short months."""
    assert forms == (
        american_date(date),
        american_date(date, is_short=True),
        short_date(date),
        day_and_month(date),
        spelled(date, language="fr"),
        spelled(date, language="de"),
    )


def test_later_day() -> None:
    """An update on the day of publication is not told."""
    assert later_day("2026-05-09T08:00", "2026-05-09T23:00") is None
    assert "2026-05-10" == later_day("2026-05-09", "2026-05-10") == later_day(None, "2026-05-10")


@pytest.mark.parametrize(
    ("title", "american", "single"),
    [
        ("A “b” c", "A ‘b’ c", "A “b” c"),
        ("“A ‘b’ c”", "‘A “b” c’", "“A ‘b’ c”"),
        ('A "b" 12" c', 'A ‘b’ 12" c', 'A “b” 12" c'),
        ("The readers’ ‘gap’", "The readers’ ‘gap’", "The readers’ “gap”"),
        ("„So“ sagt er", "„So“ sagt er", "„So“ sagt er"),
        ("“unclosed", "“unclosed", "“unclosed"),
    ],
)
def test_quotation_marks(title: str, american: str, single: str) -> None:
    """Pairs of quotation marks alternate with those around them; all else stays."""
    assert (american, single) == (american_quotes(title), single_quotes(title))


@pytest.mark.parametrize(
    ("title", "comma", "full_stop"),
    [
        ("Cranes", "Cranes,", "Cranes."),
        ("Cranes?", "Cranes?,", "Cranes?"),
        ("It worked.", "It worked,", "It worked."),
        ("The U.S.", "The U.S.,", "The U.S."),
        ("Cranes Inc.", "Cranes Inc.,", "Cranes Inc."),
        ("Says “no”", "Says “no,”", "Says “no.”"),
        ("Says “no?”", "Says “no?,”", "Says “no?”"),
        ("The readers’", "The readers’,", "The readers’."),
        ("起重机。", "起重机。,", "起重机。"),
    ],
)
def test_stops(title: str, comma: str, full_stop: str) -> None:
    """Stops stand within a quotation that ends a title, and are not doubled."""
    assert (comma, full_stop) == (stopped(title, ","), stopped(title, "."))


def test_quoted() -> None:
    """A title in quotation marks has its stop inside them."""
    assert ("“A ‘b,’”", "“Who?”", "“A”") == (quoted("A “b”", ","), quoted("Who?", "."), quoted("A"))


def test_sentences() -> None:
    """Parts that say nothing are left out, and none has two full stops."""
    assert "A. B? C…" == sentences(("A", "", "B?", "C…"))


@pytest.mark.parametrize(
    ("display", "turned", "initials", "capitals"),
    [
        ("Mara J. Quill", "Quill, Mara J.", "Quill, M. J.", "QUILL, Mara J."),
        ("J.K. Marlow", "Marlow, J.K.", "Marlow, J. K.", "MARLOW, J.K."),
        ("Jean-Luc Marchand", "Marchand, Jean-Luc", "Marchand, J.-L.", "MARCHAND, Jean-Luc"),
        ("Anna van der Berg", "van der Berg, Anna", "van der Berg, A.", "VAN DER BERG, Anna"),
        ("Martin Poole Jr.", "Poole, Martin, Jr.", "Poole, M., Jr.", "POOLE, Martin, Jr."),
        ("Ida Voß", "Voß, Ida", "Voß, I.", "VOẞ, Ida"),
        ("李明", "李明", "李明", "李明"),
        ("Gabriel Ortiz Marín", "Gabriel Ortiz Marín", "Gabriel Ortiz Marín", "Gabriel Ortiz Marín"),
    ],
)
def test_name_forms(display: str, turned: str, initials: str, capitals: str) -> None:
    """Names are turned round where their parts are certain, and printed as shown where not."""
    name = split_name(display)
    assert (turned, initials, capitals) == (inverted(name), with_initials(name), with_capitals(name))


def test_turkish_capitals() -> None:
    """The i of Turkish keeps its dot."""
    assert "BİLGİN, Fikri" == with_capitals(split_name("Fikri Bilgin"), language="tr-TR")


def test_of_body() -> None:
    """A newspaper that is its own author is known with and without its article."""
    assert of_body((PersonName(literal="Harbour Courier"),), "The Harbour Courier")
    assert not of_body((PersonName(literal="Harbour Courier"),), "Northquay Press")
    assert not of_body((), "")


def test_markup() -> None:
    """Italics and links are marks in Markdown and elements in HTML, and what pages write is escaped."""
    text = f"A*b <c> & {italic('D_e')} {link('https://a.example/?a_b&c')}"
    assert "A*b <c> & D_e https://a.example/?a_b&c" == rendered(text, "text")
    assert r"A\*b \<c\> \& *D\_e* <https://a.example/?a_b&c>" == rendered(text, "markdown")
    url = "https://a.example/?a_b&amp;c"
    assert f'A*b &lt;c&gt; &amp; <i>D_e</i> <a href="{url}">{url}</a>' == rendered(text, "html")
    assert "" == italic("")
    assert "[a](<https://a.example/(b)>)" == markdown_link("a", "https://a.example/(b)")
