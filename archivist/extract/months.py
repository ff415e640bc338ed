"""Names of months as newspapers write them, by language; and names of time zones.

Data only. Every form is in lower case and without a full stop at its end.
"""

from __future__ import annotations

__all__ = ["AMERICAN_DATES", "DAYLIGHT_ZONES", "MONTHS", "ZONES", "month_number"]

_TABLE: dict[str, str] = {
    "en": "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep "
    "october|oct november|nov december|dec",
    "de": "januar|jänner|jan februar|feber|feb märz|mär|mrz april|apr mai juni|jun juli|jul august|aug "
    "september|sept|sep oktober|okt november|nov dezember|dez",
    "fr": "janvier|janv février|févr|fév mars avril|avr mai juin juillet|juil août septembre|sept octobre|oct "
    "novembre|nov décembre|déc",
    "es": "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago "
    "septiembre|setiembre|sept|sep octubre|oct noviembre|nov diciembre|dic",
    "it": "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago "
    "settembre|set|sett ottobre|ott novembre|nov dicembre|dic",
    "nl": "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep|sept "
    "oktober|okt november|nov december|dec",
    "pt": "janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set "
    "outubro|out novembro|nov dezembro|dez",
    "ca": "gener|gen febrer|febr març abril|abr maig juny juliol|jul agost|ag setembre|set octubre|oct "
    "novembre|nov desembre|des",
    "sv": "januari|jan februari|feb mars april|apr maj juni|jun juli|jul augusti|aug september|sept|sep "
    "oktober|okt november|nov december|dec",
    "no": "januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul august|aug september|sept|sep "
    "oktober|okt november|nov desember|des",
    "da": "januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sept|sep "
    "oktober|okt november|nov december|dec",
    "is": "janúar|jan febrúar|feb mars|mar apríl|apr maí júní|jún júlí|júl ágúst|ágú september|sep|sept "
    "október|okt nóvember|nóv desember|des",
    "fi": "tammikuuta|tammikuu helmikuuta|helmikuu maaliskuuta|maaliskuu huhtikuuta|huhtikuu "
    "toukokuuta|toukokuu kesäkuuta|kesäkuu heinäkuuta|heinäkuu elokuuta|elokuu syyskuuta|syyskuu "
    "lokakuuta|lokakuu marraskuuta|marraskuu joulukuuta|joulukuu",
    "pl": "stycznia|styczeń|sty lutego|luty|lut marca|marzec|mar kwietnia|kwiecień|kwi maja|maj "
    "czerwca|czerwiec|cze lipca|lipiec|lip sierpnia|sierpień|sie września|wrzesień|wrz "
    "października|październik|paź listopada|listopad|lis grudnia|grudzień|gru",
    "cs": "ledna|leden|led února|únor|úno března|březen|bře dubna|duben|dub května|květen|kvě června|červen|čvn "
    "července|červenec|čvc srpna|srpen|srp září|zář října|říjen|říj listopadu|listopad|lis prosince|prosinec|pro",
    "sk": "januára|január februára|február marca|marec apríla|apríl mája|máj júna|jún júla|júl augusta|august "
    "septembra|september októbra|október novembra|november decembra|december",
    "hr": "siječnja|siječanj veljače|veljača ožujka|ožujak travnja|travanj svibnja|svibanj lipnja|lipanj "
    "srpnja|srpanj kolovoza|kolovoz rujna|rujan listopada|listopad studenoga|studenog|studeni prosinca|prosinac",
    "ro": "ianuarie|ian februarie|feb martie|mar aprilie|apr mai iunie|iun iulie|iul august|aug septembrie|sept "
    "octombrie|oct noiembrie|noi decembrie|dec",
    "hu": "január|jan február|febr március|márc április|ápr május|máj június|jún július|júl augusztus|aug "
    "szeptember|szept október|okt november|nov december|dec",
    "tr": "ocak|oca şubat|şub mart|mar nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu eylül|eyl ekim|eki "
    "kasım|kas aralık|ara",
    "el": "ιανουαρίου|ιαν φεβρουαρίου|φεβ μαρτίου|μαρ απριλίου|απρ μαΐου|μαϊου|μαι ιουνίου|ιουν ιουλίου|ιουλ "
    "αυγούστου|αυγ σεπτεμβρίου|σεπ οκτωβρίου|οκτ νοεμβρίου|νοε δεκεμβρίου|δεκ",
    "ru": "января|янв февраля|фев марта|мар апреля|апр мая|май июня|июн июля|июл августа|авг сентября|сен|сент "
    "октября|окт ноября|ноя|нояб декабря|дек",
    "uk": "січня|січ лютого|лют березня|бер квітня|кві травня|тра червня|чер липня|лип серпня|сер вересня|вер "
    "жовтня|жов листопада|лис грудня|гру",
    "lt": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "lv": "janvāris|janvārī|janv februāris|februārī|febr marts|martā aprīlis|aprīlī maijs|maijā jūnijs|jūnijā|jūn "
    "jūlijs|jūlijā|jūl augusts|augustā septembris|septembrī oktobris|oktobrī novembris|novembrī decembris|decembrī",
    "id": "januari|jan februari|feb maret|mar april|apr mei juni|jun juli|jul agustus|agu september|sep oktober|okt "
    "november|nov desember|des",
}


