"""What others saw of the same page: independent observations, each with its own receipts.

Agreement and disagreement of several vantage points are data; whether an observer is believed is for the reader to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from archivist.model.json import Json, JsonObject, Reader, without_nothing

__all__ = ["Observation", "ReceiptRef"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRef:
    """A proof that an observer handed out, kept here or named by its digest."""

    form: str
    """``archivist-receipt-v1``, ``c2sp-tlog-proof-v1``, ``wacz-signed``; the list is open."""
    sha256: str
    """Of the file."""
    text: str | None = None
    """The file itself, where it is text."""
    uri: str | None = None
    """Where it can be had."""
    rest: JsonObject = field(default_factory=dict)
    """Fields written by a later version."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {
            **self.rest,
            "form": self.form,
            "sha256": self.sha256,
            **without_nothing({"text": self.text, "uri": self.uri}),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> ReceiptRef:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            form=reader.text("form"),
            sha256=reader.text("sha256"),
            text=reader.text_or_none("text"),
            uri=reader.text_or_none("uri"),
            rest=reader.rest(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one other witness received from an address."""

    by: str
    """Who: the origin of another archive's log, or the host of a public archive."""
    kind: str
    """``archivist``, ``memento`` (RFC 7089); the list is open."""
    uri: str
    """The address that was observed."""
    at: str
    """When, by the observer's clock."""
    copy: str | None = None
    """Where its own copy can be had."""
    status: int | None = None
    length: int | None = None
    """Of the payload, in bytes."""
    sha256: str | None = None
    """Of the payload."""
    fingerprint: str | None = None
    """Of its reading, where it made one as we do: equal for one version."""
    receipts: tuple[ReceiptRef, ...] = ()
    rest: JsonObject = field(default_factory=dict)
    """Fields written by a later version."""

    def to_json(self) -> JsonObject:
        """Canonical form."""
        return {
            **self.rest,
            "by": self.by,
            "kind": self.kind,
            "uri": self.uri,
            "at": self.at,
            **without_nothing(
                {
                    "copy": self.copy,
                    "status": self.status,
                    "length": self.length,
                    "sha256": self.sha256,
                    "fingerprint": self.fingerprint,
                    "receipts": [each.to_json() for each in self.receipts],
                }
            ),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Observation:
        """Read back."""
        reader = Reader(value, at)
        return cls(
            by=reader.text("by"),
            kind=reader.text("kind"),
            uri=reader.text("uri"),
            at=reader.text("at"),
            copy=reader.text_or_none("copy"),
            status=reader.number_or_none("status"),
            length=reader.number_or_none("length"),
            sha256=reader.text_or_none("sha256"),
            fingerprint=reader.text_or_none("fingerprint"),
            receipts=reader.many("receipts", ReceiptRef.from_json),
            rest=reader.rest(),
        )
