"""Lines that say when, in the words of many languages."""

from __future__ import annotations

import pytest

from archivist.extract.date_labels import begins_with_label, labels_in
from archivist.extract.date_lines import read_line
from archivist.extract.writing import legible

UPDATED = """Updated: 17 November|Last modified on|Zuletzt geändert am|Aktualisiert 17.11.|Stand: 17.11.
Mis à jour le|Actualizado a las|Última actualización:|Atualizado em|Ultimo aggiornamento
Bijgewerkt op|Senast uppdaterad|Sist oppdatert|Sidst opdateret|Päivitetty 17.11.|Uuendatud
Atnaujinta 2026|Atjaunots|Zaktualizowano|Naposledy aktualizováno|Aktualizované|Frissítve:
Ultima actualizare:|Son güncelleme|Обновлено в|Оновлено:|Актуализирана|Ažurirano|Posodobljeno
Τελευταία ενημέρωση:|آخر تحديث:|به‌روزرسانی:|עודכן ב|अपडेटेड:|সর্বশেষ আপডেট|อัปเดต|Cập nhật lúc
Diperbarui|最后更新|最終更新:|更新時間|최종수정|수정 2026""".replace("\n", "|").split("|")

PUBLISHED = """Published 17 November|Posted on|First published|Veröffentlicht am|Erschienen am|Publié le
Publicado el|Publicado em|Pubblicato il|Gepubliceerd op|Publicerad|Publisert|Udgivet
Julkaistu 17.11.|Avaldatud|Paskelbta|Publicēts|Opublikowano|Data publikacji:|Zveřejněno|Megjelent:
Publicat:|Yayınlanma tarihi|Опубликовано|Опубліковано|Публикувана|Objavljeno|Δημοσίευση:|نُشر في
تاريخ النشر|انتشار:|פורסם ב|प्रकाशित:|প্রকাশ:|เผยแพร่|Xuất bản|Diterbitkan|发布时间|發布|公開日|掲載|입력|등록
Birt:|Objavljeno|Objavené? Zverejnené""".replace("\n", "|").split("|")


@pytest.mark.parametrize(
    ("line", "name"), [(line, "updated") for line in UPDATED] + [(line, "published") for line in PUBLISHED]
)
def test_announcing_words(line: str, name: str) -> None:
    """Each language has its words, and the first of a line is the one that says which date follows."""
    assert [name] == [label.field for label in labels_in(legible(line))][:1]


def test_words_inside_words_announce_nothing() -> None:
    """Erstveröffentlichung is another publication, Standard no "Stand"."""
    assert [] == list(labels_in("Erstveröffentlichung: 4.4.2018"))
    assert not begins_with_label("Standard procedure")
    assert not begins_with_label("")
    assert begins_with_label("\n  (Last updated 17 November")


def test_may_is_no_update() -> None:
    """The month of May in Danish, Polish and Swedish is what French writes for an update, "maj"."""
    assert [] == list(labels_in("12. maj 2026 kl. 14.35"))
    assert [] == list(labels_in("den 3 maj 2026"))
    assert ["updated"] == [label.field for label in labels_in("MAJ le 12/05/2026")]


def test_a_name_before_the_date_marks_a_line() -> None:
    """Between name and date stand a dash or a comma; another text there is a sentence."""
    dates = [
        list(read_line("", line, language="en", known=(), is_strict=True))
        for line in (
            "Mara Quill — 12 May 2026",
            "Nobody looked at the cranes on the western quay before that day — 12 May 2026",
        )
    ]

    assert [1, 0] == list(map(len, dates))


