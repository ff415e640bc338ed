"""Those who are thanked for their help."""

from __future__ import annotations

import time

import pytest

from archivist.extract.main_text import main_text
from archivist.extract.thanks import thanked, thanks_claims, without_thanks
from tests.unit.extract.pages import page, pairs, story

THANKS = {
    "Piers Quillon contributed to this report.": ["Piers Quillon"],
    "Piers Quillon contributed reporting.": ["Piers Quillon"],
    "Piers Quillon contributed.": ["Piers Quillon"],
    "Piers Quillon also contributed to this story.": ["Piers Quillon"],
    "Mara Quill reported from Paris. Piers Quillon and Ada Brook in Brest contributed reporting.": [
        "Piers Quillon",
        "Ada Brook",
    ],
    "Additional reporting by Piers Quillon and Ada Brook in New York.": ["Piers Quillon", "Ada Brook"],
    "Additional reporting: Piers Quillon": ["Piers Quillon"],
    "With reporting by Piers Quillon": ["Piers Quillon"],
    "With files from Piers Quillon": ["Piers Quillon"],
    "With files from The Canadian Press": [],
    "Reporting by Piers Quillon in Brest; Additional reporting by Ada Brook; Editing by Jo Finch": [
        "Piers Quillon",
        "Ada Brook",
    ],
    "Mitarbeit: Piers Quillon, Ada Brook": ["Piers Quillon", "Ada Brook"],
    "Unter Mitarbeit von Piers Quillon": ["Piers Quillon"],
    "Piers Quillon und Ada Brook haben an diesem Artikel mitgearbeitet.": ["Piers Quillon", "Ada Brook"],
    "Mit Material von dpa": [],
    "Piers Quillon a contribué à cet article.": ["Piers Quillon"],
    "Avec la contribution de Piers Quillon et Ada Brook": ["Piers Quillon", "Ada Brook"],
    "(avec AFP)": [],
    "Con información de Piers Quillon y Ada Brook": ["Piers Quillon", "Ada Brook"],
    "Con información de AFP": [],
    "Con la colaboración de Piers Quillon.": ["Piers Quillon"],
    "Colaboró Piers Quillon": ["Piers Quillon"],
    "Piers Quillon contribuyó a este reportaje.": ["Piers Quillon"],
    "Con la colaboración de Pedro Ruiz el gobierno aprobó la ley de puertos en el Congreso.": [],
    "Hanno collaborato Luca Neri e Anna Rossi": ["Luca Neri", "Anna Rossi"],
    "Con la collaborazione di Luca Neri": ["Luca Neri"],
    "Colaboraram Ana Reis e Rui Paz": ["Ana Reis", "Rui Paz"],
    "Com informações de Rui Paz": ["Rui Paz"],
    "Rui Paz contribuiu para esta reportagem.": ["Rui Paz"],
    "Met medewerking van Jan Smit": ["Jan Smit"],
    "m.m.v. Jan Smit": ["Jan Smit"],
    "Jan Smit werkte mee aan dit artikel.": ["Jan Smit"],
    "Jan Smit heeft bijgedragen aan dit verhaal": ["Jan Smit"],
    "Med bidrag från Erik Berg": ["Erik Berg"],
    "Erik Berg har bidragit till den här artikeln": ["Erik Berg"],
    "Ola Nordmann bidro til denne saken": ["Ola Nordmann"],
    "Søren Holm bidrog til denne artiklen": ["Søren Holm"],
    "Jutun tekoon osallistui Liisa Koski": ["Liisa Koski"],
    "Współpraca: Jan Kowal": ["Jan Kowal"],
    "Spolupracovala Jana Malá": ["Jana Malá"],
    "Na článku spolupracoval Petr Dub": ["Petr Dub"],
    "Közreműködött: Kis Anna": ["Kis Anna"],
    "Cu contribuția lui Ion Pop": ["Ion Pop"],
    "Suradnja: Ivan Horvat": ["Ivan Horvat"],
    "При участии Ивана Петрова": ["Ивана Петрова"],
    "В подготовке материала участвовал Иван Петров": ["Иван Петров"],
    "За участі Оксани Гай": ["Оксани Гай"],
    "Με τη συνεργασία του Γιώργου Νίκου": ["Γιώργου Νίκου"],
    "Katkıda bulunanlar: Ayşe Kaya, Ali Demir": ["Ayşe Kaya", "Ali Demir"],
    "Kontributor: Budi Santoso": ["Budi Santoso"],
    "Với sự đóng góp của Lê Văn An": ["Lê Văn An"],
    "취재 도움: 홍길동": ["홍길동"],
    "王小明对本文亦有贡献": ["王小明"],
    "ساهم في كتابة التقرير: محمد علي": ["محمد علي"],
    "The ferry company contributed to the delay, the mayor said.": [],
    "Rising Rents contributed a lot.": [],
    "Donald Quill contributed to this victory": [],
    "Mayor Ada Brook contributed to the report that the council published in May.": [],
}


@pytest.mark.parametrize(("text", "persons"), THANKS.items(), ids=range(len(THANKS)))
def test_contributors(text: str, persons: list[str]) -> None:
    """Those who are thanked are told; bodies, roles and places fall away, and sentences of the story thank nobody."""
    main = main_text(page(story(below=f"<p>{text}</p>")))
    assert main is not None

    assert [("contributors", person) for person in persons] == pairs(thanks_claims(main))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("By Mara Quill. Additional reporting by Jo Finch.", "By Mara Quill"),
        ("By Mara Quill with additional reporting by Jo Finch", "By Mara Quill"),
        ("Mitarbeit: Jo Finch", ""),
        ("By Mara Quill", "By Mara Quill"),
    ],
)
def test_a_byline_without_thanks(text: str, rest: str) -> None:
    """What is left names the authors."""
    assert rest == without_thanks(text)


def test_the_middle_of_a_text_thanks_nobody() -> None:
    """The line stands at the beginning or the end."""
    filler = "<p>The harbour board met again to hear what the dredging has cost.</p>" * 15
    main = main_text(page(story(below=f"{filler}<p>Additional reporting by Piers Quillon</p>{filler}")))
    assert main is not None

    assert [] == pairs(thanks_claims(main))


@pytest.mark.parametrize("text", ["contributed to " * 30, "Reporting by " * 35, "A. " * 150, " in Brest," * 45])
def test_odd_lines_take_no_time(text: str) -> None:
    """No pattern goes back over what it has seen."""
    start = time.process_time()
    for _ in range(20):
        thanked(text)

    assert time.process_time() - start < 1
