"""Whatever the values: statements survive JSON, addresses are normalised once, folders stay inside the archive."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archivist.errors import ArchivistError, UsageError
from archivist.model.article import (
    Article,
    Attachment,
    Block,
    BlockKind,
    Claim,
    Document,
    Evidence,
    FormField,
    Link,
    LinkedDocument,
    Page,
    Photo,
    Settled,
    Signature,
)
from archivist.model.capture import Capture, Problem, RecordRef, Revisit, Role, Span, Truncation
from archivist.model.digest import Digests
from archivist.model.json import Json
from archivist.model.manifest import ArchiveStatement, Asked, Event, Snapshot, Statement, read_statement
from archivist.model.picture import PictureFacts
from archivist.model.quality import Quality, Verdict
from archivist.model.url import absolute, folder_of, key_of, parse_url
from archivist.proof.canonical import canonical, parse

SAFE = 2**53 - 1
"""Integers that every reader of JSON takes exactly (RFC 8785, appendix D)."""
# Lone surrogates have no UTF-8 form and no place in a statement.
TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
# Where a field may be absent, an empty text is the same as none.
PERHAPS = st.none() | TEXT.filter(bool)
NATURAL = st.integers(0, SAFE)
PATHS = st.lists(st.text("ab0-é", min_size=1, max_size=5), min_size=1, max_size=3).map("/".join)
JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-SAFE, SAFE) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
LATER = st.dictionaries(TEXT.map("later {}".format), JSON, max_size=2)
MAPPING = st.dictionaries(TEXT, TEXT, max_size=2)


def _few(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=2).map(tuple)


TEXTS = _few(TEXT)
RECORDS = st.builds(RecordRef, file=PATHS, offset=NATURAL, length=NATURAL, id=TEXT)
SPANS = st.builds(Span, file=PATHS, offset=NATURAL, length=NATURAL, blake3=TEXT)
CAPTURES = st.builds(
    Capture,
    uri=TEXT,
    role=st.sampled_from(get_args(Role)),
    kind=PERHAPS,
    via=PERHAPS,
    method=TEXT.filter(bool),
    date=TEXT,
    milliseconds=st.integers(-SAFE, SAFE),
    status=st.integers(0, 999),
    media_type=PERHAPS,
    payload=st.builds(Digests, length=NATURAL, sha256=TEXT, blake3=TEXT),
    record=RECORDS,
    revisit=st.none() | st.builds(Revisit, record=RECORDS, uri=TEXT, date=TEXT),
    truncated=st.none() | st.sampled_from(get_args(Truncation)),
    ip=PERHAPS,
    certificate=PERHAPS,
    location=PERHAPS,
    redacted=TEXTS,
    is_carried=st.booleans(),
    notes=TEXTS,
    rest=LATER,
)
EVIDENCE = st.builds(Evidence, witness=TEXT, at=TEXT, text=TEXT)
CLAIMS = st.builds(Claim, value=TEXT, evidence=EVIDENCE)
# A field about which nothing was claimed is absent.
FIELDS = st.dictionaries(
    TEXT,
    st.builds(Settled, values=_few(CLAIMS), others=st.lists(CLAIMS, min_size=1, max_size=2).map(tuple)),
    max_size=2,
)
PHOTOS = st.builds(
    Photo,
    image=PERHAPS,
    caption=st.none() | CLAIMS,
    credit=st.none() | CLAIMS,
    photographers=TEXTS,
    agencies=TEXTS,
    is_lead=st.booleans(),
    is_shown=st.booleans(),
)
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(get_args(BlockKind)),
    text=TEXT,
    path=TEXT,
    links=_few(st.builds(Link, url=TEXT, text=TEXT)),
)
ARTICLES = st.builds(
    Article,
    url=TEXT,
    fields=FIELDS,
    photos=_few(PHOTOS),
    documents=_few(st.builds(LinkedDocument, url=TEXT, text=TEXT, evidence=EVIDENCE)),
    blocks=_few(BLOCKS),
    problems=TEXTS,
)
DOCUMENTS = st.builds(
    Document,
    url=TEXT,
    sha256=TEXT,
    media_type=TEXT,
    page_count=st.none() | NATURAL,
    fields=FIELDS,
    pages=_few(
        st.builds(
            Page,
            number=NATURAL,
            paragraphs=TEXTS,
            label=PERHAPS,
            headings=_few(NATURAL),
            links=_few(st.builds(Link, url=TEXT, text=TEXT)),
            is_scanned=st.booleans(),
        )
    ),
    problems=TEXTS,
    version=PERHAPS,
    is_encrypted=st.booleans(),
    is_locked=st.booleans(),
    updates=NATURAL,
    annotations=NATURAL,
    form_fields=_few(st.builds(FormField, name=TEXT, kind=TEXT, value=TEXT)),
    signatures=_few(
        st.builds(
            Signature,
            signer=PERHAPS,
            time=PERHAPS,
            reason=PERHAPS,
            form=PERHAPS,
            is_whole=st.booleans(),
        )
    ),
    attachments=_few(st.builds(Attachment, name=TEXT, length=NATURAL, sha256=PERHAPS)),
)
PICTURES = st.builds(
    PictureFacts,
    url=TEXT,
    sha256=TEXT,
    media_type=PERHAPS,
    width=st.none() | NATURAL,
    height=st.none() | NATURAL,
    fields=FIELDS,
    credentials=NATURAL,
    problems=TEXTS,
)
SNAPSHOTS = st.builds(
    Snapshot,
    archive=TEXT,
    article=TEXT,
    number=NATURAL,
    previous=PERHAPS,
    asked=st.builds(Asked, url=TEXT, verb=TEXT, policy=MAPPING),
    started=TEXT,
    ended=TEXT,
    software=MAPPING,
    stored=_few(SPANS),
    captures=_few(CAPTURES),
    article_reading=st.none() | ARTICLES,
    documents=_few(DOCUMENTS),
    pictures=_few(PICTURES),
    same_reading_as=PERHAPS,
    same_documents_as=MAPPING,
    same_pictures_as=MAPPING,
    fingerprint=TEXT,
    quality=st.builds(Quality, verdict=st.sampled_from(get_args(Verdict)), reasons=TEXTS),
    problems=_few(st.builds(Problem, code=TEXT, about=TEXT, said=TEXT)),
    is_adopted=st.booleans(),
    rest=LATER,
)
STATEMENTS: st.SearchStrategy[Statement] = st.one_of(
    SNAPSHOTS,
    st.builds(ArchiveStatement, id=TEXT, created=TEXT, origin=TEXT, key=TEXT, software=TEXT, rest=LATER),
    st.builds(
        Event,
        archive=TEXT,
        kind=TEXT,
        at=TEXT,
        software=MAPPING,
        said=TEXT,
        stored=_few(SPANS),
        details=st.dictionaries(TEXT, JSON, max_size=2),
        rest=LATER,
    ),
)
URLS = st.builds(
    "{}://{}{}/{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["example.org", "Example.ORG", "[::1]", "bücher.example", "127.0.0.1"]),
    st.sampled_from(["", ":80", ":443", ":8080"]),
    st.text(st.characters(codec="utf-8"), max_size=30) | st.text("/.%2eaé?&=#;utm_source", max_size=30),
)


class TestStatements:
    """What is written is read back, equal, and written again to the same bytes."""

    @given(STATEMENTS)
    def test_there_and_back(self, statement: Statement) -> None:
        """Statements come back equal, what later versions added included."""
        data = canonical(statement.to_json())
        found = read_statement(parse(data))

        assert statement == found
        assert data == canonical(found.to_json())

    @given(JSON | st.dictionaries(st.sampled_from(["type", "version", "captures", "reading"]), JSON))
    def test_anything_else_is_refused(self, value: Json) -> None:
        """Any other JSON is refused by an error of ours that names a path."""
        with pytest.raises(ArchivistError, match=r"^\$"):
            read_statement(value)

    @given(SNAPSHOTS, st.data())
    def test_any_value_replaced(self, snapshot: Snapshot, data: st.DataObject) -> None:
        """With any one value exchanged for another, a manifest is read or refused under a path: no other error."""
        value = snapshot.to_json()
        inner: Any = value
        while isinstance(inner, dict | list) and inner:
            keys: list[Any] = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(inner[key], dict | list) or not inner[key] or data.draw(st.booleans()):
                inner[key] = data.draw(JSON)
                break
            inner = inner[key]

        assert _refusal(value).startswith("$")


class TestAddresses:
    """RFC 3986 6.2.2: normalising what is normal changes nothing."""

    @given(URLS)
    def test_normal_once(self, url: str) -> None:
        """An address that was parsed is ASCII without spaces, and parses to itself; so does its key."""
        parsed = _parsed(url)

        assert parsed.isascii()
        assert not any(character <= " " for character in parsed)
        assert parsed == parse_url(parsed)
        assert key_of(parsed) == key_of(key_of(parsed))
        assert absolute("https://base.example/x/y", parsed) is not None

    @given(URLS)
    def test_folders_stay_inside(self, url: str) -> None:
        """The folder of any article is two plain names below manifests/."""
        host, slug = folder_of(_parsed(url)).split("/")

        assert host not in {"", ".", ".."}
        assert slug not in {"", ".", ".."}
        assert set(host + slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-_")

    @given(URLS | TEXT, TEXT | URLS)
    def test_references_never_raise(self, base: str, reference: str) -> None:
        """What a page links is an address or None; what a person types is an address or wrong words."""
        for attempt in (base, reference):
            try:
                parse_url(attempt)
            except UsageError:
                continue
        found = absolute("https://base.example/x/y", reference)

        assert found is None or found.startswith(("http://", "https://"))


def _refusal(value: Json) -> str:
    """Why it is no statement; its own path where it is one."""
    try:
        read_statement(value)
    except ArchivistError as error:
        return str(error)
    return "$"


def _parsed(url: str) -> str:
    try:
        return parse_url(url)
    except UsageError:
        assume(False)
        raise
