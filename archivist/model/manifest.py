"""Statements: what is said once, in canonical JSON, and never rewritten.

A statement's id is the SHA-256 of its bytes; it does not stand in them. There are three kinds:

- the *archive* statement, ``manifests/archive.json``: identity, format version, public key;
- a *snapshot*, one for each time a page was captured: the provenance manifest;
- an *event*: a repair, a later reading, an import, a key change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archivist.errors import BadManifest, NewerFormat
from archivist.model.article import Article, Document
from archivist.model.capture import Capture, Problem, Span
from archivist.model.carried import Carried
from archivist.model.held import REREAD, Held, Reread
from archivist.model.json import Json, JsonObject, Reader, without_nothing
from archivist.model.observation import Observation
from archivist.model.picture import PictureFacts
from archivist.model.quality import Quality
from archivist.model.shorthand import full, short

__all__ = [
    "FORMAT_VERSION",
    "ArchiveStatement",
    "Asked",
    "Event",
    "Snapshot",
    "Statement",
    "read_statement",
    "software_name",
]

FORMAT_VERSION = 1
"""Of every statement; a reader refuses what is newer and reads all that is older, for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStatement:
    """Who this archive is."""

    id: str
    """A UUID, made by ``init``."""
    created: str
    origin: str
    """The name of the log: first line of every checkpoint (C2SP tlog-checkpoint)."""
    key: str
    """The public key as a signed-note verifier key: ``name+hash+base64``."""
    software: str
    rest: JsonObject = field(default_factory=dict)

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {
            **self.rest,
            "type": "archive",
            "version": FORMAT_VERSION,
            "id": self.id,
            "created": self.created,
            "origin": self.origin,
            "key": self.key,
            "software": self.software,
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> ArchiveStatement:
        """Read back."""
        reader = _reader(value, "archive", at)
        return cls(
            id=reader.text("id"),
            created=reader.text("created"),
            origin=reader.text("origin"),
            key=reader.text("key"),
            software=reader.text("software"),
            rest=reader.rest(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for, and under which policy."""

    url: str
    """As given, normalised."""
    verb: str
    """snap, run, adopt."""
    policy: Mapping[str, str] = field(default_factory=dict)
    """The settings in force that shape a capture: robots, user agent, allow, resolve, limits."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"url": self.url, "verb": self.verb, **without_nothing({"policy": dict(self.policy)})}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Asked:
        """Read back."""
        reader = Reader(value, at)
        return cls(url=reader.text("url"), verb=reader.text("verb"), policy=reader.mapping("policy", _policy_text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The provenance manifest of one snapshot of one article."""

    archive: str
    """Id of the archive."""
    article: str
    """Key of the article: ``model.url.key_of`` of what was asked."""
    number: int
    """From 1, without gaps."""
    previous: str | None
    """Id of the article's manifest before this one."""
    asked: Asked
    started: str
    ended: str
    software: Mapping[str, str]
    stored: tuple[Span, ...]
    captures: tuple[Capture, ...]
    carried: tuple[Carried, ...] = ()
    """What the page needs to be shown and an earlier snapshot lists; ``store.ledger.placed`` follows the references."""
    article_reading: Article | None = None
    documents: tuple[Document, ...] = ()
    pictures: tuple[PictureFacts, ...] = ()
    same_reading_as: str | None = None
    """Id of the statement that holds the article's reading, where it is equal to the byte."""
    same_documents_as: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of a document's payload to the id of the statement that holds its reading."""
    same_pictures_as: Mapping[str, str] = field(default_factory=dict)
    """The same of the article's photos."""
    fingerprint: str
    """Equal for two snapshots of one version."""
    quality: Quality
    problems: tuple[Problem, ...] = ()
    is_adopted: bool = False
    """Written at a later start from the records that an interrupted run left behind."""
    observations: tuple[Observation, ...] = ()
    """What others saw of the same page, with their own receipts."""
    rest: JsonObject = field(default_factory=dict)

    @property
    def page(self) -> Capture | None:
        """The capture of the page itself: the end of its redirects."""
        return next((capture for capture in self.captures if capture.role == "page"), None)

    @property
    def held(self) -> Held:
        """The reading as it stands here; ``store.ledger.reading`` follows the references."""
        return Held(
            article=self.article_reading,
            documents=self.documents,
            pictures=self.pictures,
            same_as=self.same_reading_as,
            same_documents_as=self.same_documents_as,
            same_pictures_as=self.same_pictures_as,
        )

    def to_json(self) -> JsonObject:
        """Canonical form."""
        stored: list[Json] = [span.to_json() for span in self.stored]
        return {
            **self.rest,
            "type": "snapshot",
            "version": FORMAT_VERSION,
            "archive": self.archive,
            "article": self.article,
            "number": self.number,
            **without_nothing({"previous": self.previous}),
            "asked": self.asked.to_json(),
            "started": self.started,
            "ended": self.ended,
            "software": dict(self.software),
            "stored": stored,
            "captures": [short(capture.to_json(), stored=stored) for capture in self.captures],
            **without_nothing({"carried": [each.to_json() for each in self.carried]}),
            "reading": self.held.to_json(),
            "fingerprint": self.fingerprint,
            "quality": self.quality.to_json(),
            **without_nothing(
                {
                    "problems": [problem.to_json() for problem in self.problems],
                    "is_adopted": self.is_adopted,
                    "observations": [each.to_json() for each in self.observations],
                }
            ),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Snapshot:
        """Read back."""
        reader = _reader(value, "snapshot", at)
        held = reader.one("reading", Held.from_json)
        stored = value.get("stored") if isinstance(value, dict) else None
        return cls(
            archive=reader.text("archive"),
            article=reader.text("article"),
            number=reader.number("number"),
            previous=reader.text_or_none("previous"),
            asked=reader.one("asked", Asked.from_json),
            started=reader.text("started"),
            ended=reader.text("ended"),
            software=reader.mapping("software", _policy_text),
            stored=reader.many("stored", Span.from_json),
            captures=reader.many("captures", lambda each, at: Capture.from_json(full(each, stored=stored), at)),
            carried=reader.many("carried", Carried.from_json),
            article_reading=held.article,
            documents=held.documents,
            pictures=held.pictures,
            same_reading_as=held.same_as,
            same_documents_as=held.same_documents_as,
            same_pictures_as=held.same_pictures_as,
            fingerprint=reader.text("fingerprint"),
            quality=reader.one("quality", Quality.from_json),
            problems=reader.many("problems", Problem.from_json),
            is_adopted=reader.flag("is_adopted"),
            observations=reader.many("observations", Observation.from_json),
            rest=reader.rest(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Any other statement: a repair, a later reading, an import."""

    archive: str
    kind: str
    """repair, reading, import, export, key."""
    at: str
    software: Mapping[str, str]
    said: str
    """One sentence for a person."""
    stored: tuple[Span, ...] = ()
    """WARC bytes that no snapshot describes and this statement does."""
    details: JsonObject = field(default_factory=dict)
    """By kind; see docs/format/manifest.md."""
    rest: JsonObject = field(default_factory=dict)

    @property
    def reread(self) -> Reread | None:
        """How a snapshot was read anew, where that is what this says."""
        return Reread.from_json(self.details, "$.details") if self.kind == REREAD else None

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {
            **self.rest,
            "type": "event",
            "version": FORMAT_VERSION,
            "archive": self.archive,
            "kind": self.kind,
            "at": self.at,
            "software": dict(self.software),
            "said": self.said,
            **without_nothing({"stored": [span.to_json() for span in self.stored], "details": self.details}),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Event:
        """Read back."""
        reader = _reader(value, "event", at)
        kind = reader.text("kind")
        if kind == REREAD:
            reader.one("details", Reread.from_json)
        return cls(
            archive=reader.text("archive"),
            kind=kind,
            at=reader.text("at"),
            software=reader.mapping("software", _policy_text),
            said=reader.text("said"),
            stored=reader.many("stored", Span.from_json),
            details=reader.one_or_none("details", _object) or {},
            rest=reader.rest(),
        )


Statement = ArchiveStatement | Snapshot | Event


def read_statement(value: Json) -> Statement:
    """The statement that a parsed JSON value is.

    Raises:
        BadManifest: it is none, or breaks its schema; the message names the path.
        NewerFormat: it was written by a later archivist.
    """
    kind = Reader(value).text("type")
    match kind:
        case "archive":
            return ArchiveStatement.from_json(value)
        case "snapshot":
            return Snapshot.from_json(value)
        case "event":
            return Event.from_json(value)
    raise BadManifest(f"$.type is {kind!r}, which no known version writes")


def software_name(software: Mapping[str, str]) -> str:
    """What made a statement, as people call it: ``archivist 0.1.0``."""
    return f"{software.get('name', '')} {software.get('version', '')}".strip() or "unknown"


def _reader(value: Json, kind: str, at: str) -> Reader:
    reader = Reader(value, at)
    if reader.text("type") != kind:
        raise BadManifest(f"{at}.type should be {kind!r}")
    version = reader.number("version")
    if version > FORMAT_VERSION:
        raise NewerFormat(
            f"{at} is in format {version}, and this archivist reads up to {FORMAT_VERSION}",
            hint="upgrade archivist; nothing was changed",
        )
    return reader


def _policy_text(value: Json, at: str) -> str:
    if not isinstance(value, str):
        raise BadManifest(f"{at} should be a string")
    return value


def _object(value: Json, at: str) -> JsonObject:
    if not isinstance(value, dict):
        raise BadManifest(f"{at} should be an object")
    return value
