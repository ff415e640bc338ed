"""What sites change by themselves, and what editors do beside it."""

from __future__ import annotations

import pytest

from archivist.diff.wording import changes_number, changes_quote
from archivist.diff.words import compare_words
from archivist.model.change import BlockChange
from tests.unit.diff.sides import PARAGRAPHS, changed, edits, markup


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>Noch 3 kostenlose Artikel in diesem Monat.</p>", "<p>Noch 2 kostenlose Artikel in diesem Monat.</p>"),
        ("<p>Folgen Sie uns auf allen Kanälen.</p>", ""),
        ("<p>Diesen Artikel anhören: 4 Minuten</p>", "<p>Listen to this article: 5 minutes</p>"),
        (
            (
                '<div class="x1"><div class="y1"><a href="/a"><img src="/b/1-640.jpg"><h3>Markt am Samstag</h3></a>'
                "<p>Auf dem Markt gibt es ab Samstag wieder Äpfel aus der ganzen Gegend.</p></div></div>"
            ),
            (
                '<div class="x2"><div class="y2"><a href="/c"><img src="/b/2-640.jpg"><h3>Sturm am Sonntag</h3></a>'
                "<p>Am Sonntag kommt ein Sturm auf, der bis in die Nacht hinein dauern soll.</p></div></div>"
            ),
        ),
    ],
)
def test_noise(one: str, other: str) -> None:
    """Meters, requests and teasers with pictures are no edits."""
    diff = edits(markup(between=one), markup(between=other))
    assert ((), "same") == (diff.categories, diff.verdict.kind)


def test_cut_and_joined() -> None:
    """A template that cuts a paragraph in two, or joins two, edits nothing; an edit beside the seam is told alone."""
    halves = "Der Hafen schließt im Mai. Danach wird er ausgebaggert, was bis in den August hinein dauert."
    first, second = halves[:26], halves[27:]
    rest = PARAGRAPHS[1:]
    assert () == edits(markup(halves, *rest), markup(first, second, *rest)).categories
    assert () == edits(markup(first, second, *rest), markup(halves, *rest)).categories
    diff = edits(markup(halves, *rest), markup(first, second.replace("August", "Oktober"), *rest))
    assert [("replace", second)] == [(change.op, change.old) for change in diff.blocks]


def test_the_one_that_moved() -> None:
    """One long paragraph that moved past three short ones moved; they did not."""
    long = " ".join(PARAGRAPHS[:3])
    shorts = [f"Satz {number} ist kurz, und doch ist er ein Absatz für sich allein." for number in (1, 2, 3)]
    diff = edits(markup(long, *shorts, *PARAGRAPHS[3:]), markup(*shorts, long, *PARAGRAPHS[3:]))
    assert [("move", long)] == [(change.op, change.old) for change in diff.blocks]


def test_encoded_twice() -> None:
    """Letters whose second byte is white space or invisible are mended before the page is read."""
    text = "À Saint-Malo, à l’aube: així és com el port tornà a obrir, í les barques sortiren."
    broken = text.encode().decode("cp1252", errors="ignore")
    assert () == edits(markup(text, *PARAGRAPHS[1:]), markup(broken, *PARAGRAPHS[1:])).categories


def test_author_is_told_once() -> None:
    """The line at the end that names the author is no paragraph that was edited."""
    pages = [
        markup(*PARAGRAPHS, f"Schreiben Sie an {name}, die Redaktion der Lokalseiten.").replace(
            "</head>", f'<meta name="author" content="{name}"></head>'
        )
        for name in ("Anna Berg", "Olaf Thal")
    ]
    assert [] == [change.old for change in edits(*pages).blocks]


@pytest.mark.parametrize(
    ("old", "new", "is_quote"),
    [
        ("»Wir haben das gewusst«, sagte sie.", "»Wir haben das geahnt«, sagte sie.", True),
        ("Sie sagte: »Ja.« Danach ging sie ins Haus, und »Nein« rief er.",
         "Sie sagte: »Ja.« Danach ging sie ins Dorf, und »Nein« rief er.", False),
        ("– Jeg er glad, sier hun.", "– Jeg er trist, sier hun.", True),
        ("– Jeg er glad, sier hun i Oslo.", "– Jeg er glad, sier hun i Bergen.", False),
        ("He said ‘this isn’t how it works’ twice.", "He said ‘this isn’t how it ends’ twice.", True),
        ("It’s the board’s day.", "It’s the crew’s day.", False),
        ("“Das ist so”, sagte sie im Mai.", '"Das ist so", sagte sie im Juni.', False),
    ],
)  # fmt: skip
def test_quotations(old: str, new: str, is_quote: bool) -> None:
    """Turned guillemets, dashes and single marks enclose speech; other marks around the same words are no edit."""
    assert is_quote == changes_quote(change_of(old, new))


@pytest.mark.parametrize(
    ("old", "new"), [("三人が負傷した。", "五人が負傷した。"), ("It cost 41 million.", "It cost 37 million.")]
)
def test_numbers(old: str, new: str) -> None:
    """Numbers count in the signs of each language."""
    assert changes_number(change_of(old, new))


def change_of(old: str, new: str) -> BlockChange:
    """A paragraph that was edited."""
    words = compare_words(old, new)
    return BlockChange(op="replace", kind="paragraph", old=old, new=new, old_index=0, new_index=0, words=words)


def test_edit_in_the_midst_of_noise() -> None:
    """An edit is told, and alone, however much changes around it."""
    box = '<div class="{0}"><p>{1}</p></div><ul><li><a href="/{0}">{1}</a></li></ul><p><a href="/z{0}">{1}</a></p>'
    old = markup(between=box.format("a1", "Stiefel zum halben Preis"))
    new = markup(*changed(4, "nun", "jetzt"), between=box.format("b2", "Madeira im Winter, Sylt im Mai"))
    diff = edits(old, new)
    assert ["replace"] == [change.op for change in diff.blocks]
