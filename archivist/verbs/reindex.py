"""Rebuild the catalog from archives/ and manifests/ alone; read old captures anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from archivist.catalog.writer import CatalogWriter
from archivist.model.article import Article
from archivist.model.json import Json, JsonObject, without_nothing
from archivist.model.manifest import software_name
from archivist.pipeline.adopt import Recovered
from archivist.pipeline.compare import categories_of
from archivist.pipeline.reread import Again, Unread, reread_article
from archivist.pipeline.run import Run
from archivist.store.lock import Lock
from archivist.workspace import Workspace
from archivist.workspace import software as present

__all__ = ["Changes", "Reindexed", "Rereads", "again_json", "changes", "reindex", "reread"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reindexed:
    """What the new catalog holds."""

    statements: int
    damaged: tuple[str, ...]
    """Statements that could not be read, each with why."""

    def to_json(self) -> JsonObject:
        """As printed by ``reindex --json``."""
        return {"statements": self.statements, "damaged": list(self.damaged)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereads:
    """What reading anew came to."""

    changed: int
    same: int
    failed: int
    unsigned: int
    """Statements that are stored and wait for a signature."""
    unsigned_because: str = ""

    @property
    def exit_code(self) -> int:
        """0 all were read, 3 some could not be."""
        return 3 if self.failed else 0

    def to_json(self) -> JsonObject:
        """The summary of ``reindex --reread --json``."""
        return {
            "changed": self.changed,
            "same": self.same,
            "failed": self.failed,
            "unsigned": self.unsigned,
            **without_nothing({"unsigned_because": self.unsigned_because}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Where two readings of one snapshot differ."""

    fields: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    """The values of the older and of the newer reading, by field."""
    parts: tuple[str, ...] = ()
    """What else differs: text, photos, links, documents, pictures, quality, version, evidence."""

    def to_json(self) -> JsonObject:
        """Both, where they say something."""
        told: JsonObject = {name: {"old": [*old], "new": [*new]} for name, (old, new) in self.fields.items()}
        return without_nothing({"fields": told, "parts": list(self.parts)})


def reindex(workspace: Workspace) -> Reindexed:
    """The catalog holds every statement that can be read; the others are named.

    Raises:
        Locked: another archivist is writing.
        DiskFailed: the catalog could not be written; the old one is as it was.
    """
    _ = workspace.identity
    damaged: list[str] = []
    with Lock(workspace.layout, clock=workspace.clock), CatalogWriter(workspace.layout.catalog) as catalog:
        count = catalog.rebuild(workspace.statements(damaged=damaged))
        workspace.close_catalog()
        catalog.tell(categories_of(workspace))
    return Reindexed(statements=count, damaged=tuple(damaged))


def reread(
    workspace: Workspace,
    *,
    say: Callable[[Again | Unread], None] = lambda _: None,
    warn: Callable[[Recovered], None] = lambda _: None,
) -> Rereads:
    """Every snapshot has the reading that the present reader makes of its captures.

    Args:
        workspace: the archive.
        say: told of each snapshot, by article and number, once its statement is durable.
        warn: told what an interrupted run had left, if anything.

    Raises:
        Locked: another archivist is writing.
        DiskFailed: the disk would not; what was told is durable, and the same call goes on.
        UsageError: the archive is sealed.
    """
    changed = same = failed = 0
    run = Run(workspace, verb="reindex")
    with run:
        warn(run.recovered)
        for article in workspace.catalog.articles():
            for each in reread_article(article.key, run=run):
                if isinstance(each, Unread):
                    failed += 1
                elif each.statement is None:
                    same += 1
                else:
                    changed += 1
                say(each)
    return Rereads(
        changed=changed, same=same, failed=failed, unsigned=run.unsigned, unsigned_because=run.unsigned_because
    )


def changes(again: Again) -> Changes:
    """What a snapshot is read as now, and was not before."""
    old, new = again.old.reading, again.reading
    before, after = (reading.article or Article(url="") for reading in (old, new))
    names = sorted({*before.fields, *after.fields})
    values = {
        name: tuple(each.fields[name].texts if name in each.fields else () for each in (before, after))
        for name in names
    }
    parts = {
        "text": _text(before) != _text(after),
        "photos": [_without_evidence(photo.to_json()) for photo in before.photos]
        != [_without_evidence(photo.to_json()) for photo in after.photos],
        "links": [link.url for link in before.documents] != [link.url for link in after.documents],
        "documents": old.documents != new.documents,
        "pictures": old.pictures != new.pictures,
        "quality": again.old.quality != again.said.quality,
        "version": again.old.fingerprint != again.said.fingerprint,
    }
    found = Changes(
        fields={name: (one, two) for name, (one, two) in values.items() if one != two},
        parts=tuple(part for part, differs in parts.items() if differs),
    )
    is_only_evidence = again.statement is not None and found == Changes()
    return Changes(parts=("evidence",)) if is_only_evidence else found


def again_json(again: Again | Unread) -> JsonObject:
    """One line of ``reindex --reread --json``."""
    row = again.row
    told: JsonObject = {"article": row.article, "id": row.id, "number": row.number, "captured": row.started}
    if isinstance(again, Unread):
        return {**told, "state": "failed", "error": str(again.error), "read_by": row.read_by}
    if again.statement is None:
        return {**told, "state": "same", "read_by": row.read_by}
    return {
        **told,
        "state": "changed",
        "statement": again.statement,
        "read_by": software_name(present()),
        "was_read_by": row.read_by,
        "changes": changes(again).to_json(),
    }


def _text(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in article.blocks]


def _without_evidence(value: Json) -> Json:
    """The values alone: another place for the same value is no other value."""
    if isinstance(value, list):
        return [_without_evidence(each) for each in value]
    if isinstance(value, dict):
        return {key: _without_evidence(each) for key, each in value.items() if key not in {"witness", "at", "text"}}
    return value
