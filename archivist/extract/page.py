"""One page read in one pass: the whole work of the confined reader (``archivist.sandbox``) on a page."""

from __future__ import annotations

from collections.abc import Sequence

from archivist.extract.article import read_article
from archivist.extract.documents import possible_documents
from archivist.extract.html import parse_html
from archivist.extract.main_text import main_text
from archivist.extract.quality import judge
from archivist.extract.requisites import requisites
from archivist.model.page import PageReading

__all__ = ["read_page"]
