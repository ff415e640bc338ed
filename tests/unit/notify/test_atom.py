"""The feed holds whatever a page says: by the rules of RFC 4287, and by two readers."""

from __future__ import annotations

from typing import Final, get_args

import atoma
import feedparser
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.model.change import Span, SpanOp
from archivist.model.channel import Channel
from archivist.model.notice import CLASSES, Notice, NoticeKind, Passage, Seen
from archivist.notify.atom import atom_feed
from tests.unit.notify.rfc4287 import faults_of

SEEN: Final = Seen(id="ab" * 32, captured="2026-11-23T18:15:12.123456Z", version=2)
TEXT = st.text(st.characters(exclude_categories=[]), max_size=40)
SPANS = st.lists(st.builds(Span, op=st.sampled_from(get_args(SpanOp)), text=TEXT), max_size=3).map(tuple)
NOTICES = st.builds(
    Notice,
    kind=st.sampled_from(get_args(NoticeKind)),
    url=st.just("https://courier.example/a?b=c&d=%22"),
    article=st.just("https://courier.example/a?b=c&d=%22"),
    title=st.none() | TEXT,
    site=TEXT,
    new=st.binary(min_size=32, max_size=32).map(
        lambda data: Seen(id=data.hex(), captured="2026-11-24T18:15:12.123456Z", version=3)
    ),
    old=st.none() | st.just(SEEN),
    verdict=st.sampled_from([None, "declared", "undeclared", "empty-update"]),
    classes=st.lists(st.sampled_from(CLASSES), unique=True, max_size=3).map(tuple),
    words=st.integers(0, 10_000),
    passages=st.lists(st.builds(Passage, label=TEXT, spans=SPANS), max_size=3).map(tuple),
    left_out=st.integers(0, 3),
    tags=st.lists(st.text(min_size=1, max_size=5), max_size=2).map(tuple),
)


def feed(*notices: Notice, public_url: str = "") -> bytes:
    """A feed of these."""
    return atom_feed(
        notices, origin="archivist/1", name="A & <b>", created="2026-11-01T00:00:00.000000Z", public_url=public_url
    )


@given(st.lists(NOTICES, max_size=3, unique_by=lambda each: each.new.id))
@settings(max_examples=60, deadline=None)
def test_it_is_valid_whatever_a_page_says(notices: list[Notice]) -> None:
    """By the rules and by two readers; and what a reader shows has no elements but ours."""
    data = feed(*notices, public_url="https://copies.example")
    assert [] == faults_of(data)
    parsed = feedparser.parse(data)
    assert not parsed.bozo, parsed.bozo_exception
    assert len(notices) == len(parsed.entries) == len(atoma.parse_atom_bytes(data).entries)


@given(NOTICES)
@settings(max_examples=60, deadline=None)
def test_a_notice_comes_back(notice: Notice) -> None:
    """What is kept of it between runs is all of it."""
    assert notice == Notice.from_json(notice.to_json())


def test_the_rules_find_what_is_wrong() -> None:
    """The check can fail."""
    good = feed().decode()
    assert [] == faults_of(good.encode())
    for wrong in (
        good.replace("<updated>", "<updated>x"),
        good.replace("<title>", "<b/><title>"),
        good.replace("<author><name>", "<author><nome>").replace("</name></author>", "</nome></author>"),
        good.replace("</feed>", ""),
        good.replace("<id>urn:uuid:", "<id>"),
    ):
        assert faults_of(wrong.encode())


def test_a_channel_gets_what_it_wants() -> None:
    """Filters of edits hold of edits; a page that is gone has neither words nor classes."""
    notice = Notice(
        kind="changed", url="u", article="u", title=None, site="s", new=SEEN, verdict="undeclared",
        classes=("headline_changed", "stealth_edit"), words=4, tags=("eu",),
    )  # fmt: skip
    gone = Notice(kind="gone", url="u", article="u", title=None, site="s", new=SEEN, tags=("eu",))
    wanted = {
        Channel(): (True, True),
        Channel(kinds=frozenset({"changed"})): (True, False),
        Channel(classes=frozenset({"headline_changed", "quote_changed"})): (True, True),
        Channel(classes=frozenset({"quote_changed"})): (False, True),
        Channel(verdicts=frozenset({"undeclared"})): (True, True),
        Channel(verdicts=frozenset({"declared"})): (False, True),
        Channel(tags=frozenset({"eu", "uk"})): (True, True),
        Channel(tags=frozenset({"uk"})): (False, False),
        Channel(min_words=4): (True, True),
        Channel(min_words=5): (False, True),
    }
    assert wanted == {channel: (channel.wants(notice), channel.wants(gone)) for channel in wanted}


def test_a_channel_is_named_without_its_password() -> None:
    """In messages and in what is remembered."""
    channel = Channel(apprise="mailto://ann:secret@courier.example")
    assert "mailto://…" == channel.label
    assert "secret" not in channel.key
    assert ("env:CHAT", "/bin/tell", "desk") == (
        Channel(apprise="env:CHAT").label,
        Channel(command=("/bin/tell", "x")).label,
        Channel(command=("/bin/tell",), name="desk").label,
    )
