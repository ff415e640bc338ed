"""The kinds of edits in scripts and typographies that are not English."""

# codespell:ignore-begin
from __future__ import annotations

import pytest

from archivist.model.change import Diff
from tests.unit.diff.sides import edits

TEXTS = {
    "ja": (
        "港湾局は五月に二つの埠頭を閉鎖し、九十人の従業員を解雇したと発表した。",
        "労働組合は土曜日の新聞で初めてこの決定を知ったと説明している。",
        "「私たちはこの契約を十二年間待っていた」と組合代表の田中恵子さんは語った。",
        "県は昨年の秋、造船所に14億円の債務保証を与えていた。",
        "返済が必要かどうかは、大阪の専門家が現在調査している。",
        "金曜日には県議会の委員会がこの問題で二度目の会合を開く予定だ。",
    ),
    "zh": (
        "港务局五月关闭了两个码头，并解雇了九十名员工。",
        "工会表示，他们是从星期六的报纸上才得知这一决定的。",
        "“我们为这份合同等了十二年，”工会代表王小梅说。",
        "省政府去年秋天为造船厂提供了1400万元的担保。",
        "是否需要偿还这笔钱，目前由一名上海的专家审查。",
        "星期五，省议会的委员会将就此事举行第二次会议。",
    ),
    "ko": (
        "항만청은 5월에 부두 두 곳을 폐쇄하고 직원 90명을 해고했다고 밝혔다.",
        "노동조합은 토요일 신문을 보고서야 이 결정을 알았다고 설명했다.",
        "“우리는 이 계약을 십이 년 동안 기다렸다”고 노조 대표 김영희 씨가 말했다.",
        "도는 지난해 가을 조선소에 1400만 원의 보증을 제공했다.",
        "돈을 갚아야 하는지는 현재 부산의 전문가가 조사하고 있다.",
        "금요일에는 도의회 위원회가 이 문제로 두 번째 회의를 연다.",
    ),
    "ar": (
        "أغلقت هيئة الميناء في مايو رصيفين وسرحت تسعين عاملا من وظائفهم.",
        "وقالت النقابة إنها علمت بالقرار من صحيفة يوم السبت للمرة الأولى.",
        "«انتظرنا هذا العقد اثني عشر عاما بلا جدوى»، قالت ممثلة العمال ليلى حداد.",
        "وكانت المقاطعة قد منحت حوض السفن ضمانا بقيمة 14 مليونا في الخريف الماضي.",
        "ويدرس خبير من الإسكندرية الآن ما إذا كان يجب رد هذه الأموال.",
        "وتجتمع لجنة المجلس يوم الجمعة للمرة الثانية في هذه القضية.",
    ),
    "he": (
        "רשות הנמל סגרה בחודש מאי שני רציפים ופיטרה תשעים עובדים ממשרותיהם.",
        "ועד העובדים אמר שנודע לו על ההחלטה לראשונה מן העיתון של יום שבת.",
        '"חיכינו לחוזה הזה שתים עשרה שנים", אמרה נציגת העובדים רות לביא.',
        "המחוז העניק למספנה בסתיו שעבר ערבות בסך 14 מיליון שקלים.",
        "מומחה מחיפה בודק כעת אם יש צורך להחזיר את הכסף.",
        "ביום שישי תתכנס ועדת המועצה בפעם השנייה בעניין זה.",
    ),
    "ru": (
        "Портовое управление закрыло в мае два причала и уволило девяносто рабочих.",
        "Профсоюз сообщил, что узнал об этом решении из субботней газеты.",
        "«Мы ждали этого договора двенадцать лет», — сказала представитель рабочих Анна Белова.",
        "Прошлой осенью область дала верфи гарантию на 14 миллионов рублей.",
        "Нужно ли возвращать деньги, сейчас проверяет эксперт из Мурманска.",
        "В пятницу комитет областного собрания встретится по этому делу во второй раз.",
    ),
    "fr": (
        "Le port a fermé deux quais en mai et licencié quatre-vingt-dix personnes.",
        "Le comité dit avoir appris la décision dans le journal de samedi.",
        "« Nous attendions ce contrat depuis douze ans », a dit la déléguée Claire Masson.",
        "La région avait donné au chantier une garantie de 14 millions d’euros l’automne dernier.",
        "Un expert de Nantes examine à présent si l’argent doit être rendu.",
        "Vendredi, la commission du conseil se réunira pour la deuxième fois à ce sujet.",
    ),
}
INSIDE = {
    "ja": ("待っていた", "望んでいた"),
    "zh": ("等了", "盼了"),
    "ko": ("기다렸다", "바랐다"),
    "ar": ("بلا جدوى", "دون أمل"),
    "he": ("חיכינו", "קיווינו"),
    "ru": ("ждали", "хотели"),
    "fr": ("attendions", "espérions"),
}
NEW = {
    "ja": "市長は水曜日に記者会見を開き、労働者への支援を約束した。詳細は来週発表される。",
    "zh": "市长星期三召开记者会，承诺向工人提供援助，细节将于下周公布。",
    "ko": "시장은 수요일 기자회견을 열어 노동자 지원을 약속했다. 자세한 내용은 다음 주에 발표된다.",
    "ar": "وعقد رئيس البلدية مؤتمرا صحفيا يوم الأربعاء ووعد بمساعدة العمال، وستعلن التفاصيل الأسبوع المقبل.",
    "he": "ראש העיר כינס ביום רביעי מסיבת עיתונאים והבטיח סיוע לעובדים. הפרטים יפורסמו בשבוע הבא.",
    "ru": "В среду мэр созвал журналистов и пообещал рабочим помощь. Подробности объявят на следующей неделе.",
    "fr": "Mercredi, le maire a promis une aide aux ouvriers. Les détails seront donnés la semaine prochaine.",
}
NOTES = {
    "ja": "訂正：当初の記事で数字に誤りがありました。訂正しました。",
    "zh": "更正：本文早前版本中的数字有误，现已更正。",
    "ru": "Исправление: в прежней версии статьи была ошибка в числе.",
    "fr": "Correction : une version antérieure de cet article comportait une erreur, qui a été corrigée.",
}
LANGUAGES = sorted(TEXTS)


