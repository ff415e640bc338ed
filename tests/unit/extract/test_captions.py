"""Captions, and the credits at their ends."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.extract.captions import split_caption, without_stamps

SPLITS = {
    "The quay. Photo: Jo Finch": ("The quay.", "Photo: Jo Finch"),
    "Der Kai. Foto: Jo Finch/dpa": ("Der Kai.", "Foto: Jo Finch/dpa"),
    "Der Kai. Bild: Jo Finch": ("Der Kai.", "Bild: Jo Finch"),
    "Der Kai | Bildquelle: dpa": ("Der Kai", "Bildquelle: dpa"),
    "Le quai. Crédit photo : Jo Finch": ("Le quai.", "Crédit photo : Jo Finch"),
    "El muelle. Fuente: EFE": ("El muelle.", "Fuente: EFE"),
    "Il molo. Immagine: ANSA": ("Il molo.", "Immagine: ANSA"),
    "De kade. Beeld: Jo Finch": ("De kade.", "Beeld: Jo Finch"),
    "Laituri. Kuva: Jo Finch": ("Laituri.", "Kuva: Jo Finch"),
    "Nabrzeże. Fot. Jo Finch": ("Nabrzeże.", "Fot. Jo Finch"),
    "Nabrzeże w południe Fot. Jo Finch / PAP": ("Nabrzeże w południe", "Fot. Jo Finch / PAP"),
    "De kade. Beeld ANP / Jo Finch": ("De kade.", "Beeld ANP / Jo Finch"),
    "Molo v poledne | foto: Jo Finch, Kurýr": ("Molo v poledne", "foto: Jo Finch, Kurýr"),
    "A kikötő délben (Fotó: Finch Jo / MTI)": ("A kikötő délben", "Fotó: Finch Jo / MTI"),
    "Portul. Sursa foto: Inquam Photos / Jo Finch": ("Portul.", "Sursa foto: Inquam Photos / Jo Finch"),
    "Krantinė / J. Žuvėdra / Kurjerio nuotr.": ("Krantinė", "J. Žuvėdra / Kurjerio nuotr."),
    "Bryggjan. Ljósmynd/Jo Finch": ("Bryggjan.", "Ljósmynd/Jo Finch"),
    "Το λιμάνι (φωτ. ΑΠΕ-ΜΠΕ)": ("Το λιμάνι", "φωτ. ΑΠΕ-ΜΠΕ"),
    "Dermaga. (ANTARA FOTO/Jo Finch/rwa.)": ("Dermaga.", "ANTARA FOTO/Jo Finch/rwa."),
    "Dermaga(KOMPAS.com/JO FINCH)": ("Dermaga", "KOMPAS.com/JO FINCH"),
    "O cais — Foto: Jo Finch/TV Globo": ("O cais", "Foto: Jo Finch/TV Globo"),
    "O cais - Jo Finch - 5.mai.24/Folhapress": ("O cais", "Jo Finch - 5.mai.24/Folhapress"),
    "El muelle. Cedida": ("El muelle.", "Cedida"),
    "الميناء (رويترز)": ("الميناء", "رويترز"),
    "الميناء. تصوير: رويترز": ("الميناء.", "تصوير: رويترز"),
    "הנמל (צילום: רויטרס)": ("הנמל", "צילום: רויטרס"),
    "बंदरगाह | फोटो: पीटीआई": ("बंदरगाह", "फोटो: पीटीआई"),
    "বন্দর। ছবি: রয়টার্স": ("বন্দর।", "ছবি: রয়টার্স"),
    "ท่าเรือ ภาพจาก AFP": ("ท่าเรือ", "ภาพจาก AFP"),
    "岸壁の起重機（Ｃ）共同通信社": ("岸壁の起重機", "（Ｃ）共同通信社"),
    "岸壁＝東京都中央区で5月1日、山田太郎撮影": ("岸壁＝東京都中央区で5月1日", "山田太郎撮影"),
    "岸壁＝ＡＰ": ("岸壁", "ＡＰ"),
    "码头现场。（新华社记者 李明 摄）": ("码头现场。", "新华社记者 李明 摄"),
    "碼頭現場。圖／路透社": ("碼頭現場。", "圖／路透社"),
    "부두에 멈춘 크레인. (사진=연합뉴스)": ("부두에 멈춘 크레인.", "사진=연합뉴스"),
    "부두에 멈춘 크레인 /연합뉴스": ("부두에 멈춘 크레인", "연합뉴스"),
    "Набережная. Фото: ТАСС": ("Набережная.", "Фото: ТАСС"),
    "Rıhtım. Fotoğraf: Jo Finch": ("Rıhtım.", "Fotoğraf: Jo Finch"),
    "Bến cảng. Ảnh: Jo Finch": ("Bến cảng.", "Ảnh: Jo Finch"),
    "岸壁。 写真：共同通信": ("岸壁。", "写真：共同通信"),
    "The quay. © Jo Finch": ("The quay.", "© Jo Finch"),
    "The quay. Photograph by Jo Finch": ("The quay.", "Photograph by Jo Finch"),
    "The quay. (AP Photo/Jo Finch)": ("The quay.", "AP Photo/Jo Finch"),
    "The quay (Photo: Jo Finch)": ("The quay", "Photo: Jo Finch"),
    "The quay on June 5, 2020. Jo Finch/Reuters": ("The quay on June 5, 2020.", "Jo Finch/Reuters"),
    "The quay on June 5, 2020. Jo Finch / AFP via Getty Images": (
        "The quay on June 5, 2020.",
        "Jo Finch / AFP via Getty Images",
    ),
    "The quay | Getty Images": ("The quay", "Getty Images"),
    "The quay / Jo Finch": ("The quay", "Jo Finch"),
    "Getty Images": ("", "Getty Images"),
    "Photo: Jo Finch": ("", "Photo: Jo Finch"),
    "Jo Finch (right) beside the mayor": ("Jo Finch (right) beside the mayor", ""),
    "The old quay (Saltmere)": ("The old quay (Saltmere)", ""),
    "The quay in May. It has since been closed.": ("The quay in May. It has since been closed.", ""),
    "Image: the mayor has agreed a deal to become the manager of the port of Saltmere": (
        "the mayor has agreed a deal to become the manager of the port of Saltmere",
        "",
    ),
    "Подпись к фото, Порт днём.": ("Порт днём.", ""),
    "Автор фото, Getty Images": ("", "Автор фото, Getty Images"),
    "The quay. (Express photo by Jo Finch)": ("The quay.", "Express photo by Jo Finch"),
    "The quay. (Supplied: Harbour Board)": ("The quay.", "Supplied: Harbour Board"),
    "The quay. (ABC News: Jo Finch)": ("The quay.", "ABC News: Jo Finch"),
    "The quay. (News file photo)": ("The quay.", "News file photo"),
    "The quay. (Jo Finch)": ("The quay.", "Jo Finch"),
    "The quay. Jo Finch / Special to The Courier": ("The quay.", "Jo Finch / Special to The Courier"),
    "The quay. Credit...Jo Finch for The Courier": ("The quay.", "Credit...Jo Finch for The Courier"),
    "The quay. UN Photo / Jo Finch": ("The quay.", "UN Photo / Jo Finch"),
    "(The Courier)": ("", "The Courier"),
    "The head of the Harbour Press Agency (HPA)": ("The head of the Harbour Press Agency (HPA)", ""),
    "A map: Saltmere harbour": ("A map: Saltmere harbour", ""),
    "He takes a photo, Saltmere": ("He takes a photo, Saltmere", ""),
    "Mara Quill - mayor of Saltmere": ("Mara Quill - mayor of Saltmere", ""),
    "Der Kai (Symbolbild)": ("Der Kai (Symbolbild)", ""),
    "Silver in Tokyo / Paris": ("Silver in Tokyo / Paris", ""),
    "": ("", ""),
}


@pytest.mark.parametrize(("text", "parts"), SPLITS.items(), ids=range(len(SPLITS)))
def test_credits_are_split_off_captions(text: str, parts: tuple[str, str]) -> None:
    """A credit is told by label, agency or slash; brackets and last sentences alone are none."""
    assert parts == split_caption(text)


def test_the_alternative_text_tells_where_a_caption_ends() -> None:
    """A name in the caption is no photographer's where the image is called by it."""
    text = "Mara Quill / J. Finch / Kurjerio nuotr."

    assert ("Mara Quill", "J. Finch / Kurjerio nuotr.") == split_caption(text, alt="Mara Quill")