LINES: dict[tuple[str, str], list[tuple[str | None, str]]] = {
    ("17 November 2026", "en"): [(None, "2026-11-17")],
    ("Updated:", "en"): [],
    ("Updated: 0:00", "en"): [],
    ("Updated [hour]:[minute] [AMPM] {{date}}", "en"): [],
    ("17 November 2026 | Updated:", "en"): [(None, "2026-11-17")],
    ("Publikacja: 19.04.2026 19:05 Aktualizacja: 20.04.2026 7:45", "pl"): [
        ("published", "2026-04-19T19:05"),
        ("updated", "2026-04-20T07:45"),
    ],
    ("Aktualisiert am 20.04.2026, 7.45 Uhr, veröffentlicht am 19.04.2026, 19.05 Uhr", "de"): [
        ("updated", "2026-04-20T07:45"),
        ("published", "2026-04-19T19:05"),
    ],
    ("November 18, 2026 at 2:26 PM - Updated November 19, 2026 at 4:46 PM HST", "en"): [
        (None, "2026-11-18T14:26-10:00"),
        ("updated", "2026-11-19T16:46-10:00"),
    ],
    ("Veröffentlicht am 05.01.2026 um 10:15 Uhr, aktualisiert um 12:00 Uhr", "de"): [
        ("published", "2026-01-05T10:15"),
        ("updated", "2026-01-05T12:00"),
    ],
    ("5.5.2026 klo 10:15 (muokattu klo 11:42)", "fi"): [(None, "2026-05-05T10:15"), ("updated", "2026-05-05T11:42")],
    ("2026/5/5 10:15（2026/5/6 11:42 更新）", "ja"): [(None, "2026-05-05T10:15"), ("updated", "2026-05-06T11:42")],
    ("5 maggio 2026 (corretto il 6 maggio 2026 alle 11:42)", "it"): [(None, "2026-05-05")],
    ("Published 05/08/2026 - 10:15 GMT+2•Updated 11:42", "fr"): [
        ("published", "2026-08-05T10:15+02:00"),
        ("updated", "2026-08-05T11:42+02:00"),
    ],
    ("Jan. 5, 2026Updated: Jan. 6, 2026 9:07 a.m.", "en"): [(None, "2026-01-05"), ("updated", "2026-01-06T09:07")],
    ("Publié le 18 juil. 2026 à 08:01Mis à jour le 18 juil. à 09:06", "fr"): [
        ("published", "2026-07-18T08:01"),
        ("updated", "2026-07-18T09:06"),
    ],
    ("2026年4月24日 18:00 公開 2026年4月25日 9:00 更新", "ja"): [
        ("published", "2026-04-24T18:00"),
        ("updated", "2026-04-25T09:00"),
    ],
    ("입력 2026.04.24. 오후 8:06 수정 2026.04.25. 오전 9:06", "ko"): [
        ("published", "2026-04-24T20:06"),
        ("updated", "2026-04-25T09:06"),
    ],
    ("نُشر في: ٢٤ أبريل ٢٠٢٦ ٨:٠٦ م - آخر تحديث: ٢٥ أبريل ٢٠٢٦ ٩:٠٦ ص", "ar"): [
        ("published", "2026-04-24T20:06"),
        ("updated", "2026-04-25T09:06"),
    ],
    ("เผยแพร่: 24 เม.ย. 2569 18:06 ปรับปรุง: 25 เม.ย. 2569 09:06", "th"): [
        ("published", "2026-04-24T18:06"),
        ("updated", "2026-04-25T09:06"),
    ],
}


@pytest.mark.parametrize(("case", "dates"), LINES.items(), ids=range(len(LINES)))
def test_lines_are_taken_apart(case: tuple[str, str], dates: list[tuple[str | None, str]]) -> None:
    """Each date goes to the word that announces it; an announcement without date is nothing."""
    text, language = case

    assert dates == [(said.field, said.value) for said in read_line("", text, language=language, known=())]


def test_a_line_without_day_takes_it_from_what_is_known() -> None:
    """Announced, a clock or a day without year is enough; not announced, only a day with a clock in the head."""
    known = ["2026-11-17T08:00"]

    def read(text: str, *, is_head: bool = True) -> list[str]:
        return [said.value for said in read_line("", text, language="sv", known=known, is_head=is_head)]

    assert ["2026-11-17T12:17"] == read("Uppdaterad kl 12.17")
    assert ["2026-11-18"] == read("Uppdaterad 18 november")
    assert ["2026-11-18T12:17"] == read("18 november 12:17")
    assert [] == read("18 november 12:17", is_head=False)
    assert [] == read("12:17")
    assert [] == read("Uppdaterad för 5 minuter sedan")
    assert [] == read("Uppdaterad idag 12:17")


def test_a_line_without_mark_says_hardly_anything_else() -> None:
    """A sentence with a date is none, whether it begins with an announcing word or not."""

    def read(text: str) -> int:
        return len(list(read_line("", text, language="en", known=(), is_strict=True)))

    assert read("Oslo, 17 November 2026") == 1
    assert read("Published by Mara Quill on 17 November 2026") == 1
    assert read("The harbour board met on 17 November 2026") == 0
    assert read("Published in May 2026, the report of the harbour board was soon forgotten by everybody") == 0


def test_words_before_the_line_announce_it() -> None:
    """A label in the element before counts where the line has none."""
    found = list(read_line("Last updated", "17 November 2026", language="en", known=()))

    assert [("updated", "2026-11-17")] == [(said.field, said.value) for said in found]
