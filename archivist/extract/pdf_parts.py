"""What is laid over a PDF's pages or goes with them: links, notes, fields of forms, signatures, attached files."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from archivist.extract.cms import signer_in
from archivist.extract.pdf_fields import pdf_date
from archivist.extract.pdf_file import Data, signer_of
from archivist.model.article import Attachment, FormField, Link, Signature
from archivist.model.url import absolute
from archivist.proof.digest import sha256_hex

__all__ = ["Overlay", "add_attachments", "is_picture", "read_overlay", "signatures_of", "wide_text"]

MAX_ANNOTATIONS: Final = 2_000
"""Of one page that are looked at."""
MAX_LINKS: Final = 10_000
"""Of one document that are kept."""
MAX_FORM_FIELDS: Final = 2_000
MAX_TEXT: Final = 2_000
"""Characters of an address, of the words of a link, of a value of a form."""
MAX_ATTACHMENTS: Final = 200
MAX_ATTACHED: Final = 256 * 1024 * 1024
"""Bytes of attached files, unpacked, that are read."""
MAX_SIGNATURES: Final = 100
MAX_SIGNATURE: Final = 1024 * 1024
"""Bytes of one; with all certificates and time stamps it has some ten thousand."""
MAX_OBJECTS: Final = 2_000
"""Of a page without text that are searched for a picture."""


@dataclass(slots=True, kw_only=True)
class Overlay:
    """What was found on the pages so far."""

    annotations: int = 0
    form_fields: dict[str, FormField] = field(default_factory=dict)
    links: int = 0
    attachments: list[Attachment] = field(default_factory=list)
    attached_left: int = MAX_ATTACHED


def wide_text(ask: Callable[..., int], *subject: object, limit: int = MAX_TEXT) -> str:
    """What a function of pdfium writes as UTF-16: asked once for the length, once for the text."""
    length = min(int(ask(*subject, None, 0)), 1 << 20)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length + 2)
    ask(*subject, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    text = buffer.raw[:length].decode("utf-16-le", "replace")
    return " ".join(text.partition("\0")[0][:limit].split())


def _plain_text(ask: Callable[..., int], *subject: object) -> str:
    length = min(int(ask(*subject, None, 0)), MAX_TEXT)
    buffer = ctypes.create_string_buffer(length + 1)
    ask(*subject, buffer, length)
    return buffer.value.decode("utf-8", "replace")


def read_overlay(page: Any, text_page: Any, overlay: Overlay, *, base_url: str) -> tuple[Link, ...]:  # noqa: ANN401
    """The page's links to the web; its notes, fields of forms and attached files go to ``overlay``."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # heavy, and wanted only where a PDF is read

    links: list[Link] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if kind == pdfium.FPDF_ANNOT_LINK:
                link = _link(page, text_page, annotation, base_url) if overlay.links < MAX_LINKS else None
                links += [link] if link and link not in links[-10:] else []
            elif kind == pdfium.FPDF_ANNOT_WIDGET:
                _add_form_field(page, annotation, overlay)
            elif kind == pdfium.FPDF_ANNOT_FILEATTACHMENT and len(overlay.attachments) < MAX_ATTACHMENTS:
                _add_attachment(pdfium.FPDFAnnot_GetFileAttachment(annotation), overlay)
            elif kind != pdfium.FPDF_ANNOT_POPUP:
                overlay.annotations += 1
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    overlay.links += len(links)
    return tuple(links)


