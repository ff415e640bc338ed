"""Small pages, and what is read in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.extract.article import read_article
from archivist.extract.html import parse_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.extract.claims import Found
    from archivist.extract.html import Html
    from archivist.model.article import Article

URL = "https://courier.example/harbour/cranes"

TEXT = """<p>The harbour board met on Tuesday to hear what the dredging of the western quay has cost so far.</p>
<p>Nobody on the board could say who had signed the second contract, or whether anybody had read it.</p>"""


def page(markup: str, *, url: str = URL) -> Html:
    """The mark-up as a page."""
    return parse_html(markup.encode(), url=url, content_type="text/html; charset=utf-8")


def story(*, head: str = "", above: str = "", below: str = "", around: str = "", language: str = "en-GB") -> str:
    """A story of two paragraphs, with more in its head, above and below its text, and around it."""
    return f"""<!DOCTYPE html><html lang="{language}"><head>{head}</head><body><main>
<article><h1>Cranes stand still</h1>{above}<div>{TEXT}</div>{below}</article>{around}</main></body></html>"""


def read(markup: str, *, url: str = URL) -> Article:
    """The mark-up, read as an article."""
    return read_article(page(markup, url=url))


def pairs(found: Iterable[Found]) -> list[tuple[str, str]]:
    """Fields and values, without the evidence."""
    return [(name, claim.value) for name, claim in found]
