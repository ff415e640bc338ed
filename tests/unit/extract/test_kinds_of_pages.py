"""Heads and feet of stories as systems of newsrooms set them: byline, dates and pictures, and what surrounds them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

import pytest

from archivist.model.article import Settled
from tests.unit.extract.pages import read

_TABLE: Final = tomllib.loads(Path(__file__).with_name("kinds_of_pages.toml").read_text(encoding="utf-8"))
TEXTS: Final[dict[str, str]] = _TABLE["text"]
PAGES: Final[list[dict[str, object]]] = _TABLE["page"]


@pytest.mark.parametrize("page", PAGES, ids=[page["is"] for page in PAGES])
def test_kinds_of_pages(page: dict[str, object]) -> None:
    """Authors, dates and credits are those that the page shows; where it shows none there are none."""
    language = str(page.get("language", "en"))
    paragraph = f"<p>{TEXTS.get(language[:2], TEXTS['en'])}</p>"
    article = read(
        f"""<!DOCTYPE html><html lang="{language}"><head>{page.get("head", "")}</head><body><main><article>
        <h1>Cranes stand still</h1>{page.get("above", "")}<div>{3 * paragraph}</div>{page.get("below", "")}
        </article>{page.get("around", "")}</main></body></html>"""
    )
    none = Settled()

    assert [claim.value for claim in article.fields.get("authors", none).values] == page.get("authors", [])
    assert article.fields.get("published", none).value == page.get("published")
    assert article.fields.get("updated", none).value == page.get("updated")
    assert [photo.credit.value for photo in article.photos if photo.credit] == page.get("credits", [])
