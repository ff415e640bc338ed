"""Two pages judged together: what of all that differs is the article's."""

from __future__ import annotations

import pytest

from tests.unit.diff.sides import PARAGRAPHS, changed, edits, markup


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # a box between paragraphs, whatever its class is called
        ('<div class="q7f2"><p>Bis zu 40 Prozent auf Gummistiefel</p></div>',
         '<div class="b91c"><p>Fliegen Sie im Winter nach Madeira</p></div>'),
        ("", '<div class="k3"><p>Unser Rundbrief bringt jeden Morgen das Wichtigste aus der Stadt.</p></div>'),
        # a paragraph that is a link
        ('<p><a href="/a/1">Lesen Sie auch: Der Deich hält</a></p>',
         '<p><a href="/a/2">Lesen Sie auch: Die Fähre fährt nicht</a></p>'),
        # counters and relative times
        ("<p>1.204 Aufrufe · vor 3 Stunden</p>", "<p>1.377 Aufrufe · vor 5 Stunden</p>"),
        # a list of links
        ('<ul><li><a href="/1">Sturm am Sonntag</a></li></ul>', '<ul><li><a href="/2">Markt am Samstag</a></li></ul>'),
        # an aside
        ("<aside><p>Anzeige: Ropes and chains since 1921, at the quay.</p></aside>", ""),
    ],
)  # fmt: skip
def test_noise(one: str, other: str) -> None:
    """What stands in a box of its own, leads elsewhere or counts is no edit."""
    diff = edits(markup(between=one), markup(between=other))
    assert ((), "same") == (diff.categories, diff.verdict.kind)


def test_left_out_is_counted() -> None:
    """How many passages differ and were left out is said."""
    ads = ('<div class="q7"><p>Stiefel zum halben Preis</p></div>', '<div class="q8"><p>Madeira im Winter</p></div>')
    assert 2 == edits(markup(between=ads[0]), markup(between=ads[1])).left_out


def test_edit_beside_noise() -> None:
    """An edit is found beside noise, and alone."""
    diff = edits(
        markup(between='<div class="a"><p>Stiefel zum halben Preis</p></div>'),
        markup(*changed(3, "14 Millionen", "41 Millionen"), between='<div class="b"><p>Madeira im Winter</p></div>'),
    )
    assert ("number_changed", "paragraph_edited", "stealth_edit") == diff.categories
    assert [3] == [change.new_index for change in diff.blocks]


@pytest.mark.parametrize("number", range(1, len(PARAGRAPHS)))
def test_paragraph_deleted(number: int) -> None:
    """Wherever a paragraph was taken out, it is told."""
    left = [text for at, text in enumerate(PARAGRAPHS) if at != number]
    diff = edits(markup(), markup(*left))
    assert [("delete", PARAGRAPHS[number])] == [(change.op, change.old) for change in diff.blocks]


def test_moved_paragraph() -> None:
    """A paragraph that stands elsewhere now was moved; an advertisement that does was not."""
    order = [PARAGRAPHS[at] for at in (0, 2, 3, 4, 1, 5)]
    diff = edits(
        markup(between='<div class="a"><p>Stiefel zum halben Preis</p></div>'),
        markup(*order, below='<div class="a"><p>Stiefel zum halben Preis</p></div>'),
    )
    assert [("move", PARAGRAPHS[1])] == [(change.op, change.new) for change in diff.blocks]


def test_other_template() -> None:
    """The same text under another template is no edit, split paragraphs included."""
    new = markup().replace('<div class="x1 text">', '<div class="z9"><section class="inner">')
    new = new.replace("</p></div></article>", "</p></section></div></article>")
    assert () == edits(markup(), new).categories


def test_broken_encoding() -> None:
    """UTF-8 that was saved as Latin-1 and again as UTF-8 is no edit, and an edit in it is told whole."""
    broken = markup().encode().decode("cp1252", "replace")
    assert () == edits(markup(), broken.replace('charset="utf-8"', 'charset="utf-8" data-x="1"')).categories


def test_visible_date_line() -> None:
    """A date of update that only readers see is a signal like any other."""
    lines = [f"<p>Von Ines Kolbe</p><p>Aktualisiert: {day}. Mai 2026, 10:15 Uhr</p>" for day in (8, 9)]
    diff = edits(markup(above=lines[0]), markup(above=lines[1]))
    assert (("date_updated",), "empty-update") == (diff.categories, diff.verdict.kind)
    assert any("line" in signal or "visible-date" in signal or "→" in signal for signal in diff.verdict.signals)


