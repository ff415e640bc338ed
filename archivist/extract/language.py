"""The language of running text, by its script or by the small words that every sentence has.

A guess is no answer: where two languages are close, or there is too little text, the language is unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

__all__ = ["language_of"]

MAX_TEXT: Final = 40_000
"""Characters that are looked at."""
MIN_LETTERS: Final = 120
MIN_WORDS: Final = 12
"""Small words that must have been counted for a language written in a script of several."""
MIN_SHARE: Final = 0.12
"""Of all words; running text has twice as many, lists of names have fewer."""
TELLING: Final = 1_000
"""Weight of a word that one language has; of several languages each gets this divided by the square of their number."""
MARGIN: Final = 1.5
"""Times the weight of the next best language."""

_SCRIPTS: Final[tuple[tuple[str, str], ...]] = (
    ("ja", "\u3041-\u30ff"),
    ("ko", "\uac00-\ud7af"),
    ("zh", "\u4e00-\u9fff"),
    ("el", "\u0370-\u03ff"),
    ("he", "\u0590-\u05ff"),
    ("hy", "\u0530-\u058f"),
    ("ka", "\u10d0-\u10ff"),
    ("th", "\u0e00-\u0e7f"),
    ("bn", "\u0980-\u09ff"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("ml", "\u0d00-\u0d7f"),
    ("gu", "\u0a80-\u0aff"),
    ("pa", "\u0a00-\u0a7f"),
    ("am", "\u1200-\u137f"),
    ("km", "\u1780-\u17ff"),
    ("my", "\u1000-\u109f"),
)
"""Scripts that one language among those of newspapers is written in. Japanese stands first: it uses Chinese too."""
_SCRIPT_OF: Final = {code: re.compile(f"[{letters}]") for code, letters in _SCRIPTS}
_WORDS: Final = {
    "en": "the of and to in is that was for on are with as it be by this have from at were which been has not their",
    "de": "der die und den das von mit des ist für dem nicht eine auf sich werden im ein auch wurde als einer nach bei",
    "fr": "les des et est dans une du pour qui que par sur au plus pas sont avec aux ont cette ce été mais leur",
    "es": "el los las que y en del una por con para es se al lo como más fue ha son su este sobre entre pero",
    "it": "il di che e la per un una del della in con non sono dei delle nel alla è si da gli più anche degli",
    "pt": "o os que e em do da uma para com não por dos das ao mais é foi como no na são pela pelo também",
    "nl": "de het een van en dat is op te voor niet met zijn aan er door ook naar worden wordt werd bij uit maar",
    "sv": "och att det som en är för på av med den till inte har om ett var de kan från men vid eller efter",
    "da": "og at det som en er for på af med den til ikke har et var de der blev ved eller fra efter også mellem "
    "være ud ind meget kun havde hvad jeg sig men skal noget nogle",
    "nb": "og at det som en er for på av med den til ikke har et var de ble ved eller fra etter også mellom "
    "være ut inn mye kun hadde hva jeg seg men skal noe noen",
    "fi": "ja on ei että oli se hän mutta joka myös kun ovat mukaan sekä tai vuoden ole olla jotka sen kuin",
    "is": "og að í á er sem var til það ekki við um með fyrir af en hefur þess þetta frá eru eftir hann",
    "et": "ja on ei et see oli ka kui mis aga selle ning oma või pärast nende aasta kes olid seda",
    "lv": "un ir ar no par kas uz tika arī bet kā pēc ka tas gada lai vai nav bija līdz",
    "lt": "ir yra kad su į iš tai buvo bei kaip apie dėl po metų ar bet nuo už jau pagal",
    "pl": "i w na z że się do nie jest to o przez po oraz jak za od dla został są był które tym ale",
    "cs": "a v na se že je s z do o byl pro jako podle který jsou by ale po od také které bylo při",
    "sk": "a v na sa že je s z do o bol pre ako podľa ktorý sú by ale po od tiež ktoré bolo pri",
    "sl": "in je v na se da za so z ki pa tudi bi po iz ne bo od kot pri ali med še leta",
    "hr": "i u je na se da za su od s koji o iz kao će bi ne što nije do ili te koje prema",
    "hu": "a az és hogy nem is egy volt ez meg mint csak már vagy szerint pedig de ki el után között lesz",
    "ro": "și de în la a că cu pe din nu este pentru care o un mai au fost sau prin după sunt lui această",
    "sq": "të e në dhe për me që një nga është se ka nuk si i u janë do kjo ai ishte më",
    "tr": "ve bir bu için ile de da olarak çok daha olan gibi kadar sonra ama en ne değil olduğu göre her",
    "vi": "và của là có các được cho không trong một với những này đã người khi từ theo tại đến về "
    "về năm sẽ thì đó ra vào lại còn như nhiều phải bị anh ông",
    "id": "yang dan di dengan untuk dari ini dalam pada tidak itu akan juga oleh ke adalah telah tersebut karena "
    "bisa sudah belum bahwa saat karena kata serta kami mereka namun",
    "ms": "yang dan di dengan untuk dari ini dalam pada tidak itu akan juga oleh ke adalah telah kerana beliau ialah "
    "boleh bahawa mereka kata serta kami namun supaya",
    "tl": "ang ng sa na mga ay at para ito ni kay hindi nang siya may mula nila kanyang",
    "sw": "ya na wa kwa ni la katika za kuwa hiyo huo cha kama hii huyo pia lakini baada",
    "ca": "el la de i que els les en del una per amb és es al no ha han més dels també com aquest",
    "eu": "eta da du ez dira izan dute zuen ere bat egin baina den baino duten beste hau",
    "gl": "o a de e que os as en do da unha para con non por dos das ao máis é foi como no na polo",
    "cy": "y yr yn a i o ar ei ac mae wedi am gan bod oedd eu nid fod hynny",
    "ga": "an na agus ar go i a is le bhí tá do sé mar ach ag leis don sin ina",
    "ru": "и в на не что с по как это из для от его был за о но к также при все которые года",
    "uk": "і в на не що з та до у як за це від його про для але із або також був які року",
    "be": "і ў на не што з да як гэта за ад яго пра для але таксама быў якія паводле",
    "bg": "и на да се в за от е с по не са че през като това ще към или който беше",
    "sr": "и у је на се да за су од са који о из као ће би не што није до или које",
    "mk": "и на во да се од за е со не што ќе по ги кој како беше или дека при",
    "ar": "في من على أن إلى عن التي الذي مع هذا هذه كان بعد قد كما لم بين خلال ما أو",
    "fa": "و در به از که این است را با برای آن شد بود هم یک تا بر می های کرد",
    "ur": "کے کی میں اور کا ہے سے کو نے کہ پر یہ بھی ہیں تھا اس نہیں ایک کر لیے",
    "hi": "के में की है और से को का ने पर कि यह भी हैं था नहीं एक कर लिए इस गया",
    "mr": "आहे आणि या च्या ते की तर हे नाही होते केली केला आहेत झाले त्या मध्ये",
    "ne": "र छ को मा हो ले छन् भने गर्ने गरेको पनि भएको लागि यो तथा थियो",
}
_LANGUAGES: Final[dict[str, tuple[str, ...]]] = {}
for _code, _text in _WORDS.items():
    for _word in _text.split():
        _LANGUAGES[_word] = (*_LANGUAGES.get(_word, ()), _code)
_LETTER: Final = re.compile(r"[^\W\d_]")
_WORD: Final = re.compile(r"[^\W\d_][\w\u093e-\u094d\u0900-\u0903]*+")
_FINAL_SHARE: Final = 0.3
"""Of the letters, in a script of one language; Japanese text has as many letters of its own among the Chinese."""


def language_of(text: str) -> str | None:
    """The language's code (ISO 639-1), or None where the text does not decide."""
    text = text[:MAX_TEXT]
    letters = len(_LETTER.findall(text))
    if letters < MIN_LETTERS and not _SCRIPT_OF["zh"].search(text):
        return None
    for code, script in _SCRIPT_OF.items():
        if len(script.findall(text)) > _FINAL_SHARE * max(letters, MIN_LETTERS // 2):
            return code
    return _by_words(text)


def _by_words(text: str) -> str | None:
    words = Counter(word.lower() for word in _WORD.findall(text))
    small: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for word, count in words.items():
        codes = _LANGUAGES.get(word, ())
        for code in codes:
            small[code] += count
            told[code] += count * TELLING // len(codes) ** 2
    (best, most), (_, next_best) = [*told.most_common(2), ("", 0), ("", 0)][:2]
    is_enough = small[best] >= max(MIN_WORDS, MIN_SHARE * words.total())
    return best if is_enough and most >= MARGIN * next_best else None