def _numbered(table: str) -> dict[str, int]:
    return {name: month for month, names in enumerate(table.split(), start=1) for name in names.split("|")}


MONTHS: dict[str, dict[str, int]] = {language: _numbered(table) for language, table in _TABLE.items()}
_CONTRADICTED = {"hr"}  # "listopada" is October in Croatian and November in Polish


def _merged() -> dict[str, int]:
    merged: dict[str, set[int]] = {}
    for language, names in MONTHS.items():
        if language not in _CONTRADICTED:
            for name, month in names.items():
                merged.setdefault(name, set()).add(month)
    return {name: months.pop() for name, months in merged.items() if len(months) == 1}


_ANY = _merged()

AMERICAN_DATES = frozenset({"en-us", "en-ph", "es-us", "fil", "tl"})
"""Where 5/8/2023 is the eighth of May (CLDR, short date formats)."""

ZONES: dict[str, str] = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "WET": "Z",
    "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
    "PST": "-08:00", "PDT": "-07:00", "AKST": "-09:00", "AKDT": "-08:00", "HST": "-10:00",
    "BST": "+01:00", "WEST": "+01:00", "CET": "+01:00", "MEZ": "+01:00", "CEST": "+02:00", "MESZ": "+02:00",
    "EET": "+02:00", "SAST": "+02:00", "CAT": "+02:00", "EEST": "+03:00", "MSK": "+03:00", "TRT": "+03:00",
    "PKT": "+05:00", "WIB": "+07:00", "MYT": "+08:00", "SGT": "+08:00", "HKT": "+08:00", "AWST": "+08:00",
    "JST": "+09:00", "KST": "+09:00", "AEST": "+10:00", "AEDT": "+11:00", "NZST": "+12:00", "NZDT": "+13:00",
}  # fmt: skip
"""Abbreviations with one meaning in a newspaper. IST (India, Israel, Ireland) has three and is left out."""

DAYLIGHT_ZONES: dict[str, tuple[str, str]] = {
    "ET": ("-05:00", "-04:00"),
    "CT": ("-06:00", "-05:00"),
    "MT": ("-07:00", "-06:00"),
    "PT": ("-08:00", "-07:00"),
}
"""American names that hold all year: offset in winter, and in summer."""


def month_number(name: str, language: str | None) -> int | None:
    """The month that the word names; the page's language decides first."""
    name = name.lower().rstrip(".")
    code = (language or "").lower()[:2]
    own = MONTHS.get("no" if code in {"nb", "nn"} else code, {})
    return own.get(name) or _ANY.get(name)
