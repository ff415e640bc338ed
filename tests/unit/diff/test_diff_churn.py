"""What lives on a page besides its article: tickers, players, stories that turn; and what is edited beside it."""

from __future__ import annotations

import pytest

from archivist.diff.compare import Beside, compare
from archivist.diff.site import furniture_of
from archivist.extract.outline import read_edition
from archivist.model.article import Reading
from archivist.model.change import Diff
from archivist.model.outline import Outline
from tests.unit.diff.sides import PARAGRAPHS, changed, edits, markup

STORIES = (
    "Die Fähre fährt vor dem Frühjahr nicht mehr, sagte der Betreiber nach einer Nacht voller Gespräche.",
    "Eine Schule, die elf Jahre lang leer stand, hat am Montag wieder geöffnet.",
    "Zwei Bergsteiger wurden unverletzt unterhalb des Passes gefunden.",
    "Das Orchester verlässt seinen Saal und zieht in ein altes Lagerhaus am Kanal.",
)
PICTURE = '<figure><img src="{}" width="640"><figcaption>Die Werft im Mai.</figcaption></figure>'


def ticker(*entries: tuple[str, str]) -> str:
    """News of the day beside the text."""
    items = "".join(f'<div class="e1"><time>{time}</time><p>{text}</p></div>' for time, text in entries)
    return f'<div class="q8"><h2>Live</h2>{items}</div>'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ticker(("09:10", STORIES[0]), ("08:55", STORIES[1])),
            ticker(("09:31", STORIES[2]), ("09:10", STORIES[0]), ("08:55", STORIES[1])),
        ),
        (
            f'<div class="video"><span>0:00 / 3:24</span><p>{STORIES[0]}</p></div>',
            f'<div class="video"><span>1:12 / 5:02</span><p>{STORIES[3]}</p></div>',
        ),
        ("<div>Hafen FC <b>2</b> : <b>1</b> <span>Nordkai</span> 71′</div>", ""),
        ("<p>vor 3 Stunden</p>", "<p>vor 5 Stunden</p>"),
        ("<div><span>1.204</span> Mal geteilt</div>", "<div><span>1.377</span> Mal geteilt</div>"),
        ('<form><input type="hidden" value="a1"></form>', '<form><input type="hidden" value="b2"></form>'),
        ('<p><button data-ab="1">Jetzt testen</button></p>', '<p><button data-ab="2">Für 1 € lesen</button></p>'),
        (
            PICTURE.format("https://cdn1.nordbote.example/werft-im-mai.jpg"),
            PICTURE.format("https://cdn7.nordbote.example/werft-im-mai.jpg?w=320&v=9"),
        ),
        (
            PICTURE.format(
                'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAE=" data-src="https://cdn1.nordbote.example/werft-im-mai.jpg'
            ),
            PICTURE.format("https://cdn1.nordbote.example/werft-im-mai.jpg"),
        ),
        (
            "<p>Guter Journalismus kostet Geld. Mehr als 411.000 unterstützen unsere Arbeit schon.</p>",
            "<p>Guter Journalismus kostet Geld. Mehr als 502.000 unterstützen unsere Arbeit schon.</p>",
        ),
    ],
)  # fmt: skip
def test_noise(one: str, other: str) -> None:
    """None of it is an edit, and one beside it is told alone."""
    assert ((), "same") == ((found := edits(markup(between=one), markup(between=other))).categories, found.verdict.kind)
    found = edits(markup(between=one), markup(*changed(3, "14 Millionen", "41 Millionen"), between=other))
    assert ("number_changed", "paragraph_edited", "stealth_edit") == found.categories


def test_sentence_out_of_a_paragraph_that_was_cut() -> None:
    """The template cut a paragraph in two and the editor took a sentence out of another: that one was edited."""
    long = "Der Hafen schließt im Mai. Danach wird er ausgebaggert, was bis in den August hinein dauert."
    pair = f"{PARAGRAPHS[1]} Das sagte ein Vertreter am Montag in Bremen."
    rest = PARAGRAPHS[2:]
    found = edits(markup(long, pair, *rest), markup(long[:26], long[27:], PARAGRAPHS[1], *rest))
    assert [("replace", pair)] == [(change.op, change.old) for change in found.blocks]


def test_wording_that_other_articles_have() -> None:
    """A paragraph whose old form stands in other articles of the site was edited; the site's own lines not."""
    request = "Wir freuen uns über jede Nachricht aus dem Hafen und lesen alle, auch die unfreundlichen."
    page = markup(PARAGRAPHS[3], request)
    site = furniture_of([_outline(page), _outline(markup("Ein anderer Text.", PARAGRAPHS[3], request))])
    found = _with_site(markup(*PARAGRAPHS, request), markup(*changed(3, "Herbst", "Winter")), site)
    assert [("replace", PARAGRAPHS[3])] == [(change.op, change.old) for change in found.blocks]


def _outline(page: str) -> Outline:
    return read_edition(page.encode(), url="https://nordbote.example/", content_type=None).outline


def _with_site(old: str, new: str, site: frozenset[str]) -> Diff:
    before, after = (
        read_edition(each.encode(), url="https://nordbote.example/", content_type=None) for each in (old, new)
    )
    return compare(
        Reading(article=before.article),
        Reading(article=after.article),
        beside_old=Beside(page=before.outline, site=site),
        beside_new=Beside(page=after.outline, site=site),
    )
