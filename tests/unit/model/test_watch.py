"""Watches: tables of TOML that say what they said, and lengths of time."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.watch import Watch, WrongWatch, duration_text, in_force, parse_duration, parse_every, read_watch

NOW = dt.datetime(2026, 11, 24, 16, 0, tzinfo=dt.UTC)
lengths = st.integers(min_value=1, max_value=5_000_000).map(lambda minutes: dt.timedelta(minutes=minutes))
tags = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=","), min_size=1, max_size=20)


@given(lengths)
def test_lengths_are_read_as_written(length: dt.timedelta) -> None:
    """What ``duration_text`` writes, ``parse_duration`` reads."""
    assert length == parse_duration(duration_text(length))


@pytest.mark.parametrize(
    "text", ["", "6", "h", "-1h", "0m", "1.5h", "soon", "9999999d", "9999999999m", "5000w", "6h 30m", "٣h"]
)
def test_what_is_no_length(text: str) -> None:
    """Anything but a number and a unit is refused."""
    with pytest.raises(ValueError, match="is no length of time"):
        parse_duration(text)


def test_names_of_lengths() -> None:
    """People say daily; and less than a minute is no interval."""
    assert [dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(weeks=1)] == [
        parse_duration(each) for each in ("hourly", "Daily", " weekly ")
    ]
    assert parse_every("adaptive") is None
    with pytest.raises(ValueError, match="less than a minute"):
        parse_every("30s")


@given(
    every=st.none() | lengths,
    names=st.lists(tags, unique=True, max_size=4),
    follow=st.lists(st.sampled_from(["pdf", "all"]), unique=True),
    until=st.none() | lengths,
    ended=st.none() | st.just(NOW),
)
def test_tables_are_read_as_written(
    every: dt.timedelta | None,
    names: list[str],
    follow: list[str],
    until: dt.timedelta | None,
    ended: dt.datetime | None,
) -> None:
    """A watch survives its own table of TOML, whatever its tags are."""
    watch = Watch(
        url="https://www.example.org/news/kr%C3%A4ne?a=1",
        every=every,
        tags=tuple(names),
        follow=tuple(follow),  # type: ignore[arg-type]  # drawn from those
        until=until,
        since=NOW,
        ended=ended,
    )
    (table,) = tomllib.loads(watch.to_toml())["watch"]
    assert watch == read_watch(table)


def test_the_last_word_counts() -> None:
    """A later table takes an earlier one's place; one with ``ended`` ends it; order is that of the first words."""
    url, other = "https://a.example/1", "https://a.example/2"
    watches = [Watch(url=url), Watch(url=other), Watch(url=f"{url}?utm_source=x", tags=("new",))]
    assert [("new",), ()] == [watch.tags for watch in in_force(watches).values()]
    assert [other] == [each.url for each in in_force([*watches, Watch(url=url, ended=NOW)]).values()]
    assert [other, url] == [
        each.url for each in in_force([*watches, Watch(url=url, ended=NOW), Watch(url=url)]).values()
    ]


@pytest.mark.parametrize(
    ("key", "value"), [("url", 7), ("every", 3), ("since", "now"), ("ended", 5), ("tags", ["a,b"])]
)
def test_wrong_values_name_their_key(key: str, value: object) -> None:
    """The entry that is wrong is named, so that its line can be found."""
    with pytest.raises(WrongWatch) as caught:
        read_watch({"url": "https://a.example/", key: value})
    assert key == caught.value.key