def page(language: str, paragraphs: tuple[str, ...], *, headline: str = "", inner: str = "") -> str:
    """A page in the language."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    direction = ' dir="rtl"' if language in ("ar", "he") else ""
    title = headline or TEXTS[language][0][:12]
    return (
        f'<!DOCTYPE html><html lang="{language}"{direction}><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main><article><h1>{title}</h1><div>{text}{inner}</div></article></main></body></html>"
    )


def compared(language: str, new: tuple[str, ...]) -> Diff:
    """The text against another form of it."""
    return edits(page(language, TEXTS[language]), page(language, new))


def changed(language: str, number: int, old: str, new: str) -> tuple[str, ...]:
    """The text with one paragraph edited."""
    texts = TEXTS[language]
    assert old in texts[number]
    return tuple(text.replace(old, new) if at == number else text for at, text in enumerate(texts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_same(language: str) -> None:
    """Nothing changed."""
    assert ((), "same") == (
        compared(language, TEXTS[language]).categories,
        compared(language, TEXTS[language]).verdict.kind,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_number(language: str) -> None:
    """A figure gave way to another."""
    found = compared(language, changed(language, 3, "14", "41"))
    assert ("number_changed", "paragraph_edited", "stealth_edit") == found.categories


@pytest.mark.parametrize("language", LANGUAGES)
def test_quote(language: str) -> None:
    """Words within the marks of the language."""
    found = compared(language, changed(language, 2, *INSIDE[language]))
    assert ("paragraph_edited", "quote_changed", "stealth_edit") == found.categories


@pytest.mark.parametrize("language", LANGUAGES)
def test_lede(language: str) -> None:
    """The first paragraph."""
    first = TEXTS[language][0]
    found = compared(language, (first[: len(first) * 2 // 3] + first[-1], *TEXTS[language][1:]))
    assert {"lede_changed", "paragraph_edited"} <= set(found.categories)


@pytest.mark.parametrize("language", LANGUAGES)
def test_inserted_deleted_and_moved(language: str) -> None:
    """Whole paragraphs, each told as what it is."""
    texts = TEXTS[language]
    told = [
        [(change.op, change.old or change.new) for change in compared(language, new).blocks]
        for new in (
            (*texts[:4], NEW[language], *texts[4:]),
            (*texts[:4], *texts[5:]),
            (texts[0], *texts[2:5], texts[1], texts[5]),
        )
    ]
    assert [[("insert", NEW[language])], [("delete", texts[4])], [("move", texts[1])]] == told


@pytest.mark.parametrize("language", sorted(NOTES))
def test_correction(language: str) -> None:
    """A correction note declares the edit."""
    found = compared(language, (*changed(language, 3, "14", "41"), NOTES[language]))
    assert ("correction_added", "number_changed", "paragraph_edited") == found.categories
    assert "declared" == found.verdict.kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_headline(language: str) -> None:
    """Another headline."""
    old, new = TEXTS[language][0][:12], TEXTS[language][5][:12]
    texts = TEXTS[language]
    found = edits(page(language, texts, headline=old), page(language, texts, headline=new))
    assert ("headline_changed", "stealth_edit") == tuple(sorted(set(found.categories) - {"number_changed"}))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ja", "3時間前", "5時間前"),
        ("ja", "12件のコメント", "48件のコメント"),
        ("ja", "関連記事：港の祭り、今年は二日間", "関連記事：橋の工事が終わる"),
        ("zh", "3小时前", "5小时前"),
        ("zh", "阅读 1204", "阅读 4410"),
        ("ko", "3시간 전", "5시간 전"),
        ("ar", "منذ 3 ساعات", "منذ 5 ساعات"),
        ("ar", "12 تعليق", "48 تعليق"),
        ("he", "לפני 3 שעות", "לפני 5 שעות"),
        ("ru", "3 часа назад", "5 часов назад"),
        ("ru", "1204 просмотра", "4410 просмотров"),
        ("fr", "il y a 3 heures", "il y a 5 heures"),
        ("fr", "12 commentaires · 3 partages", "48 commentaires · 9 partages"),
    ],
)
def test_counters(language: str, one: str, other: str) -> None:
    """Times and counters move, in a box of their own and in a paragraph of the text."""
    for form in ("<p>{}</p>", '<div class="q7"><span>{}</span></div>'):
        old, new = (page(language, TEXTS[language], inner=form.format(each)) for each in (one, other))
        assert () == edits(old, new).categories, form


# codespell:ignore-end
