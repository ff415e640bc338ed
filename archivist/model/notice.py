"""A notice: what people are told of one edit, or of a page that went or came back. Channels and the feed show these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from archivist.errors import BadManifest
from archivist.model.change import Span, SpanOp, VerdictKind
from archivist.model.json import Json, JsonObject, Reader, without_nothing

__all__ = ["CLASSES", "Notice", "NoticeKind", "Passage", "Seen"]

SCHEMA: Final = "archivist-notice-1"

NoticeKind: TypeAlias = Literal["changed", "gone", "back"]
"""``gone``: 404, 410 or a page that says so; ``back``: no longer, edited or not."""

CLASSES: Final = (
    "headline_changed", "lede_changed", "byline_changed", "date_updated", "paragraph_inserted", "paragraph_deleted",
    "paragraph_edited", "paragraph_moved", "quote_changed", "number_changed", "name_changed", "photo_changed",
    "caption_changed", "credit_changed", "link_changed", "correction_added", "pdf_page_inserted", "pdf_page_deleted",
    "pdf_text_changed", "pdf_covered_text", "pdf_redacted", "pdf_image_changed", "pdf_metadata_changed",
    "stealth_edit",
)  # fmt: skip
"""Classes of edits that a channel may ask for, as ``diff`` names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A snapshot that a notice refers to."""

    id: str
    captured: str
    """UTC."""
    version: int
    url: str | None = None
    """Where others can see the copy, if they can."""

    def to_json(self) -> JsonObject:
        """As a channel gets it."""
        told: JsonObject = {"id": self.id, "captured": self.captured, "version": self.version}
        return {**told, **without_nothing({"url": self.url})}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Seen:
        """What ``to_json`` wrote.

        Raises:
            BadManifest: it did not.
        """
        reader = Reader(value, at)
        return cls(
            id=reader.text("id"),
            captured=reader.text("captured"),
            version=reader.number("version"),
            url=reader.text_or_none("url"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One change, as far as it is shown."""

    label: str
    """What changed, in a word: headline, ¶4."""
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """With ``[-what went-]`` and ``{+what came+}``, as ``git diff --word-diff`` marks it."""
        marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
        return "".join(marks[span.op].format(span.text) for span in self.spans)

    def to_json(self) -> JsonObject:
        """As a channel gets it."""
        return {"label": self.label, "spans": [span.to_json() for span in self.spans]}

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Passage:
        """What ``to_json`` wrote.

        Raises:
            BadManifest: it did not.
        """
        reader = Reader(value, at)
        return cls(label=reader.text("label"), spans=reader.many("spans", _span))


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to be told."""

    kind: NoticeKind
    url: str
    """Of the page."""
    article: str
    """Key."""
    title: str | None
    """The newest headline."""
    site: str
    """The site's name as the page gives it, else its host."""
    new: Seen
    old: Seen | None = None
    """What the page showed before."""
    verdict: VerdictKind | None = None
    """Whether the page owns up to the edit; None where nothing was edited, or it could not be compared."""
    reasons: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    words: int = 0
    """How many came, went or gave way to others."""
    passages: tuple[Passage, ...] = ()
    """The beginning of the diff."""
    left_out: int = 0
    """Further changes, which are not shown."""
    tags: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """One line: what happened."""
        if self.kind == "gone":
            return "gone: the page is no longer there"
        said = "back online" if self.kind == "back" else "changed"
        if self.verdict in {None, "same"}:
            return said
        kinds = [each.removesuffix("_changed").replace("_", " ") for each in self.classes if each != "stealth_edit"]
        return f"{said}, {self.verdict}: {', '.join(kinds)}" if kinds else f"{said}, {self.verdict}"

    def to_text(self) -> str:
        """As a message in plain text."""
        lines = [self.summary, self.url, *(f"{each.label}: {each.text}" for each in self.passages)]
        if self.left_out:
            lines.append(f"and {self.left_out} more changes")
        for word, seen in (("before", self.old), ("after", self.new)):
            if seen is not None:
                address = f" {seen.url}" if seen.url else ""
                lines.append(f"{word}: {seen.captured} snapshot {seen.id}{address}")
        return "\n".join(lines) + "\n"

    def to_json(self) -> JsonObject:
        """As a channel gets it; ``docs/guides/telling-people.md`` describes it."""
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "url": self.url,
            "article": self.article,
            "title": self.title,
            "site": self.site,
            "summary": self.summary,
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "classes": list(self.classes),
            "words": self.words,
            "passages": [each.to_json() for each in self.passages],
            "left_out": self.left_out,
            "tags": list(self.tags),
            "old": self.old.to_json() if self.old else None,
            "new": self.new.to_json(),
        }

    @classmethod
    def from_json(cls, value: Json, at: str = "$") -> Notice:
        """What ``to_json`` wrote.

        Raises:
            BadManifest: it did not.
        """
        reader = Reader(value, at)
        return cls(
            kind=_one_of(reader.text("kind"), {each: each for each in get_args(NoticeKind)}),
            url=reader.text("url"),
            article=reader.text("article"),
            title=reader.text_or_none("title"),
            site=reader.text("site"),
            new=reader.one("new", Seen.from_json),
            old=reader.one_or_none("old", Seen.from_json),
            verdict=_verdict(reader.text_or_none("verdict")),
            reasons=reader.texts("reasons"),
            classes=reader.texts("classes"),
            words=reader.number("words"),
            passages=reader.many("passages", Passage.from_json),
            left_out=reader.number("left_out"),
            tags=reader.texts("tags"),
        )


def _one_of(value: str, choices: dict[str, NoticeKind]) -> NoticeKind:
    if value not in choices:
        raise BadManifest(f"{value[:40]!r} should be {' or '.join(choices)}")
    return choices[value]


def _verdict(value: str | None) -> VerdictKind | None:
    choices: dict[str, VerdictKind] = {each: each for each in get_args(VerdictKind)}
    return choices.get(value or "")


def _span(value: Json, at: str) -> Span:
    reader = Reader(value, at)
    choices: dict[str, SpanOp] = {each: each for each in get_args(SpanOp)}
    return Span(op=choices.get(reader.text("op"), "equal"), text=reader.text("text"))
