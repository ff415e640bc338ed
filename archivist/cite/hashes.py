"""The hashes of a page and of the documents that it links, in the forms that tools and standards know.

One a line, then the address, so that the line says what the hash is of.
"""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable

from archivist.cite.links import plain_url
from archivist.model.citation import Citation

__all__ = ["cite_blake3", "cite_ni", "cite_sha256", "cite_sri", "ni_uri"]


def cite_ni(citation: Citation) -> str:
    """``ni:///sha-256;f4OxZX_x_…``: a name of RFC 6920."""
    return _lines(citation, ni_uri)


def cite_sri(citation: Citation) -> str:
    """``sha256-f4OxZX/x/…=``: Subresource Integrity."""
    return _lines(citation, lambda sha256: f"sha256-{b64encode(bytes.fromhex(sha256)).decode()}")


def cite_sha256(citation: Citation) -> str:
    """``sha256:9f86d081…``."""
    return _lines(citation, lambda sha256: f"sha256:{sha256}")


def cite_blake3(citation: Citation) -> str:
    """``blake3:9f86d081…``."""
    each = ((citation.blake3, citation.url), *((document.blake3, document.url) for document in citation.documents))
    return "\n".join(f"blake3:{blake3}  {plain_url(url)}" for blake3, url in each if blake3)


def ni_uri(sha256: str) -> str:
    """The name of some bytes, without an authority (RFC 6920 section 3)."""
    return f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip('=')}"


def _lines(citation: Citation, form: Callable[[str], str]) -> str:
    each = ((citation.sha256, citation.url), *((document.sha256, document.url) for document in citation.documents))
    return "\n".join(f"{form(sha256)}  {plain_url(url)}" for sha256, url in each)
