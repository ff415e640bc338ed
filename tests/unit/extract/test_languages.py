"""The language of a text."""

from __future__ import annotations

import time

import pytest

from archivist.extract.common_words import COMMON_WORDS
from archivist.extract.languages import agree, language_claims, language_of
from archivist.extract.main_text import main_text
from tests.unit.extract.pages import page, pairs, read, story

TEXTS = {
    "en": "The harbour board met on Tuesday to hear what the dredging of the western quay has cost so far, "
    "and nobody could say who had signed the second contract, or whether it was ever read by anybody "
    "at all.",
    "de": "Der Hafenrat hat am Dienstag getagt, um zu hören, was die Arbeiten am Westkai bisher gekostet "
    "haben, und niemand konnte sagen, wer den zweiten Vertrag unterschrieben hat oder ob er jemals "
    "von jemandem gelesen wurde.",
    "fr": "Le conseil du port s'est réuni mardi pour entendre ce que les travaux du quai ouest ont coûté "
    "jusqu'ici, et personne ne pouvait dire qui avait signé le deuxième contrat, ni si quelqu'un "
    "avait lu le premier dans la salle.",
    "es": "La junta del puerto se reunió el martes para conocer lo que han costado las obras del muelle "
    "hasta ahora, y nadie supo decir quién había firmado el segundo contrato, ni si alguien lo había "
    "leído antes de la reunión.",
    "pt": "O conselho do porto reuniu-se na terça-feira para saber o que as obras do cais custaram até "
    "agora, e ninguém soube dizer quem assinou o segundo contrato, nem se alguém o leu antes da "
    "reunião, que não foi longa.",
    "ca": "La junta del port es va reunir dimarts per saber què han costat les obres del moll, i ningú no "
    "va poder dir qui havia signat el segon contracte, ni si algú l'havia llegit abans de la reunió "
    "amb els veïns del barri.",
    "it": "Il consiglio del porto si è riunito martedì per sapere che cosa sono costati i lavori della "
    "banchina, e nessuno ha saputo dire chi abbia firmato il secondo contratto, né se qualcuno lo "
    "abbia letto prima della riunione.",
    "nl": "Het havenbestuur kwam dinsdag bijeen om te horen wat het baggeren van de westkade tot nu toe "
    "heeft gekost, en niemand kon zeggen wie het tweede contract had getekend of dat iemand het ooit "
    "had gelezen. Ook de burgemeester wist het niet, maar hij zei dat er nog voor de zomer een "
    "antwoord komt.",
    "da": "Havnerådet mødtes tirsdag for at høre, hvad arbejdet ved vestkajen har kostet indtil nu, og "
    "ingen kunne sige, hvem der havde skrevet under på den anden kontrakt, eller om nogen havde læst "
    "den efter mødet.",
    "no": "Havnerådet møttes tirsdag for å høre hva arbeidet ved vestkaia har kostet til nå, og ingen kunne "
    "si hvem som hadde skrevet under på den andre kontrakten, eller om noen hadde lest den etter "
    "møtet i juni.",
    "sv": "Hamnrådet möttes på tisdagen för att höra vad arbetet vid västra kajen har kostat hittills, och "
    "ingen kunde säga vem som hade skrivit under det andra avtalet, eller om någon hade läst det "
    "efter mötet.",
    "fi": "Satamalautakunta kokoontui tiistaina kuulemaan, mitä länsilaiturin ruoppaus on tähän mennessä "
    "maksanut, mutta kukaan ei osannut sanoa, kuka oli allekirjoittanut toisen sopimuksen tai onko "
    "joku lukenut sen, kun se tuli. Pormestari sanoi, että asia on selvitettävä, ja niin se myös "
    "tehdään, kun kaikki ovat paikalla.",
    "pl": "Rada portu zebrała się we wtorek, aby usłyszeć, ile do tej pory kosztowały prace przy nabrzeżu, "
    "ale nikt nie potrafił powiedzieć, kto podpisał drugą umowę ani czy ktoś ją przeczytał przed "
    "spotkaniem, które się odbyło.",
    "cs": "Rada přístavu se v úterý sešla, aby slyšela, kolik zatím stály práce na západním nábřeží, ale "
    "nikdo nebyl schopen říct, kdo podepsal druhou smlouvu nebo jestli ji před jednáním, které se "
    "konalo v květnu, někdo četl.",
    "sk": "Rada prístavu sa v utorok zišla, aby počula, koľko zatiaľ stáli práce na západnom nábreží, ale "
    "nikto nebol schopný povedať, kto podpísal druhú zmluvu alebo či ju pred rokovaním, ktoré sa "
    "konalo v máji, niekto čítal.",
    "hu": "A kikötő tanácsa kedden ült össze, hogy meghallgassa, mennyibe került eddig a nyugati rakpart, "
    "de senki nem tudta megmondani, ki írta alá a második szerződést, vagy hogy valaki azt el is "
    "olvasta-e, mert az már nincs meg.",
    "tr": "Liman kurulu salı günü toplandı ve rıhtım için bu yıl ne kadar para harcandığı soruldu, ama "
    "ikinci sözleşmeyi kimin imzaladığını ya da bir kişinin bile onu daha önce okuyup okumadığını "
    "söyleyen çıkmadı gibi.",
    "id": "Dewan pelabuhan bertemu pada hari Selasa untuk mendengar berapa biaya pengerukan dermaga itu, "
    "dan tidak ada yang dapat mengatakan siapa yang menandatangani kontrak kedua, atau apakah kontrak "
    "tersebut telah dibaca oleh dia.",
    "vi": "Hội đồng cảng đã họp vào thứ ba để nghe việc nạo vét cầu cảng cho đến nay tốn bao nhiêu tiền, và "
    "không một người nào có thể nói ai đã ký hợp đồng thứ hai, cũng như người ta có đọc nó trước khi "
    "ký hay không.",
    "sw": "Baraza la bandari lilikutana siku ya Jumanne ili kusikia gharama za kazi ya gati hiyo, na hakuna "
    "mtu wa bodi hii aliyesema ni nani alitia saini mkataba wa pili, lakini watu wengi wa mji huo "
    "walikuwa na maswali baada ya hapo.",
    "ru": "Совет порта собрался во вторник, чтобы услышать, во что обошлись работы на западной набережной, "
    "но никто не смог сказать, кто подписал второй договор и читал ли его кто-нибудь до того, как он "
    "был отправлен в архив.",
    "uk": "Рада порту зібралася у вівторок, щоб почути, скільки коштували роботи на західній набережній, "
    "але ніхто не зміг сказати, хто підписав другий договір і чи його хтось читав до того, як він був "
    "відправлений в архів.",
    "bg": "Съветът на пристанището се събра във вторник, за да чуе колко са стрували работите на западния "
    "кей, но никой не можа да каже кой е подписал втория договор и дали някой го е чел преди това, "
    "както се беше разбрало.",
    "ar": "اجتمع مجلس الميناء يوم الثلاثاء في المدينة من أجل معرفة كلفة العمل على الرصيف الغربي حتى الآن، "
    "لكن لا أحد من الأعضاء كان يعرف من وقع على العقد الثاني، أو إن كان أحد قد قرأ ذلك بعد الاجتماع "
    "الذي عقد خلال مايو.",
    "fa": "شورای بندر روز سه‌شنبه برای شنیدن هزینه کار اسکله غربی که تا امروز شده است جلسه داشت، اما هیچ کس "
    "نمی دانست که قرارداد دوم را چه کسی امضا کرد و این که آن را با دقت خوانده است یا نه، و این در شهر "
    "هم پرسیده شد.",
    "ur": "بندرگاہ کے بورڈ کا اجلاس منگل کو ہوا تاکہ یہ سنا جائے کہ مغربی گھاٹ کے کام پر اب تک کیا خرچ ہوا "
    "ہے، لیکن کوئی بھی یہ نہیں بتا سکا کہ دوسرے معاہدے پر کس نے دستخط کیے تھے اور اس کو کسی نے پڑھا "
    "بھی ہے یا نہیں۔",
    "hi": "बंदरगाह बोर्ड की बैठक मंगलवार को हुई ताकि यह सुना जाए कि पश्चिमी घाट के काम पर अब तक क्या खर्च "
    "हुआ है, लेकिन कोई भी यह नहीं बता सका कि दूसरे समझौते पर किस ने दस्तखत किए थे और उस को किसी ने "
    "पढ़ा भी था या नहीं।",
    "el": "Το συμβούλιο του λιμένα συνεδρίασε την Τρίτη για να ακούσει τι κόστισαν τα έργα.",
    "ja": "港の委員会は火曜日に開かれ、西岸壁の工事にこれまでいくらかかったのかを聞いた。",
    "zh": "港口委员会星期二开会，听取西码头工程至今花了多少钱，没有人能说出是谁签署了第二份合同。",
    "ko": "항만위원회는 화요일에 회의를 열고 서쪽 부두 공사에 지금까지 얼마가 들었는지 들었다고 전했다",
    "th": "คณะกรรมการท่าเรือประชุมเมื่อวันอังคารเพื่อรับฟังค่าใช้จ่ายของท่าเทียบเรือตะวันตก",
    "he": "מועצת הנמל התכנסה ביום שלישי כדי לשמוע כמה עלו העבודות ברציף המערבי עד כה.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=TEXTS)
def test_a_paragraph_tells_its_language(language: str, text: str) -> None:
    """Thirty words are enough, or a line where the script is one language's own."""
    assert language == language_of(text)


LISTS = (
    "Quay 4: 31, 412, 350. " * 40,
    "Mara Quill, Jo Finch, Ada Brook, Piers Quillon, Ottilie Brandvold, Saltmere. " * 10,
    "Rada města a rada obce se na to. " * 2,
    "int main(void) { return printf(argv[0]); } " * 30,
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kai",
        "1 2 3",
        "The board met on Tuesday.",
        "港",
        TEXTS["en"][:100] + TEXTS["ru"][:110],
        "zz yy xx " * 40,
        *LISTS,
    ],
)
def test_no_answer_is_better_than_a_guess(text: str) -> None:
    """Too little text, or of several languages, or of none that is known: no answer."""
    assert language_of(text) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("nb-NO", "no", True), ("en_GB", "EN", True), ("zh-Hant", "zh", True), ("ms", "id", True), ("de", "nl", False)],
)
def test_agree(one: str, other: str, *, expected: bool) -> None:
    """Regions and scripts make no other language; nor do two codes of one."""
    assert expected is agree(one, other)


