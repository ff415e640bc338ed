"""Where addresses lead, and which picture they show."""

from __future__ import annotations

import pytest

from archivist.model.target import picture_of, same_target, without_tracking
from archivist.model.url import key_of


@pytest.mark.parametrize("name", ["utm_source", "fbclid", "ocid", "cmpid", "mtm_kwd", "wt_mc", "ns_campaign", "smid"])
def test_tracking(name: str) -> None:
    """What only says where a reader came from is no part of where a link leads."""
    assert "https://a.example/x?id=7#p" == without_tracking(f"https://a.example/x?id=7&{name}=1#p")
    assert same_target("http://a.example/x/") == same_target(f"https://a.example/x?{name}=9")


def test_whatever_an_article_goes_without() -> None:
    """No parameter counts for a link that an article's key leaves out."""
    url = "https://a.example/x?id=1&igshid=2&at_campaign=3&dclid=4&mc_eid=5&_ga=6"
    assert key_of(url) == same_target(url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://i.example/2026/quay-crane-800x600.jpg", "https://cdn.example/w/quay-crane.jpg?w=200"),
        ("https://i.example/o/9b6b601b440031309c748f864087a138.jpg",
         "https://i.example/r/9b6b601b440031309c748f864087a138_extract=67,0_resize=680,383_.jpg?hash=a5"),
        ("https://r.example/f?url=https%3A%2F%2Fi.example%2Fa%2F1.jpg&w=9", "https://i.example/a/1.jpg"),
        ("/a/1.jpg", "https://i.example/a/1.jpg"),
    ],
)  # fmt: skip
def test_same_picture(one: str, other: str) -> None:
    """Sizes, caches, hosts and resizing services show the same picture."""
    assert picture_of(one) == picture_of(other)


def test_other_picture() -> None:
    """A digest in a folder is not the picture's name."""
    folder = "https://i.example/b41d32bdecf1a260d8ff9a7d907da302"
    assert picture_of(f"{folder}/quay-at-dawn.jpg") != picture_of(f"{folder}/quay-at-dusk.jpg")
