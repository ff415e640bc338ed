"""Words that tell what a line of a page is: a correction, an announcement of another story, a mark of advertising."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from archivist.extract.html import Element
from archivist.extract.tree import lowered, words_of

__all__ = [
    "announces",
    "asks_consent",
    "bare",
    "is_correction",
    "is_correction_label",
    "is_machine_summary",
    "is_marked_correction",
    "says_nothing",
]

_LABELS: Final = (
    r"corrections?(?: (?:and|&) clarifications?| appended)?|clarifications?|erratum|"
    r"korrektur(?:hinweis)?|berichtigung|richtigstellung|correctif|rectificatif|rectification|"
    r"fe de err(?:or|at)(?:es|as)|correcci[óo]n|rectificaci[óo]n|aclaraci[óo]n|correzione|rettifica|"
    r"errata(?: corrige)?|precisazione|correctie|rectificatie|correção|correcção|retificação|erramos|esclarecimento|"
    r"rättelser?|korrigering|förtydligande|rettelse|retting|presisering|berigtigelse|præcisering|oikaisu|täsmennys|"
    r"sprostowanie|korekta|oprava|upřesnění|spresnenie|helyesbítés|helyreigazítás|pontosítás|erată|rectificare|"
    r"διόρθωση|διευκρίνιση|düzeltme|tekzip|исправление|уточнение|поправка|опровержение|виправлення|уточнення|"
    r"спростування|ispravak|ispravka|исправка|popravek|parandus|labojums|pataisymas|patikslinimas|koreksi|ralat|"
    r"klarifikasi|pembetulan|đính chính|cải chính|訂正|お詫びと訂正|おわびと訂正|更正(?:启事|啟事)?|勘[误誤]|"
    r"정정(?:보도)?|바로잡습니다|تصحيح|تصويب|توضيح|اصلاحیه|תיקון(?: טעות)?|הבהרה|भूल सुधार|स्पष्टीकरण|แก้ไขข่าว"
)
"""They stand for a correction where a colon, a dash or nothing follows: "Oprava mostu" is a bridge being mended."""
_NOTES: Final = (
    r"editor['’]?s?['’]? notes?|(?:a )?note (?:from|by) the editors?|anm(?:erkung)?\.? d(?:er)?\.? red(?:aktion)?|"
    r"hinweis der redaktion|note de la rédaction|ndlr|nota de(?: la)? redacción|nota del editor|n\. ?de la r\.|"
    r"nota della redazione|n\.d\.r\.|noot van de redactie|nota d[ao] (?:redação|editor)|redaktionens (?:kommentar|not)|"
    r"toimituksen huomautus|od redakcji|poznámka redak(?:ce|cie)|szerkesztői megjegyzés|nota redacției|"
    r"σημείωση (?:της )?σύνταξης|editörün notu|от редакции|примечание редакции|від редакції|примітка редакції|"
    r"бележка на редакцията|napomena redakcije|catatan redaksi|lời tòa soạn|編集部注|编者[按注]|編者[按註]|편집자 ?주|"
    r"ملاحظة (?:من )?المحرر|הערת (?:העורך|המערכת)|संपादक की टिप्पणी"
)
_SENTENCES: Final = (
    r"(?:this|the) (?:article|story|post|report|piece|headline|caption|version|page) (?:was|has been|corrects|"
    r"has corrected|clarifies)(?: (?:corrected|amended|updated|edited|clarified|revised|changed)| the\b| to\b| that\b)|"
    r"(?:an earlier|a previous|the original) version of (?:this|the)\b|"
    r"in einer (?:früheren|vorherigen|ersten) (?:version|fassung)|(?:dieser|der) (?:artikel|text|beitrag) wurde "
    r"(?:nachträglich )?(?:korrigiert|geändert|berichtigt)|une (?:première )?version (?:précédente|antérieure)|"
    r"(?:cet|l['’]) ?article a été (?:modifié|corrigé)|(?:una|en una) versión (?:anterior|previa)|"
    r"este artículo (?:ha sido|fue) (?:corregido|modificado)|(?:una|in una) versione precedente|"
    r"in een eerdere versie|(?:uma|em uma|numa) versão anterior|i en tidigare version|i en tidligere versjon|"
    r"i en tidligere version|(?:jutun|artikkelin) aiemmassa versiossa|we wcześniejszej wersji|v předchozí verzi|"
    r"v původní verzi|a cikk (?:korábbi|eredeti) változatában|în versiunea (?:anterioară|inițială)|"
    r"в (?:первоначальной|предыдущей) версии|у (?:попередній|початковій) версії"
)
MAX_OPENING: Final = 300
"""Characters at the beginning of a text by which it is known; the expressions below want small letters."""
_WHEN: Final = r"(?:\s?[(\[][^()\[\]]{0,40}[)\]]|[^:：\d]{0,12}\d[^:：]{0,25})"
_CORRECTION: Final = re.compile(
    rf"^[^\w]{{0,4}}(?:(?:{_LABELS})(?!\w)(?:{_WHEN}?\s?(?:[:：–—]|-\s)|\W*$|[.!]\s)|(?:{_NOTES})(?!\w)|"
    rf"(?:{_SENTENCES}))",
)
_LABEL_ALONE: Final = re.compile(rf"\W{{0,4}}(?:{_LABELS}|{_NOTES})\W{{0,4}}")
_CORRECTION_WORDS: Final = frozenset(
    "correction corrections clarification clarifications erratum errata korrektur richtigstellung rectificatif "
    "rectificacion correzione rettifica correctie rectificatie rattelse rettelse oikaisu sprostowanie".split()
)
_NOTE_WORDS: Final = ({"editor", "note"}, {"editors", "note"}, {"editorial", "note"})

_TEASER: Final = re.compile(
    r"^\W*(?:read (?:more|also|next|the full|on)|also read|more (?:on|from|stories|about)\b|see also|don['’]t miss|"
    r"related|recommended|sign up|subscribe|click here|follow us|watch(?: now| live)?:|listen(?: now)?:|"
    r"you (?:may|might) also like|lesen sie (?:auch|mehr|hier)|lies auch|mehr zum thema|mehr (?:dazu|infos|lesen)|"
    r"auch interessant|das könnte sie|sur le même sujet|(?:à )?lire (?:aussi|également|la suite)|voir aussi|"
    r"leer más|lee también|le(?:e|a) (?:también|además)|te puede interesar|ver también|más información|"
    r"leia (?:mais|também|ainda)|veja (?:mais|também)|saiba mais|leggi (?:anche|tutto)|lees (?:ook|meer|verder)|"
    r"bekijk ook|les (?:også|mer|mere)|læs (?:også|mere)|läs (?:också|mer|även)|lue (?:myös|lisää)|čtěte (?:také|více)|"
    r"přečtěte si|čítajte (?:aj|viac)|czytaj (?:też|także|również|więcej)|zobacz (?:też|także|również)|"
    r"olvass(?:a|on)? (?:tovább|el)|citește și|citiți și|διαβάστε (?:επίσης|ακόμη)|ayrıca bakınız|ilgili haber|"
    r"baca (?:juga|selengkapnya)|xem thêm|đọc thêm|читайте (?:также|також|ще|далее)|смотрите также|по теме|"
    r"pročitajte|преберете|прочетете още|関連記事|関連リンク|あわせて読みたい|관련 ?기사|相关阅读|相關|推荐阅读|"
    r"اقرأ (?:أيضا|أيضًا|المزيد)|קראו (?:גם|עוד)|यह भी पढ़ें|ये भी पढ़ें|อ่านเพิ่มเติม|อ่านต่อ)(?!\w)",
)
_NO_TEXT: Final = re.compile(
    r"\W*(?:(?:advertisement|advertising|sponsored(?: content)?|anzeige|werbung|publicité|publicidad|pubblicità|"
    r"publicidade|advertentie|annons|annonse|annonce|mainos|reklama|reklam|iklan|quảng cáo|реклама|広告|广告|광고|"
    r"(?:story|article) continues (?:below|after).{0,40}|after newsletter promotion|"
    r"[\d.,]+\s?[km]?\s(?:shares?|comments?|views?|likes?|readers?|min(?:ute)?s? read)|"
    r"(?:shares?|comments?|views?|visitors?|readers?)(?: so far| today)?\s?:\s?[\d.,]+)\W*)?",
)
"""Marks of advertisements, counters, and runs without a letter or figure."""
_LETTERS: Final = re.compile(r"\w+")
_CONSENT: Final = re.compile(
    r"\W*(?:an dieser stelle (?:finden|findest|befindet|wird|würde|steht|sehen)|"
    r"(?:empfohlener )?(?:redaktioneller|externer) inhalt|ich bin damit einverstanden|"
    r"externe inhalte (?:anzeigen|aktivieren|laden)|"
    r"(?:this|the) (?:content|video|post|embed) (?:is hosted|is blocked|is not available|cannot be|"
    r"requires|can['’]t be)|"
    r"we need your (?:permission|consent)|to (?:view|display|see|show) this (?:content|video|post)|"
    r"ce contenu (?:n['’]a|n['’]est|est bloqué)|pour (?:afficher|visualiser) ce contenu|vous avez refusé les cookies|"
    r"para (?:ver|visualizar|mostrar) este contenido|para ver este conteúdo|per (?:vedere|visualizzare) (?:questo|il) "
    r"contenuto|om deze (?:inhoud|content) te|deze (?:inhoud|content) (?:kan|wordt|is)|aby (?:wyświetlić|zobaczyć) tę|"
    r"pro zobrazení (?:tohoto )?obsahu|för att (?:se|visa) (?:det här )?innehåll|for å (?:se|vise) dette innholdet|"
    r"for at (?:se|vise) dette indhold)",
)
"""How boxes begin that stand for a post or a film until the reader lets it be loaded."""
_MACHINE: Final = re.compile(
    r"(?:künstlich(?:e intelligenz|er intelligenz)?|\bki\b|\bai\b|\bia\b|\bchatgpt|artificial intelligence|"
    r"intelligence artificielle|inteligencia artificial|intelligenza artificiale|inteligência artificial|"
    r"kunstmatige intelligentie|sztuczn\w{1,4} inteligencj|umělá inteligence|нейросет|искусственн\w{1,4} интеллект)",
)
_SUMMARY: Final = re.compile(
    r"zusammenfassung|zusammengefasst|summar|résum|resum|riassun|samenvatting|oppsummering|sammanfatt|sammendrag|"
    r"streszczen|podsumowan|shrnutí|kortversjon|kiteyty|пересказ|сводк|краткое",
)


def bare(text: str) -> str:
    """The words of a text in small letters, to be compared with others."""
    return " ".join(_LETTERS.findall(text)).lower()


def is_correction(text: str) -> bool:
    """The text begins as corrections and notes of the editors do."""
    return bool(_CORRECTION.match(lowered(text[:MAX_OPENING])))


def is_correction_label(text: str) -> bool:
    """The text is such a beginning and nothing else, as a heading above the note."""
    return len(text) <= MAX_OPENING and bool(_LABEL_ALONE.fullmatch(lowered(text)))


def is_marked_correction(element: Element) -> bool:
    """Class or id call the element a correction."""
    return _name_correction(words_of(element)) and element.tag not in {"article", "main", "body"}


@lru_cache(maxsize=4_096)
def _name_correction(words: frozenset[str]) -> bool:
    return not _CORRECTION_WORDS.isdisjoint(words) or any(note <= words for note in _NOTE_WORDS)


def announces(text: str) -> bool:
    """The text begins as lines do that lead to another story."""
    return bool(_TEASER.match(lowered(text[:MAX_OPENING])))


def says_nothing(text: str) -> bool:
    """The text is a mark of advertising, a counter, or has no letter."""
    return not _LETTERS.search(text) if len(text) > MAX_OPENING else bool(_NO_TEXT.fullmatch(lowered(text)))


def asks_consent(text: str) -> bool:
    """The text stands in the place of something that is loaded from elsewhere."""
    return bool(_CONSENT.match(lowered(text[:MAX_OPENING])))


def is_machine_summary(text: str) -> bool:
    """The text says that a machine has summed up the article."""
    lower = lowered(text)
    return bool(_SUMMARY.search(lower) and _MACHINE.search(lower))
