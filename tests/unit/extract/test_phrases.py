"""Words that tell what a line is."""

from __future__ import annotations

import pytest

from archivist.extract.main_text import main_text
from archivist.extract.phrases import announces, is_correction, is_correction_label, says_nothing
from tests.unit.extract.pages import page, story

CORRECTIONS = """Correction: it was the western quay.
CORRECTION (Nov. 17, 2026): It was the western quay.
Clarification – the crane is not for sale.
Editor’s note: this story has a new headline.
This article was amended on 17 November 2026 to say which quay it was.
An earlier version of this story misstated the number of the crane.
Korrektur vom 17. November: Es war der Westkai.
Anm. d. Red.: Es war der Westkai.
In einer früheren Version dieses Textes stand, es sei der Ostkai gewesen.
Rectificatif : il s’agissait du quai ouest.
Note de la rédaction : il s’agissait du quai ouest.
Fe de errores: era el muelle oeste.
Nota del editor: era el muelle oeste.
Errata corrige: era il molo ovest.
Rectificatie: het was de westkade.
Correção: era o cais oeste.
Erramos: era o cais oeste.
Rättelse: Det var den västra kajen.
I en tidligere versjon av saken sto det at det var den østre kaien.
Rettelse: Det var den vestre kaj.
Oikaisu 17.11.: Kyse oli läntisestä laiturista.
Sprostowanie: chodziło o nabrzeże zachodnie.
Oprava: šlo o západní molo.
Helyesbítés: a nyugati rakpartról volt szó.
Erată: era vorba de cheiul de vest.
Διόρθωση: ήταν η δυτική προβλήτα.
Düzeltme: batı rıhtımıydı.
Исправление: это был западный причал.
Від редакції: це був західний причал.
Ispravak: radilo se o zapadnom gatu.
Ralat: ia adalah dermaga barat.
Đính chính: đó là cầu cảng phía tây.
訂正：西岸壁の誤りでした。
更正：应为西码头。
정정: 서쪽 부두입니다.
تصحيح: كان الرصيف الغربي.
תיקון: מדובר ברציף המערבי.
भूल सुधार: वह पश्चिमी घाट था।""".splitlines()
SENTENCES = """Corrections officers said that the crane was theirs.
Oprava mostu začala v úterý a potrvá do jara.
Korrektur der Preise nach unten, sagen die Händler.
Erratum is a word that nobody on the board could spell.
The article was found in a drawer.
Uprava luke nije odgovorila.
Correctional staff met: nobody came.""".splitlines()


@pytest.mark.parametrize("text", CORRECTIONS)
def test_corrections_in_many_languages(text: str) -> None:
    """They are told by how they begin."""
    assert is_correction(text)


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_that_are_no_corrections(text: str) -> None:
    """A word that may stand for a correction is none without its colon."""
    assert not is_correction(text)


@pytest.mark.parametrize("text", ["Correction", "Berichtigung:", "Fe de errores", "訂正", "Editor's note"])
def test_labels_alone(text: str) -> None:
    """A heading that says nothing else stands above a correction."""
    assert is_correction_label(text)
    assert not is_correction_label(f"{text} of the board, and more")


@pytest.mark.parametrize("heading", ["<h3>Berichtigung</h3>", "<h4>Rectificatif</h4>"])
def test_the_note_under_a_heading(heading: str) -> None:
    """It is a correction, though it does not say so itself."""
    main = main_text(page(story(below=f"{heading}<p>Es war der Westkai und nicht der Ostkai.</p>")))
    assert main is not None

    assert [block.text for block in main.blocks if block.kind == "correction"] == [
        "Es war der Westkai und nicht der Ostkai."
    ]


NOTES = (
    "<div class=foot><p>Rättelse: Det var den västra kajen, inte den östra.</p></div>",
    '<aside class="correction"><p>It was the western quay, not the eastern one.</p></aside>',
    "<p>Correction: it was the western quay, not the eastern one.</p>",
)


@pytest.mark.parametrize("note", NOTES)
def test_notes_behind_the_container(note: str) -> None:
    """A correction is read though it stands beside the text's own element."""
    text = "".join(
        f"<p>The harbour board met on day {day} to hear what the dredging has cost so far.</p>" for day in range(9)
    )
    main = main_text(
        page(f"<div><h1>Cranes</h1></div><div><div class=body>{text}</div>{note}<div><p>{text}</p></div></div>")
    )
    assert main is not None

    assert [block.kind for block in main.blocks].count("correction") == 1


def test_a_link_to_the_corrections_page_is_none() -> None:
    """It leads elsewhere."""
    main = main_text(page(story(below='<div class="corrections"><a href=/c>Corrections and clarifications</a></div>')))
    assert main is not None

    assert "correction" not in [block.kind for block in main.blocks]


def test_announcements_and_marks() -> None:
    """What leads to other stories, and what says nothing."""
    assert all(map(announces, ("Read more:", "Lesen Sie auch", "Czytaj więcej", "→ Lee también", "関連記事")))
    assert not any(map(announces, ("Readers wrote to us.", "Relatedly, he left.", "Lire est un plaisir.")))
    assert all(map(says_nothing, ("Anzeige", "— Advertisement —", "23 comments", "***", "Реклама")))
    assert not any(map(says_nothing, ("Anzeigen gab es keine.", "23 cranes")))
