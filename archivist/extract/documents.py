"""Witness: documents that the article's text links: PDF first, office files too; never those of the site's footer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import unquote, urlsplit

from archivist.extract.asides import is_apart
from archivist.extract.expressions import lazily
from archivist.extract.html import Element, Html
from archivist.extract.main_text import MainText
from archivist.extract.tree import path_of, text_of
from archivist.model.article import MAX_EVIDENCE, Evidence, LinkedDocument
from archivist.model.media import is_document_type

__all__ = ["linked_documents", "possible_documents"]

_EXTENSION: Final = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|epub)(?:$|[?&#;/])", re.IGNORECASE)
_QUERY: Final = re.compile(r"=[^&]*\.pdf(?:&|$)", re.IGNORECASE)
_TOLD: Final = re.compile(
    r"[(\[（【][^()\[\]（）【】]{0,30}(?<![a-z])(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|epub)(?![a-z])"
    r"[^()\[\]（）【】]{0,30}[)\]）】]",
    re.IGNORECASE,
)
"""The form in brackets, as every language sets it: ``(PDF, 2 MB)``, ``[pdf]``, ``（PDFファイル）``."""
_HINT_IN_TEXT: Final = re.compile(
    r"pdf(?![a-z])|download|herunterladen|télécharge|descarg|scarica|baixar|ladda ne[dr]|last ned|hent\b|lataa|pobierz|"
    r"stáhnout|stiahnuť|letölt|descărca|λήψη|κατεβάστε|indir(?![eg])|скачать|завантажити|изтегл|преузм|preuzmi|unduh|"
    r"muat turun|tải (?:về|xuống)|ダウンロード|下载|下載|다운로드|تحميل|تنزيل|הורד|डाउनलोड|ดาวน์โหลด"
)
"""In small letters."""
_HINT_IN_URL: Final = re.compile(
    r"pdf|/(?:documents?|documentos?|documenti|dokument[eiy]?|dokumenty?|downloads?|descargas?|telechargements?|"
    r"attachments?|allegati|anexos?|bijlagen?|fichiers?|files?|getfile|blob|binar(?:y|ies)|media/file|fileadmin|"
    r"wp-content/uploads)(?:/|\.(?:php|aspx?|ashx|do|jsp)\b)|[?&](?:file|download|doc|document|attachment)="
)
"""In small letters, as well."""
_IMAGE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|mp[34]|html?)$", re.IGNORECASE)
_OWN_PRINT: Final = lazily(
    r"\W*(?:(?:download|save|print|view|open|speichern|herunterladen|drucken|télécharger|enregistrer|imprimer|"
    r"descargar|guardar|imprimir|scarica|salva|stampa|downloaden|opslaan|baixar|salvar|ladda ner|last ned|hent|"
    r"pobierz|stáhnout|скачать|сохранить)\s)?"
    r"(?:(?:this|the|den|diesen|cet|este|esta|questo|dit|het|l['’])\s?)?"
    r"(?:(?:article|artikel|articolo|artículo|artigo|story|page|seite|pagina|página|text|beitrag|artykuł|статью)\s)?"
    r"(?:as|als|im|en|in|em|como|come|som|jako|w|au format|au|в|у)\s(?:an?\s)?pdf\b.{0,20}",
    re.IGNORECASE,
)
"""What stands on the button that prints the article itself; a document in the text is called by its name."""
_BRACKETS: Final = frozenset("([（【")
MIN_NAME: Final = 6
"""Characters of a page's own name, by which the print of it is known."""


def linked_documents(html: Html, main: MainText | None) -> tuple[LinkedDocument, ...]:
    """The documents that the text links, as extension, ``type`` or the words in brackets say."""
    return _documents(html, main, _certain)


def possible_documents(html: Html, main: MainText | None) -> tuple[LinkedDocument, ...]:
    """Links of the text that may lead to a document: what the server answers will tell."""
    return _documents(html, main, _possible)


def _documents(
    html: Html, main: MainText | None, place: Callable[[Element, str], str | None]
) -> tuple[LinkedDocument, ...]:
    """The links of the text in which a place says that they are documents."""
    found: dict[str, LinkedDocument] = {}
    own: set[Element] = set()
    for anchor in () if main is None else main.element.iter("a"):
        reference = anchor.get("href") or ""
        how = place(anchor, reference)
        url = html.absolute(reference) if how is not None else None
        if main is None or how is None or url is None or url in found or _is_own_print(anchor, url, html.url):
            continue
        own = own or _own(main)
        if not is_apart(anchor, scope=main.element, own=own):
            found[url] = _link(anchor, url, how)
    return tuple(found.values())


def _own(main: MainText) -> set[Element]:
    """The elements that hold the article's text."""
    own = {main.element}
    for element in main.elements:
        node: Element | None = element
        while node is not None and node not in own:
            own.add(node)
            node = node.getparent()
    return own


def _certain(anchor: Element, reference: str) -> str | None:
    """Where it stands that this is a document."""
    if (kind := anchor.get("type")) and is_document_type(kind):
        return "@type"
    path, query = _split(unquote(reference) if "%" in reference else reference)
    if _EXTENSION.search(path) or (query and _QUERY.search(query)):
        return "@href"
    said = tail[:40].lstrip() if (tail := anchor.tail) else ""
    if (said and _TOLD.match(said)) or ((text := _bracketed(anchor)) and _TOLD.search(text)):
        return "text()"
    return None


def _possible(anchor: Element, reference: str) -> str | None:
    """Where it stands that this may be a document."""
    address = reference.partition("#")[0].lower()
    is_hinted = _HINT_IN_URL.search(address) or _HINT_IN_TEXT.search(text_of(anchor).lower())
    is_other = is_hinted and (_IMAGE.search(address.partition("?")[0]) or _certain(anchor, reference))
    return "@href" if is_hinted and not is_other else None


def _split(reference: str) -> tuple[str, str]:
    """Path and query of an address."""
    path, _, query = reference.partition("#")[0].partition("?")
    return path, query


def _bracketed(anchor: Element) -> str:
    """The anchor's text, where brackets stand in it."""
    text = "".join(map(str, anchor.itertext())) if len(anchor) else anchor.text or ""
    return text if len(text) <= MAX_EVIDENCE and not _BRACKETS.isdisjoint(text) else ""


def _is_own_print(anchor: Element, url: str, page: str) -> bool:
    """It is the article itself, set for printing."""
    if _OWN_PRINT().fullmatch(text_of(anchor)):
        return True
    name = _name(page)
    return len(name) >= MIN_NAME and name == _name(url)


def _name(url: str) -> str:
    """The last part of an address's path, without its ending."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return path.rstrip("/").rpartition("/")[2].partition(".")[0].lower()


def _link(anchor: Element, url: str, how: str) -> LinkedDocument:
    text = text_of(anchor)
    said = text if how == "text()" else anchor.get(how[1:]) or ""
    evidence = Evidence(witness="link", at=f"{path_of(anchor)}/{how}", text=said[:MAX_EVIDENCE])
    return LinkedDocument(url=url, text=text, evidence=evidence)