def test_each_language_has_words_of_its_own() -> None:
    """No list is that of another language, but for those that are alike."""
    for one, words in COMMON_WORDS.items():
        assert len(set(words.split())) >= 8
        for other, others in COMMON_WORDS.items():
            assert agree(one, other) or set(words.split()) - set(others.split())


def body(language: str) -> str:
    """Paragraphs in a language."""
    return f"<p>{TEXTS[language]}</p>" * 2


def test_the_text_speaks_where_the_markup_is_silent() -> None:
    """Without ``lang`` the text tells; the evidence is its longest paragraph."""
    article = read(f"<html><body><article><h1>Kai</h1>{body('pt')}</article></body></html>")
    [claim] = article.settled("language").values

    assert (claim.value, claim.evidence.witness) == ("pt", "text")
    assert TEXTS["pt"][:100] == claim.evidence.text[:100]


@pytest.mark.parametrize(
    ("head", "lang", "language", "expected"),
    [
        ("", "en-GB", "en", "en-GB"),
        ("", "en-US", "vi", "vi"),
        ("", "nb", "no", "nb"),
        ('<meta property="og:locale" content="sw_KE">', "en", "sw", "sw-KE"),
        ('<meta property="og:locale" content="en_US">', "de", "de", "de"),
    ],
)
def test_the_text_decides_against_a_template(head: str, lang: str, language: str, expected: str) -> None:
    """The first mark-up that agrees with the text wins; the text itself where none does."""
    markup = story(head=head, language=lang).replace("<div>", f"<div>{body(language) * 3}")

    if language != "en":
        markup = markup.replace("<p>The harbour", "<p hidden>The").replace("<p>Nobody", "<p hidden>Nobody")
    assert expected == read(markup).value("language")


def test_no_text_claims_nothing() -> None:
    """Without a main text there is nothing to tell from."""
    html = page("<html><body></body></html>")

    assert [] == pairs(language_claims(main_text(html)))


def test_long_texts_take_no_time() -> None:
    """Only the beginning is looked at."""
    start = time.process_time()

    assert language_of(TEXTS["sv"] * 100_000) == "sv"
    assert time.process_time() - start < 0.5