def _link(page: Any, text_page: Any, annotation: Any, base_url: str) -> Link | None:  # noqa: ANN401
    """The link to the web, if it is one (ISO 32000-1, 12.6.4.7)."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return None
    url = absolute(base_url, _plain_text(pdfium.FPDFAction_GetURIPath, page.pdf, action).strip())
    box = pdfium.FS_RECTF()
    if url is None or not pdfium.FPDFAnnot_GetRect(annotation, box):
        return None
    text = text_page.get_text_bounded(box.left, box.bottom, box.right, box.top)
    return Link(url=url, text=" ".join(text.replace("\ufffe", "")[:MAX_TEXT].split()))


def _add_form_field(page: Any, annotation: Any, overlay: Overlay) -> None:  # noqa: ANN401
    """The field, once: several buttons may stand for one."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    form = page.formenv
    if form is None or len(overlay.form_fields) >= MAX_FORM_FIELDS:
        return
    kinds = {
        pdfium.FPDF_FORMFIELD_PUSHBUTTON: "button",
        pdfium.FPDF_FORMFIELD_CHECKBOX: "checkbox",
        pdfium.FPDF_FORMFIELD_RADIOBUTTON: "radio",
        pdfium.FPDF_FORMFIELD_COMBOBOX: "choice",
        pdfium.FPDF_FORMFIELD_LISTBOX: "choice",
        pdfium.FPDF_FORMFIELD_TEXTFIELD: "text",
        pdfium.FPDF_FORMFIELD_SIGNATURE: "signature",
    }
    name = wide_text(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)
    kind = kinds.get(pdfium.FPDFAnnot_GetFormFieldType(form, annotation), "other")
    value = wide_text(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
    if name not in overlay.form_fields:
        overlay.form_fields[name] = FormField(name=name, kind=kind, value=value)


def is_picture(page: Any) -> bool:  # noqa: ANN401  # pypdfium2 has no types
    """There is a picture on the page."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    objects = min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)
    return any(_holds_picture(pdfium, pdfium.FPDFPage_GetObject(page, index)) for index in range(objects))


def _holds_picture(pdfium: Any, item: Any) -> bool:  # noqa: ANN401
    """The object is a picture, or a form (ISO 32000-1, 8.10) with one directly in it."""
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        return bool(kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    inner = min(pdfium.FPDFFormObj_CountObjects(item), MAX_OBJECTS)
    found = (pdfium.FPDFPageObj_GetType(pdfium.FPDFFormObj_GetObject(item, index)) for index in range(inner))
    return pdfium.FPDF_PAGEOBJ_IMAGE in found


def add_attachments(pdf: Any, overlay: Overlay, problems: list[str]) -> None:  # noqa: ANN401
    """The files that the document itself has attached come before those of its pages (ISO 32000-1, 7.11.4)."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    of_pages, overlay.attachments = overlay.attachments, []
    count = pdfium.FPDFDoc_GetAttachmentCount(pdf)
    files = [pdfium.FPDFDoc_GetAttachment(pdf, index) for index in range(min(count, MAX_ATTACHMENTS))]
    damaged = [number for number, file in enumerate(files, start=1) if not _add_attachment(file, overlay)]
    problems += [f"attachment {number} is damaged and could not be read" for number in damaged]
    overlay.attachments += of_pages
    if count > MAX_ATTACHMENTS:
        problems.append(f"only the first {MAX_ATTACHMENTS} of {count} attachments were read")


def _add_attachment(attachment: Any, overlay: Overlay) -> bool:  # noqa: ANN401  # pypdfium2 has no types
    """Whether there is a file; its digest only as long as not too much was read."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    length = ctypes.c_ulong()
    if not attachment or not pdfium.FPDFAttachment_GetFile(attachment, None, 0, length):
        return False
    name = wide_text(pdfium.FPDFAttachment_GetName, attachment)
    sha256 = None
    if length.value <= overlay.attached_left:
        overlay.attached_left -= length.value
        data = ctypes.create_string_buffer(max(1, length.value))
        pdfium.FPDFAttachment_GetFile(attachment, data, length.value, length)
        sha256 = sha256_hex(data.raw[: length.value])
    overlay.attachments.append(Attachment(name=name, length=length.value, sha256=sha256))
    return True


def _contents(signature: Any) -> bytes:  # noqa: ANN401  # pypdfium2 has no types
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    length = min(pdfium.FPDFSignatureObj_GetContents(signature, None, 0), MAX_SIGNATURE)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFSignatureObj_GetContents(signature, buffer, length)
    return buffer.raw


def signatures_of(pdf: Any, data: Data, *, is_encrypted: bool) -> Iterator[Signature]:  # noqa: ANN401
    """The fields that hold a signature (ISO 32000-1, 12.8)."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415  # as above

    for index in range(min(pdfium.FPDF_GetSignatureCount(pdf), MAX_SIGNATURES)):
        signature = pdfium.FPDF_GetSignatureObject(pdf, index)
        if not signature or not pdfium.FPDFSignatureObj_GetContents(signature, None, 0):
            continue
        count = min(pdfium.FPDFSignatureObj_GetByteRange(signature, None, 0), 100)
        numbers = (ctypes.c_int * count)()
        pdfium.FPDFSignatureObj_GetByteRange(signature, numbers, count)
        signed = tuple(numbers)
        # Strings of an encrypted document are encrypted in its bytes; the signature itself never is.
        named = None if is_encrypted else signer_of(data, signed)
        yield Signature(
            signer=named or signer_in(_contents(signature)),
            time=pdf_date(_plain_text(pdfium.FPDFSignatureObj_GetTime, signature)),
            reason=wide_text(pdfium.FPDFSignatureObj_GetReason, signature) or None,
            form=_plain_text(pdfium.FPDFSignatureObj_GetSubFilter, signature) or None,
            is_whole=len(signed) == 4 and signed[2] + signed[3] >= len(data) - len(b"\r\n"),
        )
