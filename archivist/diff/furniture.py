"""Words of a page that are no words of the article: counters, clocks, teasers, invitations to subscribe.

Only passages that differ between two versions are asked; what stands still on both sides is nobody's edit.
"""

from __future__ import annotations

import re
from typing import Final

from archivist.model.outline import Passage

__all__ = ["VOLATILE", "asks", "is_furniture", "is_volatile"]

LINKED: Final = 0.6
"""Share of a passage in links from which it leads elsewhere instead of saying something."""
ALL_LINKED: Final = 0.9
"""The same of a passage that a reading took for the article's text."""
TEASER: Final = 250
"""Characters up to which a passage that begins like a teaser is one."""
LABEL: Final = 90
"""Characters up to which a passage can be a counter or a clock."""

_LETTERS: Final = re.compile(r"[^\W\d_]+")
VOLATILE: Final = frozenset(
    # counters
    "view views viewed read reads reader readers visitor visitors visit visits share shares shared comment comments "
    "like likes reaction reactions reply replies follower followers vote votes min mins minute minutes sec secs second "
    "seconds hour hours hr hrs h m s k d day days week weeks month months year years ago just now today yesterday am "
    "pm utc gmt cet cest bst est edt et updated posted published last so far by of the at on a an in "
    "aufrufe aufruf kommentar kommentare leser minuten stunde stunden tag tage tagen woche wochen vor uhr heute "
    "gestern lesezeit stand aktualisiert mal geteilt gelesen "
    "vues vue commentaire commentaires partages partage lectures il y heure heures jour jours semaine semaines "
    "aujourd hui hier lecture mis à jour le "
    "visitas vistas comentario comentarios compartidos lecturas hace hora horas día días semana semanas hoy ayer "
    "visualizzazioni commenti commento condivisioni letture fa ore ora giorni giorno settimane oggi ieri minuti "
    "visualizações comentários partilhas há minutos hoje ontem dias atrás "
    "reacties reactie keer gelezen geleden uur dagen weergaven delen minuten "
    "görüntülenme yorum önce saat dakika gün okunma paylaşım "
    "просмотров просмотра комментариев комментарий назад минут часов дней "
    "مشاهدة تعليق تعليقات منذ دقيقة دقائق ساعة ساعات "
    # weekdays and months, of a clock at the head of the page
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember "
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril juin juillet août septembre "
    "octobre novembre décembre "
    "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre de del "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio aprile maggio giugno luglio settembre "
    "ottobre dicembre "
    "segunda terça quarta quinta sexta feira janeiro fevereiro março maio junho julho setembro outubro novembro "
    "dezembro maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart mei augustus".split()
)
_TEASER: Final = re.compile(
    r"\W*(?:read (?:more|also|next|the full|now)|also read|more (?:on|from|stories)|related|see also|don['’]t miss|"
    r"most (?:read|popular|viewed)|trending|recommended|watch(?: now| live)?:|listen(?: now)?:|advertis(?:ement|ing)|"
    r"sponsored|promoted|sign up|subscribe|register|log in|sign in|click here|follow us|follow .{1,40} on|"
    r"download (?:our|the) .{0,30}app|join our|get (?:our|the) .{0,40}newsletter|support our|donate|"
    r"lesen sie|lies auch|mehr zum thema|mehr (?:dazu|lesen)|auch interessant|anzeige|werbung|"
    r"jetzt (?:abonnieren|lesen)|"
    r"sur le même sujet|(?:à )?lire (?:aussi|également|plus)|voir aussi|publicité|abonnez|inscrivez|"
    r"leer más|lee (?:también|más)|te puede interesar|publicidad|suscríbete|suscríbase|"
    r"leia (?:mais|também)|veja também|publicidade|assine|"
    r"leggi anche|leggi (?:di più|tutto)|pubblicità|iscriviti|abbonati|"
    r"lees (?:ook|meer|verder)|advertentie|les også|læs også|läs (?:också|mer|även)|annons|lue myös|"
    r"čtěte také|baca juga|xem thêm|czytaj (?:też|także|również|więcej)|reklama|"
    r"читайте (?:также|також|ще)|реклама|подпис|İlgili|ayrıca oku|reklam|soma (?:zaidi|pia)|"
    r"اقرأ أيضا|اقرأ المزيد|إعلان|関連記事|あわせて読みたい|広告|관련 ?기사|광고|相关阅读|延伸阅读|广告)(?!\w)",
    re.IGNORECASE,
)


