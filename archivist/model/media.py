"""Media types that make a link a linked document."""

from __future__ import annotations

__all__ = ["DOCUMENT_TYPES", "is_document_type"]

DOCUMENT_TYPES = frozenset(
    {
        "application/pdf",
        "application/x-pdf",
        "application/msword",
        "application/rtf",
        "text/rtf",
        "application/epub+zip",
        "text/csv",
    }
)
_FAMILIES = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.ms-word",
)


def is_document_type(media_type: str | None) -> bool:
    """Whether an answer of this type (parameters and letter case do not matter) is a document."""
    plain = (media_type or "").split(";")[0].strip().lower()
    return plain in DOCUMENT_TYPES or plain.startswith(_FAMILIES)
