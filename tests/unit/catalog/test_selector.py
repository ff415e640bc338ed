"""The grammar of SNAP, without an archive."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.errors import UsageError
from archivist.model.selector import IdPrefix, InForce, Last, Named, Selector, Version, parse_selector

URL = "https://example.org:8080/a"


def until(*parts: int) -> InForce:
    """In force at this moment, UTC."""
    return InForce(until=dt.datetime(*parts, tzinfo=dt.UTC))  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@last", Last()),
        ("  @last\n", Last()),
        ("7f3a9c", IdPrefix(prefix="7f3a9c")),
        ("7F3A9C01", IdPrefix(prefix="7f3a9c01")),
        ("a" * 64, IdPrefix(prefix="a" * 64)),
        ("a" * 65, Named(whole="a" * 65, name="a" * 65)),
        ("7f3a9", Named(whole="7f3a9", name="7f3a9")),
        ("crane", Named(whole="crane", name="crane")),
        ("crane@2", Named(whole="crane@2", name="crane", at=Version(number=2))),
        ("crane collapse", Named(whole="crane collapse", name="crane collapse")),
        (URL, Named(whole=URL, name=URL)),
        (f"{URL}@2", Named(whole=f"{URL}@2", name=URL, at=Version(number=2))),
        (f"{URL}@-1", Named(whole=f"{URL}@-1", name=URL, at=Version(number=-1))),
        (f"{URL}@editor/b", Named(whole=f"{URL}@editor/b", name=f"{URL}@editor/b")),
        (f"{URL}@editor/b@2", Named(whole=f"{URL}@editor/b@2", name=f"{URL}@editor/b", at=Version(number=2))),
        (f"{URL}@", Named(whole=f"{URL}@", name=f"{URL}@")),
        ("@editor", Named(whole="@editor", name="@editor")),
        (f"{URL}@\uff12", Named(whole=f"{URL}@\uff12", name=f"{URL}@\uff12")),
        (f"{URL}@1234567890", Named(whole=f"{URL}@1234567890", name=f"{URL}@1234567890")),
    ],
)
def test_words(text: str, expected: Selector) -> None:
    """Each form of the grammar is told from the others, and an @ of the address from ours."""
    assert expected == parse_selector(text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-23", until(2026, 11, 23, 23, 59, 59, 999_999)),
        ("2026-11-23T10:00", until(2026, 11, 23, 10, 0, 59, 999_999)),
        ("2026-11-23 10:00", until(2026, 11, 23, 10, 0, 59, 999_999)),
        ("2026-11-23t10:00z", until(2026, 11, 23, 10, 0, 59, 999_999)),
        ("2026-11-23T10:00:05", until(2026, 11, 23, 10, 0, 5, 999_999)),
        ("2026-11-23T10:00:05.5Z", until(2026, 11, 23, 10, 0, 5, 500_000)),
        ("2026-11-23T10:00:05.123456Z", until(2026, 11, 23, 10, 0, 5, 123_456)),
        ("2026-11-23T00:30+01:00", until(2026, 11, 22, 23, 30, 59, 999_999)),
        ("2026-11-23T10:00:05-05:30", until(2026, 11, 23, 15, 30, 5, 999_999)),
        ("9999-12-31", until(9999, 12, 31, 23, 59, 59, 999_999)),
    ],
)
def test_moments(written: str, expected: InForce) -> None:
    """A date means its end in UTC, at the precision in which it is written."""
    assert Named(whole=f"{URL}@{written}", name=URL, at=expected) == parse_selector(f"{URL}@{written}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "@2",
        "@2026-11-23",
        f"{URL}@0",
        f"{URL}@-0",
        f"{URL}@2026-13-01",
        f"{URL}@2026-02-30",
        f"{URL}@2026-11-23T25:00",
    ],
)
def test_wrong_words(text: str) -> None:
    """Words that can name nothing are refused with a hint, not looked up."""
    with pytest.raises(UsageError) as caught:
        parse_selector(text)

    assert caught.value.hint


@pytest.mark.parametrize("written", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00"])
def test_edge_of_time(written: str) -> None:
    """A zone that leads out of the calendar is wrong words, too."""
    with pytest.raises(UsageError, match="is no date"):
        parse_selector(f"{URL}@{written}")


@given(st.text())
def test_any_text(text: str) -> None:
    """Any text at all is parsed or refused."""
    try:
        selector = parse_selector(text)
    except UsageError:
        return

    assert isinstance(selector, Last | IdPrefix | Named)
