"""Two versions of a page, from mark-up: what the comparison of two files sees."""

from __future__ import annotations

from archivist.diff.compare import Beside, compare
from archivist.extract.outline import read_edition
from archivist.model.article import Reading
from archivist.model.change import Diff

PARAGRAPHS = (
    "Die Werft am Nordhafen hat im Mai zwei Docks geschlossen und neunzig Leute entlassen.",
    "Der Betriebsrat erfuhr davon nach eigenen Angaben erst aus der Zeitung vom Samstag.",
    "„Wir haben zwölf Jahre auf diesen Auftrag gewartet“, sagte die Sprecherin der Belegschaft, Ines Kolbe.",
    "Das Land hatte der Werft im vergangenen Herbst eine Bürgschaft über 14 Millionen Euro gegeben.",
    "Ob das Geld zurückgezahlt werden muss, prüft nun ein Gutachter aus Bremen, wie es hieß.",
    "Am Freitag soll der Ausschuss des Landtags zum zweiten Mal in dieser Sache zusammenkommen.",
)


def markup(*paragraphs: str, head: str = "", above: str = "", between: str = "", below: str = "") -> str:
    """A page of an invented newspaper; ``between`` stands behind its second paragraph."""
    body = [f"<p>{text}</p>" for text in paragraphs or PARAGRAPHS]
    body.insert(2, between)
    return (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">{head}</head><body><main><article>'
        f'<h1>Werft schließt zwei Docks</h1>{above}<div class="x1 text">{"".join(body)}</div>{below}'
        "</article></main></body></html>"
    )


def edits(old: str, new: str) -> Diff:
    """What was edited between two pages, each given as its whole mark-up."""
    before, after = (
        read_edition(each.encode(), url="https://nordbote.example/", content_type=None) for each in (old, new)
    )
    return compare(
        Reading(article=before.article),
        Reading(article=after.article),
        beside_old=Beside(page=before.outline),
        beside_new=Beside(page=after.outline),
    )


def changed(number: int, old: str, new: str) -> tuple[str, ...]:
    """The paragraphs with one edited."""
    assert old in PARAGRAPHS[number]
    return tuple(text.replace(old, new) if at == number else text for at, text in enumerate(PARAGRAPHS))
