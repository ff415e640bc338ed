"""The statements: written once as canonical JSON, read back for ever, and never touched in between.

The log over their ids is beside this, in ``store.log``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from archivist.errors import BadManifest, NotFound
from archivist.model.article import Document, Reading
from archivist.model.capture import Capture
from archivist.model.carried import Placed
from archivist.model.held import Held, in_order
from archivist.model.manifest import ArchiveStatement, Event, Snapshot, Statement, read_statement
from archivist.model.picture import PictureFacts
from archivist.proof.canonical import canonical, parse, statement_id
from archivist.store.durable import Disk
from archivist.store.layout import Layout

__all__ = ["Ledger", "Written", "placed", "reading"]

_Read = TypeVar("_Read", Document, PictureFacts)
_NUMBER = re.compile(r"([0-9]{4,9})\.json")
_OURS = frozenset({"events", "log"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A statement that is durable."""

    id: str
    """SHA-256 of its bytes."""
    path: Path


class Ledger:
    """All statements of one archive.

    Args:
        layout: where.
        disk: what they are written through.
        find: the path of the statement with an id, as an index knows it; what it does not know is searched for.
    """

    def __init__(self, layout: Layout, *, disk: Disk, find: Callable[[str], Path | None] = lambda _: None) -> None:
        self._layout = layout
        self._disk = disk
        self._find = find

    def write(self, statement: Statement) -> Written:
        """The statement is durable.

        Raises:
            AlreadyThere: there is a statement at its place; a snapshot's number must be ``next_number``.
            DiskFailed: the disk would not.
        """
        data = canonical(statement.to_json())
        written_id = statement_id(data)
        path = self._place(statement, written_id)
        self._disk.create_once(path, data)
        return Written(id=written_id, path=path)

    def read(self, path: Path) -> tuple[str, Statement]:
        """The statement in a file, and its id.

        Raises:
            NotFound: there is no such file.
            BadManifest: it holds no statement; the message names the file and the place in it.
            NewerFormat: it was written by a later archivist.
        """
        data = self._disk.read(path)
        try:
            return statement_id(data), read_statement(parse(data))
        except BadManifest as error:
            raise BadManifest(f"{self._name(path)}: {error}", hint=error.hint) from error

    def load(self, wanted: str) -> Statement:
        """The statement with this id.

        Raises:
            NotFound: there is none.
            BadManifest: it is damaged in a way that leaves its id intact, or none of ours.
        """
        path = self._find(wanted)
        if path is not None and path.is_file() and statement_id(self._disk.read(path)) == wanted:
            return self.read(path)[1]
        for candidate in self.paths():
            if statement_id(self._disk.read(candidate)) == wanted:
                return self.read(candidate)[1]
        raise NotFound(f"no statement has the id {wanted[:70]}", hint="archivist verify says what is missing")

    def paths(self) -> Iterator[Path]:
        """The files of all statements: the archive's own, then by folder and number, the events last."""
        manifests = self._layout.manifests
        if self._layout.archive_json.is_file():
            yield self._layout.archive_json
        for host in _folders(manifests):
            if host.name not in _OURS:
                for article in _folders(host):
                    yield from _numbered(article)
        for month in _folders(self._layout.events):
            yield from sorted(path for path in month.iterdir() if path.suffix == ".json" and path.name[0] != ".")

    def events(self, kind: str) -> Iterator[Path]:
        """The files of the events of one kind, oldest first; their names tell."""
        for month in _folders(self._layout.events):
            yield from sorted(path for path in month.glob(f"*-{kind}-*.json") if path.name[0] != ".")

    def next_number(self, article: str) -> int:
        """What the next snapshot of the article is called."""
        return max((int(path.stem) for path in _numbered(self._layout.article_folder(article))), default=0) + 1

    def history(self, article: str) -> tuple[tuple[str, Snapshot], ...]:
        """All snapshots of the article with their ids, oldest first.

        Raises:
            BadManifest: one of the files is no snapshot.
        """
        return tuple(self._snapshots(article))

    def _snapshots(self, article: str) -> Iterator[tuple[str, Snapshot]]:
        for path in _numbered(self._layout.article_folder(article)):
            found, statement = self.read(path)
            if not isinstance(statement, Snapshot):
                raise BadManifest(f"{self._name(path)} should be a snapshot")
            yield found, statement

    def _place(self, statement: Statement, written_id: str) -> Path:
        match statement:
            case ArchiveStatement():
                return self._layout.archive_json
            case Snapshot():
                return self._layout.manifest_path(statement.article, statement.number)
            case Event():
                return self._layout.event_path(statement.at, kind=statement.kind, id=written_id)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self._layout.root)) if path.is_relative_to(self._layout.root) else str(path)


