"""Words that newspapers set before or behind a date to say which one it is.

Data, and the one expression that finds them. Words are beginnings: ``aktualis`` is German, Czech and Slovak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from archivist.extract.tree import lowered
from archivist.extract.writing import legible

__all__ = ["Label", "begins_with_label", "labels_in"]

_UPDATED: Final = (
    "updated,update:,last update,last modified,last edited,modified,revised,edited on,edited at,"
    "aktualisier,zuletzt,geändert,letzte änderung,letztes update,stand:,stand ,"
    "mis à jour,mise à jour,màj,actualisé,modifié,dernière modification,"
    "actualizad,última actualización,actualización,atualizad,última atualização,atualização,modificad,actualitza,"
    "eguneratu,aggiornat,ultimo aggiornamento,aggiornamento,ultima modifica,modifica il,modificato,"
    "bijgewerkt,geüpdatet,laatste update,laatst gewijzigd,gewijzigd,aangepast,opgedateer,"
    "uppdaterad,uppdaterat,ändrad,oppdatert,sist endret,opdateret,ændret,uppfært,päivitetty,muokattu,"
    "uuendatud,muudetud,atnaujint,atjaunots,atjaunināts,papildināts,"
    "zaktualizowan,aktualizacj,aktualiza,aktualizov,upraveno,upraven,posodobljeno,ažurira,izmijenjeno,"
    "zadnja izmjena,frissít,módosít,actualizat,ultima actualizare,modificat,përditësu,güncelle,yenilən,yangilan,"
    "обновлен,обновлён,обновление,изменен,изменён,оновлен,змінено,абноўлена,актуализ,обновена,ажурира,измењено,жаңар,"
    "ενημερώθηκε,τελευταία ενημέρωση,ανανεώθηκε,τελευταία τροποποίηση,განახლ,թարմաց,"
    "تحديث,التحديث,آخر تحديث,تم التحديث,محدث,عُدل,بروزرسانی,به‌روزرسانی,به روز رسانی,ویرایش,اپ ڈیٹ,עודכן,עדכון אחרון,"
    "अपडेट,अद्यतन,संशोधित,সর্বশেষ আপডেট,আপডেট,হালনাগাদ,புதுப்பிக்க,அப்டேட்,నవీకరించ,అప్‌డేట్,ಅಪ್‌ಡೇಟ್,ನವೀಕರಿಸ,"
    "അപ്ഡേറ്റ്,പുതുക്കിയത്,અપડેટ,ਅੱਪਡੇਟ,යාවත්කාලීන,อัปเดต,อัพเดต,อัพเดท,ปรับปรุง,แก้ไขล่าสุด,แก้ไขเมื่อ,"
    "cập nhật,sửa lần cuối,diperbarui,diperbaharui,pembaruan,dikemas kini,dikemaskini,kemaskini,na-update,imesasishwa,"
    "nuashonraithe,diweddarwyd,aġġornat,更新,最終更新,最后修改,最後修改,修改,修訂,改訂,수정,업데이트"
)
_PUBLISHED: Final = (
    "published,publish date,date published,publication date,published on,posted,first published,created,issued,"
    "submitted,release date,veröffentlich,erschienen,erstellt,publiziert,geschrieben am,online seit,"
    "publié,parution,paru le,publication,mis en ligne,créé le,date de publication,"
    "publicad,publicación,publicação,fecha de publicación,creado,criado,postado,publicat,argitaratu,"
    "pubblicat,pubblicazione,creato,gepubliceerd,geplaatst,publicatiedatum,gepubliseer,gepost,"
    "publicerad,publicerat,publisert,lagt ut,udgivet,offentliggjort,publiceret,oprettet,birt,julkaistu,luotu,"
    "avaldatud,lisatud,paskelbt,publikuot,skelbta,publicēt,pievienots,"
    "opublikowan,publikacj,data dodania,dodano,utworzon,zveřejněn,publikován,vydán,vloženo,zverejnen,publikovan,"
    "objavljen,objavlen,megjelen,publikál,közzé,létrehoz,feltöltve,postat,data publicării,publicare,publikuar,botuar,"
    "yayınlan,yayımlan,yayın tarih,eklenme,giriş tarih,oluşturul,dərc,e'lon,"
    "опубликован,дата публикации,размещен,создан,опубліковано,дата публікації,апублікавана,публикуван,"
    "објављено,објавено,жарияла,δημοσ,ανάρτησ,αναρτήθηκε,καταχώρ,გამოქვეყნ,հրապարակ,"
    "نشر,النشر,نُشر,تاريخ النشر,منشور,انتشار,منتشر,تاریخ انتشار,تاریخ خبر,شائع,اشاعت,פורסם,פרסום,תאריך פרסום,"
    "प्रकाशित,पब्लिश,প্রকাশ,வெளியிட,வெளியான,பதிவு செய்த,ప్రచుర,ప్రచురిం,ಪ್ರಕಟ,പ്രസിദ്ധീകരി,പ്രസിദ്ധീക,પ્રકાશિત,"
    "ਪ੍ਰਕਾਸ਼ਿਤ,ප්‍රකාශ,เผยแพร่,โพสต์,ลงวันที่,xuất bản,đăng lúc,đăng ngày,ngày đăng,"
    "dipublikasi,diterbit,terbit,tayang,diposting,diunggah,nailathala,inilathala,imechapishwa,ilichapishwa,"
    "foilsithe,cyhoeddwyd,ippubblikat,发布,發布,發佈,发表,發表,刊登,刊出,出版,公開,掲載,配信,投稿日,"
    "입력,송고,등록,게재,발행,작성,승인"
)


_FREE: Final = "\u0e00"
"""First of the scripts that set no spaces between words: Thai, and those further east."""
_WORD: Final = re.compile(r"[^\W\d_]+")


def _either(words: str) -> str:
    """An expression for any of the words; those of scripts with spaces begin at a word's beginning."""
    found = sorted({legible(word.rstrip()) + (r"\s" if word.endswith(" ") else "") for word in words.split(",")})
    free = [word for word in found if word[0] >= _FREE]
    bound = [word for word in found if word[0] < _FREE]
    return rf"(?<![^\W\d_])(?:{'|'.join(reversed(bound))})[^\W\d_]{{0,8}}|(?:{'|'.join(reversed(free))})"