def test_visible_byline() -> None:
    """A second signature is told, though mark-up names nobody."""
    lines = ["<p class='q'>Von Jan Peters</p>", "<p class='q'>Von Jan Peters und Lena Vogt</p>"]
    assert "byline_changed" in edits(markup(above=lines[0]), markup(above=lines[1])).categories


def test_mark_up_date_against_itself() -> None:
    """A date in JSON-LD that moved is told, though OpenGraph stood still."""
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Werft schließt zwei Docks",'
        '"datePublished":"2026-05-08T08:00:00+02:00","dateModified":"2026-05-DAYT09:00:00+02:00"}</script>'
        '<meta property="article:modified_time" content="2026-05-08T09:00:00+02:00">'
    )
    diff = edits(markup(head=head.replace("DAY", "08")), markup(head=head.replace("DAY", "09")))
    assert ("date_updated",) == diff.categories


FIGURE = (
    '<figure><img src="/bild/dock-{name}.jpg?w={width}"><figcaption>Das {what} Dock am Morgen der Schließung. '
    "Foto: {by}/Nordbild</figcaption></figure>"
)


def figure(name: str = "ost-4711", width: int = 640, what: str = "östliche", by: str = "Lena Vogt") -> str:
    """A picture with its caption."""
    return FIGURE.format(name=name, width=width, what=what, by=by)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (figure(width=1280), ()),
        (figure(what="westliche"), ("caption_changed", "stealth_edit")),
        (figure(by="Jan Peters"), ("credit_changed", "stealth_edit")),
    ],
)
def test_captions(new: str, expected: tuple[str, ...]) -> None:
    """Caption and credit are told apart, and another size of a picture is no other picture."""
    assert expected == edits(markup(above=figure()), markup(above=new)).categories


def test_carousel() -> None:
    """Pictures that turn in a list are no photos of the article."""

    def turning(names: str) -> str:
        items = "".join(
            f'<li><article><img src="/bild/{name}-gross.jpg"><p>Ein Blick auf {name} im Abendlicht.</p></article></li>'
            for name in names.split()
        )
        return f'<section class="c"><ul>{items}</ul></section>'

    old, new = turning("Fehmarn Sylt Amrum"), turning("Juist Baltrum Borkum")
    assert () == edits(markup(below=old), markup(below=new)).categories


def test_card_picture() -> None:
    """The picture that stands for the page elsewhere was exchanged."""
    heads = [
        f'<meta property="og:image" content="https://bild.example/og/{name}.jpg">'
        for name in ("dock-4711", "kran-0815")
    ]
    assert "photo_changed" in edits(markup(head=heads[0]), markup(head=heads[1])).categories


def test_link_elsewhere() -> None:
    """A link that points elsewhere is told; one that only carries other tracking is not."""

    def linked(address: str) -> str:
        return markup(*changed(4, "Gutachter", f'<a href="{address}">Gutachter</a>'))

    assert () == edits(linked("https://amt.example/a.pdf?utm_source=x"), linked("https://amt.example/a.pdf")).categories
    diff = edits(linked("https://amt.example/a.pdf"), linked("https://amt.example/b.pdf"))
    assert ("link_changed", "stealth_edit") == diff.categories


@pytest.mark.parametrize(
    ("number", "old", "new", "flags"),
    [
        (1, "erfuhr davon", "erfuhr davon angeblich", ("hedging_added",)),
        (2, "Wir haben", "Wir hatten", ()),
    ],
)
def test_hedging(number: int, old: str, new: str, flags: tuple[str, ...]) -> None:
    """Words of doubt that came in are flagged."""
    assert flags == edits(markup(), markup(*changed(number, old, new))).flags


def test_written_numbers() -> None:
    """A number that is written out counts by its value."""
    assert "number_changed" in edits(markup(), markup(*changed(2, "zwölf", "elf"))).categories
    assert "number_changed" not in edits(markup(), markup(*changed(2, "zwölf", "12"))).categories


def test_same_page() -> None:
    """A page held against itself is the same, and two runs give the same bytes."""
    assert "same" == edits(markup(), markup()).verdict.kind
    pair = markup(), markup(*changed(3, "14", "15"))
    assert edits(*pair).to_json() == edits(*pair).to_json()