def placed(id_: str, snapshot: Snapshot, load: Callable[[str], Statement]) -> tuple[Placed, ...]:
    """All captures of a snapshot, its own first, then those that an earlier one lists.

    Args:
        id_: of the snapshot.
        snapshot: its manifest.
        load: the statement with an id.

    Raises:
        NotFound: an earlier statement that it refers to is missing.
        BadManifest: the statement referred to does not list what it should.
    """
    own = (Placed(capture=each, statement=id_, ordinal=ordinal) for ordinal, each in enumerate(snapshot.captures))
    return (*own, *(each for carried in snapshot.carried for each in carried.of(_listed(carried.statement, load))))


def _listed(wanted: str, load: Callable[[str], Statement]) -> tuple[Capture, ...]:
    statement = load(wanted)
    if not isinstance(statement, Snapshot):
        raise BadManifest(f"the statement {wanted[:12]} should be a snapshot")
    return statement.captures


def reading(
    snapshot: Snapshot,
    load: Callable[[str], Statement],
    *,
    captures: Sequence[Capture] | None = None,
    held: Held | None = None,
) -> Reading:
    """All that was read out of a snapshot, with the parts that it shares with earlier ones.

    Args:
        snapshot: its manifest.
        load: the statement with an id.
        captures: all of them (``placed``), in whose order documents and pictures come; else those that stand in it.
        held: a later reading of the snapshot, in place of the manifest's own.

    Raises:
        NotFound: an earlier statement that it refers to is missing.
        BadManifest: the statement referred to does not hold what it should.
    """
    captures = snapshot.captures if captures is None else captures
    held = snapshot.held if held is None else held
    article = held.article
    if article is None and held.same_as is not None:
        article = _held(held.same_as, load).article
        if article is None:
            raise BadManifest(f"the statement {held.same_as[:12]} should hold a reading, and does not")
    documents = _shared(held.documents, held.same_documents_as, lambda holder: _held(holder, load).documents)
    pictures = _shared(held.pictures, held.same_pictures_as, lambda holder: _held(holder, load).pictures)
    return Reading(
        article=article,
        documents=in_order((*held.documents, *documents), captures),
        pictures=in_order((*held.pictures, *pictures), captures),
    )


def _shared(own: Sequence[_Read], shared: Mapping[str, str], held: Callable[[str], Sequence[_Read]]) -> Iterator[_Read]:
    """The readings that stand in earlier statements, each found by the digest of what was read."""
    known = {item.sha256 for item in own}
    for sha256, holder in sorted(shared.items()):
        if sha256 in known:
            continue
        found = [item for item in held(holder) if item.sha256 == sha256]
        if not found:
            raise BadManifest(f"the statement {holder[:12]} should hold the reading of {sha256[:12]}, and does not")
        yield found[0]


def _held(wanted: str, load: Callable[[str], Statement]) -> Held:
    statement = load(wanted)
    if isinstance(statement, Snapshot):
        return statement.held
    reread = statement.reread if isinstance(statement, Event) else None
    if reread is None:
        raise BadManifest(f"the statement {wanted[:12]} should be a snapshot or a reading")
    return reread.held


def _folders(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    return sorted(child for child in path.iterdir() if child.is_dir())


def _numbered(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    names = [path for path in folder.iterdir() if _NUMBER.fullmatch(path.name)]
    return sorted(names, key=lambda path: (int(path.stem), path.name))
