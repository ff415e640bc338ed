"""A capture: one exchange as stored, with its digests and the place of its records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from archivist.errors import BadManifest
from archivist.model.digest import Digests
from archivist.model.json import Json, JsonObject, Reader, without_nothing

__all__ = ["Capture", "Problem", "Profile", "RecordRef", "Revisit", "Role", "Span", "Truncation", "follow", "read_role"]

Role: TypeAlias = Literal["page", "redirect", "requisite", "document", "robots"]
"""What the exchange was for."""

Truncation: TypeAlias = Literal["length", "time", "disconnect", "unspecified"]
"""WARC 1.1 section 5.13."""


Profile: TypeAlias = Literal["identical-payload-digest", "server-not-modified"]
"""WARC 1.1 section 6.7."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of bytes of a WARC file that was appended at one time, with the digest of those bytes as stored."""

    file: str
    """Relative to ``archives/``: ``2026-11/20261123T181512Z-7f3a9c.warc.gz``."""
    offset: int
    length: int
    blake3: str
    """Of the stored (compressed) bytes: fixity without inflating."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"file": self.file, "offset": self.offset, "length": self.length, "blake3": self.blake3}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Span:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            file=_safe_path(reader.text("file"), f"{at}.file"),
            offset=_natural(reader.number("offset"), f"{at}.offset"),
            length=_natural(reader.number("length"), f"{at}.length"),
            blake3=reader.text("blake3"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRef:
    """Where one record stands."""

    file: str
    offset: int
    length: int
    """Of the gzip member."""
    id: str
    """``urn:uuid:…``, without angle brackets."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"file": self.file, "offset": self.offset, "length": self.length, "id": self.id}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> RecordRef:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            file=_safe_path(reader.text("file"), f"{at}.file"),
            offset=_natural(reader.number("offset"), f"{at}.offset"),
            length=_natural(reader.number("length"), f"{at}.length"),
            id=reader.text("id"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """The earlier response that holds the payload which this capture did not store again."""

    record: RecordRef
    uri: str
    date: str
    """WARC-Date of the original."""
    profile: Profile = "identical-payload-digest"
    last_full: str | None = None
    """Of ``server-not-modified``: when the server last sent the payload itself, if that was after ``date``."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        last_full = {"last_full": self.last_full} if self.last_full else {}
        return {
            **last_full,
            "record": self.record.to_json(),
            "uri": self.uri,
            "date": self.date,
            "profile": self.profile,
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Revisit:
        """Read back."""
        reader = Reader(value, at)
        profile = reader.text("profile")
        if profile not in {"identical-payload-digest", "server-not-modified"}:
            raise BadManifest(f"{at}.profile is {profile!r}, which no known version writes")
        return cls(
            record=reader.one("record", RecordRef.from_json),
            uri=reader.text("uri"),
            date=reader.text("date"),
            profile="server-not-modified" if profile == "server-not-modified" else "identical-payload-digest",
            last_full=reader.text_or_none("last_full"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that went wrong and stopped nothing."""

    code: str
    """Stable: ``truncated``, ``unreachable``, ``forbidden``, ``not-found``, ``unreadable`` …"""
    about: str
    """The address or part concerned."""
    said: str
    """One sentence for a person."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {"code": self.code, "about": self.about, "said": self.said}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Problem:
        """Read back."""
        reader = Reader(value, at)
        return cls(code=reader.text("code"), about=reader.text("about"), said=reader.text("said"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One exchange stored."""

    uri: str
    role: Role
    kind: str | None = None
    """Of a requisite: image, stylesheet, font, icon, script, media."""
    via: str | None = None
    """The address that led here: the page, the style sheet, the redirect."""
    method: str = "GET"
    date: str
    """When the exchange began: the WARC-Date, UTC, microseconds."""
    milliseconds: int
    """How long it took."""
    status: int
    media_type: str | None = None
    """As the server declared it, without parameters, lower case."""
    payload: Digests
    """After transfer decoding, before content decoding (WARC 1.1 section 5.9, as clarified)."""
    record: RecordRef
    """The response or revisit record."""
    revisit: Revisit | None = None
    truncated: Truncation | None = None
    ip: str | None = None
    certificate: str | None = None
    """SHA-256 of the server's certificate (DER)."""
    location: str | None = None
    """Where a redirect leads, absolute."""
    redacted: tuple[str, ...] = ()
    """Request fields whose values were replaced before recording."""
    is_carried: bool = False
    """Fetched for another page of the same run, or for an earlier snapshot, and referred to here."""
    notes: tuple[str, ...] = ()
    """Oddities of framing, by code: ``lf-only``, ``obs-fold``, ``surplus-bytes`` …"""
    rest: JsonObject = field(default_factory=dict)
    """Fields written by a later version."""

    @property
    def is_whole(self) -> bool:
        """It is what was asked for, uncut: an error page, or half of a document, is not."""
        return (self.status == 200 or self.is_confirmed) and not self.truncated

    @property
    def is_confirmed(self) -> bool:
        """The server said that what was captured earlier is still what it has; the payload is that of then."""
        return self.revisit is not None and self.revisit.profile == "server-not-modified"

    @property
    def original(self) -> RecordRef:
        """The record that holds the payload."""
        return self.revisit.record if self.revisit else self.record

    @property
    def last_full(self) -> str:
        """When the server last sent the payload itself."""
        if self.revisit is None or not self.is_confirmed:
            return self.date
        return self.revisit.last_full or self.revisit.date

    @property
    def described(self) -> RecordRef:
        """The record whose HTTP head describes the payload; that of a 304 need not."""
        return self.original if self.is_confirmed else self.record

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {
            **self.rest,
            "uri": self.uri,
            "role": self.role,
            "date": self.date,
            "milliseconds": self.milliseconds,
            "status": self.status,
            "length": self.payload.length,
            "sha256": self.payload.sha256,
            "record": self.record.to_json(),
            **without_nothing(
                {
                    "blake3": self.payload.blake3,
                    "kind": self.kind,
                    "via": self.via,
                    "method": None if self.method == "GET" else self.method,
                    "media_type": self.media_type,
                    "revisit": self.revisit.to_json() if self.revisit else None,
                    "truncated": self.truncated,
                    "ip": self.ip,
                    "certificate": self.certificate,
                    "location": self.location,
                    "redacted": list(self.redacted),
                    "is_carried": self.is_carried,
                    "notes": list(self.notes),
                }
            ),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Capture:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            uri=reader.text("uri"),
            role=read_role(reader.text("role"), f"{at}.role"),
            kind=reader.text_or_none("kind"),
            via=reader.text_or_none("via"),
            method=reader.text_or_none("method") or "GET",
            date=reader.text("date"),
            milliseconds=reader.number("milliseconds"),
            status=reader.number("status"),
            media_type=reader.text_or_none("media_type"),
            payload=Digests(
                length=_natural(reader.number_or_none("length") or 0, f"{at}.length"),
                sha256=reader.text("sha256"),
                blake3=reader.text_or_none("blake3") or "",
            ),
            record=reader.one("record", RecordRef.from_json),
            revisit=reader.one_or_none("revisit", Revisit.from_json),
            truncated=_truncation(reader.text_or_none("truncated"), f"{at}.truncated"),
            ip=reader.text_or_none("ip"),
            certificate=reader.text_or_none("certificate"),
            location=reader.text_or_none("location"),
            redacted=reader.texts("redacted"),
            is_carried=reader.flag("is_carried"),
            notes=reader.texts("notes"),
            rest=reader.rest(),
        )


def follow(captures: tuple[Capture, ...], url: str) -> Capture | None:
    """The capture that an address led to: its own, or the end of its redirects."""
    by_uri = {capture.uri: capture for capture in captures}
    seen: set[str] = set()
    found = by_uri.get(url)
    while found is not None and found.location is not None and found.uri not in seen:
        seen.add(found.uri)
        found = by_uri.get(found.location)
    return found


def read_role(text: str, at: str) -> Role:
    """The role that ``text`` names.

    Raises:
        BadManifest: none does.
    """
    for role in get_args(Role):
        if text == role:
            return role  # type: ignore[no-any-return]  # get_args is untyped
    raise BadManifest(f"{at} is {text!r}, which no known version writes")


def _truncation(text: str | None, at: str) -> Truncation | None:
    if text is None:
        return None
    for reason in get_args(Truncation):
        if text == reason:
            return reason  # type: ignore[no-any-return]  # get_args is untyped
    raise BadManifest(f"{at} is {text!r}, which no known version writes")


def _natural(number: int, at: str) -> int:
    if number < 0:
        raise BadManifest(f"{at} is negative")
    return number


def _safe_path(path: str, at: str) -> str:
    # A manifest may be an attacker's: its paths stay below archives/.
    parts = path.split("/")
    if not path or "\\" in path or "\x00" in path or any(part in {"", ".", ".."} for part in parts):
        raise BadManifest(f"{at} is {path!r}, which does not stay inside archives/")
    return path
