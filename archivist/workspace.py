"""An archive that is open: found on disk, its settings in force, its parts at hand.

Reading verbs create nothing: where the catalog is missing or behind, they use one made in memory.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import archivist
from archivist.clock import Clock, SystemClock, utc_text
from archivist.errors import ArchivistError, BadManifest, NewerFormat, NotAnArchive, UsageError
from archivist.model.article import Reading
from archivist.model.capture import Capture, Problem
from archivist.model.carried import Placed
from archivist.model.config import Settings
from archivist.model.held import Held
from archivist.model.manifest import ArchiveStatement, Event, Snapshot, Statement, software_name
from archivist.model.quality import Quality
from archivist.proof.note import KeyName, VerifierKey
from archivist.store import settings
from archivist.store.durable import AlreadyThere, Disk, RealDisk
from archivist.store.key_changes import log_keys
from archivist.store.keys import key_path, load_seen, make_key, seen_path
from archivist.store.layout import Layout, is_archive
from archivist.store.ledger import Ledger, placed, reading

if TYPE_CHECKING:
    from archivist.catalog.reader import Catalog, SnapshotRow
    from archivist.proof.check_seen import SeenBefore
    from archivist.proof.log_keys import LogKeys
    from archivist.store.reader import ArchiveReader

__all__ = ["Newest", "Place", "Workspace", "find_archive", "software"]

_VERIFY = "archivist verify says what is wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an archive is, or would be made."""

    root: Path
    why: str
    """``-C``, ``here``, ``ARCHIVIST_HOME`` or ``default``."""
    exists: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """A snapshot with its newest reading: that of its manifest, or of a later statement."""

    id: str
    """Of the snapshot."""
    snapshot: Snapshot
    placed: tuple[Placed, ...]
    """All its captures, its own first, then those that an earlier snapshot lists."""
    statement: str
    """Id of the statement that holds the reading, or says which one does."""
    held: Held
    reading: Reading
    """With its references followed."""
    fingerprint: str
    quality: Quality
    problems: tuple[Problem, ...]
    """Of the capture and of its first reading; those of a later reading come behind."""
    software: Mapping[str, str]
    """What read it."""
    at: str
    """When."""

    @property
    def captures(self) -> tuple[Capture, ...]:
        """The same, each as a capture alone."""
        return tuple(each.capture for each in self.placed)

    @property
    def is_later(self) -> bool:
        """Whether it was read anew after its manifest was sealed."""
        return self.statement != self.id

    @property
    def read_by(self) -> str:
        """What read it, as people call it: ``archivist 0.1.0``."""
        return software_name(self.software)


def find_archive(
    folder: Path | None, *, environ: Mapping[str, str], is_writing: bool = False, here: Path | None = None
) -> Place:
    """Where the archive is: ``-C``, this folder or a parent, ``$ARCHIVIST_HOME``, the user's data folder.

    Args:
        folder: what ``-C`` named.
        environ: the environment.
        is_writing: pass by archives whose settings say that they are sealed.
        here: where to begin; the current folder.
    """
    if folder is not None:
        return Place(root=folder.absolute(), why="-C", exists=is_archive(folder))
    here = here or Path.cwd()
    for candidate in (here, *here.parents):
        if is_archive(candidate) and not (is_writing and _is_sealed(candidate, environ)):
            return Place(root=candidate, why="here", exists=True)
    if home := environ.get("ARCHIVIST_HOME"):
        return Place(root=Path(home).absolute(), why="ARCHIVIST_HOME", exists=is_archive(Path(home)))
    from platformdirs import user_data_path  # noqa: PLC0415  # only where nothing else says where

    default = user_data_path("archivist")
    return Place(root=default, why="default", exists=is_archive(default))


def _is_sealed(root: Path, environ: Mapping[str, str]) -> bool:
    return settings.load(root, environ=environ, overrides={}).archive.sealed


def software() -> dict[str, str]:
    """What made a statement."""
    return {"name": "archivist", "version": archivist.__version__}


