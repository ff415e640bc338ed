"""What the other articles of a site tell about its furniture."""

from __future__ import annotations

from archivist.diff.site import furniture_of, is_of_site
from archivist.extract.outline import read_edition
from archivist.model.outline import Outline
from tests.unit.diff.sides import markup

REQUEST = "Gute Recherche kostet Geld: {} Leute zahlen dafür schon freiwillig, und es fehlen noch einige."


def page(*paragraphs: str) -> Outline:
    """All that a page shows."""
    return read_edition(markup(*paragraphs).encode(), url="https://nordbote.example/", content_type=None).outline


def test_what_stands_in_several_articles() -> None:
    """It is the site's, whatever its figures; what stands in one is that article's."""
    site = furniture_of(
        [page("Ein Text über Deiche.", REQUEST.format(411)), page("Ein Text.", REQUEST.format("1.020"))]
    )
    assert is_of_site(REQUEST.format(5), site)
    assert not is_of_site("Ein Text über Deiche.", site)


def test_one_article_tells_nothing() -> None:
    """Of one neighbour a paragraph may have been copied."""
    assert not is_of_site(REQUEST.format(5), furniture_of([page("Ein Text.", REQUEST.format(5))]))