@pytest.mark.parametrize(
    "text",
    [
        "The quay at noon. Read more",
        "The quay at noon. hide caption toggle caption",
        "3 of 12 | The quay at noon.",
        "[1/2]The quay at noon. Purchase Licensing Rights , opens new tab",
        "The quay at noon. Les mer",
    ],
)
def test_buttons_are_no_part_of_a_caption(text: str) -> None:
    """What a page's buttons and counters say is left out."""
    assert without_stamps(text).rstrip(".") == "The quay at noon"


@given(st.text(max_size=400))
def test_nothing_is_made_up(text: str) -> None:
    """Caption and credit stand in the text."""
    caption, credit = split_caption(text)

    assert caption in text
    assert credit in text


@pytest.mark.parametrize("text", ["(" * 50_000, "Foto: " * 20_000, ". A" * 30_000, " / " * 30_000, "by " * 30_000])
def test_long_captions_take_no_time(text: str) -> None:
    """Only the end is looked at."""
    start = time.process_time()
    split_caption(text)
    without_stamps(text)

    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("港务局工作人员查看旧码头 林晓舟 摄", "港务局工作人员查看旧码头", "林晓舟 摄"),
        ("港务局工作人员查看旧码头 本报记者 林晓舟 摄", "港务局工作人员查看旧码头", "本报记者 林晓舟 摄"),
        ("港務局人員查看舊碼頭 林曉舟攝", "港務局人員查看舊碼頭", "林曉舟攝"),
        ("新华社记者 林晓舟 摄", "", "新华社记者 林晓舟 摄"),
        ("静かな西岸壁＝14日、潮見市 水野葵撮影", "静かな西岸壁＝14日、潮見市", "水野葵撮影"),
    ],
)
def test_a_blank_before_the_photographer(text: str, caption: str, credit: str) -> None:
    """As newspapers of China and Japan set them, without any sign."""
    assert split_caption(text) == (caption, credit)


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        (
            "Foto de familia de la reunión de la junta del puerto. EFE/ Marta Solís",
            "Foto de familia de la reunión de la junta del puerto.",
            "EFE/ Marta Solís",
        ),
        ("El muelle al mediodía. Foto de Marta Solís", "El muelle al mediodía.", "Foto de Marta Solís"),
        ("The quay at noon. Photo: courtesy of the friends of the old harbour museum", "The quay at noon.", "Photo:"),
    ],
)
def test_a_picture_of_something_is_no_credit(text: str, caption: str, credit: str) -> None:
    """After the label stands a name, not what the picture shows."""
    said = split_caption(text)

    assert said[0] == caption
    assert said[1].startswith(credit)