class Workspace:
    """One archive and its parts. Nothing is opened before it is asked for."""

    def __init__(
        self,
        root: Path,
        *,
        settings: Settings,
        environ: Mapping[str, str],
        clock: Clock | None = None,
        disk: Disk | None = None,
    ) -> None:
        self.layout = Layout(root)
        self.settings = settings
        self.environ = environ
        self.clock: Clock = clock or SystemClock()
        self.disk: Disk = disk or RealDisk(root)

    @classmethod
    def open(
        cls,
        place: Place,
        *,
        environ: Mapping[str, str] = os.environ,
        overrides: Mapping[str, object] | None = None,
        clock: Clock | None = None,
    ) -> Self:
        """The archive that is there.

        Raises:
            NotAnArchive: there is none.
            UsageError: its settings are wrong.
        """
        if not place.exists:
            raise NotAnArchive(
                f"there is no archive in {place.root}" if place.why == "-C" else "there is no archive here or above",
                hint="name one with -C DIR, or start one: archivist snap URL",
            )
        loaded = settings.load(place.root, environ=environ, overrides=overrides or {})
        return cls(place.root, settings=loaded, environ=environ, clock=clock)

    @classmethod
    def create(
        cls,
        place: Place,
        *,
        environ: Mapping[str, str] = os.environ,
        overrides: Mapping[str, object] | None = None,
        clock: Clock | None = None,
    ) -> Self:
        """A new archive with its key.

        Raises:
            AlreadyThere: there is one.
            DiskFailed: the folder cannot be written.
            UsageError: the settings are wrong.
        """
        loaded = settings.load(place.root if place.root.is_dir() else None, environ=environ, overrides=overrides or {})
        workspace = cls(place.root, settings=loaded, environ=environ, clock=clock)
        workspace.disk.make_folder(workspace.layout.archives)
        archive_id = str(uuid.uuid4())
        origin = f"archivist/{archive_id}"
        key = make_key(archive_id, environ=environ)
        statement = ArchiveStatement(
            id=archive_id,
            created=utc_text(workspace.clock.now()),
            origin=origin,
            key=str(VerifierKey(name=KeyName(origin), public=key.public_bytes())),
            software=f"archivist/{archivist.__version__}",
        )
        try:
            workspace.ledger.write(statement)
        except AlreadyThere:
            # Another run, started at the same moment, was quicker; this key is of an archive that never was.
            key_path(archive_id, environ=environ).unlink(missing_ok=True)
            raise
        return workspace

    @cached_property
    def identity(self) -> ArchiveStatement:
        """Who this archive is.

        Raises:
            BadManifest: archive.json is damaged.
            NewerFormat: it was written by a later archivist.
        """
        _, statement = self._read(self.layout.archive_json)
        if not isinstance(statement, ArchiveStatement):
            raise BadManifest("manifests/archive.json should be the archive's own statement")
        return statement

    @cached_property
    def ledger(self) -> Ledger:
        """The statements."""
        return Ledger(self.layout, disk=self.disk, find=self._path_of)

    @cached_property
    def reader(self) -> ArchiveReader:
        """The WARC files."""
        from archivist.store.reader import ArchiveReader  # noqa: PLC0415  # most verbs read manifests alone

        return ArchiveReader(self.layout)

    @cached_property
    def catalog(self) -> Catalog:
        """The index: the one on disk, or one made in memory where that is missing or behind."""
        from archivist.catalog.reader import Catalog, CatalogDamaged  # noqa: PLC0415  # sqlite3 only when asked

        _ = self.identity  # an archive of a newer format is refused before anything else is read
        try:
            found = Catalog(self.layout.catalog)
        except CatalogDamaged:
            return self._catalog_in_memory()
        if self.is_interrupted and found.counts().statements != sum(1 for _ in self.ledger.paths()):
            found.close()
            return self._catalog_in_memory()
        return found

    def close_catalog(self) -> None:
        """The catalog's file is closed; whoever asks next opens it anew."""
        catalog: Catalog | None = self.__dict__.pop("catalog", None)
        if catalog is not None:
            catalog.close()

    @property
    def running(self) -> Path:
        """Stands while a run is under way; what it finds of an earlier one, that one was interrupted."""
        return self.layout.cache / "running"

    @property
    def is_interrupted(self) -> bool:
        """Whether a run is under way, or the last one did not end as it should."""
        return self.running.exists()

    @property
    def key_path(self) -> Path:
        """Where the private key stands, if this computer has it."""
        return key_path(self.identity.id, environ=self.environ, later=self.later_key)

    @property
    def log_keys(self) -> LogKeys:
        """The keys that sign the log, one after the other."""
        return log_keys(self.identity, self.ledger)

    @property
    def later_key(self) -> str:
        """Key id of the key that signs now; empty while that is the archive's first."""
        keys = self.log_keys
        return keys.newest.key_id.hex() if keys.changes else ""

    @property
    def has_key(self) -> bool:
        """Whether the private key is on this computer, as far as this person may see."""
        try:
            return self.key_path.is_file()
        except OSError:
            return False

    def memory(self) -> tuple[SeenBefore, ...]:
        """The last checkpoint of this archive that this computer saw, if it has seen one."""
        from archivist.proof.check_seen import SeenBefore  # noqa: PLC0415  # only `verify` asks

        try:
            note = load_seen(self.identity.id, environ=self.environ)
        except ArchivistError:
            return ()  # an identity that cannot be read is named by all that is verified
        path = seen_path(self.identity.id, environ=self.environ)
        return (SeenBefore(where=str(path), note=note),) if note is not None else ()

    def roots(self) -> bytes:
        """The certificates that a time-stamping authority's chain may end in, as PEM.

        Raises:
            UsageError: the file that the settings name cannot be read.
        """
        from archivist.fetch.authority import usual_roots  # noqa: PLC0415  # only where stamps are looked at

        usual, own = usual_roots(), self.settings.stamp.ca
        if not own:
            return usual
        try:
            return usual + b"\n" + Path(own).read_bytes()
        except OSError as error:
            raise UsageError(
                f"stamp.ca: {own} cannot be read: {error.strerror or error}",
                hint="it is a PEM file of root certificates",
            ) from error

    def statements(self, *, damaged: list[str] | None = None) -> Iterator[tuple[str, str, Statement]]:
        """All statements as (id, path below manifests/, statement), in the order of the log.

        Args:
            damaged: where given, what cannot be read is named here and passed over.

        Raises:
            BadManifest: a statement is damaged, and ``damaged`` is not given.
        """
        order = {each: position for position, each in enumerate(self._logged())}
        found = []
        for path in self.ledger.paths():
            try:
                statement_id, statement = self._read(path)
            except BadManifest as error:
                if damaged is None:
                    raise
                damaged.append(str(error))
                continue
            found.append((order.get(statement_id, len(order)), statement_id, path, statement))
        for _, statement_id, path, statement in sorted(found, key=lambda each: each[0]):
            yield statement_id, path.relative_to(self.layout.manifests).as_posix(), statement

    def load_snapshot(self, row: SnapshotRow) -> Snapshot:
        """The manifest that a row of the catalog stands for.

        Raises:
            BadManifest: it is damaged, or is not what the catalog saw.
        """
        statement_id, statement = self._read(self.layout.manifests / row.path)
        if statement_id != row.id or not isinstance(statement, Snapshot):
            raise BadManifest(
                f"manifests/{row.path} is not what it was: its id is {statement_id[:12]}, and should be {row.id[:12]}",
                hint=_VERIFY,
            )
        return statement

    def newest(self, row: SnapshotRow) -> Newest:
        """A snapshot and its newest reading, whole.

        Raises:
            BadManifest: its manifest, or a statement that holds a part of the reading, is damaged.
            NotFound: such a statement is missing.
        """
        snapshot = self.load_snapshot(row)
        load = cache(self.ledger.load)  # one earlier statement often holds it all
        event = None if row.reading == row.id else load(row.reading)
        reread = event.reread if isinstance(event, Event) else None
        held = reread.held if reread else snapshot.held
        captures = placed(row.id, snapshot, load)
        return Newest(
            id=row.id,
            snapshot=snapshot,
            placed=captures,
            statement=row.reading,
            held=held,
            reading=reading(snapshot, load, captures=[each.capture for each in captures], held=held),
            fingerprint=reread.fingerprint if reread else snapshot.fingerprint,
            quality=reread.quality if reread else snapshot.quality,
            problems=tuple(dict.fromkeys((*snapshot.problems, *(reread.problems if reread else ())))),
            software=event.software if isinstance(event, Event) else snapshot.software,
            at=event.at if isinstance(event, Event) else snapshot.ended,
        )

    def _read(self, path: Path) -> tuple[str, Statement]:
        """The statement in a file; what is wrong with it is said with the file's name and what to do."""
        try:
            return self.ledger.read(path)
        except BadManifest as error:
            raise BadManifest(str(error), hint=error.hint or _VERIFY) from error
        except NewerFormat as error:
            raise NewerFormat(f"{path.relative_to(self.layout.root)}: {error}", hint=error.hint) from error

    def _logged(self) -> Iterator[str]:
        from archivist.store.log import Log  # noqa: PLC0415  # reading verbs seldom need it

        try:
            yield from Log(self.layout, disk=self.disk).entries()
        except ArchivistError:
            # A damaged log is for `verify` to judge; the order of what it cannot tell is that of the folders.
            return

    def _catalog_in_memory(self) -> Catalog:
        from archivist.catalog.writer import in_memory  # noqa: PLC0415  # as above

        # Only a search needs the texts, and makes one with them.
        return in_memory(self.statements(damaged=[]), has_texts=False)

    def _path_of(self, statement_id: str) -> Path | None:
        if "catalog" not in self.__dict__:
            return None
        try:
            path = self.catalog.statement_path(statement_id)
        except ArchivistError:
            return None
        return self.layout.manifests / path if path else None
