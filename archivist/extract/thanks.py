"""Witness: the line that thanks those who contributed to a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from archivist.extract.claims import Found, element_claim
from archivist.extract.expressions import lazily
from archivist.extract.main_text import MainText
from archivist.extract.names import split_names

__all__ = ["thanked", "thanks_claims", "without_thanks"]

MAX_THANKS: Final = 500
"""Characters of a block that may thank those who contributed."""
FIRST, LAST = 6, 12
"""Blocks at the beginning and at the end of a text among which they are thanked."""
MAX_REST: Final = 30
"""Characters after "contributed to this report": a place; where more follows, the sentence is about something else."""
SHARE: Final = 0.45
"""Of what is said, without roles and places: what the names are at least."""

_SENTENCE_END: Final = re.compile(
    r"(?<=[^\W\d_]{2}|.[\])\d])[.;!?]\s+(?=[^\W\d_\s])|。|(?<![Ww]ith),?\s+(?=(?:[Ww]ith\s)?[Aa]dditional\sreporting)"
)
_ENDS: Final = " ()[]（）—–-_•*.,:"
_WORK: Final = (
    r"(?:report|reporting|story|article|guide|piece|post|review|list|investigation|analysis|project|coverage|newsletter|"
    r"bericht|artikel|text|beitrag|recherche|reportage|article|enquête|texte|papier|artículo|reportaje|informe|texto|"
    r"nota|articolo|servizio|testo|inchiesta|reportagem|artigo|texto|verhaal|artikeln|artikkelen|artiklen|saken|sagen|"
    r"texten|rapporten|reportasjen|reportaget|berättelsen)"
)
_AFTER_THE_NAMES: Final = lazily(
    rf"\s(?:(?:also|has|have)\s)*contributed(?:\s(?:to\s(?:this|the)\s(?:\w+\s)?{_WORK}\b|(?:additional\s)?reporting\b)|$)"
    rf"|\s(?:hat|haben)\s(?:zu|an)\sdiese[mr]\s{_WORK}\s(?:mitgearbeitet|mitgewirkt|beigetragen)"
    rf"|\s(?:a|ont)\s(?:\w+\s)?(?:contribué|participé|collaboré)\sà\s(?:cet|cette|ce)\s{_WORK}"
    rf"|\s(?:ha\s|han\s)?(?:contribuy(?:ó|eron)|contribuido|colabor(?:ó|aron|ado))\s(?:a|con|en)\sest[ea]\s{_WORK}"
    rf"|\s(?:ha|hanno)\s(?:collaborato|contribuito)\sa\squest[oa]?['’ ]\s?{_WORK}"
    rf"|\s(?:contribuiu|contribuíram|colaborou|colaboraram)\s(?:para|com|n)\s?est[ea]\s{_WORK}"
    rf"|\s(?:werkten?\smee|(?:heeft|hebben)\s(?:\w+\s)?(?:bijgedragen|meegewerkt))\saan\sdit\s{_WORK}"
    rf"|\s(?:har\s)?(?:bidrog|bidro|bidragit|bidratt|bidraget)\still?\s(?:\w+\s)?(?:\w+\s)?{_WORK}"
    r"|\sosallistui(?:vat)?\s(?:\w+\s)?(?:jutun|artikkelin)\b"
    r"|\s(?:także\s)?współpracowa(?:ł|ła|li)\sprzy\s(?:tekście|artykule)"
    r"|\s(?:bu\s)?(?:habere|haberin\shazırlanmasına|rapora)\skatkıda\sbulundu"
    r"|\s?(?:[对對](?:本文|此文|本[报報][道導])(?:亦|也)?有[贡貢][献獻]|[参參][与與]了?本文)",
    re.IGNORECASE,
)
_STEMS: Final = (
    "contribu,kontribu,collabor,colabor,particip,al reporting,er reporting,al research,er research,reporting by,"
    "reporting from,research by,research from,files by,files from,adicional,reportes,reportagem,mitarbeit,mitge,"
    "mitwirk,beigetragen,beiträgen,recherche,berichterstattung,informa,bijdrag,bijgedragen,meegewerkt,werkte,medewerk,"
    "m.v,mmv,bidr,hjälp,hjelp,hjælp,osallistui,lisärap,współpr,spolupr,přispěl,podíl,podieľal,közremű,suradnj,saradnj,"
    "sodelova,sudjelova,učestvova,участ,работал,працював,συμβολή,συνεργασ,συμμετοχή,katkı,laporan,đóng,cộng,tham,취재,協力,"
    "协助,協助,贡献,貢獻,参与,參與,ساهم,شارك,השתתפ,סייע"
).split(",")
"""One of them is in all that thanks: asked first, for the patterns are slow."""
_ASCII_STEMS: Final = tuple(filter(str.isascii, _STEMS))
_BEFORE_THE_NAMES: Final = lazily(
    r"^(?:.{0,80}\b)?(?:additional|further)\s(?:reporting|research)(?:\s(?:was\s)?(?:contributed|provided))?(?:\sby|\s?:)\s"
    r"|^(?:with\s|the\s)?(?:additional\s)?(?:reporting|contributions|files|research)\s(?:by|from)\s|^contributors?\s?:\s"
    r"|^(?:unter\s)?mitarbeit(?:\svon|\s?:)\s?|^(?:zusätzliche\s)?(?:recherche|mitwirkung|berichterstattung)\s?:\s"
    r"|^mit\s(?:beiträgen|informationen)\svon\s"
    r"|^avec\s(?:la\s|des\s|les\s)?(?:contributions?|participation|collaboration|informations?)\sde\s"
    r"|^(?:collaboration|contribution)s?\s?:\s|^ont\s(?:\w+\s)?(?:contribué|participé|collaboré)\sà\scet\sarticle\s?:?\s"
    r"|^con\s(?:la\s)?(?:colaboración|contribución|información|informaciones|reportes)\s(?:adicional\s)?de\s"
    r"|^(?:colabor(?:ó|aron|ación)|contribuy(?:ó|eron)|(?:información|reporte)\sadicional\sde)\s?:?\s"
    r"|^con\s(?:la\scollaborazione|il\scontributo)\sdi\s|^(?:ha|hanno)\s(?:collaborato|contribuito)\s?:?\s"
    r"|^com\s(?:a\s)?(?:colaboração|contribuição|informações|reportagem)\s(?:adicional\s)?d[eoa]s?\s"
    r"|^(?:colabor(?:ou|aram|ação)|contribuiu|contribuíram)\s?:?\s"
    r"|^(?:met\s(?:medewerking|bijdragen?)\svan|m\.?m\.?v\.?|medewerk(?:ing|ers?)\s?:)\s"
    r"|^med\s(?:bidrag|hjälp|hjelp|hjælp)\s(?:från|fra|av|af)\s"
    r"|^(?:lisäraportointi|jutun\stekoon\sosallistui(?:vat)?|jutun\stekemiseen\sosallistui(?:vat)?)\s?:?\s"
    r"|^(?:współpraca|współpr\.?|przy\swspółpracy)\s?:?\s"
    r"|^(?:spolupráce|spolupráca|spolupracoval[aiy]?|přispěl[aiy]?)\s?:?\s"
    r"|^na\s(?:článku|textu|texte|príprave\s\w+)\s(?:s[ea]\s)?(?:také\s|tiež\s)?(?:podílel[aiy]?|podieľal[ai]?|"
    r"spolupracoval[aiy]?)\s?:?\s"
    r"|^közreműköd(?:ött|tek|ők?)\s?:?\s|^cu\s(?:contribuția|colaborarea)\s(?:lui\s)?|^au?\s(?:contribuit|colaborat)\s?:?\s"
    r"|^(?:suradnja|saradnja|sodelova(?:l|la|li))\s?:?\s"
    r"|^u\s(?:pisanju|izradi|pripremi)\s(?:\w+\s)?(?:teksta|članka)\s(?:su\s|je\s)?(?:sudjeloval|učestvoval)[aio]\s?:?\s"
    r"|^(?:при\sучастии|с\sучастием|с\sучастието\sна|за\sучасті)\s?:?\s"
    r"|^в\sподготовке\s\w+\s(?:также\s)?(?:участвовал[аи]?|принимал[аи]?\sучастие)\s?:?\s"
    r"|^(?:над\sматериалом\s(?:также\s)?работал[аи]?|над\sматеріалом\s(?:також\s)?працювал[аи])\s?:?\s"
    r"|^(?:με\sτη\s(?:συμβολή|συνεργασία|συμμετοχή)\s(?:του|της|των)|συνεργασία\s?:)\s"
    r"|^(?:katkıda\sbulunan(?:lar)?|kontributor|dengan\skontribusi(?:\sdari)?|laporan\stambahan(?:\soleh)?)\s?:?\s"
    r"|^với\ssự\s(?:đóng\sgóp|cộng\stác|tham\sgia)\scủa\s"
    r"|^(?:취재\s?(?:도움|지원)|取材協力|[协協]助[采採][访訪]|[参參][与與](?:[采採][访訪]|[报報][道導]))\s?[:=：]?\s?"
    r"|^(?:ساهمت?|شاركت?)\sفي\s(?:كتابة|إعداد|تغطية)\s(?:هذا\s)?(?:التقرير|المقال|الخبر)\s?:?\s|^بمشاركة\s"
    r"|^(?:השתתפו?|סייעו?)\sבהכנת\sה\w+\s?:?\s",
    re.IGNORECASE,
)
_ROLE: Final = lazily(
    r"(?:(?:^|(?<=\s))[A-Z][\w.]*\s){0,5}(?:staff |freelance )?"
    r"(?:[Ww]riters?|[Rr]eporters?|[Jj]ournalists?|[Cc]orrespondents?|[Pp]roducers?)\s"
)
_PLACE: Final = lazily(r"\s(?:in|from|at)\s[^\W\da-z][\w .'-]{1,30}(?:,\s[^\W\da-z][\w .]{1,20}(?=,|$))?")


def thanks_claims(main: MainText) -> Iterator[Found]:
    """Those whom a short block at the beginning or the end of the text thanks."""
    count = len(main.blocks)
    both = [
        (block.text, element)
        for number, (block, element) in enumerate(zip(main.blocks, main.elements, strict=True))
        if (number < FIRST or number >= count - LAST) and len(block.text) <= MAX_THANKS
    ]
    plain = "\n".join(text for text, _ in both if text.isascii())
    other = "\n".join(text for text, _ in both if not text.isascii())
    if _may_thank(plain) or _may_thank(other):  # all at once, for most texts thank nobody
        for text, element in both:
            for person in thanked(text):
                yield "contributors", element_claim(person, element, witness="text", text=text)


def _may_thank(text: str) -> bool:
    folded = text.casefold()
    return any(map(folded.__contains__, _ASCII_STEMS if folded.isascii() else _STEMS))


def thanked(text: str) -> tuple[str, ...]:
    """The persons whom a short text thanks."""
    return _thanked_by(text) if len(text) <= MAX_THANKS else ()


@lru_cache(maxsize=256)
def _thanked_by(text: str) -> tuple[str, ...]:
    if not _may_thank(text):
        return ()
    return tuple(person for sentence in _SENTENCE_END.split(text) for person in _thanked(sentence.strip(_ENDS)))


def without_thanks(text: str) -> str:
    """A byline without the sentences that thank somebody."""
    if not thanked(text):
        return text
    sentences = _SENTENCE_END.split(text)
    return " ".join(sentence for sentence in sentences if not _thanked(sentence.strip(_ENDS))).strip()


def _thanked(sentence: str) -> tuple[str, ...]:
    """The persons whom a sentence thanks, where it does little else."""
    found = _AFTER_THE_NAMES().search(sentence)
    if found and len(sentence) - found.end() <= MAX_REST:
        said = sentence[: found.start()]
    elif found := _BEFORE_THE_NAMES().match(f"{sentence} "):
        said = sentence[found.end() :]
    else:
        return ()
    said = _PLACE().sub("", _ROLE().sub("", said)).strip(_ENDS)
    persons = split_names(said)
    return persons if sum(map(len, persons)) >= SHARE * len(said) else ()
