"""Names of persons and bodies."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.agencies import is_agency, is_body
from archivist.extract.names import MAX_NAME, MAX_NAMES, is_person, organisation_or_none, split_names

BYLINES = {
    "By Mara Quill": ("Mara Quill",),
    "Von Mara Quill": ("Mara Quill",),
    "Par Mara Quill": ("Mara Quill",),
    "Autor: Mara Quill": ("Mara Quill",),
    "Written by Mara Quill": ("Mara Quill",),
    "Mara Quill and Jo Finch": ("Mara Quill", "Jo Finch"),
    "Mara Quill, Jo Finch and Ada Brook": ("Mara Quill", "Jo Finch", "Ada Brook"),
    "Mara Quill und Jo Finch, Nairobi": ("Mara Quill", "Jo Finch"),
    "Mara Quill og Jo Finch": ("Mara Quill", "Jo Finch"),
    "Mara Quill | Jo Finch": ("Mara Quill", "Jo Finch"),
    "Mara Quill, Associated Press": ("Mara Quill",),
    "Mara Quill in Saltmere": ("Mara Quill",),
    "Dr. Mara Quill": ("Mara Quill",),
    "Mara Quill Staff Writer": ("Mara Quill",),
    "Quill, Mara": ("Mara Quill",),
    "MARA QUILL": ("MARA QUILL",),
    "Jean-Luc O’Brien": ("Jean-Luc O’Brien",),
    "Ursula von der Leyen": ("Ursula von der Leyen",),
    "J.R. Quill": ("J.R. Quill",),
    "Mara Quill mara@courier.example": ("Mara Quill",),
    "Mara Quill @maraquill": ("Mara Quill",),
    "Mara Quill and Mara Quill": ("Mara Quill",),
    "山田太郎": ("山田太郎",),
    "홍길동 기자": ("홍길동",),
    "Reuters": (),
    "Staff": (),
    "The Courier News": (),
    "Read more": (),
    "5 min read": (),
    "November 17, 2026": (),
    "mara quill": (),
    "Eddie": (),
    "": (),
}

WORLD = {
    "By Mara Quill, Chief Political Correspondent": ("Mara Quill",),
    "By Mara Quill Chief Political Correspondent": ("Mara Quill",),
    "Staff Writer Mara Quill": ("Mara Quill",),
    "By Mara Quill in Berlin and Jo Finch in New York": ("Mara Quill", "Jo Finch"),
    "By Mara Quill, Jo Finch and Ada Brook": ("Mara Quill", "Jo Finch", "Ada Brook"),
    "By MARA QUILL AND JO FINCH": ("MARA QUILL", "JO FINCH"),
    "Mara Quill; Jo Finch": ("Mara Quill", "Jo Finch"),
    "Quill, Mara; Finch, Jo": ("Mara Quill", "Jo Finch"),
    "Mara Quill/Reuters": ("Mara Quill",),
    "Mara Quill (Reuters)": ("Mara Quill",),
    "Mara Quill, New York": ("Mara Quill",),
    "Text: Mara Quill Fotos: Jo Finch": ("Mara Quill",),
    "Text: Mara Quill, Fotos: Jo Finch": ("Mara Quill",),
    "Mara Quill y Jo Finch (fotos)": ("Mara Quill",),
    "Photos by Mara Quill": (),
    "Edited by Mara Quill": (),
    "Editor: Mara Quill": (),
    "Ein Kommentar von Mara Quill": ("Mara Quill",),
    "Eine Analyse von Mara Quill und Jo Finch": ("Mara Quill", "Jo Finch"),
    "Von Mara Quill, dpa": ("Mara Quill",),
    "Von Mara Quill für DIE ZEIT": ("Mara Quill",),
    "Von DPA": (),
    "Von unserem Redakteur Max Feder": ("Max Feder",),
    "dpa/Mara Quill": ("Mara Quill",),
    "Mara Quill, Redakteurin": ("Mara Quill",),
    "Par Mara Quill avec AFP": ("Mara Quill",),
    "Par Mara Quill et Jo Finch": ("Mara Quill", "Jo Finch"),
    "Propos recueillis par Mara Quill": ("Mara Quill",),
    "Par Mara Quill, envoyée spéciale à Brest": ("Mara Quill",),
    "Por Mara Quill y Jo Finch": ("Mara Quill", "Jo Finch"),
    "José Ortega y Gasset": ("José Ortega y Gasset",),
    "Por María de la Cruz": ("María de la Cruz",),
    "di Luca Neri e Anna Rossi": ("Luca Neri", "Anna Rossi"),
    "a cura di Luca Neri": ("Luca Neri",),
    "dal nostro inviato LUCA NERI": ("LUCA NERI",),
    "Door Jan van der Berg en Piet de Vries": ("Jan van der Berg", "Piet de Vries"),
    "Av Per Olsson": ("Per Olsson",),
    "Per Olsson": ("Per Olsson",),
    "Text: Anna Lind och Erik Berg": ("Anna Lind", "Erik Berg"),
    "Af Søren Holm og Mette Krog": ("Søren Holm", "Mette Krog"),
    "Skrevet av Ola Nordmann": ("Ola Nordmann",),
    "Ola Nordmann i Oslo": ("Ola Nordmann",),
    "Kirjoittaja: Matti Virta ja Liisa Koski": ("Matti Virta", "Liisa Koski"),
    "Eftir Jón Jónsson": ("Jón Jónsson",),
    "Autor: Jan Kowal i Anna Nowa": ("Jan Kowal", "Anna Nowa"),
    "Oprac. Jan Kowal": ("Jan Kowal",),
    "Jan Kowal z Warszawy": ("Jan Kowal",),
    "Napsal Petr Dub a Jana Malá": ("Petr Dub", "Jana Malá"),
    "Autor: Ján Dub": ("Ján Dub",),
    "Szerző: Kis Anna és Nagy Pál": ("Kis Anna", "Nagy Pál"),
    "Írta: Kis Anna": ("Kis Anna",),
    "De Ion Pop și Ana Rus": ("Ion Pop", "Ana Rus"),
    "Piše: Ivan Horvat": ("Ivan Horvat",),
    "Avtor: Janez Novak": ("Janez Novak",),
    "Автор: Иван Петров и Анна Белова": ("Иван Петров", "Анна Белова"),
    "Текст: Иван Петров": ("Иван Петров",),
    "Автор: Оксана Гай та Іван Лис": ("Оксана Гай", "Іван Лис"),
    "Пише: Марко Јовић": ("Марко Јовић",),
    "От Иван Петров": ("Иван Петров",),
    "Συντάκτης: Γιώργος Νίκου": ("Γιώργος Νίκου",),
    "Του Γιώργου Νίκου και της Άννας Λία": ("Γιώργου Νίκου", "Άννας Λία"),
    "Yazar: Ayşe Kaya": ("Ayşe Kaya",),
    "Haber: Ayşe Kaya ve Ali Demir": ("Ayşe Kaya", "Ali Demir"),
    "Oleh: Budi Santoso": ("Budi Santoso",),
    "Penulis: Budi Santoso dan Siti Aminah": ("Budi Santoso", "Siti Aminah"),
    "Tác giả: Nguyễn Văn An": ("Nguyễn Văn An",),
    "โดย สมชาย ใจดี": ("สมชาย ใจดี",),
    "بقلم: محمد علي": ("محمد علي",),
    "كتب محمد علي وأحمد حسن": ("محمد علي", "أحمد حسن"),
    "מאת: דני כהן": ("דני כהן",),
    "דני כהן ויוסי לוי": ("דני כהן", "יוסי לוי"),
    "राम शर्मा द्वारा": ("राम शर्मा",),
    "द्वारा राम शर्मा": ("राम शर्मा",),
    "रिपोर्ट: राम शर्मा": ("राम शर्मा",),
    "Autorius: Jonas Kazys": ("Jonas Kazys",),
    "Autori: Anna Liepa un Jānis Ozols": ("Anna Liepa", "Jānis Ozols"),
    "Autor: Mari Tamm ja Jaan Kask": ("Mari Tamm", "Jaan Kask"),
    "Nga Arben Hoxha dhe Mira Leka": ("Arben Hoxha", "Mira Leka"),
    "Deur Pieter Nel": ("Pieter Nel",),
    "ni Juan Cruz": ("Juan Cruz",),
    "Jean-Luc d'Arc": ("Jean-Luc d'Arc",),
    "Síle O’Brien": ("Síle O’Brien",),
    "Ahmad bin Yusof": ("Ahmad bin Yusof",),
    "Omar al-Bashir": ("Omar al-Bashir",),
    "J. R. R. Quill": ("J. R. R. Quill",),
    "J.K. Quill": ("J.K. Quill",),
    "Martin Luther Quill Jr.": ("Martin Luther Quill Jr",),
    "(lby)": (),
    "lby": (),
    "Le Monde": (),
    "La Nación": (),
    "Der Spiegel": (),
    "El País": (),
    "www.facebook.com/maraquill": (),
    "facebook.com/maraquill": (),
    "https://www.facebook.com/maraquill": (),
    "@maraquill": (),
    "Mara Quill May 3, 2026": ("Mara Quill",),
    "Mara Quill 3 May 2026": ("Mara Quill",),
    "Mara Quill před 2 hodinami": ("Mara Quill",),
    "Sarah Murray February 9 2016": ("Sarah Murray",),
    "April May": ("April May",),
    "Read More": (),
    "Share Article": (),
    "Bill MCCARTHY": ("Bill MCCARTHY",),
    "By Mara Quill Follow @mq": ("Mara Quill",),
    "By Mara Quill and Reuters staff": ("Mara Quill",),
    "Von Mara Quill und den Agenturen": ("Mara Quill",),
    "By Associated Press": (),
    "Mara Quill with Jo Finch": ("Mara Quill", "Jo Finch"),
    "Mara Quill – Courier News": ("Mara Quill",),
    "Mara Quill • 5 min read": ("Mara Quill",),
    "Words by Mara Quill": ("Mara Quill",),
    "A column by Mara Quill": ("Mara Quill",),
    "Reported by: Mara Quill": ("Mara Quill",),
    "Posted by Mara Quill on June 3": ("Mara Quill",),
    "Prof. Dr. Mara Quill": ("Mara Quill",),
    "Mara Quill PhD": ("Mara Quill PhD",),
    "Jan Smit, correspondent": ("Jan Smit",),
    "Mara Quill is a reporter at the Courier": ("Mara Quill",),
    "Lrt.lt": (),
    "Mara Quill, Mykolo Romerio universiteto profesorius": ("Mara Quill",),
    "By Mara Quill for The Courier": ("Mara Quill",),
    "Mara Quill The Courier": ("Mara Quill",),
    "Por Redacción": (),
    "Redacción Courier": (),
    "Redaktion": (),
    "The Courier": (),
    "Admin": (),
    "By Mara Quill BBC News": ("Mara Quill",),
    "By Mara Quill, BBC News, Nairobi": ("Mara Quill",),
    "Written by Mara Quill Edited by Jo Finch": ("Mara Quill",),
    "Von Anna Feder, Washington": ("Anna Feder",),
    "Nguyen Thi Lan": ("Nguyen Thi Lan",),
    "أحمد حسن - القاهرة": ("أحمد حسن",),
}
"""In the languages and manners of newspapers."""


@pytest.mark.parametrize(("text", "names"), [*BYLINES.items(), *WORLD.items()], ids=range(len(BYLINES) + len(WORLD)))
def test_bylines_are_split(text: str, names: tuple[str, ...]) -> None:
    """Labels, roles, places and addresses fall away; bodies are no persons."""
    assert names == split_names(text)


NAMES = (
    "Xi Jinping",
    "Yo-Yo Ma",
    "María José Pérez de Ayala",
    "Sigurður Ingi Jóhannsson",
    "Øyvind Ås",
    "Çağla Ünal",
    "İbrahim Iğdır",
    "Đỗ Minh",
    "Nguyễn Thị Minh Khai",
    "Abd al-Rahman al-Rashed",
    "K. C. Venu",
    "P Chidam",
    "N'Golo Kant",
    "Ta-Nehisi Coat",
    "Mary-Kate O'Hara-Smith",
    "June Park",
    "April O'Neil",
    "August Wilson",
    "Glenn Close",
    "Min Jin Lee",
    "Louise Story",
    "Jennifer Senior",
    "Per Anders Olsson",
    "Juan dela Cruz",
    "Jonathan Lees",
    "Siobhán Ní Bhriain",
    "Gearóid Ó Sé",
    "Karl-Theodor zu Guttenberg",
    "Владимир Иванов-Петров",
    "Олександр М’ята",
    "Γιάννης Παπαδόπουλος",
    "გიორგი ბერიძე",
    "Արամ Սարգսյան",
    "عبد الله الشامي",
    "דוד בן גוריון",
    "सुनील कुमार सिंह",
    "রহিম উদ্দিন",
    "முகமது அலி",
    "สุชาติ ใจดี",
    "Mara Quill-Finch III",
    "Vincent van Gogh",
    "M. Night Shyam",
)


@pytest.mark.parametrize("name", ["محمد علی\u200cزاده", "അനിത നായര്\u200d", "राहुल शर्मा"])
def test_signs_and_joiners_are_parts_of_letters(name: str) -> None:
    """Persian and Indian names have them in the middle of words."""
    assert is_person(name)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_names_stay_whole(name: str) -> None:
    """Whatever a name has in common with a role, a month, a button or a label."""
    assert (name,) == split_names(name)


def test_one_word_is_enough_where_the_place_is_certain() -> None:
    """A node typed Person may have one name."""
    assert ("Eddie",) == split_names("Eddie", is_certain=True)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Reuters", "Reuters"),
        ("By Associated Press", "Associated Press"),
        ("Courier Staff", "Courier Staff"),
        ("Mara Quill", None),
        ("Reuters and Mara Quill", None),
        ("", None),
    ],
)
def test_bodies(text: str, body: str | None) -> None:
    """Agencies and newsrooms are bodies, lists of names are none."""
    assert body == organisation_or_none(text)


def test_agencies_are_whole_names() -> None:
    """Case and punctuation do not matter, other words do."""
    assert [True, True, True, False] == [is_agency(text) for text in ("AP", "(reuters)", "AP Photo", "AP Quill")]
    assert [True, False] == [is_body(text) for text in ("Saltmere Daily", "Mara Quill")]


def test_bounds() -> None:
    """Long names and lists are cut."""
    many = " and ".join(f"Mara Q{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")

    assert len(split_names(many)) <= MAX_NAMES
    assert not is_person("Mara " + "Q" * MAX_NAME)


@given(st.text(max_size=500))
def test_any_text_gives_persons_or_none(text: str) -> None:
    """Nothing raises; names are short, tidy, and each there once."""
    names = split_names(text)

    assert len(names) == len(set(names)) <= MAX_NAMES
    assert all(name == name.strip() and 0 < len(name) <= MAX_NAME for name in names)


@pytest.mark.parametrize("text", ["By " * 50_000, "a@" * 50_000, "(" * 100_000, " and" * 50_000])
def test_long_texts_take_no_time(text: str) -> None:
    """Only the beginning is looked at."""
    start = time.process_time()
    split_names(text)

    assert time.process_time() - start < 1


def test_tim_is_a_person() -> None:
    """A word that names newsrooms in one language is a first name in others."""
    assert is_person("Tim Berger")
    assert is_person("Tim van der Berg")