_SHORT: Final = r"(?<![^\W\d_])(?<!\d\s)(?<!\d[.]\s)maj\s(?!(?:19|20)\d\d(?!\d))"
"""French for "mise à jour", where it is not May in Danish, Polish or Swedish."""
_LABEL: Final = re.compile(rf"(?P<updated>{_either(_UPDATED)}|{_SHORT})|(?P<published>{_either(_PUBLISHED)})")
"""In small letters."""
_LEADS: Final = (
    "last first this article story artikel zum der date fecha data originally dernière ultimo última ultima sist "
    "senast viimeksi последнее آخر تاريخ تاریخ ostatnia poslední naposledy".split()
)
"""Words that may stand before the announcing one."""
_LEAD: Final = re.compile(rf"(?:(?:{'|'.join(_LEADS)})\s(?:d[eit]\s)?){{0,2}}")
_OPENINGS: Final = frozenset(
    word[:2] for words in (_UPDATED, _PUBLISHED, ",".join(_LEADS), "maj") for word in words.lower().split(",")
)
"""Two letters tell most lines apart from these."""
_BEFORE: Final = " \t\r\n\xa0\u200e\u200f([|•·-–—*"
MAX_OPENING: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A word that announces a date."""

    field: Literal["published", "updated"]
    start: int
    end: int


def labels_in(text: str) -> Iterator[Label]:
    """The announcing words of a line, in order."""
    for found in _found_in(text):
        yield Label(field="updated" if found["updated"] else "published", start=found.start(), end=found.end())


def _found_in(text: str) -> Iterator[re.Match[str]]:
    lower = lowered(text)
    if max(text, default="") >= _FREE:
        yield from _LABEL.finditer(lower)
        return
    end = 0
    for word in _WORD.finditer(lower):
        start = word.start()
        if start >= end and lower[start : start + 2] in _OPENINGS and (found := _LABEL.match(lower, start)):
            yield found
            end = found.end()


def begins_with_label(text: str) -> bool:
    """The line opens with an announcing word."""
    text = text[:MAX_OPENING].lstrip(_BEFORE)
    if text[:2].lower() not in _OPENINGS:
        return False
    text = lowered(legible(text))
    lead = _LEAD.match(text)
    return _LABEL.match(text, lead.end() if lead else 0) is not None