_ASKS: Final = re.compile(
    r"\W*(?:follow (?:us|our|along|live|all)|listen to (?:this|the)|listen:|watch (?:the|our|this|more)|contact us|"
    r"e-?mail us|got a (?:tip|story)|do you (?:know more|have (?:a|any|more))|know more\?|click (?:here|below)|"
    r"tap here|scroll down|(?:story|article|text) continues|continue reading|keep reading|you may also|you might also|"
    r"recommended for|editors?['’]s? picks?|share (?:this|on|via)|join (?:the|us)|download|get the app|"
    r"folgen sie|folge uns|hier (?:finden sie|geht|lesen)|(?:diesen\s)?(?:artikel|beitrag) (?:an)?hören|"
    r"(?:jetzt\s)?(?:anhören|anmelden|abonnieren)|teilen sie|nicht verpassen|"
    r"haben sie (?:hinweise|fragen|informationen)|schreiben sie uns|diskutieren sie|zum (?:newsletter|live)|"
    r"s[ií]g(?:uenos|anos)|escuch[ae]r? (?:este|el|la)|comparte (?:est|en)|únete|descarg[ae]|"
    r"suivez|écoute[rz] (?:cet|l)|partage[rz]|recevez|rejoignez|téléchargez|contactez|retrouvez|"
    r"seguici|segui|ascolta|condividi|scarica|ricevi|"
    r"siga (?:o|a|no)|ouça|ouvir|compartilhe|baixe|receba|participe|"
    r"volg ons|luister|download|meld (?:u|je)|schrijf (?:u|je)|"
    r"följ oss|lyssna|ladda ner|prenumerera|tipsa oss|følg oss|lytt til|last ned|abonner|tips oss|lyt til|"
    r"obserwuj|posłuchaj|udostępnij|sledujte|sdílejte|seuraa|kuuntele|bizi takip|abone ol|подписывайтесь|"
    r"підписуйтесь|следите|ikuti|theo dõi|فيديو:|تابعنا|اشترك)(?!\w)",
    re.IGNORECASE,
)
"""What a reader is asked to do besides reading."""
ASKED: Final = 120
"""Characters up to which that is all a passage says."""
_METER: Final = re.compile(
    r"\d+\s+(?:more\s+)?(?:free|complimentary|premium)\s+(?:articles?|stories|story|views?)|"
    r"free (?:articles?|stories) (?:left|remaining)|"
    r"\d+\s+(?:freie|kostenlose|gratis)\w*\s+artikel|artikel kostenlos lesen|\d+\s+articles?\s+gratuits?|"
    r"\d+\s+artículos?\s+(?:gratis|gratuitos?)|\d+\s+(?:artigos?|articoli)\s+gr[áa]tis|\d+\s+gratis artikel|"
    r"subscribe (?:now )?(?:for|to (?:continue|read|get)|and get) |already a subscriber|"
    r"reached your (?:monthly )?limit|jetzt (?:abonnieren|weiterlesen)|"
    r"weiterlesen mit |bereits abonnent|déjà abonné|réservé aux abonnés|"
    r"ya (?:soy|eres) suscriptor|exclusivo para (?:suscriptores|assinantes)|riservato agli abbonati",
    re.IGNORECASE,
)
"""What stands where a reader has to pay."""
_APPEAL: Final = re.compile(
    r"support (?:our|independent|quality|local|public) (?:work|journalism|journalists|reporting|newsroom)|"
    r"(?:price|cost) of a (?:cup of )?coffee|small favou?r to ask|"
    r"become a (?:supporter|patron|subscriber|member (?:today|now))|"
    r"journalismus (?:kostet|braucht)|unterstützen (?:sie )?(?:uns|unsere(?:n)? (?:arbeit|journalismus))|"
    r"freiwilligen beitrag|soutenez(?:-nous| le journalisme| notre)|nous soutiennent|information indépendante a |"
    r"periodismo (?:independiente )?(?:cuesta|necesita)|hazte (?:soci[oa]|suscriptor)|apoya (?:nuestro|el) periodismo|"
    r"ya nos apoyan|sostieni (?:il giornalismo|la nostra)|sostienici|apoie o (?:nosso )?jornalismo|"
    r"steun (?:onze|onafhankelijke) journalist|støtt (?:vår|uavhengig) journalist|støt (?:vores|uafhængig) journalist|"
    r"stöd (?:vår|oberoende) journalist|wesprzyj (?:nas|nasze)|поддержите (?:нас|нашу работу)",
    re.IGNORECASE,
)
"""What asks a reader for money."""


def is_furniture(passage: Passage) -> bool:
    """The passage leads elsewhere, counts, or asks for something; a correction never does."""
    block = passage.block
    if block.kind == "correction":
        return False
    length = len(block.text)
    share = ALL_LINKED if passage.is_main else LINKED
    if length <= TEASER and (passage.linked > share * length or _leads_away(block.text)):
        return True
    return asks(block.text) or is_volatile(block.text)


def _leads_away(text: str) -> bool:
    """It announces something else, or asks for money."""
    return bool(_TEASER.match(text)) or any(pattern.search(text) for pattern in (_METER, _APPEAL))


def asks(text: str) -> bool:
    """A short line that asks a reader to follow, listen, share, pay or read something else."""
    return len(text) <= ASKED and any(pattern.match(text) for pattern in (_ASKS, _TEASER))


def is_volatile(text: str) -> bool:
    """A short line of nothing but figures and words of counting and of time."""
    return len(text) <= LABEL and all(word.lower() in VOLATILE for word in _LETTERS.findall(text))
